import type { Id } from '../ids.ts'
import { bareCode } from '../person/nameKeys.ts'
import { readPhone } from '../person/phone.ts'
import { mayBeWithheld, newestVersions, type FactRow } from './fact.ts'

type Told = Pick<FactRow, 'kind' | 'value'>
const isAddressOrPhone = <R extends Told>(row: R): row is R & Pick<FactRow<'address' | 'phone'>, 'value'> =>
  mayBeWithheld.some((kind) => kind === row.kind)

/** What a fact gives away, however it is typed; '' for kinds that cannot be withheld. */
function givenAway(row: Told): string {
  if (!isAddressOrPhone(row)) return ''
  return 'address' in row.value
    ? `address ${bareCode(row.value.address)}`
    : `phone ${readPhone(row.value.number).digits}`
}

/**
 * Which facts are told without their words, by `ofId`: those whose newest version is withheld from somebody, with every
 * version of them, and whatever else tells the same address or number, for a child's address gives away a mother's.
 * `rows` holds every version of every fact of the people who are looked at.
 */
export function withheldFacts(rows: readonly FactRow[]): ReadonlySet<Id> {
  const withheld = newestVersions(rows).filter(
    (row) => isAddressOrPhone(row) && row.value.withheldFrom.length > 0
  )
  const facts = new Set(withheld.map(({ ofId }) => ofId))
  // mostly nothing is: then no number has to be read
  if (facts.size === 0) return facts
  const versions = rows.filter(({ ofId }) => facts.has(ofId))
  const secrets = new Set(versions.map(givenAway))
  const telling = rows.filter((row) => secrets.has(givenAway(row)))
  return new Set([...facts, ...telling.map(({ ofId }) => ofId)])
}

/** The fact without the words that are withheld: from whom and since when stays to be seen. */
export function withoutWords<R extends Told>(row: R): R {
  if (!isAddressOrPhone(row)) return row
  const emptied =
    'address' in row.value
      ? { ...row.value, address: '', postcode: '', district: '' }
      : { ...row.value, number: '', note: '' }
  return { ...row, value: emptied }
}

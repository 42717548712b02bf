import type { Id } from '../ids.ts'
import { readPhone } from '../person/phone.ts'
import { mayBeWithheld, newestVersions, type FactRow } from './fact.ts'
import { isSamePlace } from './place.ts'

type Told = Pick<FactRow, 'kind' | 'value'>
type Whereabouts = Pick<FactRow<'address' | 'phone'>, 'value'>
const isAddressOrPhone = <R extends Told>(row: R): row is R & Whereabouts =>
  mayBeWithheld.some((kind) => kind === row.kind)

/** Does the one give away the other, however they are typed? */
function tellSame({ value: one }: Whereabouts, { value: other }: Whereabouts): boolean {
  if ('address' in one) return 'address' in other && isSamePlace(one, other)
  return 'number' in other && readPhone(one.number).digits === readPhone(other.number).digits
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
  const whereabouts = rows.filter(isAddressOrPhone)
  const secrets = whereabouts.filter(({ ofId }) => facts.has(ofId))
  const telling = whereabouts.filter((row) => secrets.some((secret) => tellSame(secret, row)))
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

import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { importedFamily, person } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Fact, FactKind } from '../../shared/family/fact.ts'
import type { DraftPerson, MemberRole } from '../../shared/family/family.ts'
import type { ImportedFamily } from '../../shared/family/importFamily.ts'
import type { ImportedRow } from '../../shared/family/importRow.ts'
import { factsOf } from '../../shared/family/registering.ts'
import type { Id } from '../../shared/ids.ts'
import { districtOfAddress } from '../../shared/setting/district.ts'
import type { Rules } from '../../shared/setting/inForce.ts'
import { insertFacts } from './insertFacts.ts'
import { districtOfFamily, hubOf, insertFamily, insertMembership } from './insertFamily.ts'
import { writtenBy, type Written } from './written.ts'

/** What begins and ends in a life; a name or a date of birth has no first day. */
const datedKinds: readonly FactKind[] = ['address', 'phone', 'school']

/** The district of an address as the file names it, else as its postcode proposes. */
export const districtOfRow = ({ district, address }: DraftPerson, rules: Rules): string =>
  district || districtOfAddress(address, rules)

/** The district that a family of a file belongs to, as its ONS code; '' where no address tells. */
export const districtOfImported = ({ rows }: Pick<ImportedFamily, 'rows'>, rules: Rules): string =>
  districtOfFamily(
    rows.map(({ person: typed }) => ({ role: typed.role, district: districtOfRow(typed, rules) }))
  )

/**
 * Stores one family of a file whole, in the transaction of the caller: its people, what is said of them, and where it came
 * from. Nothing is made up: it has no agreement and no assessment.
 *
 * @returns the ids of the family and its people, for the audit row; none where it is in the record already
 */
export async function storeImported(
  tx: Tx,
  family: ImportedFamily,
  importId: Id,
  rules: Rules,
  actor: Actor
): Promise<Id[]> {
  const { id, key, digest, rows } = family
  if ((await tx.$count(importedFamily, eq(importedFamily.id, id))) > 0) return []
  const district = districtOfImported(family, rules)
  const written = writtenBy(actor, hubOf(district, rules))
  for (const row of rows) await insertImported(tx, row, family, rules, written)
  await insertFamily(tx, { id, district }, actor, written)
  await tx.insert(importedFamily).values({ ...written, id, importId, sourceKey: key, digest })
  return [id, ...rows.map((row) => row.person.id)]
}

async function insertImported(
  tx: Tx,
  row: ImportedRow,
  family: ImportedFamily,
  rules: Rules,
  written: Written
): Promise<void> {
  const { person: typed, from } = row
  const about = { subject: 'person' as const, subjectId: typed.id, actId: family.id }
  const told = [
    ...factsOf(typed, rules.on, districtOfRow(typed, rules)),
    ...row.otherNames.map((name): Fact => ({ kind: 'other-name', value: { name, note: '' } })),
    ...relationOf(typed, family)
  ]
  const isDated = ({ kind }: Fact) => datedKinds.includes(kind)
  await insertFacts(
    tx,
    told.filter((fact) => !isDated(fact)),
    { ...about, validFrom: '' },
    written
  )
  await insertFacts(tx, told.filter(isDated), { ...about, validFrom: from }, written)
  // after their facts: what they are found by is worked out once, not for each of them
  await tx.insert(person).values({ ...written, id: typed.id })
  // checked when the row was read
  const role = typed.role as MemberRole
  await insertMembership(tx, { familyId: family.id, personId: typed.id, role, validFrom: from }, written)
}

/** "Mother of" the first child of the family. */
function relationOf({ id, relation }: DraftPerson, { rows }: ImportedFamily): Fact[] {
  const first = rows.find(({ person: { role } }) => role === 'child' || role === 'unborn')
  if (!first || first.person.id === id || relation === '') return []
  return [{ kind: 'relation', value: { personId: first.person.id, relation } }]
}

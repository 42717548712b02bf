import type { Connection } from '../../db/open.ts'
import type { Chance } from '../../scripts/county/chance.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'

/** Somebody of the record, as far as a caller could know them. */
export interface Known {
  personId: Id
  familyId: Id
  name: string
  /** '' where it is not recorded. */
  birth: CivilDate
  upn: string
  schoolId: Id
  phone: string
  /** Of today. */
  address: string
  /** Where they lived before; '' where that is not recorded. */
  earlier: string
}

interface Row {
  personId: Id
  familyId: Id
  kind: string
  value: string
  validTo: CivilDate
}

/** So many people of the record by chance, with what is recorded of each; nobody without a name or a home. */
export function somePeople(reader: Connection, chance: Chance, count: number): Known[] {
  const { last } = reader.prepare('SELECT max(docid) AS last FROM person_index').get() as { last: number }
  const factsOf = reader.prepare(`
    SELECT i.person_id AS personId, m.family_id AS familyId, f.kind, f.value, f.valid_to AS validTo
    FROM person_index i JOIN fact f ON f.subject_id = i.person_id
    JOIN family_member m ON m.person_id = i.person_id
    WHERE i.docid = ? AND NOT EXISTS (SELECT 1 FROM fact later
      WHERE later.of_id = f.of_id AND (later.created_at, later.id) > (f.created_at, f.id))`)
  const people = new Map<Id, Known>()
  while (people.size < count) {
    const known = asKnown(factsOf.all(chance.between(1, last)) as Row[])
    if (known) people.set(known.personId, known)
  }
  return [...people.values()]
}

/** The other children of the same family. */
export function siblingsOf(reader: Connection, { familyId, personId }: Known): Known[] {
  const rows = reader
    .prepare(
      `SELECT m.person_id AS personId, m.family_id AS familyId, f.kind, f.value, f.valid_to AS validTo
       FROM family_member m JOIN fact f ON f.subject_id = m.person_id
       WHERE m.family_id = ? AND m.role = 'child' AND m.person_id <> ?`
    )
    .all(familyId, personId) as Row[]
  const ids = [...new Set(rows.map((row) => row.personId))]
  return ids.flatMap((id) => asKnown(rows.filter((row) => row.personId === id)) ?? [])
}

function asKnown(rows: readonly Row[]): Known | undefined {
  const [first] = rows
  const said = (kind: string, field: string, isNow = true): string => {
    const row = rows.find((each) => each.kind === kind && (each.validTo === '') === isNow)
    return row ? ((JSON.parse(row.value) as Record<string, string>)[field] ?? '') : ''
  }
  const [name, address] = [said('name', 'name'), said('address', 'address')]
  if (!first || name === '' || address === '') return undefined
  return {
    ...{ personId: first.personId, familyId: first.familyId, name, address },
    birth: said('birth', 'date'),
    upn: said('upn', 'upn'),
    schoolId: said('school', 'schoolId'),
    phone: said('phone', 'number'),
    earlier: said('address', 'address', false)
  }
}

import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { FactKind, FactRow } from '../../shared/family/fact.ts'
import type { MemberRow } from '../../shared/family/family.ts'
import type { CivilDate, Id, Instant } from '../../shared/ids.ts'
import { standsMerged, withheldBeside } from '../family/peopleOf.ts'

/** A membership as it stands, with where its family belongs. */
export interface MemberOf {
  familyId: Id
  keptId: Id
  reference: string
  role: MemberRow['role']
  validFrom: CivilDate
  validTo: CivilDate
  inError: 0 | 1
  hubId: Id
  createdBy: Id
  /** JSON array of account ids; '' while the family is not restricted. */
  named: string
}

const listed = (ids: readonly Id[]) => sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`

/**
 * Whether the newest version `m` of a membership counts for who may know of somebody: one in error does where they have no
 * other. Without it they would be nobody's, and what is known of them everybody's.
 */
export const placesSomebody = (keptId: SQL): SQL => sql`(NOT m.in_error OR NOT EXISTS (
  SELECT 1 FROM person_index theirs CROSS JOIN family_member other ON other.person_id = theirs.person_id
  WHERE theirs.kept_id = ${keptId} AND NOT other.in_error AND NOT EXISTS (SELECT 1 FROM family_member anew
    WHERE anew.of_id = other.of_id AND (anew.created_at, anew.id) > (other.created_at, other.id))))`

/** The newest version of every membership of the families in which some people are or were, by whose record counts. */
export const membersBeside = (db: ReadDb, personIds: readonly Id[]): MemberOf[] =>
  db.all<MemberOf>(sql`
    SELECT m.family_id AS familyId, p.kept_id AS keptId, y.reference AS reference, m.role AS role,
      m.valid_from AS validFrom, m.valid_to AS validTo, m.in_error AS inError, x.hub_id AS hubId, x.created_by AS createdBy, x.named AS named
    FROM (SELECT DISTINCT o.family_id FROM person_index g CROSS JOIN family_member o ON o.person_id = g.person_id
      WHERE g.kept_id IN ${listed(personIds)}) theirs
    CROSS JOIN family_member m ON m.family_id = theirs.family_id
    CROSS JOIN person_index p ON p.person_id = m.person_id
    CROSS JOIN family_index x ON x.family_id = m.family_id
    CROSS JOIN family y ON y.id = m.family_id
    WHERE ${placesSomebody(sql`p.kept_id`)} AND NOT EXISTS (SELECT 1 FROM family_member later
      WHERE later.of_id = m.of_id AND (later.created_at, later.id) > (m.created_at, m.id))
    ORDER BY m.created_at, m.id`)

/** Whoever is or was in a family with somebody. */
export function membersWith(personId: Id, members: readonly MemberOf[]): MemberOf[] {
  const theirs = members.filter(({ keptId }) => keptId === personId).map(({ familyId }) => familyId)
  const families = new Set(theirs)
  return members.filter(({ familyId }) => families.has(familyId))
}

/** A fact with whose record counts; its subject is the record that it was told of. */
export type FactOfPerson = FactRow & { keptId: Id }

/** Every version of every fact of some kinds, in the order of their recording; all kinds where none is named. */
export function factsOf(db: ReadDb, keptIds: readonly Id[], kinds: readonly FactKind[] = []): FactOfPerson[] {
  const rows = db.all<FactOfRow>(sql`
    SELECT ${factColumns}, g.kept_id AS keptId
    FROM person_index g CROSS JOIN fact f ON f.subject_id = g.person_id
    WHERE g.kept_id IN ${listed(keptIds)} AND ${standsMerged}
      AND (${kinds.length} = 0 OR f.kind IN ${listed(kinds)})
    ORDER BY f.created_at, f.id`)
  return rows.map(asFact)
}

/** What is withheld of whoever is or was in a family with some people, every version of it (ADR 14). */
export const withheldBesidePeople = (db: ReadDb, keptIds: readonly Id[]): FactOfPerson[] =>
  db
    .all<FactOfRow>(
      sql`SELECT ${factColumns}, f.kept_id AS keptId FROM ${withheldBeside(listed(keptIds), listed(keptIds))} f
      ORDER BY f.created_at, f.id`
    )
    .map(asFact)

const factColumns = sql`f.id AS id, f.of_id AS ofId, f.subject_id AS subjectId, f.kind AS kind, f.value AS value,
  f.valid_from AS validFrom, f.valid_to AS validTo, f.in_error AS inError, f.reason AS reason, f.created_at AS recordedAt`

const asFact = (row: FactOfRow): FactOfPerson => ({
  ...row,
  value: JSON.parse(row.value) as FactRow['value'],
  inError: row.inError === 1
})

type FactOfRow = Omit<FactOfPerson, 'value' | 'inError' | 'recordedAt'> & {
  value: string
  inError: 0 | 1
  recordedAt: Instant
}

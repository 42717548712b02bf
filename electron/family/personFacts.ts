import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { FactKind, FactRow } from '../../shared/family/fact.ts'
import type { CivilDate, Id, Instant } from '../../shared/ids.ts'
import { standsMerged } from './peopleOf.ts'

interface Row {
  id: Id
  ofId: Id
  kind: FactKind
  value: string
  validFrom: CivilDate
  validTo: CivilDate
  inError: 0 | 1
  reason: string
  recordedAt: Instant
}

/** Every version of every fact of somebody, those of records that were merged into theirs among them. */
export const personFacts = (db: ReadDb, keptId: Id): FactRow[] =>
  db
    .all<Row>(
      sql`SELECT f.id AS id, f.of_id AS ofId, f.kind AS kind, f.value AS value, f.valid_from AS validFrom,
        f.valid_to AS validTo, f.in_error AS inError, f.reason AS reason, f.created_at AS recordedAt
      FROM person_index g JOIN fact f ON f.subject_id = g.person_id
      WHERE g.kept_id = ${keptId} AND ${standsMerged} ORDER BY f.created_at, f.id`
    )
    .map((row) => ({
      ...row,
      subjectId: keptId,
      value: JSON.parse(row.value) as FactRow['value'],
      inError: row.inError === 1
    }))

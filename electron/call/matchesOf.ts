import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { ChildMatch } from '../../shared/call/call.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import { asFound } from '../person/findPeople.ts'
import { recordsOf } from '../person/recordsOf.ts'

interface Chosen {
  childId: Id
  /** Whose record counts; '' where it is none of those who were found. */
  keptId: Id
  at: Instant
  byName: string
}

/** Who the children of a call are in the record. Of somebody whom this person may not know of nothing is said. */
export async function matchesOf(db: ReadDb, callId: Id, actor: Actor): Promise<ChildMatch[]> {
  const chosen = db.all<Chosen>(sql`
    SELECT c.about_id AS childId, coalesce(p.kept_id, '') AS keptId, c.created_at AS at, coalesce(a.name, '') AS byName
    FROM person_choice c LEFT JOIN person_index p ON p.person_id = c.person_id LEFT JOIN account a ON a.id = c.created_by
    WHERE c.call_id = ${callId} AND (c.shown <> '' OR c.person_id <> '') AND NOT EXISTS (SELECT 1 FROM person_choice later
      WHERE later.about_id = c.about_id AND (later.created_at, later.id) > (c.created_at, c.id))`)
  const people = [...new Set(chosen.map(({ keptId }) => keptId))].filter((keptId) => keptId !== '')
  const records = await recordsOf(db, people, actor)
  return chosen.flatMap(({ keptId, ...match }): ChildMatch[] => {
    const record = records.find(({ personId }) => personId === keptId)
    if (keptId === '') return [{ ...match, person: undefined }]
    return record
      ? [{ ...match, person: asFound(record, { strength: 'strong', points: 0, reasons: [] }) }]
      : []
  })
}

import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { FieldError } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { showDate } from '../../shared/time/london.ts'

/** Somebody who was made keyworker for good, and from when on. */
interface LastingKeyworker {
  practitionerId: Id
  validFrom: CivilDate
}

/** SQL: the last row that made somebody keyworker for good and was not taken back. `episodeId`: a column or a value. */
export const lastKeyworker = (columns: SQL, episodeId: SQL): SQL => sql`
  SELECT ${columns} FROM episode_keyworker k
  WHERE k.episode_id = ${episodeId} AND k.kind <> 'cover' AND NOT EXISTS (
    SELECT 1 FROM keyworker_end x WHERE x.row_id = k.id AND x.last_day < k.valid_from)
  ORDER BY k.valid_from DESC, k.created_at DESC, k.id DESC LIMIT 1`

/** Whose an assessment is, or will be, leaving out those who stand in; undefined where it had nobody. */
export const lastKeyworkerOf = (db: ReadDb, episodeId: Id): LastingKeyworker | undefined =>
  db.get<LastingKeyworker | undefined>(
    lastKeyworker(sql`k.practitioner_id AS practitionerId, k.valid_from AS validFrom`, sql`${episodeId}`)
  )

/**
 * What speaks against a changeover within the county, by the field of a proposal: a day before the keyworker of today, or
 * one who is to come, began; or that whoever is proposed is the keyworker already. Somebody who only stands in may be given
 * the family for good.
 */
export function problemsWithChangeover(
  db: ReadDb,
  episodeId: Id,
  { practitionerId, on }: { practitionerId: Id; on: CivilDate }
): FieldError[] {
  const last = lastKeyworkerOf(db, episodeId)
  if (!last) return []
  if (last.practitionerId === practitionerId)
    return [{ path: 'practitionerId', message: 'They are the keyworker already. Choose somebody else' }]
  return on < last.validFrom
    ? [
        {
          path: 'on',
          message: `Enter ${showDate(last.validFrom)} or a later day: the keyworker has had the family since`
        }
      ]
    : []
}

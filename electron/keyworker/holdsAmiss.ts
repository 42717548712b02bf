import { sql } from 'drizzle-orm'
import { isGone, isSinceReopened, isUntrained } from '../../db/keyworkers.ts'
import type { ReadDb } from '../../db/open.ts'
import type { Id } from '../../shared/ids.ts'

/**
 * Is somebody keyworker of one of these open assessments who is not trained and registered, or on a day after they left (R23,
 * L18)? Asked after every act by which an assessment goes back to somebody: they were asked once, and much may have happened.
 */
export const holdsAmiss = (db: ReadDb, episodeIds: readonly Id[]): boolean =>
  db.get(sql`SELECT 1 FROM json_each(${JSON.stringify(episodeIds)}) each
      CROSS JOIN episode_now n ON n.episode_id = each.value AND n.closed_on = ''
      CROSS JOIN keyworker_span s ON s.episode_id = n.episode_id
      JOIN practitioner p ON p.id = s.practitioner_id
    WHERE (${sql.raw(isGone)} OR ${sql.raw(isUntrained)}) AND ${sql.raw(isSinceReopened)}
    LIMIT 1`) !== undefined

import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Id } from '../../shared/ids.ts'

/** Is somebody keyworker of one of these open assessments on a day after they left (L18)? */
export const goneHolds = (db: ReadDb, episodeIds: readonly Id[]): boolean =>
  db.get(sql`SELECT 1 FROM keyworker_span s
      JOIN episode_now n ON n.episode_id = s.episode_id AND n.closed_on = ''
      JOIN practitioner w ON w.id = s.practitioner_id AND w.left_on <> ''
    WHERE s.episode_id IN (SELECT value FROM json_each(${JSON.stringify(episodeIds)})) AND s.to_day > w.left_on
    LIMIT 1`) !== undefined

import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'

/** Somebody stands in for somebody else, in at least one open assessment. */
export interface StandIn {
  awayId: Id
  awayName: string
  byId: Id
  byName: string
}

/** Who covers whom on a day, of the covers to or from some practitioners. */
export const standInsOn = (db: ReadDb, practitionerIds: readonly Id[], on: CivilDate): StandIn[] => {
  const asked = sql`(SELECT value FROM json_each(${JSON.stringify(practitionerIds)}))`
  return db.all<StandIn>(sql`SELECT DISTINCT away.id AS awayId, away.name AS awayName, by.id AS byId, by.name AS byName
    FROM cover_part c CROSS JOIN keyworker_span s ON s.episode_id = c.episode_id AND s.row_id = c.row_id
        AND s.to_day >= ${on} AND s.from_day <= ${on}
      JOIN episode_now n ON n.episode_id = c.episode_id AND n.closed_on = ''
      JOIN cover v ON v.id = c.cover_id
      JOIN practitioner away ON away.id = v.practitioner_id
      JOIN practitioner by ON by.id = c.practitioner_id
    WHERE c.to_day >= ${on} AND c.from_day <= ${on} AND (away.id IN ${asked} OR by.id IN ${asked})
    ORDER BY away.sort_key, by.sort_key`)
}

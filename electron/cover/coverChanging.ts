import { sql, type SQL } from 'drizzle-orm'
import type { CivilDate } from '../../shared/ids.ts'

/**
 * SQL: `changing`, the open assessments in which somebody begins to stand in, or the keyworker is back on the day after, from
 * today to a day: `id` (of the part of the cover), `family_id`, `created_by`, `on_day`, `note`. By the days on which they
 * really stand in: cover may be ended sooner, and a transfer ends it with nobody to be back.
 */
export function coverChanging(
  kind: 'cover-begins' | 'cover-ends',
  { today, until }: { today: CivilDate; until: CivilDate }
): SQL {
  const begins = kind === 'cover-begins'
  const onDay = begins ? sql`min(s.from_day)` : sql`date(max(s.to_day), '+1 day')`
  const who = sql`coalesce((SELECT name FROM practitioner WHERE id = p.practitioner_id), '')`
  const keyworker = sql`coalesce((SELECT w.name FROM cover c JOIN practitioner w ON w.id = c.practitioner_id
    WHERE c.id = p.cover_id), '')`
  const isBack = sql`EXISTS (SELECT 1 FROM keyworker_span b JOIN episode_keyworker k ON k.over_id = b.row_id
    WHERE b.episode_id = p.episode_id AND b.from_day = p.on_day AND k.id = p.row_id)`
  const note = begins ? sql`${who} || ' for ' || ${keyworker}` : sql`${keyworker} || ', after ' || ${who}`
  return sql`(SELECT p.id, p.family_id, p.created_by, p.on_day, ${note} AS note
    FROM (SELECT q.*, (SELECT ${onDay} FROM keyworker_span s
        WHERE s.episode_id = q.episode_id AND s.row_id = q.row_id) AS on_day
      FROM cover_part q WHERE q.to_day >= date(${today}, '-1 day') AND q.row_id <> '') p
      CROSS JOIN episode_now n ON n.episode_id = p.episode_id AND n.closed_on = ''
    WHERE p.on_day BETWEEN ${today} AND ${until} AND ${begins ? sql`1` : isBack}) AS changing`
}

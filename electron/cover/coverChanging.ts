import { sql, type SQL } from 'drizzle-orm'
import type { CivilDate } from '../../shared/ids.ts'

/**
 * SQL: `changing`, the open assessments in which somebody begins to stand in, or the keyworker is back on the day after, from
 * today to a day: `id` (of the part of the cover), `family_id`, `created_by`, `on_day`, `note`. What was ended sooner counts
 * until its last day, and what counts never is none.
 */
export function coverChanging(
  kind: 'cover-begins' | 'cover-ends',
  { today, until }: { today: CivilDate; until: CivilDate }
): SQL {
  const onDay = kind === 'cover-begins' ? sql`p.from_day` : sql`date(p.last_day, '+1 day')`
  const who = sql`coalesce((SELECT name FROM practitioner WHERE id = p.practitioner_id), '')`
  const back = sql`coalesce((SELECT w.name FROM cover c JOIN practitioner w ON w.id = c.practitioner_id
    WHERE c.id = p.cover_id), '')`
  const note =
    kind === 'cover-begins' ? sql`${who} || ' for ' || ${back}` : sql`${back} || ', after ' || ${who}`
  return sql`(SELECT p.id, p.family_id, p.created_by, ${onDay} AS on_day, ${note} AS note
    FROM (SELECT q.*, min(q.to_day, coalesce((SELECT min(x.last_day) FROM keyworker_end x
        WHERE x.row_id = q.row_id), q.to_day)) AS last_day
      FROM cover_part q WHERE q.to_day >= date(${today}, '-1 day') AND q.row_id <> '') p
      JOIN episode_now n ON n.episode_id = p.episode_id AND n.closed_on = ''
    WHERE p.last_day >= p.from_day AND ${onDay} BETWEEN ${today} AND ${until}) AS changing`
}

import { sql, type SQL } from 'drizzle-orm'
import type { CivilDate } from '../../shared/ids.ts'
import { addDays } from '../../shared/time/london.ts'

const DAYS = 7

/**
 * SQL: how many families somebody was given in the seven days up to that day, for good: whoever stands in, or is back after
 * a cover, was given none. `practitionerId`: a column.
 */
export const allocatedLately = (practitionerId: string, on: CivilDate): SQL => {
  const first = addDays(on, 1 - DAYS)
  return sql`(SELECT count(DISTINCT s.episode_id) FROM keyworker_span s CROSS JOIN episode_keyworker k ON k.id = s.row_id
    WHERE s.practitioner_id = ${sql.raw(practitionerId)} AND s.to_day >= ${first} AND NOT s.is_cover
      AND k.valid_from BETWEEN ${first} AND ${on})`
}

/** SQL: the same of everybody at once, `practitioner_id` and `families`: of whoever is not there it is none. */
export const allocatedLatelyToAll = (on: CivilDate): SQL => {
  const first = addDays(on, 1 - DAYS)
  // a span begins on the day of its row or later
  return sql`SELECT s.practitioner_id, count(DISTINCT s.episode_id) AS families
    FROM keyworker_span s CROSS JOIN episode_keyworker k ON k.id = s.row_id
    WHERE s.from_day >= ${first} AND NOT s.is_cover AND k.valid_from BETWEEN ${first} AND ${on}
    GROUP BY s.practitioner_id`
}

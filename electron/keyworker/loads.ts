import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { capacityOf, loadOf, nothingSaid } from '../../shared/keyworker/load.ts'
import type { Load } from '../../shared/keyworker/keyworker.ts'
import { caseloadOn } from '../../shared/setting/inForce.ts'
import { settingsInRecord } from '../setting/listSettings.ts'

/** SQL: the id of the working pattern in force on a day; NULL where nobody said it. `practitionerId`: a column. */
export const patternIdOn = (
  practitionerId: string,
  on: CivilDate
): SQL => sql`(SELECT w.id FROM working_pattern w
  WHERE w.practitioner_id = ${sql.raw(practitionerId)} AND w.valid_from <= ${on}
  ORDER BY w.valid_from DESC, w.created_at DESC, w.id DESC LIMIT 1)`

/**
 * SQL: `practitioner_id`, `held`, `covering` of whoever holds an open assessment on a day; `all` from what is open on, for
 * whoever held many holds few of them now.
 */
export function heldOn(who: readonly Id[] | 'all', on: CivilDate): SQL {
  const counts = sql`s.practitioner_id, count(*) AS held, sum(s.is_cover) AS covering`
  const isOn = sql`s.to_day >= ${on} AND s.from_day <= ${on}`
  return who === 'all'
    ? sql`SELECT ${counts} FROM episode_now n CROSS JOIN keyworker_span s ON s.episode_id = n.episode_id
        WHERE n.closed_on = '' AND ${isOn} GROUP BY s.practitioner_id`
    : sql`SELECT ${counts} FROM keyworker_span s CROSS JOIN episode_now n ON n.episode_id = s.episode_id
        WHERE s.practitioner_id IN (SELECT value FROM json_each(${JSON.stringify(who)})) AND n.closed_on = ''
          AND ${isOn} GROUP BY s.practitioner_id`
}

/**
 * How many families each of some practitioners, or each of all, holds on a day, of how many. What is open now counts: of
 * a day to come nobody knows what will have ended. Families that whoever asks may not open are counted as well: else
 * somebody would be given more than they can hold.
 */
export async function loadsOn(db: ReadDb, who: readonly Id[] | 'all', on: CivilDate): Promise<Map<Id, Load>> {
  const unsaid = nothingSaid(caseloadOn(await settingsInRecord(db), on))
  const asked = who === 'all' ? sql`1` : sql`p.id IN (SELECT value FROM json_each(${JSON.stringify(who)}))`
  const rows =
    db.all<LoadRow>(sql`SELECT p.id, coalesce(h.held, 0) AS held, coalesce(h.covering, 0) AS covering,
      coalesce(w.weekdays, ${unsaid.weekdays}) AS weekdays,
      coalesce(w.full_time_families, ${unsaid.fullTimeFamilies}) AS fullTimeFamilies
    FROM practitioner p LEFT JOIN (${heldOn(who, on)}) h ON h.practitioner_id = p.id
      LEFT JOIN working_pattern w ON w.id = ${patternIdOn('p.id', on)}
    WHERE ${asked}`)
  return new Map(rows.map(({ id, ...row }) => [id, loadOf(row, capacityOf(row))]))
}

interface LoadRow {
  id: Id
  held: number
  covering: number
  weekdays: string
  fullTimeFamilies: number
}

import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Days, Taker } from '../../shared/cover/cover.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { capacityOf, loadOf, nothingSaid } from '../../shared/keyworker/load.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { caseloadOn, inForce } from '../../shared/setting/inForce.ts'
import { addDays } from '../../shared/time/london.ts'
import { patternIdOn } from '../keyworker/loads.ts'
import { employerName } from '../practitioner/employerName.ts'
import { settingsInRecord } from '../setting/listSettings.ts'

interface Found {
  practitionerId: Id
  name: string
  role: string
  employerName: string
  trainedOn: CivilDate
  registeredOn: CivilDate
  leftOn: CivilDate
  weekdays: string
  fullTimeFamilies: number
  /** ONS codes between single spaces. */
  districts: string
  held: number
  covering: number
  /** [first day, last day] of each span that begins or ends within the days. */
  spans: string
  away: string | null
}

/**
 * What everybody holds on the first day, and what changes within the days: a family comes on the first day of a span and is
 * gone after its last.
 */
const held = ({ from, to }: Days) => {
  const onFirst = sql`FILTER (WHERE s.from_day <= ${from})`
  return sql`SELECT s.practitioner_id, count(*) ${onFirst} AS held, sum(s.is_cover) ${onFirst} AS covering,
      json_group_array(json_array(s.from_day, s.to_day))
        FILTER (WHERE s.from_day > ${from} OR s.to_day < ${to}) AS spans
    FROM episode_now n CROSS JOIN keyworker_span s ON s.episode_id = n.episode_id
    WHERE n.closed_on = '' AND s.to_day >= ${from} AND s.from_day <= ${to} GROUP BY s.practitioner_id`
}

/** SQL: whoever is away within the days, and when: booked absences, and covers as long as they last. */
export const awayWithin = ({
  from,
  to
}: Days) => sql`SELECT practitioner_id, json_group_array(json_array(from_day, to_day)) AS days
  FROM (
    SELECT practitioner_id, from_day, to_day FROM absence
    WHERE to_day >= ${from} AND from_day <= ${to} AND cancelled_why = '' AND deleted_at IS NULL
    UNION SELECT c.practitioner_id, min(s.from_day), max(s.to_day)
    FROM cover c JOIN cover_part p ON p.cover_id = c.id
      JOIN keyworker_span s ON s.episode_id = p.episode_id AND s.row_id = p.row_id
    WHERE c.to_day >= ${from} AND c.from_day <= ${to} AND s.to_day >= ${from} AND s.from_day <= ${to}
    GROUP BY c.id ORDER BY 2, 3)
  GROUP BY practitioner_id`

/**
 * Who could have a family of somebody's on some days, by name: everybody at work but that one, with what they hold on
 * the first day, when that changes, and when they are away themselves. One question.
 */
export async function takersOn(db: ReadDb, days: Days, notThem: Id): Promise<Taker[]> {
  const settings = await settingsInRecord(db)
  const unsaid = nothingSaid(caseloadOn(settings, days.from))
  const rows =
    db.all<Found>(sql`SELECT p.id AS practitionerId, p.name, p.role, ${employerName('p')} AS employerName,
      p.trained_on AS trainedOn, p.registered_on AS registeredOn, p.left_on AS leftOn,
      coalesce(w.weekdays, ${unsaid.weekdays}) AS weekdays, coalesce(w.districts, '') AS districts,
      coalesce(w.full_time_families, ${unsaid.fullTimeFamilies}) AS fullTimeFamilies,
      coalesce(h.held, 0) AS held, coalesce(h.covering, 0) AS covering, coalesce(h.spans, '[]') AS spans, a.days AS away
    FROM practitioner p LEFT JOIN (${held(days)}) h ON h.practitioner_id = p.id
      LEFT JOIN (${awayWithin(days)}) a ON a.practitioner_id = p.id
      LEFT JOIN working_pattern w ON w.id = ${patternIdOn('p.id', days.from)}
    WHERE p.deleted_at IS NULL AND p.left_on = '' AND p.id <> ${notThem}
    ORDER BY p.sort_key, p.id`)
  const hubOf = hubsOfDistricts(settings, days.from)
  return rows.map((row) => asTaker(row, days, hubOf))
}

function asTaker(row: Found, days: Days, hubOf: ReadonlyMap<string, Id>): Taker {
  const { practitionerId, name, role, employerName: employer, held, covering, trainedOn, registeredOn } = row
  const hubs = row.districts.split(' ').flatMap((district) => hubOf.get(district) ?? [])
  return {
    ...{ practitionerId, name, role, employerName: employer },
    hubIds: [...new Set(hubs)],
    load: loadOf({ held, covering }, capacityOf(row)),
    changes: changesOf(held, asDays(row.spans), days),
    away: asDays(row.away),
    givableFrom:
      trainedOn === '' || registeredOn === '' ? '' : trainedOn > registeredOn ? trainedOn : registeredOn
  }
}

/** Days from JSON, as `awayWithin` has them; none where nobody is away. */
export const asDays = (json: string | null): Days[] =>
  json === null ? [] : (JSON.parse(json) as [CivilDate, CivilDate][]).map(([from, to]) => ({ from, to }))

/** How many it is from each day on on which it is another number. */
function changesOf(held: number, spans: readonly Days[], asked: Days): Taker['changes'] {
  const comes = spans.filter(({ from }) => from > asked.from).map(({ from }) => ({ from, more: 1 }))
  const goes = spans.filter(({ to }) => to < asked.to).map(({ to }) => ({ from: addDays(to, 1), more: -1 }))
  let now = held
  const changes: Taker['changes'] = []
  for (const { from, more } of [...comes, ...goes].toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    now += more
    const before = changes.at(-1)
    if (before?.from === from) before.held = now
    else changes.push({ from, held: now })
  }
  return changes
}

const hubsOfDistricts = (settings: readonly Setting[], on: CivilDate): ReadonlyMap<string, Id> =>
  new Map(inForce(settings, 'district', on).map(({ key, value }) => [key, value.hubId]))

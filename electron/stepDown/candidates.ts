import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Load } from '../../shared/keyworker/keyworker.ts'
import { capacityOf, loadOf, nothingSaid } from '../../shared/keyworker/load.ts'
import { clocksOn, rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import {
  isOutside,
  knowsFamily,
  loadAfter,
  ranked,
  reviewsMissed,
  weeksOfWork,
  type Candidate,
  type Nearness,
  type RankedCandidate,
  type ReviewDate
} from '../../shared/stepDown/ranking.ts'
import { addDays, londonDate } from '../../shared/time/london.ts'
import { asDays, awayWithin } from '../cover/takersOn.ts'
import { peopleOf } from '../family/peopleOf.ts'
import { allocatedLatelyToAll } from '../keyworker/allocatedLately.ts'
import { heldOn, patternIdOn } from '../keyworker/loads.ts'
import { employerName } from '../practitioner/employerName.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { lastKeyworker } from '../transfer/changeover.ts'
import { mustOpenStepDown, type OpenedStepDown } from './mustOpenStepDown.ts'

const PAGE = 10

/**
 * "Assign keyworker": who may hold this family, with what speaks for and against each (C8): those of its hub, those of whom
 * nobody has said where they work and those who know the family first; with `otherHubs` everybody. Advice only.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function listCandidates(
  db: ReadDb,
  { stepDownId, otherHubs, after }: Parsed<'stepDown.candidates'>,
  actor: Actor
): Promise<Output<'stepDown.candidates'>> {
  const now = await mustOpenStepDown(db, stepDownId, actor)
  const everybody = await candidatesFor(db, now, londonDate(actor.now))
  const shown = otherHubs ? everybody : everybody.filter((each) => !isOutside(each) || knowsFamily(each))
  const from = after === '' ? 0 : placeAfter(shown, after)
  const rows = shown.slice(from, from + PAGE)
  const last = rows.at(-1)
  return {
    rows,
    next: last && from + PAGE < shown.length ? `${String(last.place)} ${last.practitionerId}` : '',
    total: shown.length,
    others: everybody.length - shown.length
  }
}

/** How many come before the next page. Where the last of the page before may hold the family no more, others have moved up. */
function placeAfter(shown: readonly RankedCandidate[], after: string): number {
  const [place = '', id = ''] = after.split(' ')
  const at = shown.findIndex(({ practitionerId }) => practitionerId === id)
  if (at >= 0) return at + 1
  return shown.filter((each) => each.place < Number(place)).length
}

/**
 * Everybody who may hold the family of a step-down on a day, in their order: at work, trained and registered (R23), and not
 * asked against by the family. Families that whoever asks may not open count in a load too, as everywhere. Two questions.
 */
export async function candidatesFor(
  db: ReadDb,
  now: OpenedStepDown,
  today: CivilDate
): Promise<RankedCandidate[]> {
  const settings = await settingsInRecord(db)
  const rules = rulesOn(settings, today)
  const rows = db.all<Found>(candidateRows(now, today, settings))
  const [first] = rows
  if (!first) return []
  const reviews = reviewDates(first.open, settings, today)
  const weeksOf = weeksOfWork(reviews, rules.terms)
  const home: Home = { hubId: now.hubId, district: first.district, rules, weeksOf }
  return ranked(rows.map((row) => asCandidate(row, home)))
}

interface Found {
  practitionerId: Id
  name: string
  role: string
  employerName: string
  /** Of the pattern in force; NULL where nobody has said when they work. */
  weekdays: string | null
  termTimeOnly: number | null
  fullTimeFamilies: number | null
  /** ONS codes between single spaces. */
  districts: string | null
  held: number
  covering: number
  asked: number
  allocatedLately: number
  away: string | null
  isKeyworker: number
  isFormer: number
  heldUntil: CivilDate
  isInTeam: number
  isAtSchool: number
  declinedOn: CivilDate
  declinedWhy: string
  /** The same in every row: the open assessment of the family as JSON, and the district where it lives. */
  open: string | null
  district: string
}

interface OpenNow {
  registeredOn: CivilDate
  finalisedOn: CivilDate
  lastMeetingOn: CivilDate
}

/** The newest version of each fact that holds on a day; within a query that begins with `peopleOf`. */
const factsHolding = (
  kind: string,
  today: CivilDate
): SQL => sql`SELECT f.value, f.subject_id FROM told_fact f
  WHERE f.kind = ${kind} AND NOT f.in_error AND f.valid_from <= ${today}
    AND (f.valid_to = '' OR f.valid_to >= ${today})
    AND NOT EXISTS (SELECT 1 FROM fact later
      WHERE later.of_id = f.of_id AND (later.created_at, later.id) > (f.created_at, f.id))`

/** Everybody who may hold the family, each with what the record says of them and it. Of no known family nobody knows it. */
function candidateRows(now: OpenedStepDown, today: CivilDate, settings: readonly Setting[]): SQL {
  const { stepDownId, familyId, versionId, decisionId } = now
  const lastReview = addDays(today, Math.max(...clockDays(settings, today)))
  const open = sql`(SELECT n.episode_id FROM episode_now n WHERE n.family_id = ${familyId} AND n.closed_on = '')`
  return sql`WITH ${peopleOf(familyId)},
    against AS (SELECT value ->> 'practitionerId' AS practitioner_id FROM (${factsHolding('asked-against', today)})),
    school_of AS (SELECT value ->> 'schoolId' AS school_id FROM (${factsHolding('school', today)})
      UNION SELECT school_id FROM step_down_person WHERE version_id = ${versionId} AND school_id <> ''),
    held_before AS (SELECT s.practitioner_id, max(iif(n.closed_on = '' OR s.to_day < n.closed_on, s.to_day, n.closed_on)) AS until
      FROM episode e CROSS JOIN keyworker_span s ON s.episode_id = e.id CROSS JOIN episode_now n ON n.episode_id = e.id
      WHERE e.family_id = ${familyId} AND s.from_day <= ${today} AND (n.closed_on <> '' OR s.to_day < ${today})
      GROUP BY s.practitioner_id),
    team AS (SELECT t.practitioner_id FROM team_member t
      WHERE t.episode_id = ${open} AND t.practitioner_id <> '' AND NOT t.in_error AND t.valid_from <= ${today}
        AND (t.valid_to = '' OR t.valid_to >= ${today})
        AND NOT EXISTS (SELECT 1 FROM team_member later
          WHERE later.of_id = t.of_id AND (later.created_at, later.id) > (t.created_at, t.id))),
    said_no AS (SELECT a.practitioner_id, max(x.created_at), x.on_day, x.words
      FROM step_down_event x CROSS JOIN step_down_allocation a ON a.id = x.about_id
      WHERE x.step_down_id = ${stepDownId} AND +x.event = 'decline' GROUP BY a.practitioner_id),
    asked AS (SELECT practitioner_id, count(*) AS count FROM step_down_now
      WHERE state = 'allocated' AND step_down_id <> ${stepDownId} GROUP BY practitioner_id)
  SELECT p.id AS practitionerId, p.name, p.role, ${employerName('p')} AS employerName,
    w.weekdays, w.term_time_only AS termTimeOnly, w.full_time_families AS fullTimeFamilies, w.districts,
    coalesce(h.held, 0) AS held, coalesce(h.covering, 0) AS covering, coalesce(q.count, 0) AS asked,
    coalesce(l.families, 0) AS allocatedLately, a.days AS away,
    coalesce(p.id = (${lastKeyworker(sql`k.practitioner_id`, open)}), 0) AS isKeyworker,
    p.id = coalesce((SELECT d.practitioner_id FROM step_down_decision d WHERE d.id = ${decisionId}), '') AS isFormer,
    coalesce(b.until, '') AS heldUntil, p.id IN (SELECT practitioner_id FROM team) AS isInTeam,
    p.employer = 'school' AND p.employer_id IN (SELECT school_id FROM school_of) AS isAtSchool,
    coalesce(x.on_day, '') AS declinedOn, coalesce(x.words, '') AS declinedWhy,
    (SELECT json_object('registeredOn', n.registered_on, 'finalisedOn', n.finalised_on,
      'lastMeetingOn', n.last_meeting_on) FROM episode_now n WHERE n.episode_id = ${open}) AS open,
    coalesce(nullif((SELECT v.district FROM step_down_version v WHERE v.id = ${versionId}), ''),
      (SELECT value ->> 'district' FROM (${factsHolding('hub', today)})), '') AS district
  FROM practitioner p LEFT JOIN (${heldOn('all', today)}) h ON h.practitioner_id = p.id
    LEFT JOIN (${awayWithin({ from: today, to: lastReview })}) a ON a.practitioner_id = p.id
    LEFT JOIN working_pattern w ON w.id = ${patternIdOn('p.id', today)}
    LEFT JOIN (${allocatedLatelyToAll(today)}) l ON l.practitioner_id = p.id
    LEFT JOIN held_before b ON b.practitioner_id = p.id
    LEFT JOIN said_no x ON x.practitioner_id = p.id
    LEFT JOIN asked q ON q.practitioner_id = p.id
  WHERE p.deleted_at IS NULL AND p.left_on = '' AND p.trained_on <> '' AND p.trained_on <= ${today}
    AND p.registered_on <> '' AND p.registered_on <= ${today} AND p.id NOT IN (SELECT practitioner_id FROM against)`
}

function clockDays(settings: readonly Setting[], today: CivilDate): number[] {
  const { finaliseDays, firstMeetingDays, reviewDays } = clocksOn(settings, today)
  return [finaliseDays, firstMeetingDays, reviewDays]
}

/** What the assessment that opens today wants, or the one that is open still does (R31, R34); not what is overdue already. */
function reviewDates(open: string | null, settings: readonly Setting[], today: CivilDate): ReviewDate[] {
  const now = open === null ? undefined : (JSON.parse(open) as OpenNow)
  const began = now?.registeredOn ?? today
  const { finaliseDays, firstMeetingDays } = clocksOn(settings, began)
  const met = now?.lastMeetingOn ?? ''
  const meeting =
    met === '' ? addDays(began, firstMeetingDays) : addDays(met, clocksOn(settings, met).reviewDays)
  const dates: ReviewDate[] = [
    ...(now && now.finalisedOn !== ''
      ? []
      : [{ what: 'finalise' as const, on: addDays(began, finaliseDays) }]),
    { what: 'meeting', on: meeting }
  ]
  return dates.filter(({ on }) => on >= today)
}

/** What is the same for everybody. */
interface Home {
  hubId: Id
  district: string
  rules: Rules
  weeksOf: ReturnType<typeof weeksOfWork>
}

function asCandidate(row: Found, { hubId, district, rules, weeksOf }: Home): Candidate {
  const {
    practitionerId,
    name,
    role,
    employerName: employer,
    asked,
    heldUntil,
    declinedOn,
    declinedWhy
  } = row
  const unsaid = nothingSaid(rules.caseload)
  const weekdays = row.weekdays ?? unsaid.weekdays
  const capacity = capacityOf({ weekdays, fullTimeFamilies: row.fullTimeFamilies ?? unsaid.fullTimeFamilies })
  const load: Load = loadOf(row, capacity)
  const isKeyworker = row.isKeyworker === 1
  const termTimeOnly = row.termTimeOnly === 1
  const away = asDays(row.away)
  return {
    ...{ practitionerId, name, role, employerName: employer, asked, heldUntil, declinedOn, declinedWhy },
    ...{ load, termTimeOnly, away, isKeyworker, allocatedLately: row.allocatedLately },
    after: loadAfter(load, asked, isKeyworker),
    weekdays: row.weekdays ?? '',
    notIn: reviewsMissed(weeksOf({ weekdays, termTimeOnly }), away),
    isFormer: row.isFormer === 1,
    isInTeam: row.isInTeam === 1,
    isAtSchool: row.isAtSchool === 1,
    near: nearnessOf((row.districts ?? '').split(' ').filter(Boolean), { hubId, district, rules })
  }
}

function nearnessOf(
  districts: readonly string[],
  { hubId, district, rules }: Pick<Home, 'hubId' | 'district' | 'rules'>
): Nearness {
  if (districts.length === 0) return 'hub-unknown'
  if (districts.includes(district)) return 'district'
  if (!rules.hubs.some(({ key }) => key === hubId)) return 'hub-unknown'
  const isOfHub = rules.districts.some((each) => each.hubId === hubId && districts.includes(each.key))
  return isOfHub ? 'hub' : 'elsewhere'
}

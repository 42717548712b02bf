import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { dueDates } from '../../shared/episode/clocks.ts'
import type { DueRule } from '../../shared/episode/episode.ts'
import { overdueOf, ruleDaysBy, type OverdueRule, type StandingNow } from '../../shared/episode/overdue.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { clocksOn } from '../../shared/setting/inForce.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { addDays } from '../../shared/time/london.ts'
import { standingFor } from '../family/readableFamily.ts'
import { keyworkerOn } from '../keyworker/keyworkerOn.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import type { Asked, Found } from './calendar.ts'
import { isAskedFor, MOST } from './calendarPlanned.ts'
import { hasRunOutByClock, isOverridden, otherDay } from './listOpen.ts'

type Known = Omit<Found, 'id' | 'what' | 'rule' | 'on' | 'startsAt' | 'place' | 'isDone'>

/** What is due in an assessment of which nothing else is known yet. */
interface Due {
  episodeId: Id
  rule: DueRule
  /** The meeting whose record or copy it is; '' otherwise. */
  aboutId: Id
  on: CivilDate
}

/**
 * What the clocks of open assessments want by a day of the span and nobody has done (R31, R34), the first due first. Of
 * all that is due only as many are looked up as the calendar can show, and one more.
 */
export async function dueByClock(db: ReadDb, asked: Asked): Promise<Found[]> {
  const settings = await settingsInRecord(db)
  const due = [...ofAssessments(db, asked, settings), ...ofMeetings(db, asked, settings)]
    .map((each) => ({ ...each, id: [each.episodeId, each.rule, each.aboutId].join(' ').trim() }))
    .map((each) => ({ ...each, place: [each.on, each.rule, each.id].join(' ') }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
  // by keyworker some are left out later: of a restricted family it is not told who that is
  const shown = asked.practitionerId === '' ? due.slice(0, MOST + 1) : due
  const known = knownOf(db, asked, shown)
  return shown.flatMap(({ episodeId, id, rule, on }) => {
    const row = known.get(episodeId)
    return row ? [{ ...row, id, what: 'due', rule, on, startsAt: '', place: '', isDone: false }] : []
  })
}

/** Of the assessments of what is due, by their ids. One whose family has yet to arrive from another desk is not among them. */
function knownOf(db: ReadDb, { actor, today }: Asked, due: readonly Due[]): ReadonlyMap<Id, Known> {
  const ids = [...new Set(due.map(({ episodeId }) => episodeId))]
  const rows = db.all<Known>(sql`
    SELECT ${standingFor(actor)}, e.id AS episodeId, e.reference, e.family_id AS familyId,
      coalesce(${keyworkerOn('e.id', today)}, '') AS practitionerId
    FROM json_each(${JSON.stringify(ids)}) each CROSS JOIN episode e ON e.id = each.value
      CROSS JOIN family_index ON family_index.family_id = e.family_id`)
  return new Map(rows.map((row) => [row.episodeId, row]))
}

interface Standings extends Omit<StandingNow, 'otherDays'> {
  episodeId: Id
  otherFinalise: string
  otherFirst: string
  otherReview: string
}

/**
 * To finalise, to meet first, to meet again: what runs out by the day after the span, and not before it. Everything that is
 * asked of the many stands in one index (`episode_now_hub`).
 */
function ofAssessments(db: ReadDb, asked: Asked, settings: readonly Setting[]): Due[] {
  const { from, to } = asked
  const after = addDays(to, 1)
  const runsOut = (rule: OverdueRule, began: string) => {
    const days = sql.raw(began)
    return sql`(${hasRunOutByClock(rule, days, settings, after)} AND NOT ${hasRunOutByClock(rule, days, settings, from)})`
  }
  const other = (rule: OverdueRule) => sql`iif(${isOverridden}, ${otherDay(rule)}, '')`
  const rows = db.all<Standings>(sql`
    SELECT n.episode_id AS episodeId, n.registered_on AS registeredOn, n.finalised_on AS finalisedOn,
      n.first_meeting_on AS firstMeetingOn, n.last_meeting_on AS lastMeetingOn,
      ${other('R31')} AS otherFinalise, ${other('R34-first')} AS otherFirst, ${other('R34-review')} AS otherReview
    FROM episode_now n
    WHERE n.closed_on = '' AND (
        (n.finalised_on = '' AND ${runsOut('R31', 'n.registered_on')})
        OR (n.first_meeting_on = '' AND ${runsOut('R34-first', 'n.registered_on')})
        OR (n.last_meeting_on <> '' AND ${runsOut('R34-review', 'n.last_meeting_on')})
        OR n.episode_id IN (SELECT episode_id FROM rule_override WHERE due_on BETWEEN ${from} AND ${to}))
      AND ${isAskedFor(asked)}`)
  const ruleDay = ruleDaysBy(settings)
  return rows.flatMap(({ episodeId, otherFinalise, otherFirst, otherReview, ...standing }) => {
    const otherDays = { R31: otherFinalise, 'R34-first': otherFirst, 'R34-review': otherReview }
    return overdueOf({ ...standing, otherDays }, settings, after, ruleDay)
      .filter(({ dueOn }) => dueOn >= from)
      .map(({ rule, dueOn }) => ({ episodeId, rule, aboutId: '', on: dueOn }))
  })
}

interface Meetings {
  episodeId: Id
  meetingId: Id
  /** The day it was held, or is taken to have been. */
  day: CivilDate
  isRecorded: number
  isCopied: number
  otherRecord: CivilDate
  otherCopy: CivilDate
}

const isThere = (table: string) => sql.raw(`EXISTS (SELECT 1 FROM ${table} WHERE meeting_id = m.id)`)

/** The day that a manager gave last; '' where none did. */
const otherDayOf = (rule: DueRule) => sql`iif(${isOverridden}, coalesce((SELECT o.due_on FROM rule_override o
  WHERE o.episode_id = n.episode_id AND o.about_id = m.id AND o.rule = ${rule} AND o.due_on <> ''
  ORDER BY o.created_at DESC, o.id DESC LIMIT 1), ''), '')`

/**
 * The record of a meeting whose day has come, or that was held before it, and its copy for the family, each until it is
 * there. From the meetings of the season to their assessments: meetings of one season lie together in the file.
 */
function ofMeetings(db: ReadDb, asked: Asked, settings: readonly Setting[]): Due[] {
  const { from, to, today } = asked
  const rows = db.all<Meetings>(sql`
    SELECT n.episode_id AS episodeId, m.id AS meetingId,
      coalesce((SELECT r.held_on FROM meeting_record r WHERE r.meeting_id = m.id
        ORDER BY r.created_at, r.id LIMIT 1), m.on_day) AS day,
      ${isThere('meeting_record')} AS isRecorded, ${isThere('meeting_copy')} AS isCopied,
      ${otherDayOf('R34-record')} AS otherRecord, ${otherDayOf('R34-copy')} AS otherCopy
    FROM meeting m CROSS JOIN episode_now n ON n.episode_id = m.episode_id LEFT JOIN episode_date d ON d.id = m.id
    WHERE (m.on_day >= ${addDays(from, -daysBefore(settings))} OR m.id IN (
        SELECT about_id FROM rule_override WHERE due_on BETWEEN ${from} AND ${to}))
      AND (m.on_day <= min(${to}, ${today}) OR ${isThere('meeting_record')})
      AND n.closed_on = '' AND coalesce(d.ending, '') <> 'cancelled' AND ${isAskedFor(asked)}
      AND NOT (${isThere('meeting_record')} AND ${isThere('meeting_copy')})`)
  const byDay = ruleDays(settings, today)
  return rows.flatMap(({ episodeId, meetingId, day, isRecorded, isCopied, otherRecord, otherCopy }) => {
    const ruled = byDay(day)
    const clocks: { rule: DueRule; isDone: number; dueOn: CivilDate }[] = [
      { rule: 'R34-record', isDone: isRecorded, dueOn: otherRecord || ruled.record },
      { rule: 'R34-copy', isDone: isCopied, dueOn: otherCopy || ruled.copy }
    ]
    return clocks
      .filter(({ isDone, dueOn }) => isDone === 0 && dueOn >= from && dueOn <= to)
      .map(({ rule, dueOn }) => ({ episodeId, rule, aboutId: meetingId, on: dueOn }))
  })
}

/**
 * Record and copy are due some working days after a meeting, weekends and bank holidays take fewer than as many again and
 * two weeks: so far back a meeting may have been that is due in a span by a rule.
 */
function daysBefore(settings: readonly Setting[]): number {
  const changes = settings.filter(({ kind }) => kind === 'assessment').map(({ validFrom }) => validFrom)
  const clocks = ['', ...changes].map((day) => clocksOn(settings, day))
  return 2 * Math.max(...clocks.flatMap((each) => [each.recordWorkingDays, each.copyWorkingDays])) + 14
}

/** By when record and copy of a meeting of a day are due by the rules; worked out once a day, '' where nothing is set. */
function ruleDays(settings: readonly Setting[], today: CivilDate) {
  const days = new Map<CivilDate, { record: CivilDate; copy: CivilDate }>()
  return (day: CivilDate) => {
    const ruled = days.get(day) ?? ruleDaysOf(day, settings, today)
    days.set(day, ruled)
    return ruled
  }
}

function ruleDaysOf(day: CivilDate, settings: readonly Setting[], today: CivilDate) {
  const held = { id: '', kind: 'other', heldOn: day, arrangedFor: day } as const
  const meetings = [{ ...held, isCancelled: false, recordedOn: '', copiedOn: '' }]
  const course = { registeredOn: day, finalisedOn: '', isOpen: true, meetings, overrides: [] }
  const found = dueDates(course, settings, today)
  const ruleDay = (wanted: DueRule) => found.find(({ rule }) => rule === wanted)?.ruleDay ?? ''
  return { record: ruleDay('R34-record'), copy: ruleDay('R34-copy') }
}

import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { dueDates } from '../../shared/episode/clocks.ts'
import type { DueRule } from '../../shared/episode/episode.ts'
import { overdueClocks, overdueOf, type OverdueRule, type StandingNow } from '../../shared/episode/overdue.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { addDays } from '../../shared/time/london.ts'
import { standingFor } from '../family/readableFamily.ts'
import { keyworkerOn } from '../keyworker/keyworkerOn.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import type { Asked, Found } from './calendar.ts'
import { isAskedFor } from './calendarPlanned.ts'
import { hasRunOut, otherDay } from './listOpen.ts'

/** Record and copy are due some working days after a meeting: further back nothing of a span can have begun by a rule. */
const DAYS_BEFORE = 92

type Known = Omit<Found, 'id' | 'what' | 'rule' | 'on' | 'startsAt' | 'place' | 'isDone'>

/** What the clocks of open assessments want by a day of the span and nobody has done (R31, R34). */
export async function dueByClock(db: ReadDb, asked: Asked): Promise<Found[]> {
  const settings = await settingsInRecord(db)
  return [...ofAssessments(db, asked, settings), ...ofMeetings(db, asked, settings)]
}

const due = (row: Known, rule: DueRule, aboutId: string, on: string): Found => ({
  ...row,
  ...{ id: [row.episodeId, rule, aboutId].join(' ').trim(), what: 'due', rule, on },
  ...{ startsAt: '', place: '', isDone: false }
})

const known = (asked: Asked) => sql`${standingFor(asked.actor)}, n.episode_id AS episodeId, e.reference,
  n.family_id AS familyId, coalesce(${keyworkerOn('n.episode_id', asked.today)}, '') AS practitionerId`

interface Standings extends Known, Omit<StandingNow, 'otherDays'> {
  otherFinalise: string
  otherFirst: string
  otherReview: string
}

/** To finalise, to meet first, to meet again: what has run out the day after the span, and had not before it. */
function ofAssessments(db: ReadDb, asked: Asked, settings: readonly Setting[]): Found[] {
  const after = addDays(asked.to, 1)
  const isDue = (rule: OverdueRule, began: string) => {
    const days = sql.raw(began)
    return sql`(${hasRunOut(rule, days, settings, after)} AND NOT ${hasRunOut(rule, days, settings, asked.from)})`
  }
  const rows = db.all<Standings>(sql`
    SELECT ${known(asked)}, n.registered_on AS registeredOn, n.finalised_on AS finalisedOn,
      n.first_meeting_on AS firstMeetingOn, n.last_meeting_on AS lastMeetingOn,
      ${otherDay('R31')} AS otherFinalise, ${otherDay('R34-first')} AS otherFirst, ${otherDay('R34-review')} AS otherReview
    FROM episode_now n CROSS JOIN family_index ON family_index.family_id = n.family_id
      CROSS JOIN episode e ON e.id = n.episode_id
    WHERE n.closed_on = '' AND ${isAskedFor(asked)} AND (
      (n.finalised_on = '' AND ${isDue('R31', 'n.registered_on')})
      OR (n.first_meeting_on = '' AND ${isDue('R34-first', 'n.registered_on')})
      OR (n.last_meeting_on <> '' AND ${isDue('R34-review', 'n.last_meeting_on')}))`)
  return rows.flatMap(
    ({
      registeredOn,
      finalisedOn,
      firstMeetingOn,
      lastMeetingOn,
      otherFinalise,
      otherFirst,
      otherReview,
      ...row
    }) => {
      const otherDays: Record<keyof typeof overdueClocks, string> = {
        R31: otherFinalise,
        'R34-first': otherFirst,
        'R34-review': otherReview
      }
      const standing = { registeredOn, finalisedOn, firstMeetingOn, lastMeetingOn, otherDays }
      return overdueOf(standing, settings, after)
        .filter(({ dueOn }) => dueOn >= asked.from)
        .map(({ rule, dueOn }) => due(row, rule, '', dueOn))
    }
  )
}

interface Meetings extends Known {
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
const otherDayOf = (rule: DueRule) => sql`coalesce((SELECT o.due_on FROM rule_override o
  WHERE o.episode_id = n.episode_id AND o.about_id = m.id AND o.rule = ${rule} AND o.due_on <> ''
  ORDER BY o.created_at DESC, o.id DESC LIMIT 1), '')`

/**
 * The record of a meeting whose day has come, or that was held before it, and its copy for the family, each until it is there. From the assessments that are
 * open to their meetings: of the meetings of a season most are of assessments that have ended.
 */
function ofMeetings(db: ReadDb, asked: Asked, settings: readonly Setting[]): Found[] {
  const { from, to, today } = asked
  const rows = db.all<Meetings>(sql`
    SELECT ${known(asked)}, m.id AS meetingId,
      coalesce((SELECT r.held_on FROM meeting_record r WHERE r.meeting_id = m.id
        ORDER BY r.created_at, r.id LIMIT 1), m.on_day) AS day,
      ${isThere('meeting_record')} AS isRecorded, ${isThere('meeting_copy')} AS isCopied,
      ${otherDayOf('R34-record')} AS otherRecord, ${otherDayOf('R34-copy')} AS otherCopy
    FROM episode_now n CROSS JOIN meeting m ON m.episode_id = n.episode_id
      CROSS JOIN family_index ON family_index.family_id = n.family_id
      CROSS JOIN episode e ON e.id = n.episode_id LEFT JOIN episode_date d ON d.id = m.id
    WHERE (m.on_day >= ${addDays(from, -DAYS_BEFORE)} OR m.id IN (
        SELECT about_id FROM rule_override WHERE due_on BETWEEN ${from} AND ${to}))
      AND (m.on_day <= min(${to}, ${today}) OR ${isThere('meeting_record')})
      AND n.closed_on = '' AND coalesce(d.ending, '') <> 'cancelled' AND ${isAskedFor(asked)}
      AND NOT (${isThere('meeting_record')} AND ${isThere('meeting_copy')})`)
  const byDay = ruleDays(settings, today)
  return rows.flatMap(({ meetingId, day, isRecorded, isCopied, otherRecord, otherCopy, ...row }) => {
    const ruled = byDay(day)
    const clocks: { rule: DueRule; isDone: number; dueOn: CivilDate }[] = [
      { rule: 'R34-record', isDone: isRecorded, dueOn: otherRecord || ruled.record },
      { rule: 'R34-copy', isDone: isCopied, dueOn: otherCopy || ruled.copy }
    ]
    return clocks
      .filter(({ isDone, dueOn }) => isDone === 0 && dueOn >= from && dueOn <= to)
      .map(({ rule, dueOn }) => due(row, rule, meetingId, dueOn))
  })
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

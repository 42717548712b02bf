import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { dueDates, type DueOverride, type MeetingHeld } from '../../shared/episode/clocks.ts'
import type { DueRule } from '../../shared/episode/episode.ts'
import { overdueClocks, overdueOf, type OverdueRule, type StandingNow } from '../../shared/episode/overdue.ts'
import type { Instant } from '../../shared/ids.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { addDays, londonDate } from '../../shared/time/london.ts'
import { standingFor } from '../family/readableFamily.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import type { Asked, Found } from './calendar.ts'
import { isAskedFor } from './calendarPlanned.ts'
import { hasRunOut, otherDay } from './listOpen.ts'

/** Record and copy are due some working days after a meeting: further back nothing of a span can have begun. */
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
  n.family_id AS familyId, n.practitioner_id AS practitionerId`

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
  meeting: string
  /** '' while it is not recorded. */
  recordedAt: Instant
  overrides: string
}

const first = (table: string, column: string) =>
  sql.raw(`coalesce((SELECT min(${column}) FROM ${table} WHERE meeting_id = m.id), '')`)

/** The record of a meeting and its copy for the family, each until it is there. */
function ofMeetings(db: ReadDb, asked: Asked, settings: readonly Setting[]): Found[] {
  const { from, to, today } = asked
  const rows = db.all<Meetings>(sql`
    SELECT ${known(asked)}, ${first('meeting_record', 'created_at')} AS recordedAt,
      json_object('id', m.id, 'kind', m.kind, 'arrangedFor', m.on_day, 'isCancelled', json('false'),
        'heldOn', coalesce((SELECT r.held_on FROM meeting_record r WHERE r.meeting_id = m.id
          ORDER BY r.created_at, r.id LIMIT 1), iif(d.ending = 'done', m.on_day, '')),
        'copiedOn', ${first('meeting_copy', 'given_on')}) AS meeting,
      (SELECT json_group_array(json_object('rule', o.rule, 'aboutId', o.about_id, 'dueOn', o.due_on)
        ORDER BY o.created_at, o.id) FROM rule_override o WHERE o.episode_id = n.episode_id AND o.about_id = m.id) AS overrides
    FROM meeting m CROSS JOIN episode_now n ON n.episode_id = m.episode_id
      CROSS JOIN family_index ON family_index.family_id = n.family_id
      CROSS JOIN episode e ON e.id = n.episode_id LEFT JOIN episode_date d ON d.id = m.id
    WHERE m.on_day BETWEEN ${addDays(from, -DAYS_BEFORE)} AND min(${to}, ${today})
      AND n.closed_on = '' AND coalesce(d.ending, '') <> 'cancelled' AND ${isAskedFor(asked)}`)
  return rows.flatMap(({ meeting, recordedAt, overrides, ...row }) => {
    const held = JSON.parse(meeting) as Omit<MeetingHeld, 'recordedOn'>
    const recordedOn = recordedAt === '' ? '' : londonDate(recordedAt)
    const course = {
      ...{ registeredOn: held.arrangedFor, finalisedOn: '', isOpen: true },
      meetings: [{ ...held, recordedOn }],
      overrides: JSON.parse(overrides) as DueOverride[]
    }
    return dueDates(course, settings, today)
      .filter(({ rule, doneOn }) => doneOn === '' && (rule === 'R34-record' || rule === 'R34-copy'))
      .filter(({ dueOn }) => dueOn >= from && dueOn <= to)
      .map(({ rule, dueOn }) => due(row, rule, held.id, dueOn))
  })
}

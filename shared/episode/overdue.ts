import type { CivilDate } from '../ids.ts'
import { clocksOn } from '../setting/inForce.ts'
import type { Setting } from '../setting/setting.ts'
import { addDays } from '../time/london.ts'
import type { DueRule } from './episode.ts'

/** The clocks by which an assessment is overdue as a whole (L18): how long each runs is a setting of the day it began. */
export const overdueClocks = {
  R31: 'finaliseDays',
  'R34-first': 'firstMeetingDays',
  'R34-review': 'reviewDays'
} as const satisfies Partial<Record<DueRule, keyof ReturnType<typeof clocksOn>>>
export type OverdueRule = keyof typeof overdueClocks

/** Days on which a clock began, both ends included. */
export interface DaysBegun {
  from: CivilDate
  to: CivilDate
}

const BEGINNING = '0001-01-01'

/**
 * The days on which a clock began that has run out before today (R31, R34), the earliest first: whatever began on one of
 * them and is not done is overdue. As `dueDates` has it for one assessment, for a question about all of them.
 */
export function daysRunOut(settings: readonly Setting[], rule: OverdueRule, today: CivilDate): DaysBegun[] {
  const changes = settings
    .filter(({ kind }) => kind === 'assessment')
    .flatMap(({ validFrom, validTo }) => [validFrom, ...(validTo === '' ? [] : [addDays(validTo, 1)])])
  const starts = [...new Set([BEGINNING, ...changes])].filter((day) => day <= today).sort()
  return starts.flatMap((from, index) => {
    const lastOfRow = index + 1 < starts.length ? addDays(starts[index + 1] ?? today, -1) : today
    const lastRunOut = addDays(today, -1 - clocksOn(settings, from)[overdueClocks[rule]])
    const to = lastRunOut < lastOfRow ? lastRunOut : lastOfRow
    return from <= to ? [{ from, to }] : []
  })
}

/** How an open assessment stands, and the other days that a manager gave: '' where none (C12). */
export interface StandingNow {
  registeredOn: CivilDate
  finalisedOn: CivilDate
  firstMeetingOn: CivilDate
  lastMeetingOn: CivilDate
  otherDays: Record<OverdueRule, CivilDate>
}

/**
 * By when something is due by a rule whose clock began on a day. A calendar takes its time, and of many assessments the
 * clocks of some began on one day: each is worked out once.
 */
export function ruleDaysBy(settings: readonly Setting[]) {
  const known = new Map<string, CivilDate>()
  return (rule: OverdueRule, began: CivilDate): CivilDate => {
    const asked = `${rule} ${began}`
    const day = known.get(asked) ?? addDays(began, clocksOn(settings, began)[overdueClocks[rule]])
    known.set(asked, day)
    return day
  }
}

/** What is overdue in an open assessment, the first due first: to finalise it, to meet for the first time, to review. */
export function overdueOf(
  { registeredOn, finalisedOn, firstMeetingOn, lastMeetingOn, otherDays }: StandingNow,
  settings: readonly Setting[],
  today: CivilDate,
  ruleDay = ruleDaysBy(settings)
): { rule: OverdueRule; dueOn: CivilDate }[] {
  const began: Record<OverdueRule, CivilDate> = {
    R31: finalisedOn === '' ? registeredOn : '',
    'R34-first': firstMeetingOn === '' ? registeredOn : '',
    'R34-review': lastMeetingOn
  }
  return (Object.keys(began) as OverdueRule[])
    .filter((rule) => began[rule] !== '')
    .map((rule) => ({ rule, dueOn: otherDays[rule] || ruleDay(rule, began[rule]) }))
    .filter(({ dueOn }) => dueOn < today)
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
}

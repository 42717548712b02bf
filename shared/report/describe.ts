import { showDate, weekdays } from '../time/london.ts'
import type { CallReport, HourCalls } from './report.ts'

/** What is counted under a name, as a sentence has it: "on Tuesdays between 11:00 and 12:00", "with Advice only". */
export interface Named {
  name: string
  calls: number
}

/** With more than this many in front there is no "the most". */
const LEADERS = 2

const number = (count: number): string => count.toLocaleString('en-GB')
export const callsWords = (calls: number): string => `${number(calls)} ${calls === 1 ? 'call' : 'calls'}`

/**
 * Where most of `total` calls are: "The most calls came on Tuesdays between 11:00 and 12:00: 14 of 120." `verb` leads to
 * the names. '' where there are no calls to speak of.
 */
export function describeMost(verb: string, rows: readonly Named[], total: number): string {
  const most = Math.max(0, ...rows.map(({ calls }) => calls))
  if (most === 0) return ''
  const leaders = rows.filter(({ calls }) => calls === most)
  if (leaders.length > LEADERS)
    return `None stands out: ${String(leaders.length)} have ${callsWords(most)} each.`
  const each = leaders.length > 1 ? ' each' : ''
  const names = leaders.map(({ name }) => name).join(' and ')
  return `${total === 1 ? 'The only call' : 'The most calls'} ${verb} ${names}: ${number(most)}${each} of ${number(total)}.`
}

const shownWeekday = (weekday: number): string => {
  const name = weekdays[weekday - 1] ?? ''
  return name.charAt(0).toUpperCase() + name.slice(1)
}
export const weekdayNames = weekdays.map((_, index) => shownWeekday(index + 1))
export const hourName = (hour: number): string => `${String(hour)}:00`

export function describeHours(byHour: readonly HourCalls[], total: number): string {
  const rows = byHour.map(({ weekday, hour, calls }) => ({
    name: `on ${shownWeekday(weekday)}s between ${hourName(hour)} and ${hourName((hour + 1) % 24)}`,
    calls
  }))
  return describeMost('came', rows, total)
}

/** The busiest week and the usual one. The first and last week of a range may be shorter than the others. */
export function describeWeeks(byWeek: readonly { monday: string; calls: number }[], total: number): string {
  if (total === 0) return ''
  if (byWeek.length === 1) return `${callsWords(total)} in one week.`
  const busiest = describeMost(
    'came in the week of',
    byWeek.map(({ monday, calls }) => ({ name: showDate(monday), calls })),
    total
  )
  const sorted = byWeek.map(({ calls }) => calls).sort((a, b) => a - b)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
  const weeks = `the ${number(byWeek.length)} weeks`
  if (middle === 0) return `${busiest} At least half of ${weeks} had no calls.`
  return `${busiest} Half of ${weeks} had ${callsWords(middle)} or fewer.`
}

/** `12%` of a whole; '' where there is none. Half of one per cent or less, but not nothing, is "under 1%". */
export function share(part: number, whole: number): string {
  if (whole === 0) return ''
  const percent = Math.round((part / whole) * 100)
  return part > 0 && percent === 0 ? 'under 1%' : `${String(percent)}%`
}

const withShare = (part: number, whole: number): string => `${number(part)} (${share(part, whole)})`

export function describeOpenHours(inHours: number, outOfHours: number): string {
  const total = inHours + outOfHours
  if (total === 0) return ''
  return `Of ${callsWords(total)}, ${withShare(inHours, total)} came in hours and ${withShare(outOfHours, total)} out of hours.`
}

export function describeTurnedAway(kinds: readonly Named[], turnedAway: number, total: number): string {
  if (turnedAway === 0) return 'Nobody was turned away.'
  const all = `Of ${callsWords(total)}, ${withShare(turnedAway, total)} ended with the caller turned away.`
  return `${all} ${describeMost('turned away came from', kinds, turnedAway)}`
}

/** "Did they refer?" of the calls that ended with the contact form (C6). */
export function describeReferrals({ yes, no, notKnown, unanswered }: CallReport['referrals']): string {
  const asked = yes + no + notKnown + unanswered
  if (asked === 0) return 'No call ended with the contact form.'
  const answers = [
    `${withShare(yes, asked)} led to a referral`,
    `${number(no)} did not`,
    `${number(notKnown)} ${notKnown === 1 ? 'is' : 'are'} not known`
  ]
  const open = `${number(unanswered)} ${unanswered === 1 ? 'has' : 'have'} no answer yet`
  return `Of ${callsWords(asked)} that ended with the contact form, ${answers.join(', ')} and ${open}.`
}

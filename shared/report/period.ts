import type { CivilDate, Instant } from '../ids.ts'
import { addDays, toInstant, weekday, weekdays } from '../time/london.ts'
import type { ReportRange } from './report.ts'

/** By what a range is cut into periods. */
export const flowSteps = ['day', 'week', 'month'] as const
export type FlowStep = (typeof flowSteps)[number]

export const periods = ['this-week', 'this-month', 'last-12-months', 'school-year'] as const
export type Period = (typeof periods)[number]

/** The Monday of a day's week. */
export function mondayOf(date: CivilDate): CivilDate {
  return addDays(date, -weekdays.indexOf(weekday(date)))
}

/** The Mondays of every week that a range touches. */
export function mondaysOf({ from, to }: ReportRange): CivilDate[] {
  const mondays = []
  for (let monday = mondayOf(from); monday <= to; monday = addDays(monday, 7)) mondays.push(monday)
  return mondays
}

/** The days of a week that lie in a range: its first and last week may be cut. */
export function weekWithin(monday: CivilDate, { from, to }: ReportRange): ReportRange {
  const sunday = addDays(monday, 6)
  return { from: monday < from ? from : monday, to: sunday > to ? to : sunday }
}

/** A period up to and with today. School years begin on 1 September. */
export function rangeOf(period: Period, today: CivilDate): ReportRange {
  return { from: firstDayOf(period, today), to: today }
}

function firstDayOf(period: Period, today: CivilDate): CivilDate {
  const [year = '', month = ''] = today.split('-')
  const lastYear = String(Number(year) - 1)
  switch (period) {
    case 'this-week':
      return mondayOf(today)
    case 'this-month':
      return `${year}-${month}-01`
    case 'last-12-months':
      // the day after the same day a year ago; 29 February is followed by 1 March
      return month + today.slice(8) === '0229' ? `${lastYear}-03-01` : addDays(lastYear + today.slice(4), 1)
    case 'school-year':
      return `${month < '09' ? lastYear : year}-09-01`
  }
}

/** The UTC instant at which a London day begins. */
export function startOf(day: CivilDate): Instant {
  const start = toInstant(day, '00:00')
  if (start === undefined) throw new Error('The calendar ends here')
  return start
}

/** From the first instant of a range up to, and without, the first one after it. */
export const instantsOf = ({ from, to }: ReportRange): { from: Instant; until: Instant } => ({
  from: startOf(from),
  until: startOf(addDays(to, 1))
})

/** The days, weeks from Monday or months of a range; the first and the last may be cut. */
export function periodsOf(range: ReportRange, step: FlowStep): ReportRange[] {
  switch (step) {
    case 'day':
      return daysOf(range).map((day) => ({ from: day, to: day }))
    case 'week':
      return mondaysOf(range).map((monday) => weekWithin(monday, range))
    case 'month':
      return monthsOf(range)
  }
}

function daysOf({ from, to }: ReportRange): CivilDate[] {
  const days = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

function monthsOf({ from, to }: ReportRange): ReportRange[] {
  const months = []
  for (let first = from; first <= to;) {
    // the 28th and four days are in the next month, whichever it is
    const next = `${addDays(`${first.slice(0, 7)}-28`, 4).slice(0, 7)}-01`
    const last = addDays(next, -1)
    months.push({ from: first, to: last < to ? last : to })
    first = next
  }
  return months
}

import type { CivilDate } from '../ids.ts'
import { addDays, weekday, weekdays } from '../time/london.ts'
import type { ReportRange } from './report.ts'

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

import type { CivilDate, Instant } from '../../shared/ids.ts'
import { hoursOn } from '../../shared/setting/hours.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { addDays, daysBetween, toInstant, weekday } from '../../shared/time/london.ts'
import type { Chance } from './chance.ts'

const MINUTE_MS = 60_000

/** A day of the county: when the line is open, and how many calls come in compared with other days. */
export interface Day {
  date: CivilDate
  /** Its first moment in London, in milliseconds since 1970. */
  begins: number
  /** '' on a closed day. */
  opens: Instant
  closes: Instant
  busy: number
}

/** Every day from the first to the last, both included. */
export function daysOf(settings: readonly Setting[], from: CivilDate, to: CivilDate): Day[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => {
    const date = addDays(from, index)
    const hours = hoursOn(settings, date)
    return {
      date,
      begins: Date.parse(toInstant(date, '00:00') ?? ''),
      opens: (hours && toInstant(date, hours.opens)) ?? '',
      closes: (hours && toInstant(date, hours.closes)) ?? '',
      busy: hours ? termTime(date) * (weekday(date) === 'monday' ? 1.2 : 1) : 0.03
    }
  })
}

/** Schools ring in term: little in August and at Christmas, less in a half-term week. */
function termTime(date: CivilDate): number {
  const [month, day] = [Number(date.slice(5, 7)), Number(date.slice(8))]
  if (month === 8) return 0.12
  if (month === 12 && day > 20) return 0.15
  if ((month === 4 && day < 12) || (month === 7 && day > 22)) return 0.25
  if ((month === 2 && day > 12 && day < 20) || (month === 10 && day > 24)) return 0.4
  return 1
}

/** Calls by the hour in which they come in, on an open day. */
const byHour: readonly (readonly [hour: number, weight: number])[] = [
  [7, 0.3],
  [8, 2],
  [9, 10],
  [10, 13],
  [11, 13],
  [12, 8],
  [13, 9],
  [14, 12],
  [15, 14],
  [16, 6],
  [17, 1.2],
  [18, 0.5],
  [19, 0.3],
  [21, 0.2]
]

/** A moment of that day at which somebody may ring, in milliseconds since 1970. */
export function momentOn(chance: Chance, { begins }: Day): number {
  return begins + (chance.weighted(byHour) * 60 + chance.below(60)) * MINUTE_MS + chance.below(MINUTE_MS)
}

/** A moment of an open day at which the desk is at work. */
export function momentWithin(chance: Chance, { opens, closes }: Day): number {
  return chance.between(Date.parse(opens), Date.parse(closes) - 1)
}

/** Shares out calls over the days so that all of them together come to exactly `calls`. */
export function callsByDay(days: readonly Day[], calls: number): number[] {
  const all = days.reduce((sum, { busy }) => sum + busy, 0)
  let busySoFar = 0
  let before = 0
  return days.map(({ busy }) => {
    busySoFar += busy
    const soFar = Math.round((calls * busySoFar) / all)
    const today = soFar - before
    before = soFar
    return today
  })
}

import { Temporal } from 'temporal-polyfill'
import type { CivilDate, Instant } from '../ids.ts'

/**
 * The only module that knows Temporal. Instants are UTC, civil dates and times are what a clock in London shows (L28).
 */
const ZONE = 'Europe/London'

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday'
] as const
export type Weekday = (typeof weekdays)[number]

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December'
] as const

const inLondon = (instant: Instant) => Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE)

export function londonDate(instant: Instant): CivilDate {
  return inLondon(instant).toPlainDate().toString()
}

/** `HH:MM`, the seconds cut off. */
export function londonTime(instant: Instant): string {
  return inLondon(instant).toPlainTime().toString({ smallestUnit: 'minute', roundingMode: 'trunc' })
}

/** A time as typed, 9:05, 09.05 or 0905, as `HH:MM`; undefined where it cannot be read. */
export function readTime(typed: string): string | undefined {
  const clock = /^(\d|[01]\d|2[0-3])[:.]?([0-5]\d)$/.exec(typed.trim())
  return clock ? `${(clock[1] ?? '').padStart(2, '0')}:${clock[2] ?? ''}` : undefined
}

/**
 * When a clock in London showed this date and time; undefined where either cannot be read. An hour that the clocks
 * skipped in March counts as the hour after; of one that came twice in October the first counts.
 */
export function toInstant(date: CivilDate, time: string): Instant | undefined {
  const clock = readTime(time)
  if (!clock || !isRealDate(date)) return undefined
  return Temporal.PlainDate.from(date)
    .toZonedDateTime({ timeZone: ZONE, plainTime: Temporal.PlainTime.from(clock) })
    .toInstant()
    .toString({ fractionalSecondDigits: 3 })
}

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Whether the calendar has this `YYYY-MM-DD`. */
export function isRealDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))]
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 && isLeap ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0)
  return day >= 1 && day <= days
}

const DAY_MS = 86_400_000

/**
 * Days since 1 January 1970. A civil date has neither zone nor clock: days are counted by UTC, whose days are all as long, for
 * Temporal takes ten times as long and reports count them by the hundred thousand.
 *
 * @throws RangeError where it is no date
 */
function dayNumber(date: CivilDate): number {
  if (!isRealDate(date)) throw new RangeError('This is not a date')
  return Date.parse(`${date}T00:00:00.000Z`) / DAY_MS
}

/** @throws RangeError where it is no date */
export function addDays(date: CivilDate, days: number): CivilDate {
  return new Date((dayNumber(date) + days) * DAY_MS).toISOString().slice(0, 10)
}

/** The same day so many months later, or the last of that month where it has none: 31 January + 1 is 28 February. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  return Temporal.PlainDate.from(date).add({ months }).toString()
}

/**
 * Days from one civil date to a later one; negative where it is earlier.
 *
 * @throws RangeError where one is no date
 */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** @throws RangeError where it is no date */
export function weekday(date: CivilDate): Weekday {
  // day 0 was a Thursday; the days before it count below nought
  const afterMonday = (((dayNumber(date) + 3) % 7) + 7) % 7
  return weekdays[afterMonday] ?? 'sunday'
}

/**
 * Whole years of age on a day (R1). Someone born on 29 February has their birthday on 1 March in common years: the
 * month and day are compared as they are written, and 02-28 comes before 02-29.
 */
export function ageOn(birth: CivilDate, on: CivilDate): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4))
  return on.slice(5) < birth.slice(5) ? years - 1 : years
}

/** `3 September 2015` */
export function showDate(date: CivilDate): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return `${Number(day)} ${months[Number(month) - 1] ?? ''} ${year}`
}

/** `Monday` */
export function showWeekday(date: CivilDate): string {
  const name = weekday(date)
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** `Monday 1 March 2027` */
export function showDay(date: CivilDate): string {
  return `${showWeekday(date)} ${showDate(date)}`
}

/** `14:03` */
export function showTime(instant: Instant): string {
  return londonTime(instant)
}

/** `23 November 2026, 14:03` */
export function showDateTime(instant: Instant): string {
  return `${showDate(londonDate(instant))}, ${londonTime(instant)}`
}

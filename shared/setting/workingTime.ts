import type { CivilDate, Instant } from '../ids.ts'
import { addDays, londonDate } from '../time/london.ts'
import { HORIZON_DAYS, openSpan } from './hours.ts'
import type { Setting } from './setting.ts'

const MINUTE_MS = 60_000

/**
 * C4: `days` working days after something was received end at closing time of that working day, whatever the hour. What
 * is received at or after closing, or on a closed day, counts as received at the next opening: Friday 15:59 + 2 is
 * Tuesday 17:00, Friday 16:00 + 2 is Wednesday 17:00. So the day it is received on is the first to close after it.
 *
 * Each day goes by the hours in force on it. Undefined where the desk stays closed for longer than a year: no opening
 * is set.
 */
export function endOfWorkingDays(
  settings: readonly Setting[],
  received: Instant,
  days: number
): Instant | undefined {
  // the day in UTC is the one in London or the one before, which has then closed
  let day = received.slice(0, 10)
  if (!closes(settings, day, received)) day = nextWorkingDay(settings, day, received)
  for (let left = days; left > 0 && day !== ''; left--) day = nextWorkingDay(settings, day, received)
  return day === '' ? undefined : openSpan(settings, day)?.to
}

/**
 * C4: the working day that is so many after a civil date, which is not counted itself: three after Thursday 24 December
 * 2026 is Thursday 31 December. '' where the desk stays closed for longer than a year.
 */
export function workingDayAfter(settings: readonly Setting[], date: CivilDate, days: number): CivilDate {
  let day = date
  for (let left = days; left > 0 && day !== ''; left--) day = nextOpenDay(settings, day)
  return day
}

function nextOpenDay(settings: readonly Setting[], date: CivilDate): CivilDate {
  for (let ahead = 1; ahead <= HORIZON_DAYS; ahead++) {
    const day = addDays(date, ahead)
    if (openSpan(settings, day)) return day
  }
  return ''
}

const closes = (settings: readonly Setting[], day: CivilDate, after: Instant): boolean =>
  (openSpan(settings, day)?.to ?? '') > after

/** The first day after this one that still closes after an instant; '' where none is set. */
function nextWorkingDay(settings: readonly Setting[], date: CivilDate, after: Instant): CivilDate {
  for (let ahead = 1; ahead <= HORIZON_DAYS; ahead++) {
    const day = addDays(date, ahead)
    if (closes(settings, day, after)) return day
  }
  return ''
}

/**
 * C4: what was received before this instant has had its `days` working days by `by`; what was received at it or later
 * has not. So a list of what is due is one comparison for each row. Undefined where the desk was closed for longer than
 * a year before.
 */
export function receivedBefore(settings: readonly Setting[], days: number, by: Instant): Instant | undefined {
  let day = workingDayBefore(settings, addDays(londonDate(by), 1), by)
  for (let left = days; left > 0 && day !== ''; left--) day = workingDayBefore(settings, day, by)
  return day === '' ? undefined : openSpan(settings, day)?.to
}

/** The last day before this one that had closed by an instant; '' where none is set. */
function workingDayBefore(settings: readonly Setting[], date: CivilDate, by: Instant): CivilDate {
  for (let back = 1; back <= HORIZON_DAYS; back++) {
    const day = addDays(date, -back)
    const span = openSpan(settings, day)
    if (span && span.to <= by) return day
  }
  return ''
}

/** C4: whole minutes that the desk is open between two instants: a closed minute never counts. 0 where none is left. */
export function workingMinutes(settings: readonly Setting[], from: Instant, to: Instant): number {
  if (to <= from) return 0
  let open = 0
  const last = londonDate(to)
  for (let day = londonDate(from); day <= last; day = addDays(day, 1)) {
    const span = openSpan(settings, day)
    if (!span) continue
    const begins = Date.parse(span.from > from ? span.from : from)
    const ends = Date.parse(span.to < to ? span.to : to)
    open += Math.max(0, ends - begins)
  }
  return Math.floor(open / MINUTE_MS)
}

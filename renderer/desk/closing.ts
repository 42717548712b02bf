import type { Instant } from '../../shared/ids.ts'
import { hoursOn } from '../../shared/setting/hours.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { londonDate, toInstant } from '../../shared/time/london.ts'

/** R12, S0: whether the hub was open today and has closed: time for the close-of-day sheet (C11). */
export function hasClosedToday(settings: readonly Setting[], now: Instant): boolean {
  const today = londonDate(now)
  const hours = hoursOn(settings, today)
  const closes = hours && toInstant(today, hours.closes)
  return !!closes && closes <= now
}

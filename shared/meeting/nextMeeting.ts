import type { CivilDate } from '../ids.ts'
import { openSpan } from '../setting/hours.ts'
import { clocksOn } from '../setting/inForce.ts'
import type { Setting } from '../setting/setting.ts'
import { addDays } from '../time/london.ts'

/**
 * R34: the last day within the review interval after a meeting on which the hub is open; '' where none is left. The
 * interval is the one in force on the day of the meeting.
 */
export function proposedDay(settings: readonly Setting[], heldOn: CivilDate, today: CivilDate): CivilDate {
  const last = addDays(heldOn, clocksOn(settings, heldOn).reviewDays)
  for (let day = last; day >= today; day = addDays(day, -1)) {
    if (openSpan(settings, day)) return day
  }
  return ''
}

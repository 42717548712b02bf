import type { Instant } from '../ids.ts'
import { nextOpening } from '../setting/hours.ts'
import { followUpOn } from '../setting/inForce.ts'
import type { Setting } from '../setting/setting.ts'
import { endOfWorkingDays } from '../setting/workingTime.ts'
import { londonDate } from '../time/london.ts'

/**
 * When a promised call-back is due (C4). A call out of hours is a message: the caller hears "when we open", so it is due
 * at the next opening after it. In hours it has as many working days as were set on the day of the call, to closing
 * time. Undefined where no opening is set.
 */
export function callBackDue(
  settings: readonly Setting[],
  { tookPlaceAt, inHours }: { tookPlaceAt: Instant; inHours: boolean }
): Instant | undefined {
  if (!inHours) return nextOpening(settings, tookPlaceAt)
  const { callBackWorkingDays } = followUpOn(settings, londonDate(tookPlaceAt))
  return endOfWorkingDays(settings, tookPlaceAt, callBackWorkingDays)
}

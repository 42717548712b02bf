import type { Instant } from '../ids.ts'
import { isOpen } from '../setting/hours.ts'
import type { Setting } from '../setting/setting.ts'
import { readDate } from '../time/civilDate.ts'
import { toInstant } from '../time/london.ts'
import type { CallDraft } from './call.ts'

/** When a call took place: when F2 was pressed, unless it was set back for a call written down on paper. */
export function tookPlaceAt(
  draft: Pick<CallDraft, 'startedAt' | 'tookPlaceDate' | 'tookPlaceTime'>
): Instant {
  return toInstant(readDate(draft.tookPlaceDate), draft.tookPlaceTime) ?? draft.startedAt
}

/** R12, S0: in hours is judged by when the call took place, not by when it was recorded. A booked slot always is. */
export function countsAsInHours(
  settings: readonly Setting[],
  draft: Pick<CallDraft, 'startedAt' | 'tookPlaceDate' | 'tookPlaceTime' | 'bookedSlot'>
): boolean {
  return draft.bookedSlot || isOpen(settings, tookPlaceAt(draft))
}

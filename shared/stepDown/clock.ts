import type { Instant } from '../ids.ts'
import { triageOn } from '../setting/inForce.ts'
import type { Setting, SettingValue } from '../setting/setting.ts'
import { endOfWorkingDays } from '../setting/workingTime.ts'
import { londonDate } from '../time/london.ts'
import type { StepDownState } from './stepDown.ts'

/** By which target of the settings each list is worked on; of what waits for its sender the clock is theirs (C7, C8). */
const targets: Record<Exclude<StepDownState, 'done'>, Exclude<keyof SettingValue<'triage'>, 'noteDays'>> = {
  received: 'triageWorkingDays',
  waiting: 'senderWorkingDays',
  'to-triage': 'triageWorkingDays',
  'to-allocate': 'allocationWorkingDays',
  allocated: 'acceptanceWorkingDays'
}

/**
 * When the clock of a state that began at `since` ends, in working days (C4) by the target in force on the London day on
 * which it began (C7, C8). '' for what is done, and where no opening is set.
 */
export function dueAt(settings: readonly Setting[], state: StepDownState, since: Instant): Instant {
  if (state === 'done') return ''
  const days = triageOn(settings, londonDate(since))[targets[state]]
  return endOfWorkingDays(settings, since, days) ?? ''
}

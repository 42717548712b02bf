import type { CivilDate, Instant } from '../ids.ts'
import { triageOn } from '../setting/inForce.ts'
import type { Setting, SettingValue } from '../setting/setting.ts'
import { openSpan } from '../setting/hours.ts'
import { endOfWorkingDays, workingMinutes } from '../setting/workingTime.ts'
import { addDays, londonDate } from '../time/london.ts'
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

/** How far off the end of a clock is, in time that the desk is open. */
export interface TimeLeft {
  isOverdue: boolean
  /**
   * Until it is due, the open days after today up to that day, for a clock ends at closing time (C4); where it is overdue, the
   * open days that have passed whole.
   */
  days: number
  /** All the minutes that the desk is open until then, or has been since. */
  minutes: number
}

/** C4: a closed minute never counts. `due` is the end of a clock. */
export function timeLeft(settings: readonly Setting[], now: Instant, due: Instant): TimeLeft {
  const [today, dueOn] = [londonDate(now), londonDate(due)]
  if (now < due)
    return {
      isOverdue: false,
      days: openDays(settings, addDays(today, 1), dueOn),
      minutes: workingMinutes(settings, now, due)
    }
  return {
    isOverdue: true,
    days: openDays(settings, addDays(dueOn, 1), addDays(today, -1)),
    minutes: workingMinutes(settings, due, now)
  }
}

/** Days that are open, from one to another, both counted. */
function openDays(settings: readonly Setting[], from: CivilDate, to: CivilDate): number {
  let open = 0
  for (let day = from; day <= to; day = addDays(day, 1)) if (openSpan(settings, day)) open++
  return open
}

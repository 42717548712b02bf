import type { CivilDate, Id } from '../ids.ts'
import { clocksOn, inForce } from '../setting/inForce.ts'
import type { Setting } from '../setting/setting.ts'
import { workingDayAfter } from '../setting/workingTime.ts'
import type { MeetingKind } from '../meeting/meeting.ts'
import { addDays } from '../time/london.ts'
import type { DueDate, DueRule } from './episode.ts'

/** What of a meeting its clocks go by. Days are '' where nothing of the kind has happened. */
export interface MeetingHeld {
  id: Id
  kind: MeetingKind
  /** The day on which it was held, by its record; '' while nobody has said that it was. */
  heldOn: CivilDate
  /** The day for which it was arranged. */
  arrangedFor: CivilDate
  isCancelled: boolean
  recordedOn: CivilDate
  copiedOn: CivilDate
}

/** Another day that a manager gave (C12). */
export interface DueOverride {
  rule: DueRule
  aboutId: Id
  dueOn: CivilDate
  reason: string
  byName: string
}

/** What the clocks of an assessment go by. */
export interface Course {
  registeredOn: CivilDate
  /** '' until it is. */
  finalisedOn: CivilDate
  isOpen: boolean
  meetings: readonly MeetingHeld[]
  /** The oldest first: the newest of each counts. */
  overrides: readonly DueOverride[]
}

/** A due date before it is held against the calendar; `ruleDay` is '' where no opening of the desk is set. */
type Clock = Pick<DueDate, 'rule' | 'aboutId' | 'ruleDay' | 'doneOn'> & { rule: DueRule }

/**
 * By when what is due in an assessment, and what was done by when (R31, R34; S0, S1, L6): targets, never blocks. Each clock
 * goes by the setting of the day on which it began, whatever the settings say later. A due date that falls on a bank holiday
 * is not moved, and says so. Once an assessment is closed nothing of it is due: what was done stays. The first due first.
 */
export function dueDates(course: Course, settings: readonly Setting[], today: CivilDate): DueDate[] {
  return [...fromRegistration(course, settings), ...ofMeetings(course, settings, today)]
    .filter(({ ruleDay, doneOn }) => ruleDay !== '' && (course.isOpen || doneOn !== ''))
    .map((clock) => asDue(clock, course.overrides, settings, today))
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
}

function asDue(
  clock: Clock,
  overrides: readonly DueOverride[],
  settings: readonly Setting[],
  today: CivilDate
): DueDate {
  const override = overrides.findLast(({ rule, aboutId }) => rule === clock.rule && aboutId === clock.aboutId)
  const dueOn = override?.dueOn ?? clock.ruleDay
  return {
    ...clock,
    dueOn,
    isOverdue: clock.doneOn === '' && dueOn < today,
    closedDay: closedDayName(settings, dueOn),
    overriddenBy: override?.byName ?? '',
    overrideReason: override?.reason ?? ''
  }
}

/** What a bank holiday or another closed day of the settings is called; '' on any other day. */
const closedDayName = (settings: readonly Setting[], date: CivilDate): string =>
  inForce(settings, 'closed-day', date).find(({ key }) => key === date)?.value.name ?? ''

/** The meetings of the team by which its rhythm goes: another meeting is neither the first nor a review. */
const isOfRhythm = ({ kind, heldOn }: MeetingHeld): boolean => kind !== 'other' && heldOn !== ''

function fromRegistration(
  { registeredOn, finalisedOn, meetings }: Course,
  settings: readonly Setting[]
): Clock[] {
  const clocks = clocksOn(settings, registeredOn)
  const held = meetings.filter(isOfRhythm).sort((a, b) => (a.heldOn < b.heldOn ? -1 : 1))
  const [first] = held
  const last = held.at(-1)
  const all: Clock[] = [
    {
      rule: 'R31',
      aboutId: '',
      ruleDay: addDays(registeredOn, clocks.finaliseDays),
      doneOn: finalisedOn
    },
    {
      rule: 'R34-first',
      aboutId: '',
      ruleDay: addDays(registeredOn, clocks.firstMeetingDays),
      doneOn: first?.heldOn ?? ''
    }
  ]
  if (last)
    all.push({
      rule: 'R34-review',
      aboutId: last.id,
      ruleDay: addDays(last.heldOn, clocksOn(settings, last.heldOn).reviewDays),
      doneOn: ''
    })
  return all
}

/** A meeting whose day has come and that nobody cancelled wants its record, whether or not somebody said that it was held. */
function ofMeetings({ meetings }: Course, settings: readonly Setting[], today: CivilDate): Clock[] {
  return meetings
    .filter(({ heldOn, arrangedFor, isCancelled }) => !isCancelled && (heldOn !== '' || arrangedFor <= today))
    .flatMap(({ id, heldOn, arrangedFor, recordedOn, copiedOn }): Clock[] => {
      const day = heldOn || arrangedFor
      const { recordWorkingDays, copyWorkingDays } = clocksOn(settings, day)
      return [
        {
          rule: 'R34-record',
          aboutId: id,
          ruleDay: workingDayAfter(settings, day, recordWorkingDays),
          doneOn: recordedOn
        },
        {
          rule: 'R34-copy',
          aboutId: id,
          ruleDay: workingDayAfter(settings, day, copyWorkingDays),
          doneOn: copiedOn
        }
      ]
    })
}

import type { Instant } from '../../shared/ids.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { timeLeft } from '../../shared/stepDown/clock.ts'
import type { StepDownRecord, StepDownVersion } from '../../shared/stepDown/record.ts'
import type { StepDownEventRow } from '../../shared/stepDown/stepDown.ts'
import { endReasonLabels, stepDownEventLabels } from '../../shared/words/stepDown.ts'
import { londonDate } from '../words/dates.ts'

/** The children as the sender names them; '' where none is named. */
export const childNamesOf = (version: StepDownVersion | undefined): string =>
  (version?.people ?? [])
    .filter(({ role, name }) => (role === 'child' || role === 'unborn') && name !== '')
    .map(({ name }) => name)
    .join(', ')

const many = (count: number, one: string) =>
  `${count.toLocaleString('en-GB')} ${one}${count === 1 ? '' : 's'}`

/** "4 hours left", "2 working days left", "overdue by 3 hours"; '' where no clock runs. Minutes are those that the desk is open. */
export function clockWords(settings: readonly Setting[], now: Instant, due: Instant): string {
  if (due === '') return ''
  const { isOverdue, days, minutes } = timeLeft(settings, now, due)
  const span = spanWords(days, minutes)
  if (isOverdue) return span === '' ? 'overdue' : `overdue by ${span}`
  return span === '' ? 'due now' : `${span} left`
}

function spanWords(days: number, minutes: number): string {
  if (days > 0) return many(days, 'working day')
  if (minutes >= 60) return many(Math.floor(minutes / 60), 'hour')
  return minutes > 0 ? many(minutes, 'minute') : ''
}

interface EventSaid {
  what: string
  words: string
  /** It was recorded on the day on which it was. */
  isOfThatDay: boolean
}

/** An event as the history says it, with whom it is about. */
export function eventWords(
  event: StepDownEventRow,
  { allocations }: Pick<StepDownRecord, 'allocations'>,
  accountName: (id: string) => string
): EventSaid {
  const keyworker = allocations.find(({ id }) => id === event.aboutId)?.practitionerName ?? ''
  return {
    what: whatHappened(event, keyworker, accountName),
    words: event.words,
    isOfThatDay: londonDate(event.recordedAt) === event.on
  }
}

function whatHappened(
  { event, toId, who, reason }: StepDownEventRow,
  keyworker: string,
  accountName: (id: string) => string
): string {
  const label = stepDownEventLabels[event]
  switch (event) {
    case 'propose':
      return keyworker ? `Assigned to ${keyworker}, to be accepted` : label
    case 'accept':
      return keyworker ? `${keyworker} accepted${who === keyworker || !who ? '' : `, said ${who}`}` : label
    case 'decline':
      return keyworker ? `${keyworker} declined${who === keyworker || !who ? '' : `, said ${who}`}` : label
    case 'take-back':
      return keyworker ? `Assignment to ${keyworker} taken back` : label
    case 'end':
      return reason ? `Ended: ${endReasonLabels[reason as keyof typeof endReasonLabels]}` : label
    case 'take':
      return toId === ''
        ? 'Given back: nobody in particular has it'
        : `${accountName(toId) || 'Somebody'} has it now`
    default:
      return label
  }
}

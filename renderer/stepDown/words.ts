import type { Instant } from '../../shared/ids.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { timeLeft } from '../../shared/stepDown/clock.ts'
import type { QueueRow, StepDownRecord, StepDownVersion } from '../../shared/stepDown/record.ts'
import type { EndReason, StepDownEventRow } from '../../shared/stepDown/stepDown.ts'
import { endReasonLabels, nextActs, stepDownEventLabels } from '../../shared/words/stepDown.ts'
import { daysBetween, londonDate } from '../words/dates.ts'

/** The children as the sender names them; '' where none is named. */
export const childNamesOf = (version: StepDownVersion | undefined): string =>
  (version?.people ?? [])
    .flatMap(({ role, name }) => {
      if (role === 'unborn') return name || 'Unborn child'
      return role === 'child' && name !== '' ? name : []
    })
    .join(', ')

/** What a row of the queue is called. */
export const queueName = ({ childNames, restricted }: Pick<QueueRow, 'childNames' | 'restricted'>): string =>
  restricted ? 'Restricted family' : childNames || 'No child named'

/** What is done next, and who does it: the sender, the keyworker who was asked, whoever took it, or nobody yet. */
export function whatIsNext({
  state,
  ownerName,
  practitionerName
}: Pick<QueueRow, 'state' | 'ownerName' | 'practitionerName'>): { act: string; who: string } {
  const act = nextActs[state]
  const here = ownerName === '' ? 'Nobody here has taken it' : `Here: ${ownerName}`
  if (state === 'waiting') return { act, who: `The sender. ${here}` }
  if (state === 'allocated' && practitionerName !== '') return { act, who: `${practitionerName}. ${here}` }
  return { act, who: state === 'done' ? ownerName : ownerName || 'Nobody has taken it' }
}

/** "Received today", "12 days old". */
export function ageWords(receivedAt: Instant, now: Instant): string {
  const days = daysBetween(londonDate(receivedAt), londonDate(now))
  return days <= 0 ? 'Received today' : `${many(days, 'day')} old`
}

const many = (count: number, one: string) =>
  `${count.toLocaleString('en-GB')} ${one}${count === 1 ? '' : 's'}`

/** "4 hours left", "2 working days left", "Overdue by 3 hours"; '' where no clock runs. Minutes are those that the desk is open. */
export function clockWords(settings: readonly Setting[], now: Instant, due: Instant): string {
  if (due === '') return ''
  const { isOverdue, days, minutes } = timeLeft(settings, now, due)
  const span = spanWords(days, minutes)
  if (isOverdue) return span === '' ? 'Overdue' : `Overdue by ${span}`
  return span === '' ? 'Due now' : `${span} left`
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
  const said = who === '' || who === keyworker ? '' : `, said ${who}`
  if (event === 'take')
    return toId === ''
      ? 'Given back: nobody in particular has it'
      : `${accountName(toId) || 'Somebody'} has it now`
  if (event === 'end' && reason !== '') return `Ended: ${endReasonLabels[reason as EndReason]}`
  if (keyworker === '') return stepDownEventLabels[event]
  if (event === 'propose') return `Assigned to ${keyworker}, to be accepted`
  if (event === 'accept') return `${keyworker} accepted${said}`
  if (event === 'decline') return `${keyworker} declined${said}`
  if (event === 'take-back') return `Assignment to ${keyworker} taken back`
  return stepDownEventLabels[event]
}

import type { CivilDate } from '../../shared/ids.ts'
import type { RequestRow } from '../../shared/subjectAccess/subjectAccess.ts'
import { daysBetween } from '../../shared/time/london.ts'
import { dayWords, dueOnWords, type DueWords } from '../desk/dueWords.ts'

/** Whom a request is about; who is restricted has no name. */
export const requestName = ({ name, reference }: Pick<RequestRow, 'name' | 'reference'>): string =>
  name || `Request ${reference}`

/** `Due Friday`; while the month has not begun what it waits for. */
export function requestDue(
  { dueOn, receivedOn }: Pick<RequestRow, 'dueOn' | 'receivedOn'>,
  today: CivilDate
): DueWords {
  return dueOn === ''
    ? { overdue: false, text: `Waits for identity since ${dayWords(receivedOn, today)}` }
    : dueOnWords(dueOn, today)
}

/** `12 days left`, `3 days late` */
export function daysLeft(dueOn: CivilDate, today: CivilDate): string {
  const days = daysBetween(today, dueOn)
  const many = `${Math.abs(days).toLocaleString('en-GB')} ${Math.abs(days) === 1 ? 'day' : 'days'}`
  return days < 0 ? `${many} late` : `${many} left`
}

import type { CivilDate } from '../ids.ts'
import { inForce } from '../setting/inForce.ts'
import type { Setting } from '../setting/setting.ts'
import { addDays, addMonths, weekday } from '../time/london.ts'
import type { RequestKind } from './subjectAccess.ts'

/** UK GDPR art. 12(3): one month, which may be extended by two further months. */
export const ANSWER_MONTHS = 1
export const EXTENDED_MONTHS = 3
/** Closed days follow each other for less than this. */
const MOST_CLOSED = 30

/** What the days of a request hang on. */
export interface AskedOn {
  kind: RequestKind
  receivedOn: CivilDate
  /** The day that an order of a court names; '' otherwise. */
  answerBy: CivilDate
  /** When whoever asks proved who they are; '' until they have. */
  identityOn: CivilDate
  isExtended: boolean
}

/** '' while the month has not begun. */
export interface AnswerDays {
  begins: CivilDate
  /** The last day without an extension, and the last day on which one may be told. */
  firstDueOn: CivilDate
  dueOn: CivilDate
}

/**
 * When an answer is due (UK GDPR art. 12(3) and 12(6)). The month begins when the request is received, or when whoever asks
 * has proved who they are, if that is later; until then nothing is due. What a court orders is due when its order says.
 */
export function answerDays(asked: AskedOn, settings: readonly Setting[]): AnswerDays {
  const { kind, receivedOn, answerBy, identityOn, isExtended } = asked
  if (kind === 'court-order') return { begins: receivedOn, firstDueOn: answerBy, dueOn: answerBy }
  if (identityOn === '') return { begins: '', firstDueOn: '', dueOn: '' }
  const begins = identityOn > receivedOn ? identityOn : receivedOn
  const firstDueOn = monthsAfter(begins, ANSWER_MONTHS, settings)
  return {
    begins,
    firstDueOn,
    dueOn: isExtended ? monthsAfter(begins, EXTENDED_MONTHS, settings) : firstDueOn
  }
}

/**
 * The last day of so many months, as the Information Commissioner counts them ("Right of access", how long do we have to
 * comply): the corresponding day of the calendar, the last of the month where it has none (31 January + 1 is 28 February),
 * and where that is a Saturday, a Sunday or a bank holiday the next day that is none.
 */
function monthsAfter(begins: CivilDate, months: number, settings: readonly Setting[]): CivilDate {
  let day = addMonths(begins, months)
  for (let moved = 0; moved < MOST_CLOSED && isDayOff(day, settings); moved++) day = addDays(day, 1)
  return day
}

const isDayOff = (day: CivilDate, settings: readonly Setting[]): boolean =>
  weekday(day) === 'saturday' ||
  weekday(day) === 'sunday' ||
  inForce(settings, 'closed-day', day).some(({ key, value }) => key === day && value.bankHoliday)

import type { FieldError } from '../errors.ts'
import type { CivilDate, Instant } from '../ids.ts'
import { readBirth } from '../person/birth.ts'
import { readPhone } from '../person/phone.ts'
import { upnLooksRight } from '../person/upn.ts'
import type { Rules } from '../setting/inForce.ts'
import { readDate } from '../time/civilDate.ts'
import { addDays, londonDate } from '../time/london.ts'
import type { ReturnDraft, StepDownDraft, StepDownPerson } from './stepDown.ts'
import { isEmptyStepDownPerson, receivedIn } from './told.ts'

/** What a step-down is checked against. */
export interface AboutStepDown {
  now: Instant
  rules: Pick<Rules, 'districts'>
}

/** A child is expected at most so many days ahead, and is still unborn so many days after the expected one. */
const AHEAD_DAYS = 300
const OVERDUE_DAYS = 28

const isBlank = (text: string): boolean => text.trim() === ''
const A_DATE = 'Enter a date like 23/11/2026'
const NOT_COMPLETED = 'This day is in the future. Leave it empty until the work is completed'

/**
 * What cannot be read of what the sender told, in the order of the form. What is missing is no problem: it is received all
 * the same, and `missingIn` says what has to be asked for (C7).
 */
export function problemsWithStepDown(draft: StepDownDraft, { now, rules }: AboutStepDown): FieldError[] {
  const today = londonDate(now)
  return [
    ...problemsWithPhone('workerPhone', draft.workerPhone),
    ...problemsWithEmail(draft),
    ...problemsWithPastDay('workCompletedOn', draft.workCompletedOn, today, NOT_COMPLETED),
    ...draft.people.flatMap((person, index) => problemsWithPerson(person, `people.${String(index)}`, today)),
    ...(draft.district === '' || rules.districts.some(({ key }) => key === draft.district)
      ? []
      : [{ path: 'district', message: 'Choose the district from the list' }]),
    ...problemsWithAgreementDay(draft, today)
  ]
}

/** Of a first version: when it arrived, from which the clock runs. It is not in the future. */
export function problemsWithReceipt(
  draft: Pick<StepDownDraft, 'receivedOn' | 'receivedAt'>,
  now: Instant
): FieldError[] {
  if (!isBlank(draft.receivedOn) && readDate(draft.receivedOn) === '')
    return [{ path: 'receivedOn', message: A_DATE }]
  const received = receivedIn(draft, now)
  if (received === undefined)
    return [
      {
        path: 'receivedAt',
        message: isBlank(draft.receivedAt) ? 'Enter the time as well, like 14:30' : 'Enter a time like 14:30'
      }
    ]
  if (received <= now) return []
  const isLaterToday = londonDate(received) === londonDate(now)
  return [
    isLaterToday
      ? { path: 'receivedAt', message: 'This time is in the future' }
      : { path: 'receivedOn', message: 'This day is in the future' }
  ]
}

function problemsWithPastDay(
  path: string,
  typed: string,
  today: CivilDate,
  ifLater = 'This day is in the future'
): FieldError[] {
  if (isBlank(typed)) return []
  const day = readDate(typed)
  if (day === '') return [{ path, message: A_DATE }]
  return day > today ? [{ path, message: ifLater }] : []
}

const problemsWithPhone = (path: string, typed: string): FieldError[] =>
  isBlank(typed) || readPhone(typed).possible
    ? []
    : [{ path, message: 'Enter a phone number like 01992 555 980' }]

const problemsWithEmail = ({ workerEmail }: StepDownDraft): FieldError[] =>
  isBlank(workerEmail) || /^\S+@\S+\.\S+$/.test(workerEmail.trim())
    ? []
    : [{ path: 'workerEmail', message: 'Enter an email address like name@council.example' }]

function problemsWithPerson(person: StepDownPerson, at: string, today: CivilDate): FieldError[] {
  if (isEmptyStepDownPerson(person)) return []
  return [
    ...(person.role === '' ? [{ path: `${at}.role`, message: 'Choose who this is in the family' }] : []),
    ...(person.role === 'unborn'
      ? problemsWithExpected(person, at, today)
      : problemsWithBirth(person, at, today)),
    ...(isBlank(person.upn) || upnLooksRight(person.upn)
      ? []
      : [
          {
            path: `${at}.upn`,
            message: 'Enter a UPN of 13 characters that begins with a letter, or leave it empty'
          }
        ]),
    ...problemsWithPhone(`${at}.phone`, person.phone)
  ]
}

function problemsWithExpected({ expected }: StepDownPerson, at: string, today: CivilDate): FieldError[] {
  const path = `${at}.expected`
  if (isBlank(expected)) return []
  const day = readDate(expected)
  if (day === '') return [{ path, message: A_DATE }]
  if (day < addDays(today, -OVERDUE_DAYS))
    return [{ path, message: 'This day is past. If the child is born, choose “Child”' }]
  return day > addDays(today, AHEAD_DAYS)
    ? [{ path, message: 'Check the day: it is more than ten months ahead' }]
    : []
}

function problemsWithBirth({ birth }: StepDownPerson, at: string, today: CivilDate): FieldError[] {
  const path = `${at}.birth`
  const read = readBirth(birth, today)
  if (read.kind === 'unreadable') return [{ path, message: read.message }]
  return read.kind === 'age'
    ? [{ path, message: 'Enter the date of birth, like 3/9/15. If nobody knows it, leave this empty' }]
    : []
}

const problemsWithAgreementDay = (draft: StepDownDraft, today: CivilDate): FieldError[] =>
  draft.agreement === 'given' || draft.agreement === 'refused'
    ? problemsWithPastDay('agreedOn', draft.agreedOn, today)
    : []

/** C7: nothing goes back without a reason, whatever is missing. The words of the letter are checked where it is kept. */
export const problemsWithReturn = ({ words }: Pick<ReturnDraft, 'words'>): FieldError[] =>
  isBlank(words) ? [{ path: 'words', message: 'Enter why it goes back' }] : []

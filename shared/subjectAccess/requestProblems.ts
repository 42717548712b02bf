import type { FieldError } from '../errors.ts'
import type { CivilDate } from '../ids.ts'
import { readDate } from '../time/civilDate.ts'
import { showDate } from '../time/london.ts'
import type { RequestAct } from './request.ts'
import type { RequestStanding } from './state.ts'
import type { RequestEvent, SubjectAccessDraft } from './subjectAccess.ts'

const isBlank = (text: string): boolean => text.trim() === ''
const LIKE = 'like 23/11/2026'

/** What stands between what was typed and a request, in the order of the form. */
export function problemsWithRequest(draft: SubjectAccessDraft, today: CivilDate): FieldError[] {
  const { kind, personId, requester } = draft
  const isOfAnother = requester !== '' && requester !== 'person'
  return [
    ...missing(kind === '', 'kind', 'Choose what was received'),
    ...pastDay('receivedOn', draft.receivedOn, today, 'Enter the day it was received'),
    ...(kind === 'court-order' ? orderedDay(draft) : []),
    ...missing(personId === '', 'personId', 'Choose the person from the list'),
    ...problemsWithDays(draft),
    ...missing(requester === '', 'requester', 'Choose who asks'),
    ...missing(
      kind !== '' && requester !== '' && (kind === 'court-order') !== (requester === 'court'),
      'requester',
      kind === 'court-order' ? 'An order is of a court' : 'A court orders. Choose “Order of a court” above'
    ),
    ...missing(
      isOfAnother && isBlank(draft.requesterName),
      'requesterName',
      requester === 'court' ? 'Enter which court' : 'Enter the name of who asks'
    ),
    ...missing(
      isOfAnother && isBlank(draft.entitledBy),
      'entitledBy',
      requester === 'court' ? 'Enter which order' : 'Enter by what right they ask'
    ),
    ...missing(isBlank(draft.contact), 'contact', 'Enter how the answer reaches them'),
    ...(kind === 'court-order' ? [] : problemsWithIdentity(draft, today))
  ]
}

const missing = (is: boolean, path: string, message: string): FieldError[] => (is ? [{ path, message }] : [])

function pastDay(path: string, typed: string, today: CivilDate, asked: string): FieldError[] {
  const day = readDate(typed)
  if (day === '') return [{ path, message: `${asked}, ${LIKE}` }]
  return missing(day > today, path, 'This day is still to come')
}

const orderedDay = ({ answerBy }: SubjectAccessDraft): FieldError[] =>
  missing(readDate(answerBy) === '', 'answerBy', `Enter by when the order asks for it, ${LIKE}`)

/** Both or neither: until they have proved it the month does not begin. */
function problemsWithIdentity(
  { identityHow, identityOn }: SubjectAccessDraft,
  today: CivilDate
): FieldError[] {
  if (isBlank(identityHow) && isBlank(identityOn)) return []
  return [
    ...missing(isBlank(identityHow), 'identityHow', 'Enter how they proved who they are'),
    ...pastDay('identityOn', identityOn, today, 'Enter the day they proved it')
  ]
}

function problemsWithDays({ from, to }: SubjectAccessDraft): FieldError[] {
  const unread = (path: 'from' | 'to', typed: string, asked: string) =>
    missing(!isBlank(typed) && readDate(typed) === '', path, `${asked}, ${LIKE}`)
  const isTurned = readDate(from) !== '' && readDate(to) !== '' && readDate(from) > readDate(to)
  return [
    ...unread('from', from, 'Enter the first day'),
    ...unread('to', to, 'Enter the last day'),
    ...missing(isTurned, 'to', 'The last day cannot be before the first')
  ]
}

const wordsAsked: Partial<Record<RequestEvent, string>> = {
  identified: 'Enter how they proved who they are',
  extend: 'Enter the reason that they were told',
  withdraw: 'Enter why it is withdrawn',
  answer: 'Enter how it was sent',
  reopen: 'Enter why it goes on'
}
const dated: readonly RequestEvent[] = ['identified', 'extend', 'withdraw', 'answer']

/** Is the day asked for, on which it happened? */
export const isDated = (event: RequestEvent): boolean => dated.includes(event)

/** What stands between what was typed of an act and the act. */
export function problemsWithAct(
  { event, on, toId, words }: RequestAct,
  { firstDueOn }: Pick<RequestStanding, 'firstDueOn'>,
  receivedOn: CivilDate,
  today: CivilDate
): FieldError[] {
  const asked = wordsAsked[event]
  const day = readDate(on)
  const isTooLate = event === 'extend' && day > firstDueOn
  return [
    ...missing(event === 'assign' && toId === '', 'toId', 'Choose who prepares the answer'),
    ...(isDated(event) ? pastDay('on', on, today, 'Enter the day') : []),
    ...missing(
      isDated(event) && day !== '' && day < receivedOn,
      'on',
      'This is before the request was received'
    ),
    ...missing(isTooLate, 'on', `They had to be told by ${showDate(firstDueOn)}`),
    ...missing(asked !== undefined && isBlank(words), 'words', asked ?? '')
  ]
}

import type { CivilDate, Id } from '../ids.ts'
import type { Setting } from '../setting/setting.ts'
import { answerDays, type AnswerDays, type AskedOn } from './due.ts'
import type { RequestEvent, RequestState } from './subjectAccess.ts'

/** What a request was when it was recorded, as far as its days and its owner hang on it. */
export interface RequestBegun extends Omit<AskedOn, 'isExtended'> {
  ownerId: Id
  identityHow: string
}

/** What is needed of an event, in the order in which they were recorded. */
export interface RequestEventInOrder {
  event: RequestEvent
  on: CivilDate
  toId: Id
  words: string
}

export interface RequestStanding extends AnswerDays {
  state: RequestState
  ownerId: Id
  identityHow: string
  identityOn: CivilDate
  isExtended: boolean
}

/** Where a request stands after these events. */
export function standingOf(
  begun: RequestBegun,
  events: readonly RequestEventInOrder[],
  settings: readonly Setting[]
): RequestStanding {
  let state: RequestState = 'open'
  let { ownerId, identityHow, identityOn } = begun
  let isExtended = false
  for (const { event, on, toId, words } of events) {
    if (event === 'assign') ownerId = toId
    if (event === 'identified') [identityHow, identityOn] = [words, on]
    if (event === 'extend') isExtended = true
    if (event === 'withdraw') state = 'withdrawn'
    if (event === 'answer') state = 'answered'
    if (event === 'reopen') state = 'open'
  }
  const days = answerDays({ ...begun, identityOn, isExtended }, settings)
  return { state, ownerId, identityHow, identityOn, isExtended, ...days }
}

/**
 * What may happen next. The time is extended once (UK GDPR art. 12(3)); an answer goes to nobody who has not proved who they
 * are.
 */
export function mayHappen(
  { state, begins, isExtended }: RequestStanding,
  { kind }: Pick<RequestBegun, 'kind'>
): RequestEvent[] {
  if (state !== 'open') return ['reopen']
  if (begins === '') return ['assign', 'identified', 'withdraw']
  const mayExtend = kind === 'subject-access' && !isExtended
  return ['assign', ...(mayExtend ? (['extend'] as const) : []), 'withdraw', 'answer']
}

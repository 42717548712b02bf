import type { ToldKind } from '../export/told.ts'
import type { RequestEvent, RequestKind, Requester, RequestState } from '../subjectAccess/subjectAccess.ts'

export const requestKindLabels: Record<RequestKind, string> = {
  'subject-access': 'Request by or for the person',
  'court-order': 'Order of a court'
}

export const requesterLabels: Record<Requester, string> = {
  person: 'The person themselves',
  parent: 'Somebody with parental responsibility',
  representative: 'Somebody who acts for them',
  court: 'A court'
}

export const requestStateLabels: Record<RequestState, string> = {
  open: 'Waits for an answer',
  answered: 'Answered',
  withdrawn: 'Withdrawn'
}

export const requestEventLabels: Record<RequestEvent, string> = {
  assign: 'Given to somebody',
  identified: 'Proved who they are',
  extend: 'Time extended by two months',
  withdraw: 'Withdrawn',
  answer: 'Answered',
  reopen: 'Goes on after all'
}

/** What an item of an answer is, where nothing of it may be told. */
export const itemKindLabels: Record<ToldKind, string> = {
  note: 'Case note',
  entry: 'Entry of the chronology',
  assessment: 'Assessment',
  outcome: 'Outcome of the plan',
  call: 'Call',
  receipt: 'Advice receipt',
  meeting: 'Meeting',
  letter: 'Letter',
  'step-down': 'Step-down',
  'step-up': 'Request for step-up'
}

import type { RequestEvent } from '../../shared/subjectAccess/subjectAccess.ts'

/** What a person does about a request. */
export const actLabels: Record<RequestEvent, string> = {
  identified: 'Record identity',
  assign: 'Give to somebody else',
  extend: 'Extend the time',
  answer: 'Record that it was answered',
  withdraw: 'Record that it was withdrawn',
  reopen: 'Go on with it after all'
}

import {
  attemptResults,
  type AttemptResult,
  type ReferralAnswer,
  type Whose
} from '../../shared/call/loop.ts'

export const attemptLabels: Record<AttemptResult, string> = {
  'called-back': 'Called back',
  'no-answer': 'No answer',
  'left-message': 'Left a message'
}

/** What can have become of ringing back, as it is offered. */
export const attemptActs = attemptResults.map((act) => ({ act, label: attemptLabels[act] }))

export const referralLabels: Record<ReferralAnswer, string> = {
  yes: 'Yes, on…',
  no: 'No, because…',
  'not-known': 'Not known'
}

export const whoseLabels: Record<Whose, string> = { mine: 'Mine', everyone: 'Everyone’s' }

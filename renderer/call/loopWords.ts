import type { AttemptResult, ReferralAnswer, Whose } from '../../shared/call/loop.ts'

export const attemptLabels: Record<AttemptResult, string> = {
  'called-back': 'Called back',
  'no-answer': 'No answer',
  'left-message': 'Left a message'
}

export const referralLabels: Record<ReferralAnswer, string> = {
  yes: 'Yes, on…',
  no: 'No, because…',
  'not-known': 'Not known'
}

export const whoseLabels: Record<Whose, string> = { mine: 'Mine', everyone: 'Everyone’s' }

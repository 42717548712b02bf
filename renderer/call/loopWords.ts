import { attemptResults, type ReferralAnswer, type Whose } from '../../shared/call/loop.ts'
import { attemptLabels } from '../../shared/words/call.ts'

export { attemptLabels }

/** What can have become of ringing back, as it is offered. */
export const attemptActs = attemptResults.map((act) => ({ act, label: attemptLabels[act] }))

export const referralLabels: Record<ReferralAnswer, string> = {
  yes: 'Yes, on…',
  no: 'No, because…',
  'not-known': 'Not known'
}

export const whoseLabels: Record<Whose, string> = { mine: 'Mine', everyone: 'Everyone’s' }

import type { StepDownRecord } from '../../shared/stepDown/record.ts'
import type { Route } from '../../shared/stepDown/stepDown.ts'

/** What each route means, for whoever chooses. */
export const routeHints: Record<Route, string> = {
  'intensive-team': 'A keyworker of the team is found next',
  'partner-agency': 'A keyworker of an agency or school is found next',
  'former-keyworker': 'Whoever was the keyworker before is asked first',
  universal: 'No keyworker. The family is told of services and how to reach them',
  'not-accepted': 'No keyworker. Say what happens to the family'
}

/** Why nothing can be decided as it stands, and what to do; '' where it can. */
export function whyNoDecision({ state, ending, mayDo, practitionerName }: StepDownRecord): string {
  if (mayDo.includes('decide-keyworker') || mayDo.includes('decide-elsewhere')) return ''
  if (state === 'received')
    return 'Something that is needed is missing. Send it back to the sender, or triage it all the same with a reason.'
  if (state === 'waiting')
    return 'It waits for the sender. Add what they told, or triage it all the same with a reason.'
  if (state === 'allocated')
    return `${practitionerName || 'A keyworker'} is asked to take the family. Take that back before you decide anew.`
  return ending === 'accepted'
    ? 'A keyworker has accepted it. What changes now is recorded in the assessment.'
    : 'It has ended. Reopen it before you decide.'
}

import type {
  decidedLevels,
  EndReason,
  Needed,
  Risk,
  Route,
  StepDownEnding,
  StepDownEvent,
  StepDownSource,
  StepDownState
} from '../stepDown/stepDown.ts'
import type { AllocationReason } from '../stepDown/ranking.ts'
import type { queueAges } from '../stepDown/record.ts'

/** S3, R47: what in statutory social care a step-down comes of. */
export const stepDownSourceLabels: Record<StepDownSource, string> = {
  assessment: 'Recommended by an assessment',
  'child-in-need': 'End of a Child in Need plan',
  'child-protection': 'End of a Child Protection plan'
}

export const riskLabels: Record<Risk, string> = { high: 'High', medium: 'Medium', low: 'Low' }

/** The lists of "Step-downs to triage", in the words of the desk. */
export const stepDownStateLabels: Record<StepDownState, string> = {
  received: 'Received',
  waiting: 'Waiting for sender',
  'to-triage': 'To triage',
  'to-allocate': 'To allocate',
  allocated: 'Allocated, to be accepted',
  done: 'Done'
}

export const stepDownEndingLabels: Record<StepDownEnding, string> = {
  accepted: 'A keyworker accepted it',
  elsewhere: 'Decided, no keyworker needed',
  ended: 'Ended without a decision'
}

export const endReasonLabels: Record<EndReason, string> = {
  'withdrawn-by-sender': 'The sender withdrew it',
  duplicate: 'We have it already',
  'in-error': 'It was recorded in error',
  'moved-away': 'The family moved away',
  other: 'Something else'
}

/** R48 to R50: where a family goes. */
export const routeLabels: Record<Route, string> = {
  'intensive-team': 'Intensive family support team',
  'partner-agency': 'Partner agency',
  'former-keyworker': 'Back to the former keyworker',
  universal: 'Universal services, with signposting',
  'not-accepted': 'Not accepted'
}

/** R50. */
export const decidedLevelLabels: Record<(typeof decidedLevels)[number], string> = {
  universal: 'Universal',
  targeted: 'Targeted',
  intensive: 'Intensive'
}

/** R47, C7: what a step-down must tell, as a letter to the sender lists it. */
export const neededLabels: Record<Needed, string> = {
  source: 'What it comes of: an assessment, a Child in Need plan or a Child Protection plan',
  'sending-team': 'The sending team',
  worker: 'The social worker’s name',
  contact: 'A phone number or email address of the social worker',
  'work-completed': 'The day on which statutory work was completed',
  children: 'Each child’s name and date of birth',
  needs: 'The needs of each child',
  areas: 'The areas that still have to progress',
  tried: 'What has been tried',
  agreement: 'The family’s agreement: by whom, when and to what',
  previous: 'Whether there was an early help assessment before, and who was its keyworker',
  'last-plan': 'The last plan',
  risks: 'The risks, and how high they are',
  'requested-level': 'The level of need that is asked for'
}

/** Ages of what is in the queue, by when it was received. */
export const queueAgeLabels: Record<(typeof queueAges)[number], string> = {
  today: 'Received today',
  week: 'Up to a week old',
  fortnight: 'One to two weeks old',
  older: 'Older than two weeks'
}

/** What happened, as the history of a step-down says it. */
export const stepDownEventLabels: Record<StepDownEvent, string> = {
  complete: 'Everything needed was told',
  incomplete: 'Something needed is missing',
  keep: 'Goes on although something is missing',
  return: 'Sent back to the sender',
  'decide-keyworker': 'Decided: a keyworker is needed',
  'decide-elsewhere': 'Decided: no keyworker is needed',
  propose: 'Keyworker assigned, to be accepted',
  accept: 'Keyworker accepted',
  decline: 'Keyworker declined',
  'take-back': 'Assignment taken back',
  'withdraw-agreement': 'The family withdrew its agreement',
  end: 'Ended',
  reopen: 'Reopened',
  take: 'Taken'
}

/** What a triage manager does next in each state; '' where nothing is left to do. */
export const nextActs: Record<StepDownState, string> = {
  received: 'Send back, or let it go on',
  waiting: 'Wait for the sender to answer',
  'to-triage': 'Record decision',
  'to-allocate': 'Assign keyworker',
  allocated: 'Record the keyworker’s answer',
  done: ''
}

/** C8: what speaks for and against a keyworker, as it was kept when they were asked. */
export const allocationReasonLabels: Record<AllocationReason, string> = {
  keyworker: 'is the keyworker of the open assessment',
  former: 'the former keyworker of the decision',
  'held-before': 'held the family before',
  team: 'is in the team around the family',
  school: 'works at a school of the children',
  district: 'works in the family’s district',
  hub: 'works in the family’s hub',
  'hub-unknown': 'not known where they work',
  elsewhere: 'works in another hub',
  room: 'has room',
  over: 'would hold more than they can',
  'not-in': 'away when something is due',
  declined: 'said no before'
}

import { newId, type Id } from '../../shared/ids.ts'
import type { TriageLetterField, TriageLetterKind } from '../../shared/stepDown/letter.ts'

export const triageLetterTitles: Record<TriageLetterKind, string> = {
  return: 'Sent back to the sender',
  'decision-sender': 'Decision, to the social worker',
  'decision-family': 'Decision, to the family'
}

/** What a letter of triage fills in where a field stands. */
export const triageLetterFieldLabels: Record<TriageLetterField, string> = {
  to: 'How the letter addresses whoever it is to',
  worker: 'The social worker who sent the step-down',
  sendingTeam: 'Their team',
  reference: 'Reference of the step-down',
  receivedDate: 'The day on which it was received',
  missing: 'What is missing, a line each',
  reason: 'Why it is sent back, as typed',
  replyBy: 'The last day to answer, by the settings',
  level: 'The level of need that was decided',
  rationale: 'Why it is this level',
  route: 'Where the family goes',
  routeReason: 'Why this route',
  next: 'What happens next, in words for whoever the letter is to',
  childrensServices: 'The number of Children’s Services',
  helpdesk: 'The number of the Families First Helpdesk',
  sender: 'Your name and what you are'
}

/** Where a letter of a decision is written. */
export const writeTriageLetterPath = (stepDownId: Id, kind: Exclude<TriageLetterKind, 'return'>): string =>
  `/triage/${stepDownId}/letter/${newId()}?kind=${kind}`

/** Where a letter of triage is read again. */
export const triageLetterPath = (stepDownId: Id, id: Id): string => `/triage/${stepDownId}/letters/${id}`

import type { FamilyDue } from '../../shared/family/family.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { dayWords, dueOnWords, type DueWords } from './dueWords.ts'

export const familyDueWords: Record<FamilyDue['kind'], string> = {
  'agreement-review': 'Review the agreement',
  'warning-review': 'Look at the warning again',
  meeting: 'Meeting',
  transfer: 'Transfer to another keyworker',
  funding: 'Funding request',
  'restricted-opened': 'A restricted family was opened',
  'check-passed-on': 'A helpdesk check was passed on to you',
  'advice-waiting': 'Advice that was asked for has not come',
  'transfer-review': 'Review of the team for a transfer',
  'transfer-proposal': 'Propose a new keyworker',
  'transfer-answer': 'Whoever was proposed as keyworker has not answered',
  changeover: 'The keyworker changes',
  'hand-over': 'Hand over to the other authority',
  'transfer-agreement': 'Review agreement with the new keyworker',
  introduction: 'Introduce the new keyworker',
  'cover-begins': 'Somebody else stands in for the keyworker',
  'cover-ends': 'The keyworker is back',
  'step-down-agreement': 'Review agreement after the step-down',
  'step-up-to-plan': 'Step-up requested: plan an Action and Impact Meeting',
  'step-up-meeting': 'Action and Impact Meeting: record the outcome',
  'step-up-information': 'Step-up: the meeting asked for more information',
  'step-up-without-agreement': 'Step-up without agreement: record what becomes of it',
  'step-up-to-confirm': 'Step-up accepted: confirm what continues',
  'step-up-to-end': 'Step-up accepted: step up the assessment'
}

/** What a row is called. A family that is restricted has its reference and no name. */
export function familyDueName({ kind, familyName, familyReference }: FamilyDue): string {
  if (kind === 'check-passed-on') return `Check ${familyReference}`
  return familyName || `Family ${familyReference}`
}

/** What a triage manager has of step-ups stands together with the meetings. */
const ofMeetings: readonly FamilyDue['kind'][] = [
  'step-up-to-plan',
  'step-up-meeting',
  'step-up-without-agreement'
]

export function familyDueWhere({ kind, id, familyId }: FamilyDue): string {
  if (kind === 'check-passed-on') return `/checks/${id}`
  return ofMeetings.includes(kind) ? '/impact-meetings' : `/families/${familyId}`
}

const happened: readonly FamilyDue['kind'][] = [
  'restricted-opened',
  'check-passed-on',
  'advice-waiting',
  'transfer-answer',
  'step-up-to-plan',
  'step-up-information',
  'step-up-without-agreement',
  'step-up-to-confirm',
  'step-up-to-end'
]

/** `Due Friday`; of what has happened and is to be seen, `Since yesterday`. */
export function familyDueWhen({ kind, dueOn }: FamilyDue, today: CivilDate): DueWords {
  return happened.includes(kind)
    ? { overdue: false, text: `Since ${dayWords(dueOn, today)}` }
    : dueOnWords(dueOn, today)
}

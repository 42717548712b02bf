import type { DueRule, StepKind } from '../episode/episode.ts'
import type { Answers } from '../episode/starting.ts'

/** What the record says that was done. */
export const stepSaid: Record<StepKind, string> = {
  'set-up': 'Family set up on EHM',
  start: 'Assessment started',
  finalise: 'Assessment finalised',
  'agree-plan': 'Plan agreed'
}

/** "When not to do an assessment" (R2, R3), as it is asked. */
export const questions: Record<keyof Answers, string> = {
  severalAgencies: 'Do the needs call for more than one agency?',
  progressingWell: 'Are the children progressing well?',
  alreadyIdentified: 'Have the needs been identified already?'
}

/** The answers that were given before an assessment started; none for another step. */
export const answersSaid = (answers: Record<keyof Answers, '' | 'yes' | 'no'>): string[] =>
  (Object.keys(questions) as (keyof Answers)[])
    .filter((key) => answers[key] !== '')
    .map((key) => `${questions[key]} ${answers[key] === 'yes' ? 'Yes' : 'No'}`)

/** What is due, as the page calls it. */
export const dueLabels: Record<DueRule, string> = {
  R31: 'Assessment finalised',
  'R34-first': 'First meeting of the team',
  'R34-review': 'Next review by the team',
  'R34-record': 'Record of the meeting',
  'R34-copy': 'Record given to the family'
}

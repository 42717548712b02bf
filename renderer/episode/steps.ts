import type { EpisodeEvent, EpisodeRecord, EpisodeState, StepKind } from '../../shared/episode/episode.ts'
import type { Answers } from '../../shared/episode/starting.ts'

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

/** The state that a step leads to; to finalise leads to none (R32). */
const reachedBy: Record<StepKind, EpisodeState | undefined> = {
  'set-up': 'set-up',
  start: 'assessing',
  finalise: undefined,
  'agree-plan': 'plan-agreed'
}

const path: readonly EpisodeState[] = ['registered', 'set-up', 'assessing', 'plan-agreed', 'reviewing']

/** Every state on the way, and whether it is past, now or to come; of one that has ended those that it reached. */
export function stepRow({
  state,
  steps
}: Pick<EpisodeRecord, 'state' | 'steps'>): { state: EpisodeState; place: 'past' | 'now' | 'later' }[] {
  const here = path.indexOf(state)
  if (here >= 0)
    return path.map((each, place) => ({
      state: each,
      place: place < here ? 'past' : place === here ? 'now' : 'later'
    }))
  const reached = ['registered', ...steps.map(({ step }) => reachedBy[step])]
  return [
    ...path.filter((each) => reached.includes(each)).map((each) => ({ state: each, place: 'past' as const })),
    { state, place: 'now' }
  ]
}

/** What the next step is called on its button. */
export const stepLabels: Record<StepKind, string> = {
  'set-up': 'Set up on EHM',
  start: 'Start assessment',
  finalise: 'Finalise assessment',
  'agree-plan': 'Plan agreed'
}

/** The steps that may be recorded next, in their order. */
export const stepsNext = (mayDo: readonly EpisodeEvent[]): StepKind[] =>
  (Object.keys(stepLabels) as StepKind[]).filter((step) => mayDo.includes(step))

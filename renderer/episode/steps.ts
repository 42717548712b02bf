import type { EpisodeEvent, EpisodeRecord, EpisodeState, StepKind } from '../../shared/episode/episode.ts'
import type { RuleCode } from '../../shared/rule/rule.ts'

export * from '../../shared/words/steps.ts'

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

/** What a step means, beside its button. */
export const stepHints: Record<StepKind, string> = {
  'set-up': 'The Helpdesk sets the family up on EHM. Record the day on which it did.',
  start: 'The first visit can begin. Check first that an assessment is the right way.',
  finalise: 'The assessment is written and finalised on EHM. It does not wait for the plan.',
  'agree-plan': 'The family and the agencies agree the plan. The assessment is complete with it.'
}

/** The rule behind each step. */
export const stepRules: Record<StepKind, RuleCode> = {
  'set-up': 'R22',
  start: 'R24',
  finalise: 'R31',
  'agree-plan': 'R32'
}

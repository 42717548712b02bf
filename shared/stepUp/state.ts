import { initialTransition, setup, transition, type SnapshotFrom } from 'xstate'
import { stepUpEvents, type StepUpEvent, type StepUpState } from './stepUp.ts'

/**
 * A request for step-up from its submission to feedback (R42 to R46, C10). Until then nothing that is done for the family
 * may stop (R45); a withdrawal of agreement is never refused, and leaves the request with its chair until it is withdrawn
 * or referred without agreement.
 */
export const stepUpMachine = setup({
  types: {
    context: {} as object,
    events: {} as { type: StepUpEvent }
  }
}).createMachine({
  id: 'step-up',
  context: {},
  initial: 'submitted',
  states: {
    submitted: {
      on: {
        plan: 'planned',
        'agreement-withdrawn': 'without-agreement',
        withdraw: 'withdrawn'
      }
    },
    planned: {
      on: {
        plan: 'planned',
        'take-off': 'submitted',
        'more-information': 'needs-information',
        accept: 'accepted',
        'not-accept': 'not-accepted',
        'agreement-withdrawn': 'without-agreement',
        withdraw: 'withdrawn'
      }
    },
    'needs-information': {
      on: { inform: 'submitted', 'agreement-withdrawn': 'without-agreement', withdraw: 'withdrawn' }
    },
    'without-agreement': { on: { withdraw: 'withdrawn', refer: 'referred' } },
    accepted: { on: { confirm: 'accepted' } },
    'not-accepted': { type: 'final' },
    withdrawn: { type: 'final' },
    referred: { type: 'final' }
  }
})

type Position = SnapshotFrom<typeof stepUpMachine>

const [submitted] = initialTransition(stepUpMachine)
const positionOf = (events: readonly StepUpEvent[]): Position =>
  events.reduce((position, type) => transition(stepUpMachine, position, { type })[0], submitted)

/** The state after these events, in the order in which they were recorded. One that was not possible changes nothing. */
export const stateOf = (events: readonly StepUpEvent[]): StepUpState => positionOf(events).value

/** What may happen next. */
export function mayHappen(events: readonly StepUpEvent[]): StepUpEvent[] {
  const position = positionOf(events)
  return stepUpEvents.filter((type) => position.can({ type }))
}

/** R45: no feedback is recorded yet, so that no work may stop. */
export const isOpen = (state: StepUpState): boolean =>
  state === 'submitted' ||
  state === 'planned' ||
  state === 'needs-information' ||
  state === 'without-agreement'

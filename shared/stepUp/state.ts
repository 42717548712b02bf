import { assign, initialTransition, setup, transition, type SnapshotFrom } from 'xstate'
import type { Id } from '../ids.ts'
import { stepUpEvents, type StepUpEvent, type StepUpState } from './stepUp.ts'

/** What the machine needs of an event. */
export interface StepUpEventInOrder {
  event: StepUpEvent
  /** Of `plan` and of an outcome: the meeting; '' otherwise. */
  meetingId: Id
}

/**
 * A request for step-up from its submission to feedback (R42 to R46, C10). Until then nothing that is done for the family
 * may stop (R45); a withdrawal of agreement is never refused, and leaves the request with its chair until it is withdrawn
 * or referred without agreement.
 */
export const stepUpMachine = setup({
  types: {
    /** The meeting that looks at it, or looked at it last; '' where nobody has yet. */
    context: {} as { meetingId: Id },
    events: {} as { type: StepUpEvent; meetingId: Id }
  },
  actions: {
    putOnAgenda: assign({ meetingId: ({ event }) => event.meetingId }),
    takeOff: assign({ meetingId: '' })
  }
}).createMachine({
  id: 'step-up',
  context: { meetingId: '' },
  initial: 'submitted',
  states: {
    submitted: {
      on: {
        plan: { target: 'planned', actions: 'putOnAgenda' },
        'agreement-withdrawn': 'without-agreement',
        withdraw: 'withdrawn'
      }
    },
    planned: {
      on: {
        plan: { target: 'planned', actions: 'putOnAgenda' },
        'take-off': { target: 'submitted', actions: 'takeOff' },
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
const positionOf = (events: readonly StepUpEventInOrder[]): Position =>
  events.reduce(
    (position, { event, meetingId }) => transition(stepUpMachine, position, { type: event, meetingId })[0],
    submitted
  )

/** Where a request stands after these events, in the order in which they were recorded. One that was not possible changes nothing. */
export function standingOf(events: readonly StepUpEventInOrder[]): { state: StepUpState; meetingId: Id } {
  const { value: state, context } = positionOf(events)
  return { state, meetingId: context.meetingId }
}

/** What may happen next. */
export function mayHappen(events: readonly StepUpEventInOrder[]): StepUpEvent[] {
  const position = positionOf(events)
  return stepUpEvents.filter((type) => position.can({ type, meetingId: '' }))
}

/** R45: no feedback is recorded yet, so that no work may stop. */
export const isOpen = (state: StepUpState): boolean =>
  state === 'submitted' ||
  state === 'planned' ||
  state === 'needs-information' ||
  state === 'without-agreement'

/** What is to be done next about a request, and whose it is. */
export interface NextOfStepUp {
  act:
    'plan-meeting' | 'record-outcome' | 'inform' | 'decide-without-agreement' | 'confirm' | 'end-assessment'
  /** The triage managers, who chairs its meeting, or who asked for it. */
  owner: 'triage' | 'chair' | 'requester'
}

/**
 * C10: an open request always has an owner and a next action; so has an accepted one while its assessment is open (R59).
 * Undefined where nothing is to be done any more.
 *
 * @param about the state, the meeting that it is or was with ('' for none), and whether what continues is confirmed and the
 *   assessment has ended
 */
export function nextOf({
  state,
  meetingId,
  isConfirmed,
  hasEnded
}: {
  state: StepUpState
  meetingId: Id
  isConfirmed: boolean
  hasEnded: boolean
}): NextOfStepUp | undefined {
  switch (state) {
    case 'submitted':
      return { act: 'plan-meeting', owner: 'triage' }
    case 'planned':
      return { act: 'record-outcome', owner: 'chair' }
    case 'needs-information':
      return { act: 'inform', owner: 'requester' }
    case 'without-agreement':
      return { act: 'decide-without-agreement', owner: meetingId === '' ? 'triage' : 'chair' }
    case 'accepted':
      if (hasEnded) return undefined
      return { act: isConfirmed ? 'end-assessment' : 'confirm', owner: 'requester' }
    case 'not-accepted':
    case 'withdrawn':
    case 'referred':
      return undefined
  }
}

import { assign, initialTransition, setup, transition, type SnapshotFrom } from 'xstate'
import type { Id, Instant } from '../ids.ts'
import { stepDownEvents, type StepDownEnding, type StepDownEvent, type StepDownState } from './stepDown.ts'

/** What the machine needs of an event. */
export interface EventInOrder {
  event: StepDownEvent
  aboutId: Id
  toId: Id
  recordedAt: Instant
}

interface Context {
  /** When the clock of this state began: a decline gives a step-down back with its age, so that of allocating runs on. */
  since: Instant
  allocatingSince: Instant
  allocationId: Id
  practitionerId: Id
}

const nobody = { allocationId: '', practitionerId: '' }

/**
 * A step-down from its arrival to a keyworker's yes, or another end (issue 7, sections 1 to 4; R47 to R50, C7, C8). It is
 * in exactly one list at any time. What lacks something waits to be sent back, or goes on with a reason; the clock that
 * then runs is the sender's. A decision that is revised leads where the new one does, unless somebody has accepted.
 */
export const stepDownMachine = setup({
  types: {
    context: {} as Context,
    events: {} as { type: StepDownEvent } & Omit<EventInOrder, 'event'>
  },
  actions: {
    begin: assign({ since: ({ event }) => event.recordedAt }),
    beginAllocating: assign({
      since: ({ event }) => event.recordedAt,
      allocatingSince: ({ event }) => event.recordedAt
    }),
    propose: assign({
      since: ({ event }) => event.recordedAt,
      allocationId: ({ event }) => event.aboutId,
      practitionerId: ({ event }) => event.toId
    }),
    goOnAllocating: assign(({ context }) => ({ since: context.allocatingSince, ...nobody })),
    forget: assign(nobody)
  }
}).createMachine({
  id: 'step-down',
  context: { since: '', allocatingSince: '', ...nobody },
  initial: 'new',
  states: {
    new: {
      on: {
        complete: { target: 'to-triage', actions: 'begin' },
        incomplete: { target: 'received', actions: 'begin' }
      }
    },
    received: {
      on: {
        complete: 'to-triage',
        keep: 'to-triage',
        return: { target: 'waiting', actions: 'begin' },
        end: 'ended'
      }
    },
    waiting: {
      on: {
        complete: { target: 'to-triage', actions: 'begin' },
        incomplete: { target: 'received', actions: 'begin' },
        keep: { target: 'to-triage', actions: 'begin' },
        end: 'ended'
      }
    },
    'to-triage': {
      on: {
        return: { target: 'waiting', actions: 'begin' },
        'decide-keyworker': { target: 'to-allocate', actions: 'beginAllocating' },
        'decide-elsewhere': 'elsewhere',
        end: 'ended'
      }
    },
    'to-allocate': {
      on: {
        'decide-keyworker': 'to-allocate',
        'decide-elsewhere': 'elsewhere',
        propose: { target: 'allocated', actions: 'propose' },
        'withdraw-agreement': { target: 'to-triage', actions: 'begin' },
        end: 'ended'
      }
    },
    allocated: {
      on: {
        accept: 'accepted',
        decline: { target: 'to-allocate', actions: 'goOnAllocating' },
        'take-back': { target: 'to-allocate', actions: 'goOnAllocating' },
        'withdraw-agreement': { target: 'to-triage', actions: ['begin', 'forget'] },
        end: { target: 'ended', actions: 'forget' }
      }
    },
    elsewhere: {
      on: {
        'decide-keyworker': { target: 'to-allocate', actions: 'beginAllocating' },
        'decide-elsewhere': 'elsewhere'
      }
    },
    ended: { on: { reopen: { target: 'to-triage', actions: 'begin' } } },
    accepted: { type: 'final' }
  }
})

type Position = SnapshotFrom<typeof stepDownMachine>

const [nothingYet] = initialTransition(stepDownMachine)
const after = (position: Position, { event, ...about }: EventInOrder): Position =>
  transition(stepDownMachine, position, { type: event, ...about })[0]

/** Where a step-down stands. */
export interface StepDownStanding {
  state: StepDownState
  /** '' while it is not done. */
  ending: StepDownEnding | ''
  /** When the clock of its state began. */
  since: Instant
  /** Of the proposal that stands, or was accepted; '' for none. */
  allocationId: Id
  practitionerId: Id
  /** Who looks after it; '' for nobody in particular. */
  ownerId: Id
}

/**
 * Where a step-down stands after these events, in the order in which they were recorded. One that was not possible then, as
 * one of another desk may be, changes nothing.
 */
export function standingOf(events: readonly EventInOrder[]): StepDownStanding {
  const position = events.reduce(after, nothingYet)
  const { since, allocationId, practitionerId } = position.context
  const ownerId = events.findLast(({ event }) => event === 'take')?.toId ?? ''
  const { value } = position
  const ending = value === 'accepted' || value === 'elsewhere' || value === 'ended' ? value : ''
  const state = ending === '' ? (value === 'new' ? 'received' : (value as StepDownState)) : 'done'
  return { state, ending, since, allocationId, practitionerId, ownerId }
}

/**
 * The same events with the first when the step-down arrived, whenever it was typed: the clock of its first state runs from
 * then (C7).
 */
export const fromArrival = <T extends EventInOrder>(
  [first, ...later]: readonly T[],
  receivedAt: Instant
): T[] => (first === undefined ? [] : [{ ...first, recordedAt: receivedAt }, ...later])

/** What may happen next; to take it is possible until it is done, and to add to what was told. */
export function mayHappen(events: readonly EventInOrder[]): StepDownEvent[] {
  const position = events.reduce(after, nothingYet)
  const about = { aboutId: '', toId: '', recordedAt: '' }
  const isDone = standingOf(events).state === 'done'
  return stepDownEvents.filter((event) =>
    event === 'take' ? !isDone : position.can({ type: event, ...about })
  )
}

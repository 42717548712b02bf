import { assign, initialTransition, setup, transition, type SnapshotFrom } from 'xstate'
import type { CivilDate } from '../ids.ts'
import { transferSteps, type TransferKind, type TransferState, type TransferStep } from './transfer.ts'

/** A step as the machine asks for it: which, and its day. Of a proposal that is the day of the changeover. */
export interface StepOnDay {
  step: TransferStep
  on: CivilDate
}

/**
 * A transfer from its request to its end (R36 to R39). Somebody is proposed, and accepts or declines; until they answer
 * somebody else may be proposed instead, or another day. Within the county to accept is all there is to do: the day of the
 * changeover comes by itself, and from it on nothing is taken back. Out of it the present keyworker stays until the other
 * authority has the family.
 */
export const transferMachine = setup({
  types: {
    context: {} as { kind: TransferKind; proposal: StepOnDay | undefined },
    input: {} as { kind: TransferKind },
    events: {} as { type: TransferStep; taken: StepOnDay }
  },
  guards: {
    leavesTheCounty: ({ context }) => context.kind === 'out-of-county',
    mayBeTakenBack: ({ context: { kind, proposal }, event }) =>
      kind === 'out-of-county' || (proposal !== undefined && event.taken.on < proposal.on)
  },
  actions: { keep: assign({ proposal: ({ event }) => event.taken }) }
}).createMachine({
  id: 'transfer',
  context: ({ input }) => ({ kind: input.kind, proposal: undefined }),
  initial: 'requested',
  states: {
    requested: { on: { propose: { target: 'proposed', actions: 'keep' }, cancel: 'cancelled' } },
    proposed: {
      on: {
        propose: { target: 'proposed', actions: 'keep' },
        accept: 'accepted',
        decline: 'requested',
        cancel: 'cancelled'
      }
    },
    accepted: {
      on: {
        'hand-over': { guard: 'leavesTheCounty', target: 'handed-over' },
        cancel: { guard: 'mayBeTakenBack', target: 'cancelled' }
      }
    },
    'handed-over': { type: 'final' },
    cancelled: { type: 'final' }
  }
})

type Position = SnapshotFrom<typeof transferMachine>

const atAnyTime = [
  'plan-review',
  'hold-review',
  'tell-family',
  'review-agreement',
  'contact-authority'
] as const satisfies TransferStep[]

/** What is done beside, in any order and as often as it happens: it changes no state. */
const factsIn: Record<TransferState, readonly TransferStep[]> = {
  requested: atAnyTime,
  proposed: atAnyTime,
  accepted: [...atAnyTime, 'introduce'],
  'handed-over': [],
  cancelled: []
}

function positionOf(kind: TransferKind, steps: readonly StepOnDay[]): Position {
  const [requested] = initialTransition(transferMachine, { kind })
  return steps.reduce(
    (position, taken) => transition(transferMachine, position, { type: taken.step, taken })[0],
    requested
  )
}

/**
 * The state that a transfer is in after these steps, in the order in which they were recorded, and the proposal that stands
 * or was accepted. A step that was not possible when it was recorded, as one of another desk may be, changes nothing.
 */
export function standing<S extends StepOnDay>(
  kind: TransferKind,
  steps: readonly S[]
): { state: TransferState; proposal: S | undefined } {
  const { value: state, context } = positionOf(kind, steps)
  const stands = state !== 'requested' && state !== 'cancelled'
  return { state, proposal: stands ? steps.find((step) => step === context.proposal) : undefined }
}

/** What may be done today, facts among it, in a transfer of which these steps were taken. */
export function mayDo(kind: TransferKind, steps: readonly StepOnDay[], today: CivilDate): TransferStep[] {
  const position = positionOf(kind, steps)
  const facts = factsIn[position.value].filter((step) => step !== 'contact-authority' || kind !== 'in-county')
  return transferSteps.filter(
    (step) => facts.includes(step) || position.can({ type: step, taken: { step, on: today } })
  )
}

/** What tells whether anything is still to come of a transfer. */
export interface Going {
  kind: TransferKind
  state: TransferState
  /** Of the proposal that stands; '' where there is none. */
  changeoverOn: CivilDate
}

/**
 * Does it wait? One that was accepted within the county does until its day has come, out of it until the family is handed
 * over. An open assessment has at most one that waits.
 */
export function isWaiting({ kind, state, changeoverOn }: Going, today: CivilDate): boolean {
  if (state === 'accepted') return kind === 'out-of-county' || changeoverOn > today
  return state === 'requested' || state === 'proposed'
}

import { assign, initialTransition, setup, transition, type SnapshotFrom } from 'xstate'
import { episodeEvents, type EpisodeEvent, type EpisodeState } from './episode.ts'

/**
 * An assessment from its registration to its end (issue 5, section 1). To finalise changes no state and happens once: that
 * it is finalised and that a plan was agreed are two facts, in either order (R32). A review is a meeting that was held
 * after the plan was agreed. Closed may be taken back and leads to where it stood; stepped up is an end: a later step-down
 * begins a new assessment.
 */
export const episodeMachine = setup({
  types: {
    context: {} as { isFinalised: boolean },
    events: {} as { type: EpisodeEvent }
  },
  guards: { isNotFinalised: ({ context }) => !context.isFinalised },
  actions: { finalise: assign({ isFinalised: true }) }
}).createMachine({
  id: 'episode',
  context: { isFinalised: false },
  initial: 'open',
  states: {
    open: {
      initial: 'registered',
      states: {
        registered: { on: { 'set-up': 'set-up' } },
        'set-up': { on: { start: 'begun' } },
        begun: {
          initial: 'assessing',
          on: { finalise: { guard: 'isNotFinalised', actions: 'finalise' } },
          states: {
            assessing: { on: { 'agree-plan': 'plan-agreed' } },
            'plan-agreed': { on: { review: 'reviewing' } },
            reviewing: { on: { review: 'reviewing' } }
          }
        },
        before: { type: 'history', history: 'deep' }
      },
      on: { close: 'closed', 'step-up': 'stepped-up' }
    },
    closed: { on: { reopen: 'open.before' } },
    'stepped-up': { type: 'final' }
  }
})

type Position = SnapshotFrom<typeof episodeMachine>

const [registered] = initialTransition(episodeMachine)
/** Where each act leads from each position, once it was asked: there are a dozen positions, and lists of many thousands. */
const known = new WeakMap<Position, Map<EpisodeEvent, Position>>()

/** What an act that is not possible leads to is the same position. */
function after(position: Position, event: EpisodeEvent): Position {
  const onwards = known.get(position) ?? new Map<EpisodeEvent, Position>()
  known.set(position, onwards)
  const found = onwards.get(event) ?? transition(episodeMachine, position, { type: event })[0]
  onwards.set(event, found)
  return found
}

const positionOf = (events: readonly EpisodeEvent[]): Position => events.reduce(after, registered)

function asState({ value }: Position): EpisodeState {
  if (typeof value === 'string') return value
  const { open } = value
  return typeof open === 'string' ? open : open.begun
}

/**
 * The state that an assessment is in after these acts, in the order in which they were recorded (`eventsOf` in
 * db/episodeEvents.ts). An act that was not possible when it was recorded, as one of another desk may be, changes nothing.
 */
export const stateOf = (events: readonly EpisodeEvent[]): EpisodeState => asState(positionOf(events))

/** What may be done next in an assessment with which these acts were done. */
export function mayDo(events: readonly EpisodeEvent[]): EpisodeEvent[] {
  const position = positionOf(events)
  return episodeEvents.filter((type) => position.can({ type }))
}

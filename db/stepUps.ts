import type { StepUpEvent, StepUpState } from '../shared/stepUp/stepUp.ts'
import { stepUpEvents, stepUpStates } from '../shared/stepUp/stepUp.ts'
import { isOpen, standingOf } from '../shared/stepUp/state.ts'
import { isOpenEpisode } from './episodes.ts'
import type { Connection } from './open.ts'

/** SQL of the state of a request for step-up, by what was recorded of it (shared/stepUp/state.ts). */
export const stateOfStepUp = (stepUpId: string): string => `step_up_state((
    SELECT coalesce(group_concat(x.event, ' ' ORDER BY x.created_at, x.id), '')
    FROM step_up_event x WHERE x.step_up_id = ${stepUpId}))`

const openStates = stepUpStates
  .filter(isOpen)
  .map((state) => `'${state}'`)
  .join(', ')

/** SQL that is true while no feedback on a request is recorded (R45). */
export const isOpenStepUp = (stepUpId: string): string => `${stateOfStepUp(stepUpId)} IN (${openStates})`

/**
 * SQL of the ids of every request without feedback, and with `accepted` of those accepted whose assessment is open (R59).
 * Each is looked at once and alone: what a list tells of the few that it finds is read after that.
 */
export const waitingStepUps = ({ accepted }: { accepted: boolean }): string => `
  WITH standing AS MATERIALIZED (SELECT o.id, o.episode_id, ${stateOfStepUp('o.id')} AS state FROM step_up o)
  SELECT id FROM standing WHERE state IN (${openStates})
    ${accepted ? `OR (state = 'accepted' AND ${isOpenEpisode('standing.episode_id')})` : ''}`

/** SQL of the meeting on whose agenda a request was put last; '' where it was taken off since, or never put on one. */
export const agendaOfStepUp = (stepUpId: string): string => `coalesce((
    SELECT iif(x.event = 'plan', x.meeting_id, '') FROM step_up_event x
    WHERE x.step_up_id = ${stepUpId} AND x.event IN ('plan', 'take-off')
    ORDER BY x.created_at DESC, x.id DESC LIMIT 1), '')`

const isEvent = (text: string): text is StepUpEvent => stepUpEvents.some((event) => event === text)

/** How many histories are remembered: few differ, and a list asks for each of its rows. */
const REMEMBERED = 500

/** What the SQL above calls. */
export function addStepUpFunctions(connection: Connection): void {
  const known = new Map<string, StepUpState>()
  connection.function('step_up_state', { deterministic: true }, (events: unknown): StepUpState => {
    const history = String(events)
    const before = known.get(history)
    if (before) return before
    const { state } = standingOf(
      history
        .split(' ')
        .filter(isEvent)
        .map((event) => ({ event, meetingId: '' }))
    )
    if (known.size < REMEMBERED) known.set(history, state)
    return state
  })
}

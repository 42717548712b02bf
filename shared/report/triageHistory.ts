import type { CivilDate, Id, Instant } from '../ids.ts'
import { queueAges } from '../stepDown/record.ts'
import { fromArrival, standingOf, type EventInOrder } from '../stepDown/state.ts'
import type { StepDownEnding, StepDownEvent, StepDownState } from '../stepDown/stepDown.ts'
import { daysBetween, londonDate } from '../time/london.ts'
import { stateOfClock, type TriageClock, type TriageItem } from './triage.ts'

/** What happened to one step-down, with what is counted of it. `take` is left out: nothing changes by it. */
interface StepDownHistory {
  id: Id
  hubId: Id
  receivedAt: Instant
  events: HistoryEvent[]
}

export interface HistoryEvent extends EventInOrder {
  id: Id
  /** Of a return: who was asked for more. */
  sendingTeam: string
  /** Of a proposal: the keyworker was above what they can hold, or of another hub, with a reason. */
  isOver: boolean
  isOutside: boolean
}

/** Whether a clock of a list that began then had its target met at an instant (C7, C8). */
export type IsInTime = (state: StepDownState, began: Instant, ended: Instant) => boolean

/** How a step-down stood after one of its events; the events that it stands by, as their places among them. */
interface Stand {
  state: StepDownState
  ending: StepDownEnding | ''
  since: number
  proposal: number
}

const KEPT = 5_000
const walks = new Map<string, Stand[]>()

/**
 * How a step-down stood after each of its events. The machine asks for nothing but their names, so that the same ones in the
 * same order are walked once: most of ten years’ step-downs go one of a few hundred ways.
 */
function standsAfter(names: readonly StepDownEvent[]): Stand[] {
  const way = names.join(' ')
  const known = walks.get(way)
  if (known) return known
  if (walks.size >= KEPT) walks.clear()
  const events = names.map((event, at) => ({
    event,
    aboutId: '',
    toId: String(at),
    recordedAt: String(at)
  }))
  const stands = names.map((_, at): Stand => {
    const { state, ending, since, practitionerId } = standingOf(events.slice(0, at + 1))
    return {
      state,
      ending,
      since: Number(since),
      proposal: practitionerId === '' ? -1 : Number(practitionerId)
    }
  })
  walks.set(way, stands)
  return stands
}

const notBegun: Stand = { state: 'received', ending: '', since: 0, proposal: -1 }

/** One thing that was possible and happened: how it stood before and after. */
interface Step {
  event: HistoryEvent
  before: Stand
  after: Stand
}

/** All that is counted of a step-down, whenever it was; an event that was not possible counts nowhere. */
export function itemsOf(history: StepDownHistory, isInTime: IsInTime): TriageItem[] {
  const events = fromArrival(history.events, history.receivedAt)
  const stands = standsAfter(events.map(({ event }) => event))
  const about = { about: 'step-down', aboutId: history.id } as const
  const items: TriageItem[] = [
    { id: history.id, at: history.receivedAt, measure: 'received', key: '', ...about }
  ]
  events.forEach((event, at) => {
    const [before, after] = [stands[at - 1] ?? notBegun, stands[at] ?? notBegun]
    if (before.state === after.state) return
    const counted = [
      ...flowOf({ event, before, after }),
      ...clocksOf({ event, before, after }, events, stands, isInTime),
      ...actsOf({ event, before, after }, history.hubId, events)
    ]
    for (const item of counted) items.push({ id: event.id, at: event.recordedAt, ...item, ...about })
  })
  return items
}

type Counted = Pick<TriageItem, 'measure' | 'key' | 'ran' | 'name'>

function flowOf({ before, after }: Step): Counted[] {
  if (after.state === 'done') return [{ measure: 'done', key: after.ending }]
  return before.state === 'done' ? [{ measure: 'reopened', key: '' }] : []
}

/**
 * The clocks that an event ended. That of allocating ran until the keyworker who then accepted was asked: whom others
 * declined has waited since the decision. What the sender was asked for is on nobody’s clock here.
 */
function clocksOf(
  { event, before, after }: Step,
  events: readonly HistoryEvent[],
  stands: readonly Stand[],
  isInTime: IsInTime
): Counted[] {
  const ended = (clock: TriageClock, since: number, to: Instant): Counted[] => {
    const from = events[since]?.recordedAt ?? to
    return [
      { measure: clock, key: isInTime(stateOfClock[clock], from, to) ? 'in-time' : 'late', ran: { from, to } }
    ]
  }
  const isDecision = event.event === 'decide-keyworker' || event.event === 'decide-elsewhere'
  if (before.state === 'to-triage' && isDecision) return ended('clock-triage', before.since, event.recordedAt)
  if (before.state !== 'allocated') return []
  const isYes = after.ending === 'accepted'
  const answered =
    isYes || event.event === 'decline' ? ended('clock-answer', before.since, event.recordedAt) : []
  if (!isYes) return answered
  const asked = events[before.proposal]?.recordedAt ?? event.recordedAt
  const deciding = stands[before.proposal - 1]?.since ?? before.since
  return [...answered, ...ended('clock-allocation', deciding, asked)]
}

/** What is told of those who send, who are asked and who decide. */
function actsOf({ event, before }: Step, hubId: Id, events: readonly HistoryEvent[]): Counted[] {
  const { event: name, sendingTeam, isOver, isOutside } = event
  if (name === 'return') return [{ measure: 'returns', key: teamKey(sendingTeam), name: sendingTeam.trim() }]
  if (name === 'decline')
    return [
      { measure: 'declines-keyworker', key: events[before.proposal]?.toId || UNNAMED },
      { measure: 'declines-hub', key: hubId }
    ]
  if (name === 'keep') return [{ measure: 'overrides', key: 'kept-incomplete' }]
  if (name !== 'propose') return []
  return [
    ...(isOver ? [{ measure: 'overrides', key: 'over-full' } as const] : []),
    ...(isOutside ? [{ measure: 'overrides', key: 'outside-hub' } as const] : [])
  ]
}

/** Of a return whose team nobody named: no name is this, and it is not '', which asks for all. */
const UNNAMED = ' '

/** A team is the same however it is spaced and whatever its capitals: each sender writes it by hand. */
export const teamKey = (name: string): string => name.trim().replaceAll(/\s+/g, ' ').toLowerCase() || UNNAMED

/** A step-down as it waits at an instant, under its age on that day; undefined where it does not. */
export function waitingOf(
  items: readonly TriageItem[],
  until: Instant,
  on: CivilDate
): TriageItem | undefined {
  const [arrival] = items
  const last = items.findLast(
    ({ measure, at }) =>
      (measure === 'received' || measure === 'reopened' || measure === 'done') && at < until
  )
  if (!arrival || !last || last.measure === 'done') return undefined
  return { ...arrival, measure: 'waiting', key: ageOn(arrival.at, on) }
}

/** The ages of the queue, by the days since a step-down arrived. */
const AGES: Record<Exclude<(typeof queueAges)[number], 'older'>, number> = {
  today: 0,
  week: 7,
  fortnight: 14
}

function ageOn(receivedAt: Instant, on: CivilDate): (typeof queueAges)[number] {
  const days = daysBetween(londonDate(receivedAt), on)
  return queueAges.find((age) => age !== 'older' && days <= AGES[age]) ?? 'older'
}

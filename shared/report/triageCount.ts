import type { Id, Instant } from '../ids.ts'
import { triageOn } from '../setting/inForce.ts'
import type { Setting } from '../setting/setting.ts'
import { londonDate } from '../time/london.ts'
import { openMinutes } from './openTime.ts'
import { instantsOf, periodsOf, startOf, type FlowStep } from './period.ts'
import type { ReportRange } from './report.ts'
import { waitingOf } from './triageHistory.ts'
import {
  clockEnds,
  keysOf,
  lookedAt,
  MOST_PERIODS,
  triageClocks,
  triageOverrides,
  type ClockFigures,
  type FlowPeriod,
  type TriageClock,
  type TriageItem,
  type TriageQuery,
  type TriageReport
} from './triage.ts'

/** Names of what people write or are called; the newest way of writing counts. */
interface Names {
  practitioners: ReadonlyMap<Id, string>
}

/** Takes what happened, in any order, and makes the report of it. */
interface TriageCount {
  /** Everything of one step-down, whenever it was. */
  addStepDown(items: readonly TriageItem[]): void
  add(item: TriageItem): void
  practitionerIds(): Id[]
  report(names: Names): Omit<TriageReport, 'hubs' | 'keyworkers' | 'keyworkersTotal'>
}

/** Which steps of the flow can be drawn, the finest first; by days as long as they can be told apart. */
export const stepsOf = (range: ReportRange): FlowStep[] =>
  (['day', 'week', 'month'] as const).filter(
    (step) => step === 'month' || periodsOf(range, step).length <= MOST_PERIODS
  )

export function countTriage(
  { range, hubId, step }: TriageQuery,
  settings: readonly Setting[],
  now: Instant
): TriageCount {
  const { from, until } = instantsOf(range)
  const on = lookedAt(range, londonDate(now))
  const flow = flowCount(range, step)
  const tallies = new Map<string, Map<string, number>>()
  const names = new Map<string, { name: string; at: Instant }>()
  const ran: Record<TriageClock, { from: Instant; to: Instant }[]> = {
    'clock-triage': [],
    'clock-allocation': [],
    'clock-answer': []
  }

  function add({ at, measure, key, name, ran: clock }: TriageItem): void {
    if (measure !== 'waiting' && (at < from || at >= until)) return
    const tally = tallies.get(measure) ?? new Map<string, number>()
    tallies.set(measure, tally.set(key, (tally.get(key) ?? 0) + 1))
    if (name !== undefined && at >= (names.get(key)?.at ?? '')) names.set(key, { name, at })
    if (clock && isClock(measure)) ran[measure].push(clock)
  }

  const of = (measure: TriageItem['measure'], key: string): number => tallies.get(measure)?.get(key) ?? 0
  /** The same order on every computer: where counts are equal, by key. */
  const mostFirst = (measure: TriageItem['measure']) =>
    [...(tallies.get(measure) ?? [])]
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .map(([key, count]) => ({ key, count }))
  const listed = <Key extends string>(measure: TriageItem['measure'], keys: readonly Key[]) =>
    keys.map((key) => ({ key, count: of(measure, key) }))

  return {
    add,
    addStepDown(items) {
      items.forEach(flow.add)
      items.forEach(add)
      const waiting = waitingOf(items, until, on)
      if (waiting) add(waiting)
    },
    practitionerIds: () => mostFirst('declines-keyworker').map(({ key }) => key),
    report({ practitioners }) {
      const minutes = minutesOf(settings, Object.values(ran).flat())
      const triage = triageOn(settings, range.to)
      const targets = {
        'clock-triage': triage.triageWorkingDays,
        'clock-allocation': triage.allocationWorkingDays,
        'clock-answer': triage.acceptanceWorkingDays
      }
      const overrides = mostFirst('overrides')
      return {
        ...{ range, hubId, step },
        flow: flow.periods(),
        endings: listed('done', keysOf.done),
        ages: listed('waiting', keysOf.waiting),
        clocks: triageClocks.map((clock): ClockFigures => {
          const taken = ran[clock].map((each) => minutes(each.from, each.to)).sort((a, b) => a - b)
          const [inTime, late] = clockEnds.map((end) => of(clock, end))
          return {
            ...{ clock, target: targets[clock], inTime: inTime ?? 0, late: late ?? 0 },
            half: nearestRank(taken, 0.5),
            nineInTen: nearestRank(taken, 0.9)
          }
        }),
        returns: mostFirst('returns').map((each) => ({ ...each, name: names.get(each.key)?.name ?? '' })),
        declinesByKeyworker: mostFirst('declines-keyworker').map((each) => ({
          ...each,
          name: practitioners.get(each.key) ?? ''
        })),
        declinesByHub: mostFirst('declines-hub'),
        stepUps: listed('step-ups', keysOf['step-ups']),
        overrides: [
          ...listed('overrides', triageOverrides),
          ...overrides.filter(({ key }) => !isOfTriage(key))
        ] as TriageReport['overrides']
      }
    }
  }
}

const isClock = (measure: string): measure is TriageClock => triageClocks.some((clock) => clock === measure)
const isOfTriage = (key: string): boolean => triageOverrides.some((each) => each === key)

/** The value that such a share of them does not exceed; 0 of none. */
function nearestRank(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0
}

function minutesOf(settings: readonly Setting[], ran: readonly { from: Instant; to: Instant }[]) {
  const [first, last] = [
    ran.reduce((least, { from }) => (from < least ? from : least), ran[0]?.from ?? ''),
    ran.reduce((most, { to }) => (to > most ? to : most), '')
  ]
  return first === '' ? () => 0 : openMinutes(settings, londonDate(first), londonDate(last))
}

/** In, out and what waits at the end of each period. What came before the range waits from its beginning. */
function flowCount(range: ReportRange, step: FlowStep) {
  const periods = periodsOf(range, step).map((period): FlowPeriod & { ends: Instant } => ({
    ...period,
    ...{ received: 0, reopened: 0, done: 0, waiting: 0 },
    ends: instantsOf(period).until
  }))
  const starts = startOf(range.from)
  let before = 0

  function periodOf(at: Instant) {
    let [low, high] = [0, periods.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((periods[middle]?.ends ?? '') <= at) low = middle + 1
      else high = middle
    }
    return periods[low]
  }

  return {
    add({ measure, at }: TriageItem): void {
      if (measure !== 'received' && measure !== 'reopened' && measure !== 'done') return
      if (at < starts) before += measure === 'done' ? -1 : 1
      else {
        const period = periodOf(at)
        if (period) period[measure] += 1
      }
    },
    periods(): FlowPeriod[] {
      let waiting = before
      return periods.map(({ from, to, received, reopened, done }) => {
        waiting += received + reopened - done
        return { from, to, received, reopened, done, waiting }
      })
    }
  }
}

import type { CivilDate, Instant } from '../ids.ts'
import { openSpan } from '../setting/hours.ts'
import type { Setting } from '../setting/setting.ts'
import { dueAt } from '../stepDown/clock.ts'
import type { StepDownState } from '../stepDown/stepDown.ts'
import { addDays } from '../time/london.ts'
import type { IsInTime } from './triageHistory.ts'

const MINUTE_MS = 60_000

/**
 * `workingMinutes` (C4) for very many clocks that run between two civil dates: each day is looked at once, and a clock is
 * two look-ups. A closed minute never counts.
 */
export function openMinutes(
  settings: readonly Setting[],
  first: CivilDate,
  last: CivilDate
): (from: Instant, to: Instant) => number {
  const spans: { from: number; to: number; before: number }[] = []
  let before = 0
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const span = openSpan(settings, day)
    if (!span) continue
    const [from, to] = [Date.parse(span.from), Date.parse(span.to)]
    spans.push({ from, to, before })
    before += to - from
  }

  /** How long the desk had been open by an instant. */
  function openBy(instant: number): number {
    let [low, high] = [0, spans.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((spans[middle]?.from ?? Infinity) <= instant) low = middle + 1
      else high = middle
    }
    const span = spans[low - 1]
    return span ? span.before + Math.min(instant, span.to) - span.from : 0
  }

  return (from, to) =>
    to <= from ? 0 : Math.floor((openBy(Date.parse(to)) - openBy(Date.parse(from))) / MINUTE_MS)
}

/** Ends are worked out once for each list of settings: the rows behind a number ask for those of the report again. */
const known = new WeakMap<readonly Setting[], Map<string, Instant>>()

/**
 * Whether clocks ended by their target in force when they began (C7, C8), asked of very many: what began on one day before
 * the desk closed ends at the same time, and so does what began after. `settings` is never changed in place.
 */
export function targetsMet(settings: readonly Setting[]): IsInTime {
  const ends = known.get(settings) ?? new Map<string, Instant>()
  known.set(settings, ends)
  function endOf(state: StepDownState, began: Instant): Instant {
    const day = began.slice(0, 10)
    const isBeforeClosing = (openSpan(settings, day)?.to ?? '') > began
    // in summer the last hour of a UTC day is the next one in London, whose targets may be others
    const isLastHour = began.slice(11, 13) === '23'
    const key = `${state} ${day} ${String(isBeforeClosing)} ${String(isLastHour)}`
    const before = ends.get(key)
    if (before !== undefined) return before
    const end = dueAt(settings, state, began)
    ends.set(key, end)
    return end
  }
  return (state, began, ended) => {
    const end = endOf(state, began)
    return end === '' || ended < end
  }
}

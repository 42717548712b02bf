import type { CivilDate, Instant } from '../ids.ts'
import {
  addDays,
  daysBetween,
  londonDate,
  londonTime,
  showDate,
  showDay,
  showWeekday,
  toInstant,
  weekday
} from '../time/london.ts'
import { inForce } from './inForce.ts'
import type { Setting } from './setting.ts'

export interface Hours {
  opens: string
  closes: string
}

/** How far ahead an opening is looked for: a desk closed for longer than a year says that none is set. */
export const HORIZON_DAYS = 400
const WARNING_DAYS = 90

/** R12, S0: the hours of one civil date by the rows in force that day; null on a closed day. */
export function hoursOn(settings: readonly Setting[], date: CivilDate): Hours | null {
  if (inForce(settings, 'closed-day', date).some((row) => row.key === date)) return null
  return inForce(settings, 'opening-hours', date)[0]?.value[weekday(date)] ?? null
}

/** From opening to closing, as instants, so that a change of the clocks inside it does no harm. */
export interface OpenSpan {
  from: Instant
  to: Instant
}

/** Days are worked out once for each list of settings: a list of due dates asks for the same ones again and again. */
const known = new WeakMap<readonly Setting[], Map<CivilDate, OpenSpan | undefined>>()

/** R12, S0: when a civil date is open; undefined on a closed day. `settings` is never changed in place. */
export function openSpan(settings: readonly Setting[], date: CivilDate): OpenSpan | undefined {
  const spans = known.get(settings) ?? new Map<CivilDate, OpenSpan | undefined>()
  known.set(settings, spans)
  if (!spans.has(date)) spans.set(date, spanOn(settings, date))
  return spans.get(date)
}

function spanOn(settings: readonly Setting[], date: CivilDate): OpenSpan | undefined {
  const hours = hoursOn(settings, date)
  const from = hours && toInstant(date, hours.opens)
  const to = hours && toInstant(date, hours.closes)
  return from && to && from < to ? { from, to } : undefined
}

/** R12, S0: half-open, so the closing minute is closed: 17:00 on a Thursday is out of hours. */
export function isOpen(settings: readonly Setting[], instant: Instant): boolean {
  return closesAt(settings, instant) !== undefined
}

/** R12, S0: when the hub closes next; undefined while it is closed. */
export function closesAt(settings: readonly Setting[], instant: Instant): Instant | undefined {
  const span = openSpan(settings, londonDate(instant))
  return span && span.from <= instant && instant < span.to ? span.to : undefined
}

/** R12, S0: the first moment after this one at which the hub opens; undefined where none is set. */
export function nextOpening(settings: readonly Setting[], instant: Instant): Instant | undefined {
  const today = londonDate(instant)
  for (let days = 0; days <= HORIZON_DAYS; days++) {
    const span = openSpan(settings, addDays(today, days))
    if (span && span.from > instant) return span.from
  }
  return undefined
}

export interface DeskClock {
  open: boolean
  text: string
  /** When it closes or opens, and the text goes stale. */
  at?: Instant
}

/** R12, S0: "Open until 17:00" or "Closed. Opens Monday 9:00"; from a week ahead the date is told too. */
export function deskClock(settings: readonly Setting[], instant: Instant): DeskClock {
  const closes = closesAt(settings, instant)
  if (closes) return { open: true, text: `Open until ${clockFace(closes)}`, at: closes }

  const opens = nextOpening(settings, instant)
  if (!opens) return { open: false, text: 'Closed. No opening is set' }
  const day = londonDate(opens)
  const isNear = daysBetween(londonDate(instant), day) <= 6
  const when = isNear ? showWeekday(day) : `${showDay(day)},`
  return { open: false, text: `Closed. Opens ${when} ${clockFace(opens)}`, at: opens }
}

/** `9:00`, as hours are spoken. */
const clockFace = (instant: Instant): string => londonTime(instant).replace(/^0/, '')

/** Domain E: the last bank holiday that is known; '' where none is. */
export function bankHolidaysEnd(settings: readonly Setting[]): CivilDate {
  return settings
    .filter((row) => row.kind === 'closed-day')
    .map((row) => row.key)
    .filter((date) =>
      inForce(settings, 'closed-day', date).some((row) => row.key === date && row.value.bankHoliday)
    )
    .reduce((latest, date) => (date > latest ? date : latest), '')
}

/** Domain E: what an administrator is told when bank holidays run out within 90 days or have; '' otherwise. */
export function bankHolidaysWarning(settings: readonly Setting[], today: CivilDate): string {
  const last = bankHolidaysEnd(settings)
  if (last === '') return 'No bank holidays are set. The desk counts as open on them. Add them in Settings.'
  if (daysBetween(today, last) >= WARNING_DAYS) return ''
  const verb = last < today ? 'was' : 'is'
  return `The last bank holiday that is set ${verb} ${showDate(last)}. Add the ones after it in Settings.`
}

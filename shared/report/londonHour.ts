import type { CivilDate } from '../ids.ts'
import { londonTime } from '../time/london.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Where an hour falls in London: the Monday of its week, its day of the week (Monday is 1) and the hour, 0 to 23. */
export interface LondonHour {
  monday: CivilDate
  weekday: number
  hour: number
}

/**
 * A reader of UTC hours (`2026-06-30T23`) that remembers what it has read: a report asks for the same few thousand
 * hours again and again, and the calendar is slow to ask.
 */
export function londonHourReader(): (utcHour: string) => LondonHour {
  const hours = new Map<string, LondonHour>()
  const ahead = new Map<string, number>()

  /** London's clocks change at 01:00 UTC: one answer holds for the first hour of a UTC day, one for the rest. */
  function hoursAhead(utcHour: string): number {
    const key = utcHour.slice(0, 10) + (utcHour.endsWith('T00') ? ' first' : ' rest')
    const known = ahead.get(key)
    if (known !== undefined) return known
    const london = Number(londonTime(`${utcHour}:00:00.000Z`).slice(0, 2))
    const found = (london - Number(utcHour.slice(11)) + 24) % 24
    ahead.set(key, found)
    return found
  }

  return (utcHour) => {
    const known = hours.get(utcHour)
    if (known) return known
    const shown = new Date(Date.parse(`${utcHour}:00:00.000Z`) + hoursAhead(utcHour) * HOUR_MS)
    const weekday = shown.getUTCDay() || 7
    const monday = new Date(shown.getTime() - (weekday - 1) * DAY_MS).toISOString().slice(0, 10)
    const read = { monday, weekday, hour: shown.getUTCHours() }
    hours.set(utcHour, read)
    return read
  }
}

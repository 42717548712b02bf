import type { CivilDate, Instant } from '../../shared/ids.ts'
import { readPhone } from '../../shared/person/phone.ts'
import { londonDate, londonTime } from '../../shared/time/london.ts'

/** Most of a year's rows share a few hundred hours and phones: what is worked out once is kept. */
const KEPT = 5_000

function remembering<T>(work: (key: string) => T): (key: string) => T {
  const kept = new Map<string, T>()
  return (key) => {
    const known = kept.get(key)
    if (known !== undefined) return known
    if (kept.size >= KEPT) kept.clear()
    const value = work(key)
    kept.set(key, value)
    return value
  }
}

/** What is told of instants and phone numbers, worked out once for the many rows that share them. */
export interface Told {
  londonDay: (at: Instant) => CivilDate
  /** `14:05` */
  londonTime: (at: Instant) => string
  /** As it is dialled from England. */
  phone: (typed: string) => string
}

/** London's date and time by the hour of UTC: its clocks change on the hour. */
export function toldOnce(): Told {
  const hourOf = remembering((hour) => {
    const at = `${hour}:00:00.000Z`
    return { day: londonDate(at), hour: londonTime(at).slice(0, 2) }
  })
  return {
    londonDay: (at) => hourOf(at.slice(0, 13)).day,
    londonTime: (at) => `${hourOf(at.slice(0, 13)).hour}:${at.slice(14, 16)}`,
    phone: remembering(shownPhone)
  }
}

/**
 * "+44…" would be taken for a formula. One that was typed as it is dialled, with a space that keeps a spreadsheet from
 * dropping its 0, stays as it is; reading a number takes twenty times as long as writing a row.
 */
const shownPhone = (typed: string): string =>
  /^0[1-9]\d{1,4} [\d ]+$/.test(typed) ? typed : readPhone(typed).national

/** `3/9/2015`, as a spreadsheet in England reads it; '' of ''. */
export function shortDate(date: CivilDate): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return date === '' ? '' : `${String(Number(day))}/${String(Number(month))}/${year}`
}

export const yesOrNo = (value: boolean): string => (value ? 'Yes' : 'No')

import type { CivilDate } from '../ids.ts'
import { isRealDate } from './london.ts'

/**
 * A date as it is typed in England, the day first: 3/9/26, 03.09.2026, 03092026; and as computers write it. '' where
 * it is none. Chromium's own date field follows the computer's language, which may put the month first (L28).
 */
export function readDate(text: string): CivilDate {
  const typed = text.trim()
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(typed)
  const apart = /^(\d{1,2})[\s/.-]+(\d{1,2})[\s/.-]+(\d{4}|\d\d)$/.exec(typed)
  const together = /^(\d\d)(\d\d)(\d{4}|\d\d)$/.exec(typed)
  const [, day = '', month = '', year = ''] = apart ?? together ?? []
  const date = iso ? typed : `${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isRealDate(date) ? date : ''
}

/** `23/11/2026` */
export function writeDate(date: CivilDate): string {
  return date === '' ? '' : date.split('-').reverse().join('/')
}

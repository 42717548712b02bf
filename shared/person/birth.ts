import type { CivilDate } from '../ids.ts'
import { ageOn, isRealDate, showDate } from '../time/london.ts'

export type Birth =
  | { kind: 'none' }
  | { kind: 'date'; date: CivilDate; ageYears: number }
  | { kind: 'age'; years: number }
  | { kind: 'unreadable'; message: string }

const OLDEST = 120
const HINT = 'Enter a date of birth like 3/9/15, or an age like “age 7”'

const unreadable = (message: string): Birth => ({ kind: 'unreadable', message })

/**
 * A date of birth or an age as it is read out over the phone (L16): 3/9/15, 03092015, 3 Sep 2015, 2015-09-03, age 7,
 * 18 months. The day comes first, as in England. `on` is the day of the call.
 */
export function readBirth(text: string, on: CivilDate): Birth {
  const typed = text.trim().toLowerCase()
  if (typed === '') return { kind: 'none' }
  return readAge(typed) ?? readDate(typed, on)
}

/** R1: Families First is for children under 18, or under 25 with a recorded learning need or disability (S0). */
export function isEligible(ageYears: number, hasRecordedNeed: boolean): boolean {
  return ageYears < (hasRecordedNeed ? 25 : 18)
}

/** How many of a unit make a year; the years are rounded down, as ages are. */
const unitsInYear: Record<string, number> = { m: 12, w: 52, d: 365 }

function readAge(typed: string): Birth | undefined {
  const age = typed.replace(/^aged?:?\s*/, '').replace(/\s*(?:old|of age)$/, '')
  const inYears =
    /^(\d{1,3})\s*(?:(?:years?|yrs?|y\/o|yo|y)(?:,?\s*(?:and\s*)?\d{1,2}\s*(?:months?|mths?|m))?)?$/.exec(age)
  const younger = /^(\d{1,3})\s*(months?|mths?|m|weeks?|wks?|w|days?|d)$/.exec(age)

  const count = Number((inYears ?? younger)?.[1])
  if (Number.isNaN(count)) return undefined
  const years = Math.floor(count / (unitsInYear[younger?.[2]?.charAt(0) ?? ''] ?? 1))
  return years > OLDEST ? unreadable(`Check the age: it is more than ${OLDEST}`) : { kind: 'age', years }
}

function readDate(typed: string, on: CivilDate): Birth {
  const parts = dateParts(typed)
  if (!parts) return unreadable(HINT)
  const { day, month, year } = parts

  if (month < 1 || month > 12) {
    return unreadable(`There is no month ${month}. Enter the day first, like 3/9/15 for 3 September 2015`)
  }
  const date = year.length === 4 ? isoDate(year, month, day) : inTheLastCentury(year, month, day, on)
  if (!isRealDate(date)) return unreadable('There is no such day. Check the day and the month')
  if (date > on) {
    return unreadable(
      `${showDate(date)} is in the future. For an unborn child leave this empty and write it under the concern`
    )
  }
  const ageYears = ageOn(date, on)
  if (ageYears > OLDEST) return unreadable(`Check the year: ${year} is more than ${OLDEST} years ago`)
  return { kind: 'date', date, ageYears }
}

/** A two-digit year is the latest one that is not in the future, so the person is between 0 and 99. */
function inTheLastCentury(year: string, month: number, day: number, on: CivilDate): string {
  const century = Number(on.slice(0, 2))
  const date = isoDate(`${century}${year}`, month, day)
  return date > on ? isoDate(`${century - 1}${year}`, month, day) : date
}

interface DateParts {
  day: number
  month: number
  year: string
}

function dateParts(typed: string): DateParts | undefined {
  const together = /^(\d\d)(\d\d)(\d{4}|\d\d)$/.exec(typed)
  const apart = /^(\d{1,2})[\s/.,-]+(\d{1,2})[\s/.,-]+(\d{4}|\d\d)$/.exec(typed)
  const named = /^(\d{1,2})(?:st|nd|rd|th)?(?: of)?[\s/.,-]*([a-z]{3,9})[\s/.,-]*(\d{4}|\d\d)$/.exec(typed)
  const iso = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/.exec(typed)

  const numbers = together ?? apart
  if (numbers) return { day: Number(numbers[1]), month: Number(numbers[2]), year: numbers[3] ?? '' }
  if (iso) return { day: Number(iso[3]), month: Number(iso[2]), year: iso[1] ?? '' }
  const month = named && monthNamed(named[2] ?? '')
  return named && month ? { day: Number(named[1]), month, year: named[3] ?? '' } : undefined
}

const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december'
]

/** 1 to 12 for a month's name or how it begins ("sep", "sept"); 0 where it is none. */
const monthNamed = (name: string): number => monthNames.findIndex((month) => month.startsWith(name)) + 1

const isoDate = (year: string, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

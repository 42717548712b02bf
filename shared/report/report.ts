import { z } from 'zod'
import type { Line, OtherKind, Outcome } from '../call/call.ts'
import { civilDate, type CivilDate, type Id } from '../ids.ts'
import { readDate } from '../time/civilDate.ts'
import { daysBetween } from '../time/london.ts'

const YEARS = 30

/** Both ends included, London days on which calls took place. */
export const reportRange = z
  .strictObject({ from: civilDate, to: civilDate })
  .refine(({ from, to }) => from <= to, {
    path: ['to'],
    error: 'Enter the same day as From or a later one'
  })
  .refine(({ from, to }) => daysBetween(from, to) <= YEARS * 366, {
    path: ['to'],
    error: `Enter a day within ${String(YEARS)} years of From`
  })
export type ReportRange = z.output<typeof reportRange>

/** Calls of a range, counted; calls entered in error are in none of the numbers (L23). */
export interface CallReport extends ReportRange {
  total: number
  /** Mondays; weeks without calls are there with 0. */
  byWeek: { monday: CivilDate; calls: number }[]
  /** Cells of the heat map that hold calls; Monday is 1. */
  byHour: HourCalls[]
  /** Every line, outcome and kind is there, also with 0. */
  byLine: { line: Line; calls: number }[]
  /** Most calls first; named as the directory has them today. */
  bySchool: { schoolId: Id; name: string; town: string; calls: number }[]
  /** By the district that the school is in today, most calls first; '' for calls from elsewhere. */
  byDistrict: { district: string; calls: number }[]
  /** '' for calls in which no level was discussed. */
  byLevel: { level: string; calls: number }[]
  byOutcome: { outcome: Outcome; calls: number }[]
  inHours: number
  outOfHours: number
  turnedAway: number
  /** '' for schools and keyworkers that a line was not open to; left out where there were none. */
  turnedAwayByKind: { otherKind: OtherKind | ''; calls: number }[]
  /** Of the calls that ended with the contact form (C6). */
  referrals: { yes: number; no: number; notKnown: number; unanswered: number }
}

/** Calls in one hour of one day of the week, as London's clocks showed it: hour 9 is 9:00 to 9:59. */
export interface HourCalls {
  weekday: number
  hour: number
  calls: number
}

const typedDay = z
  .string()
  .transform(readDate)
  .pipe(z.iso.date({ error: 'Enter a day, such as 23/11/2026' }))

/** A range as it is typed. */
export const typedRange = z.strictObject({ from: typedDay, to: typedDay }).pipe(reportRange)

import { z } from 'zod'
import type { Line, OtherKind, Outcome } from '../call/call.ts'
import { civilDate, type CivilDate } from '../ids.ts'

/** Both ends included, London days on which calls took place. */
export const reportRange = z
  .strictObject({ from: civilDate, to: civilDate })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'The last day must be on or after the first' })

/** Calls of a range, counted; calls entered in error are in none of the numbers (L23). */
export interface CallReport {
  from: CivilDate
  to: CivilDate
  total: number
  /** Mondays; weeks without calls are there with 0. */
  byWeek: { monday: CivilDate; calls: number }[]
  /** Cells of the heat map that hold calls; Monday is 1. */
  byHour: { weekday: number; hour: number; calls: number }[]
  byLine: { line: Line; calls: number }[]
  /** Most calls first. */
  bySchool: { schoolId: string; name: string; calls: number }[]
  /** By the district that the school is in today; '' for calls from elsewhere. */
  byDistrict: { district: string; calls: number }[]
  /** '' for calls in which no level was discussed. */
  byLevel: { level: string; calls: number }[]
  byOutcome: { outcome: Outcome; calls: number }[]
  inHours: number
  outOfHours: number
  turnedAway: number
  turnedAwayByKind: { otherKind: OtherKind | ''; calls: number }[]
  /** Of the calls that ended with the contact form (C6). */
  referrals: { yes: number; no: number; notKnown: number; unanswered: number }
}

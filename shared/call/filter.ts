import { z } from 'zod'
import { civilDate, id } from '../ids.ts'
import { lines, otherKinds, outcomes } from './call.ts'
import { referralAnswers } from './loop.ts'

const anyOf = <const T extends readonly string[]>(values: T) => z.enum(['', ...values])
const orNone = <T extends z.ZodType>(type: T) => z.union([z.literal(''), type])

/** Calls that have none: no level was discussed, the school is in no district, the caller is of no other kind. */
export const NONE = 'none' as const

/**
 * What calls are looked for. '' means "any"; every part narrows. Dates are the London days on which a call took
 * place, both ends included. `hour` and `weekday` (Monday 1) are London's too: a cell of the reports' heat map.
 */
export const callFilter = z.strictObject({
  search: z.string().max(200),
  from: orNone(civilDate),
  to: orNone(civilDate),
  line: anyOf(lines),
  adviserId: orNone(id),
  schoolId: orNone(id),
  /** ONS code of the district that the school is in today; `NONE` where it is in none or no school called. */
  district: z.string().max(20),
  outcome: anyOf(outcomes),
  /** A level's key, or `NONE`. */
  level: z.string().max(60),
  hours: z.enum(['', 'in', 'out']),
  turnedAway: z.enum(['', 'yes', 'no']),
  otherKind: anyOf([...otherKinds, NONE] as const),
  toCheck: z.boolean(),
  mine: z.boolean(),
  weekday: z.union([z.literal(''), z.int().min(1).max(7)]),
  hour: z.union([z.literal(''), z.int().min(0).max(23)]),
  /** Only calls that ended with the contact form: what became of it. */
  referral: anyOf([...referralAnswers, 'unanswered'] as const),
  /** Calls entered in error are left out of lists and counts, or are the only ones shown (L23). */
  inError: z.boolean()
})
export type CallFilter = z.output<typeof callFilter>

export const everyCall: CallFilter = {
  search: '',
  from: '',
  to: '',
  line: '',
  adviserId: '',
  schoolId: '',
  district: '',
  outcome: '',
  level: '',
  hours: '',
  turnedAway: '',
  otherKind: '',
  toCheck: false,
  mine: false,
  weekday: '',
  hour: '',
  referral: '',
  inError: false
}

/** Newest and oldest filed work at any size; the others where at most `SORT_LIMIT` calls are found. */
export const callSorts = [
  'newest',
  'oldest',
  'took-place-newest',
  'took-place-oldest',
  'caller-a-z',
  'caller-z-a',
  'outcome-a-z',
  'outcome-z-a',
  'adviser-a-z',
  'adviser-z-a'
] as const
export type CallSort = (typeof callSorts)[number]

/** Beyond this many, a list is counted as "more than 1,000" and sorted only by when its calls were filed. */
export const SORT_LIMIT = 1_000

/** How many there are, where they are more than the limit. */
export const MORE_THAN_LIMIT = 'more than 1,000'
/** The total of a list whose calls were counted as far as one beyond the limit. */
export const totalOf = (counted: number): string => (counted > SORT_LIMIT ? MORE_THAN_LIMIT : String(counted))

/** By when calls were filed, which a list of any length has. */
export type SortByFiling = 'newest' | 'oldest'
export const isByFiling = (sort: CallSort): sort is SortByFiling => sort === 'newest' || sort === 'oldest'

export const savedFilter = z.strictObject({
  id,
  name: z.string().trim().min(1, 'Enter a name for this filter').max(60, 'Use 60 characters or fewer'),
  filter: callFilter
})
export type SavedFilter = z.output<typeof savedFilter>

/** A piece of text, marked where it is what was searched for. */
export interface Piece {
  text: string
  hit: boolean
}

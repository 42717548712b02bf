import type { Days } from '../cover/cover.ts'
import type { CivilDate, Id } from '../ids.ts'
import type { Load } from '../keyworker/keyworker.ts'
import { isAtWork, loadOf } from '../keyworker/load.ts'
import { addDays } from '../time/london.ts'

/** Where somebody works, as seen from the family: its district, its local hub, a place that nobody has said, or elsewhere. */
export const nearness = ['district', 'hub', 'hub-unknown', 'elsewhere'] as const
export type Nearness = (typeof nearness)[number]

/** What speaks for somebody, the stronger first, and then against; each stands on their row (C8). */
export const allocationReasons = [
  'keyworker',
  'former',
  'held-before',
  'team',
  'school',
  ...nearness,
  'room',
  'over',
  'not-in',
  'declined'
] as const
export type AllocationReason = (typeof allocationReasons)[number]

/** What the assessment wants by when; somebody who is in on no day of the week before is away for it. */
export interface ReviewDate {
  what: 'finalise' | 'meeting'
  on: CivilDate
}

/** Somebody who may hold this family, with all that their place goes by. */
export interface Candidate {
  practitionerId: Id
  name: string
  role: string
  employerName: string
  /** Today, and as if this family and every other one that they are asked to take were theirs. */
  load: Load
  after: Load
  /** Other step-downs that they are asked to take and have not answered. */
  asked: number
  /** Families given to them in the seven days up to today. */
  allocatedLately: number
  /** Days of the week as in a working pattern; '' where nobody has said when they work. */
  weekdays: string
  termTimeOnly: boolean
  /** Absences up to the last review date, the first day first. */
  away: Days[]
  notIn: ReviewDate[]
  /** They are the keyworker of the open assessment already. */
  isKeyworker: boolean
  /** The decision names them as the former keyworker. */
  isFormer: boolean
  /** The last day on which they held the family before; '' where they did not. */
  heldUntil: CivilDate
  isInTeam: boolean
  /** They work at a school of one of the children. */
  isAtSchool: boolean
  near: Nearness
  /** They said no to this step-down: when, and why. '' where they did not. */
  declinedOn: CivilDate
  declinedWhy: string
}

/** A candidate with their place among all of them: the first is 1. */
export type RankedCandidate = Candidate & { place: number }

/** A page of those who may hold a family. */
export interface Candidates {
  rows: RankedCandidate[]
  /** The place and the id of the last of the page; '' where there are no more. */
  next: string
  /** How many there are under what was asked for, and how many work in other hubs and are behind. */
  total: number
  others: number
}

const FULL = 100
const DAYS_OF_A_WEEK = 7

/** The load once this family is theirs, and so is every other one that they are asked to take. */
export const loadAfter = (load: Load, asked: number, isKeyworker: boolean): Load =>
  loadOf({ held: load.held + asked + (isKeyworker ? 0 : 1), covering: load.covering }, load.capacity)

/** Would the family bring them above what they could hold (C8)? Whoever has it already is brought nowhere. */
export const isOver = ({ after, isKeyworker }: Pick<Candidate, 'after' | 'isKeyworker'>): boolean =>
  after.percent > FULL && !isKeyworker

/** Outside the hub of the family; of whom nobody has said where they work it is not known. */
export const isOutside = ({ near }: Pick<Candidate, 'near'>): boolean => near === 'elsewhere'

/** When somebody works: what of a working pattern says so. */
type Working = Parameters<typeof isAtWork>[0]

/** A review date with the days of the week that ends with it on which somebody works who is not away. */
interface Week {
  review: ReviewDate
  days: CivilDate[]
}

/** The weeks of the review dates by working pattern, each pattern worked out once: hundreds have the same. */
export function weeksOfWork(
  reviews: readonly ReviewDate[],
  terms: readonly { key: CivilDate; lastDay: CivilDate }[]
): (working: Working) => readonly Week[] {
  const known = new Map<string, Week[]>()
  const weekDays = reviews.map((review) => ({
    review,
    days: Array.from({ length: DAYS_OF_A_WEEK }, (_, before) => addDays(review.on, -before))
  }))
  return (working) => {
    const key = `${working.weekdays} ${String(working.termTimeOnly)}`
    const weeks =
      known.get(key) ??
      weekDays.map(({ review, days }) => ({
        review,
        days: days.filter((day) => isAtWork(working, [], terms, day))
      }))
    known.set(key, weeks)
    return weeks
  }
}

/** The review dates of which they are in on no day of the week that ends with them. */
export const reviewsMissed = (weeks: readonly Week[], away: readonly Days[]): ReviewDate[] =>
  weeks
    .filter(({ days }) => days.every((day) => away.some(({ from, to }) => from <= day && day <= to)))
    .map(({ review }) => review)

/** Do they know the family, or does its way to them lead through somebody who does? Such people are shown whatever their hub. */
export const knowsFamily = (candidate: Candidate): boolean =>
  candidate.isKeyworker || candidate.isFormer || candidate.heldUntil !== '' || candidate.isInTeam

/** What speaks for and against somebody, in the order of `allocationReasons`. */
export function reasonsFor(candidate: Candidate): AllocationReason[] {
  const holds: Record<Exclude<AllocationReason, Nearness>, boolean> = {
    keyworker: candidate.isKeyworker,
    former: candidate.isFormer,
    'held-before': candidate.heldUntil !== '',
    team: candidate.isInTeam,
    school: candidate.isAtSchool,
    room: !isOver(candidate),
    over: isOver(candidate),
    'not-in': candidate.notIn.length > 0,
    declined: candidate.declinedOn !== ''
  }
  const all: Record<AllocationReason, boolean> = {
    ...holds,
    district: candidate.near === 'district',
    hub: candidate.near === 'hub',
    'hub-unknown': candidate.near === 'hub-unknown',
    elsewhere: candidate.near === 'elsewhere'
  }
  return allocationReasons.filter((reason) => all[reason])
}

/**
 * Everybody who may hold the family, in one order, as advice (C8): whoever said no to it comes last, before them whoever has
 * no room, before those whoever is away when the assessment wants something of them. Of those who are alike in this, whoever
 * is closest to the family comes first; then the lowest load once it is theirs, then who was given the fewest lately, then
 * the name. No two are in one place, and the same people are in the same order on every computer, however they arrive.
 */
export const ranked = (candidates: readonly Candidate[]): RankedCandidate[] =>
  candidates
    .map((candidate) => ({ candidate, closeness: closenessOf(candidate) }))
    .toSorted(inOrder)
    .map(({ candidate }, index) => ({ ...candidate, place: index + 1 }))

interface Placed {
  candidate: Candidate
  closeness: number
}

const inOrder = (
  { candidate: a, closeness: ofA }: Placed,
  { candidate: b, closeness: ofB }: Placed
): number =>
  Number(a.declinedOn !== '') - Number(b.declinedOn !== '') ||
  Number(isOver(a)) - Number(isOver(b)) ||
  a.notIn.length - b.notIn.length ||
  ofA - ofB ||
  a.after.percent - b.after.percent ||
  a.allocatedLately - b.allocatedLately ||
  compare(a.name, b.name) ||
  compare(a.practitionerId, b.practitionerId)

/** By the strongest of what speaks for them; where they work is always among it. */
const closenessOf = (candidate: Candidate): number =>
  allocationReasons.indexOf(reasonsFor(candidate)[0] ?? 'elsewhere')

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

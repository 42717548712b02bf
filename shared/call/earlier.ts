import { z } from 'zod'
import { id, instant, type CivilDate, type Id, type Instant } from '../ids.ts'
import { readBirth } from '../person/birth.ts'
import { matchHousehold } from '../person/household.ts'
import { matchPeople, strengths, type Match, type Person, type Strength } from '../person/match.ts'
import { findPostcode } from '../person/postcode.ts'
import { draftChild, type DraftChild, type Outcome } from './call.ts'

export type { Strength }

/** What "Have we spoken before?" goes by: a call as far as it is typed (C5). */
export const spokenBefore = z.strictObject({
  callId: id,
  startedAt: instant,
  schoolId: z.union([z.literal(''), id]),
  children: z.array(draftChild).max(30)
})

/** What an earlier call has to do with this one: the child, a sibling, the address, or only the school (C5). */
export type EarlierKind = 'child' | 'sibling' | 'address' | 'school'

/** An earlier call as the strip shows it. */
export interface EarlierCall {
  callId: Id
  reference: string
  tookPlaceAt: Instant
  schoolName: string
  adviserName: string
  childNames: string
  outcome: Outcome
  kind: EarlierKind
  strength: Strength
  /** Plain words, the weightiest first: "Same date of birth", "Name sounds alike: Siân and Shan" (L15). */
  why: string[]
}

/** A family of the record as the strip shows it. */
export interface EarlierFamily {
  familyId: Id
  reference: string
  kind: Exclude<EarlierKind, 'school'>
  strength: Strength
  why: string[]
  /** Restricted, and the reader is not named: nothing else is told of it. */
  restricted: boolean
  /** The three of the open assessment, '' where there is none. */
  childNames: string
  assessmentReference: string
  keyworkerName: string
}

export interface SpokenBefore {
  /** At most three, the likeliest first. */
  families: EarlierFamily[]
  /** At most five, the likeliest first, and of those the newest. */
  calls: EarlierCall[]
  /** How many days back was looked. */
  days: number
}

/** A child as a draft holds it; what cannot be read yet is not known. `on` is the day of the call. */
export function personOfChild(child: DraftChild, on: CivilDate, schoolId: string): Person {
  const birth = readBirth(child.birth, on)
  return {
    name: child.name.trim(),
    birthDate: birth.kind === 'date' ? birth.date : '',
    ageYears: birth.kind === 'age' ? birth.years : null,
    toldOn: on,
    upn: child.upn.trim(),
    address: child.address,
    postcode: findPostcode(child.address) ?? '',
    schoolId
  }
}

/** What an earlier call has to do with the children of this one. */
export interface Relation extends Match {
  kind: EarlierKind
}

/** How a child of an earlier call matches the likeliest of ours; undefined where it is none of them. */
export const matchChild = (ours: readonly Person[], child: Person): Match | undefined =>
  likeliest(ours.map((one) => matchPeople(one, child)))

/** How a child of an earlier call belongs to the family or the address of one of ours. */
export const relateChild = (ours: readonly Person[], child: Person): Relation | undefined =>
  likeliest(ours.map((one) => matchHousehold(one, child)))

/** The likeliest of some matches, and of those the first. */
export function likeliest<M extends Match>(matches: readonly (M | undefined)[]): M | undefined {
  const found = matches.filter((match) => match !== undefined)
  return strengths
    .map((strength) => found.find((match) => match.strength === strength))
    .find((match) => match !== undefined)
}

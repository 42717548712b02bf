import type { EarlierFamily } from '../call/earlier.ts'
import type { CivilDate, Id, Instant } from '../ids.ts'
import { readBirth } from '../person/birth.ts'
import type { Sought } from '../person/known.ts'
import { matchHousehold } from '../person/household.ts'
import { matchPeople, strengths, type Match, type Person } from '../person/match.ts'
import { bareCode, birthDates, nearDates } from '../person/nameKeys.ts'
import { findPostcode } from '../person/postcode.ts'
import type { z } from 'zod'
import { stepDownDraft, type StepDownEnding, type StepDownPerson, type StepDownState } from './stepDown.ts'
import { isChild, isEmptyStepDownPerson } from './told.ts'

/** How far back a step-down that is done still counts as one that may have come twice, in days. */
export const RECENT_DAYS = 90

/** What is asked for: of whom a step-down is, in any state of typing. */
export const similarTo = stepDownDraft.pick({
  stepDownId: true,
  people: true,
  address: true,
  previousReference: true
})
export type SimilarTo = z.output<typeof similarTo>

/** Another step-down that may be of the same family: open, or done in the last `RECENT_DAYS` days. */
export interface SimilarStepDown extends Pick<EarlierFamily, 'kind' | 'strength' | 'why'> {
  id: Id
  reference: string
  receivedAt: Instant
  state: StepDownState
  ending: StepDownEnding | ''
  sendingTeam: string
  hubName: string
  /** '' where its family is restricted and the reader is not named. */
  childNames: string
}

export interface Similar {
  /** At most five, the likeliest first. */
  stepDowns: SimilarStepDown[]
  /** At most three, the likeliest first; the one that the sender names stands before them. */
  families: EarlierFamily[]
}

/** The children as the matcher looks for them (L15); what cannot be read yet is not known. `on` is the day of the question. */
export const soughtIn = (
  { people, address }: Pick<SimilarTo, 'people' | 'address'>,
  on: CivilDate
): Sought[] =>
  people
    .filter((person) => isChild(person) && !isEmptyStepDownPerson(person))
    .map((person) => ({ ...personIn(person, address, on), phone: '' }))

/** Somebody of a step-down, typed or recorded, as a person to be compared. */
export function personIn(
  { name, birth: typed, upn, schoolId }: Pick<StepDownPerson, 'name' | 'birth' | 'upn' | 'schoolId'>,
  address: string,
  on: CivilDate
): Person {
  const birth = readBirth(typed, on)
  return {
    name: name.trim(),
    birthDate: birth.kind === 'date' ? birth.date : '',
    ageYears: birth.kind === 'age' ? birth.years : null,
    toldOn: on,
    upn: upn.trim(),
    address,
    postcode: findPostcode(address) ?? '',
    schoolId
  }
}

/** By what a child of another step-down may be one of these, or of their home. */
export interface SharedKeys {
  /** `YYYY-MM-DD`, '' where unknown. */
  birth: CivilDate
  /** Letters and digits only; '' where unknown. */
  upn: string
  /** In capitals and without spaces. */
  address: string
}

/** What is compared of a child that is recorded. */
export const sharedKeysOf = ({ birth, upn, address }: SharedKeys): SharedKeys => ({
  birth,
  upn: bareCode(upn),
  address: withoutSpaces(address).toUpperCase()
})

const withoutSpaces = (text: string): string => text.replaceAll(' ', '')

/**
 * Whether another has a date of birth (by a slip as well), a UPN or a postcode in common with one of these children. Without
 * one of them two children are not the same by their names (L15): only who has one is compared at all.
 */
export function sharesKeyWith(children: readonly Person[]): (other: SharedKeys) => boolean {
  const births = new Set(
    children.flatMap(({ birthDate }) =>
      birthDate === '' ? [] : [...birthDates(birthDate), ...nearDates(birthDate)]
    )
  )
  const upns = new Set(children.map(({ upn }) => bareCode(upn)).filter(Boolean))
  const postcodes = [...new Set(children.map(({ postcode }) => withoutSpaces(postcode)).filter(Boolean))]
  return ({ birth, upn, address }) =>
    births.has(birth) || upns.has(upn) || postcodes.some((postcode) => address.includes(postcode))
}

interface Related extends Match {
  kind: EarlierFamily['kind']
}

/**
 * What a child of another step-down has to do with these children: one of them, or of their home (C5). A name alone makes
 * nobody the same.
 */
export function relationTo(children: readonly Person[], other: Person): Related | undefined {
  return children
    .map((child) => relate(child, other))
    .filter((each) => each !== undefined)
    .toSorted(likelierFirst)[0]
}

function relate(child: Person, other: Person): Related | undefined {
  const same = matchPeople(child, other)
  if (same && same.strength !== 'possible') return { ...same, kind: 'child' }
  const household = matchHousehold(child, other)
  return household?.strength === 'likely' ? household : undefined
}

export const likelierFirst = (
  a: Pick<Related, 'kind' | 'strength'>,
  b: Pick<Related, 'kind' | 'strength'>
): number =>
  Number(b.kind === 'child') - Number(a.kind === 'child') ||
  strengths.indexOf(a.strength) - strengths.indexOf(b.strength)

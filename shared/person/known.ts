import type { CivilDate, Id } from '../ids.ts'
import { fold } from './fold.ts'
import {
  compareBirths,
  evidence,
  strengths,
  told,
  weighPeople,
  type Evidence,
  type Match,
  type Person
} from './match.ts'
import { bareCode, sounds } from './nameKeys.ts'

/** Someone of the record, by everything that was ever recorded of them and is not in error. */
export interface KnownPerson {
  /** Every name they go or went by. */
  names: string[]
  birthDate: CivilDate
  upns: string[]
  homes: { address: string; postcode: string; isNow: boolean }[]
  /** Digits, as `readPhone` gives them. */
  phones: string[]
  schools: { schoolId: Id; isNow: boolean }[]
}

/** Someone who is looked for. */
export interface Sought extends Person {
  /** Digits; '' where none is known. */
  phone: string
}

/** What two people have in common whose names alone are surely the same: it makes nobody the same person. */
export const NAME_ALONE = 6

/** Someone of the record, to be looked for among the others. */
export function asSought({ names, birthDate, upns, homes, phones, schools }: KnownPerson): Sought {
  return {
    ...{ name: names.at(-1) ?? '', birthDate, ageYears: null, toldOn: '', upn: upns.at(-1) ?? '' },
    address: now(homes)?.address ?? '',
    postcode: now(homes)?.postcode ?? '',
    schoolId: now(schools)?.schoolId ?? '',
    phone: phones.at(-1) ?? ''
  }
}

/** How someone of the record answers what is sought. */
export interface Found extends Match {
  points: number
}

/**
 * Is this the person who is sought (L15)? Held against every name they ever had and against old addresses, which say
 * that they are. Where it is less than a match but nothing speaks against it, what was typed may be the beginning of a
 * name, or a postcode alone: then it is possible.
 */
export function matchKnown(sought: Sought, known: KnownPerson): Found | undefined {
  const home = homeLike(sought, known)
  const besides = [samePhone(sought, known)].filter(({ weight }) => weight > 0)
  const versions = versionsOf(sought, known, home?.postcode ?? '')
  const weighed = versions.map((version) => weighPeople(sought, version)).filter((each) => each !== undefined)
  const best = weighed.toSorted(surerFirst)[0]
  const isSure = best !== undefined && best.strength !== 'possible'
  const typed = isSure ? undefined : asFarAsTyped(sought, known, versions, besides.length > 0)
  const match = [best, typed].filter((each) => each !== undefined).sort(surerFirst)[0]
  if (!match) return undefined
  const all = [...match.evidence, ...besides].map((each) => (isOld(home, each) ? earlierAddress(each) : each))
  const strength =
    match.strength === 'possible' && match === best && besides.length > 0 ? 'likely' : match.strength
  return { strength, points: match.points + weightOf(besides), reasons: told(all) }
}

/** The surest first, of those the ones with more that speaks for them. */
export function surerFirst(a: Pick<Found, 'strength' | 'points'>, b: typeof a): number {
  return strengths.indexOf(a.strength) - strengths.indexOf(b.strength) || b.points - a.points
}

type Home = KnownPerson['homes'][number]

const now = <T extends { isNow: boolean }>(all: readonly T[]): T | undefined =>
  all.findLast(({ isNow }) => isNow) ?? all.at(-1)

/** The address with the postcode that is sought; else the one of today. */
function homeLike({ postcode }: Sought, { homes }: KnownPerson): Home | undefined {
  const same = homes.filter((home) => home.postcode !== '' && bareCode(home.postcode) === bareCode(postcode))
  return now(same) ?? now(homes)
}

const isOld = (home: Home | undefined, { says }: Evidence): boolean =>
  says === 'Same postcode' && home?.isNow === false
const earlierAddress = (each: Evidence): Evidence => ({ ...each, says: 'Earlier address: same postcode' })

/** One person for each name; of numbers the one that is sought, where it is among theirs. */
function versionsOf(sought: Sought, known: KnownPerson, postcode: string): Person[] {
  const upn = known.upns.find((each) => bareCode(each) === bareCode(sought.upn)) ?? known.upns.at(-1) ?? ''
  const school = known.schools.find(({ schoolId }) => schoolId === sought.schoolId) ?? now(known.schools)
  const names = known.names.length > 0 ? known.names : ['']
  return names.map((name) => ({
    name,
    birthDate: known.birthDate,
    ageYears: null,
    toldOn: '',
    upn,
    address: '',
    postcode,
    schoolId: school?.schoolId ?? ''
  }))
}

const samePhone = ({ phone }: Sought, { phones }: KnownPerson): Evidence =>
  phone !== '' && phones.includes(phone) ? evidence(2, 'Same phone number') : evidence(0, '')

interface Weighed {
  strength: Match['strength']
  points: number
  evidence: Evidence[]
}

/** What is typed of a name that is not finished, or without any name, is at most possible, or likely by the birth. */
function asFarAsTyped(
  sought: Sought,
  { names }: KnownPerson,
  [version]: readonly Person[],
  hasPhone: boolean
): Weighed | undefined {
  if (!version) return undefined
  const birth = compareBirths(sought, version)
  if (birth.weight < 0) return undefined
  const name = sought.name === '' ? evidence(0, '') : typedName(sought.name, names)
  const home =
    sought.postcode !== '' && bareCode(sought.postcode) === bareCode(version.postcode)
      ? evidence(2, 'Same postcode')
      : evidence(0, '')
  // whoever answers the telephone need not be the one who is asked for
  if (!name && !hasPhone) return undefined
  const all = [birth, ...(name ? [name, home] : [])].filter(({ weight }) => weight > 0)
  if (all.length === 0 && !hasPhone) return undefined
  const strength = name && name.weight > 0 && birth.weight >= SAME_BIRTH ? 'likely' : 'possible'
  return { strength, points: weightOf(all), evidence: all }
}

/** What a date of birth weighs that is the same, day and month changed over or not. */
const SAME_BIRTH = 4

const wordsOf = (name: string): string[] =>
  name
    .split(/[^\p{L}\p{N}'’‘ʼ`´]+/u)
    .map(fold)
    .filter(Boolean)

/** Is every typed word the beginning of a word of one of the names, or does it sound like it? */
function typedName(typed: string, names: readonly string[]): Evidence | undefined {
  const words = wordsOf(typed)
  const of = names.map(wordsOf)
  const everyWord = (isIt: (typed: string, word: string) => boolean) =>
    of.some((name) => words.every((word) => name.some((each) => isIt(word, each))))
  if (everyWord((word, each) => word === each)) return evidence(2, 'Name as typed')
  if (everyWord((word, each) => each.startsWith(word))) return evidence(1, 'Name begins as typed')
  const alike = (word: string, each: string) => sounds(word).some((sound) => sounds(each).includes(sound))
  return everyWord((word, each) => each.startsWith(word) || alike(word, each))
    ? evidence(0.5, 'Name sounds as typed')
    : undefined
}

const weightOf = (all: readonly Evidence[]): number => all.reduce((points, { weight }) => points + weight, 0)

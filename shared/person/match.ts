import { distance } from 'fastest-levenshtein'
import type { CivilDate } from '../ids.ts'
import { ageOn } from '../time/london.ts'
import { bareCode, changedOver, figuresChangedOver, readName, sounds, type ReadName } from './nameKeys.ts'
import { formalNames } from './nicknames.ts'

/** How sure it is that two records are of the same person; a blank field lowers it (L15). */
export const strengths = ['strong', 'likely', 'possible'] as const
export type Strength = (typeof strengths)[number]

/** What is known of a person. An empty text is "not known". */
export interface Person {
  name: string
  birthDate: CivilDate
  /** In whole years on `toldOn`; looked at where the date of birth is not known. */
  ageYears: number | null
  toldOn: CivilDate
  upn: string
  /** As written; only whether two people live together is asked of it. */
  address: string
  postcode: string
  /** The school's identity. */
  schoolId: string
}

/** Why two records match, in plain words. */
export interface Reason {
  says: string
  /** The names that it is about, to be left out where nothing may name a child; '' where it is about none. */
  names: string
}

export interface Match {
  strength: Strength
  /** The weightiest first; what speaks against it last. */
  reasons: Reason[]
}

/** A reason with the names that it is about. */
export const inWords = ({ says, names }: Reason): string => (names === '' ? says : `${says}: ${names}`)

/**
 * What one field adds. Blank fields add nothing; 3 is a first or last name that is the same. Below nought it speaks
 * against a match.
 */
export interface Evidence extends Reason {
  weight: number
}

const nothing: Evidence = { weight: 0, says: '', names: '' }
export const evidence = (weight: number, says: string, names = ''): Evidence => ({ weight, says, names })

const STRONG = 8
const LIKELY = 5
const POSSIBLE = 3
const SAME_UPN = 12
/** What a first or last name weighs that is surely the same: as written, by a nickname or as it sounds. */
export const SURE_NAME = 2

/**
 * Are these two the same person (L15)? Names are compared folded, as they sound, by edit distance, as nicknames and in
 * either order; dates of birth with day and month changed over or one figure wrong. A blank neither matches nor speaks
 * against; another date of birth or UPN does, strongly. Undefined: no more than chance. It does not matter which of the
 * two comes first, but for the order in which their names are said.
 */
export function matchPeople(one: Person, other: Person): Match | undefined {
  const weighed = weighPeople(one, other)
  return weighed && { strength: weighed.strength, reasons: told(weighed.evidence) }
}

/** A match with all that speaks for and against it. */
export interface Weighed {
  strength: Strength
  /** The sum of all: of two matches that are as strong the one with more is likelier. */
  points: number
  evidence: Evidence[]
}

/** As `matchPeople`, for whoever has other evidence to add, or many to put in order. */
export function weighPeople(one: Person, other: Person): Weighed | undefined {
  const upn = compareUpns(one.upn, other.upn)
  const { given, surname } = compareNames(nameOf(one), nameOf(other))
  // twins share all but the first name; and most are ruled out here, before a calendar is asked for an age
  if (given.weight < 0 && upn.weight !== SAME_UPN) return undefined
  const birth = compareBirths(one, other)
  const all = [upn, birth, given, surname, comparePostcodes(one, other), compareSchools(one, other)]
  const points = sum(all)
  const strength = strengthOf({ upn, birth, given, surname }, points)
  return strength && { strength, points, evidence: withWholeName(all, given, surname) }
}

/** A child is held against those of some hundred calls: its name is taken apart once. */
const namesRead = new WeakMap<Person, ReadName>()

function nameOf(person: Person): ReadName {
  const read = namesRead.get(person) ?? readName(person.name)
  namesRead.set(person, read)
  return read
}

type Own = Record<'upn' | 'birth' | 'given' | 'surname', Evidence>

/**
 * Points alone are not enough: a strong match needs both names to be surely the same, a likely one something of the
 * child's own.
 */
function strengthOf({ upn, birth, given, surname }: Own, points: number): Strength | undefined {
  const sameUpn = upn.weight === SAME_UPN
  const isContradicted = upn.weight < 0 || birth.weight < 0
  const bothNames = given.weight >= SURE_NAME && surname.weight >= SURE_NAME
  if (points >= STRONG && (sameUpn ? given.weight >= 0 : bothNames && !isContradicted)) return 'strong'
  const isOwn = given.weight >= 1 || (birth.weight > 0 && points > LIKELY)
  if (points >= LIKELY && (sameUpn || isOwn)) return 'likely'
  const isOne = given.weight > 0 || birth.weight >= LIKELY || sameUpn
  return points >= POSSIBLE && isOne ? 'possible' : undefined
}

/** Long enough to be a pupil number, though a figure be wrong: "not known" is none. */
const isUpn = (upn: string): boolean => /\d{8}/.test(upn)

function compareUpns(one: string, other: string): Evidence {
  const [upn, otherUpn] = [bareCode(one), bareCode(other)]
  if (!isUpn(upn) || !isUpn(otherUpn)) return nothing
  if (upn === otherUpn) return evidence(SAME_UPN, 'Same UPN')
  if (distance(upn, otherUpn) === 1) return evidence(2, 'UPN differs in one figure')
  return evidence(-6, 'Different UPN')
}

export function compareBirths(one: Person, other: Person): Evidence {
  if (one.birthDate !== '' && other.birthDate !== '') return compareDates(one.birthDate, other.birthDate)
  const age = ageKnown(one, other.toldOn)
  const otherAge = ageKnown(other, one.toldOn)
  if (age === null || otherAge === null) return nothing
  const apart = Math.abs(age - otherAge)
  const isByDate = one.birthDate !== other.birthDate
  if (apart === 0) return evidence(1, isByDate ? 'Age fits the date of birth' : 'Same age')
  // a birthday may lie between the two, and an age is often a guess
  return apart === 1
    ? nothing
    : evidence(-2, isByDate ? 'Age does not fit the date of birth' : 'Different age')
}

/** The age as told, or as it was by the date of birth on the day that the other's age was told. */
const ageKnown = ({ birthDate, ageYears }: Person, on: CivilDate): number | null =>
  birthDate === '' ? ageYears : ageOn(birthDate, on)

function compareDates(one: CivilDate, other: CivilDate): Evidence {
  if (one === other) return evidence(5, 'Same date of birth')
  if (changedOver(one) === other) return evidence(4, 'Day and month of birth changed over')
  const wrong = [...one].filter((figure, index) => figure !== other[index]).length
  if (wrong === 1) return evidence(1.5, 'Date of birth differs in one figure')
  if (figuresChangedOver(one).includes(other))
    return evidence(1.5, 'Two figures of the date of birth changed over')
  return evidence(-5, 'Different date of birth')
}

export function comparePostcodes(one: Person, other: Person): Evidence {
  const postcode = bareCode(one.postcode)
  return postcode !== '' && postcode === bareCode(other.postcode) ? evidence(2, 'Same postcode') : nothing
}

/** Children seldom change schools within some weeks: the same name at another school is mostly another child. */
export function compareSchools(one: Person, other: Person): Evidence {
  if (one.schoolId === '' || other.schoolId === '') return nothing
  return one.schoolId === other.schoolId ? evidence(1.5, 'Same school') : evidence(-1.5, 'Different school')
}

interface Names {
  given: Evidence
  surname: Evidence
}

function compareNames(one: ReadName, other: ReadName): Names {
  const inOrder = { given: compareGivens(one, other), surname: compareSurnames(one, other) }
  if (inOrder.given.weight >= SURE_NAME && inOrder.surname.weight >= SURE_NAME) return inOrder
  const changedOver = compareChangedOver(one, other)
  return changedOver && weightOf(changedOver) > weightOf(inOrder) ? changedOver : inOrder
}

const weightOf = ({ given, surname }: Names): number => given.weight + surname.weight

function compareGivens(one: ReadName, other: ReadName): Evidence {
  if (one.given === '' || other.given === '') return nothing
  const names = `${one.given} and ${other.given}`
  const alike = likest(one.givens, other.givens)
  switch (alike) {
    case 'same':
      return evidence(3, 'Same first name')
    case 'nickname':
      return evidence(2.5, 'Nickname or other form', nicknameFirst(one, other))
    case 'sound':
      return evidence(2, 'Name sounds alike', names)
    case 'spelling':
      return evidence(2, 'Name spelt nearly alike', names)
    case 'nicknames':
      return evidence(1.5, 'May be short for the same name', names)
    case 'rhyme':
      return evidence(1, 'First name differs in one letter', names)
    case 'different':
      return compareInitialsAndMiddles(one, other)
  }
}

function compareInitialsAndMiddles(one: ReadName, other: ReadName): Evidence {
  const isMiddle = (name: ReadName, of: ReadName) => name.givens.some((given) => of.middles.includes(given))
  if (isMiddle(one, other)) return evidence(1.5, 'First name is a middle name of the other', one.given)
  if (isMiddle(other, one)) return evidence(1.5, 'First name is a middle name of the other', other.given)
  const [initial = '', otherInitial = ''] = [one.givens[0]?.charAt(0), other.givens[0]?.charAt(0)]
  const isInitial = [one, other].some(({ givens }) => givens[0]?.length === 1)
  if (isInitial && initial === otherInitial) return evidence(0.5, 'Same initial')
  return evidence(-4, 'Different first name')
}

export function compareSurnames(one: ReadName, other: ReadName): Evidence {
  if (one.surname === '' || other.surname === '') return nothing
  const names = `${one.surname} and ${other.surname}`
  switch (likest(one.surnames, other.surnames)) {
    case 'same':
      return evidence(3, 'Same surname')
    case 'sound':
      return evidence(2, 'Surname sounds alike', names)
    case 'spelling':
      return evidence(2, 'Surname spelt nearly alike', names)
    case 'nickname':
    case 'nicknames':
    case 'rhyme':
    case 'different':
      return sharePart(one, other)
        ? evidence(2, 'Surnames share a part', names)
        : evidence(-3, 'Different surname', names)
  }
}

/** Smith-Jones with Smith, and Ann Smith Jones with Ann Smith; two who have a middle name in common share none. */
function sharePart(one: ReadName, other: ReadName): boolean {
  const holds = (name: ReadName, of: ReadName) =>
    [...name.surnames, ...name.surnameParts].some((part) =>
      [...of.surnameParts, ...of.middles].includes(part)
    )
  return holds(one, other) || holds(other, one)
}

/** Vale Robin for Robin Vale; and one word alone, which may be the surname. */
function compareChangedOver(one: ReadName, other: ReadName): Names | undefined {
  const likeSurname = likest(one.givens, other.surnames)
  const isWhole = one.surname !== '' && other.surname !== ''
  if (isWhole && !isSure(likeSurname)) return undefined
  const likeGiven = likest(one.surnames, other.givens)
  if (!isWhole) {
    const isSurname = likeSurname === 'same' || likeGiven === 'same'
    return isSurname ? { given: nothing, surname: evidence(3, 'Same surname') } : undefined
  }
  if (!isSure(likeGiven)) return undefined
  const isSame = likeSurname === 'same' && likeGiven === 'same'
  const names = isSame ? '' : `${one.given} ${one.surname} and ${other.given} ${other.surname}`
  return { given: evidence(2.5, 'First and last name changed over', names), surname: evidence(2.5, '') }
}

/** What two folded words have in common, the likest first. */
const likenesses = ['same', 'nickname', 'sound', 'spelling', 'nicknames', 'rhyme', 'different'] as const
type Likeness = (typeof likenesses)[number]

const isSure = (likeness: Likeness): boolean => likenesses.indexOf(likeness) <= likenesses.indexOf('spelling')

/** The best of every pairing; 'different' where one side has no name. */
function likest(names: readonly string[], others: readonly string[]): Likeness {
  const found = new Set(names.flatMap((name) => others.map((other) => likeness(name, other))))
  return likenesses.find((each) => found.has(each)) ?? 'different'
}

function likeness(one: string, other: string): Likeness {
  if (one === other) return 'same'
  const apart = slipsBetween(one, other)
  // Amy and Emma have one code: what sounds alike is also written somewhat alike
  const isClose = apart <= Math.floor(Math.max(one.length, other.length) / 2)
  if (isClose && sounds(one).some((sound) => sounds(other).includes(sound))) return 'sound'
  const [full, otherFull] = [formalNames(one), formalNames(other)]
  if (full.includes(other) || otherFull.includes(one)) return 'nickname'
  const shortest = Math.min(one.length, other.length)
  if (shortest >= 4 && one.charAt(0) === other.charAt(0) && apart <= (shortest >= 7 ? 2 : 1))
    return 'spelling'
  if (full.some((name) => otherFull.includes(name))) return 'nicknames'
  return shortest >= 4 && apart === 1 ? 'rhyme' : 'different'
}

/** How many letters were left out, added or wrong; two beside each other that changed places are one slip. */
function slipsBetween(one: string, other: string): number {
  const apart = distance(one, other)
  return apart === 2 && areChangedOver(one, other) ? 1 : apart
}

function areChangedOver(one: string, other: string): boolean {
  const at = [...one].findIndex((_, index) => one[index] !== other[index])
  const [first = '', second = ''] = [one[at], one[at + 1]]
  return one.slice(0, at) + second + first + one.slice(at + 2) === other
}

/** `Bob for Robert`, whichever was said first. */
function nicknameFirst(one: ReadName, other: ReadName): string {
  const isShort = one.givens.some((name) => other.givens.some((full) => formalNames(name).includes(full)))
  return isShort ? `${one.given} for ${other.given}` : `${other.given} for ${one.given}`
}

/** Both names the same are one reason, not two. */
function withWholeName(all: readonly Evidence[], given: Evidence, surname: Evidence): Evidence[] {
  if (given.says !== 'Same first name' || surname.says !== 'Same surname') return [...all]
  const rest = all.filter((each) => each !== given && each !== surname)
  return [...rest, evidence(given.weight + surname.weight, 'Same name')]
}

export const told = (all: readonly Evidence[]): Reason[] =>
  all
    .filter(({ says }) => says !== '')
    .sort((a, b) => b.weight - a.weight)
    .map(({ says, names }) => ({ says, names }))

const sum = (all: readonly Evidence[]): number => all.reduce((points, { weight }) => points + weight, 0)

import { doubleMetaphone } from 'double-metaphone'
import type { CivilDate } from '../ids.ts'
import { isRealDate } from '../time/london.ts'
import { fold } from './fold.ts'
import { formalNames } from './nicknames.ts'

/** A name taken apart, in every way in which the same person may be called. All but what was written is folded. */
export interface ReadName {
  /** As written; '' where there is none. */
  given: string
  /** As written; '' where the name is one word. */
  surname: string
  /** `Anne-Marie` and `Anne Marie` are annemarie and anne. */
  givens: string[]
  middles: string[]
  /** The whole surname: `O Brien` is also obrien, `Smith Jones` also smithjones. */
  surnames: string[]
  /** Of a double-barrelled surname. */
  surnameParts: string[]
}

/**
 * The words under which a person is found again although a name is spelt as it sounds, a nickname stands for a name,
 * or first and last name changed places (L15): letters and digits only, so that each is one word of a full-text index.
 */
export interface PersonKeys {
  /** Given name and surname together, as they sound, in either order. */
  names: string[]
  /** One name as it sounds, with the first letter of the other: what is left where one of them is misspelt. */
  initials: string[]
  surnames: string[]
  /** The date as told, and with day and month changed over where that is a date too. */
  births: string[]
  upn: string[]
  postcode: string[]
}

export interface KeyedPerson {
  name: string
  /** '' where it is not known. */
  birthDate: CivilDate
  upn: string
  postcode: string
}

/** Middle names beyond these are not looked at: a field for one name may hold a whole family's. */
const MIDDLE_NAMES = 3

export function personKeys({ name, birthDate, upn, postcode }: KeyedPerson): PersonKeys {
  const { givens, middles, surnames, surnameParts } = readName(name)
  const pairs = givens.flatMap((given) =>
    [...surnames, ...surnameParts, ...middles].map((surname) => [given, surname] as const)
  )
  return {
    names: unique(pairs.flatMap(([given, surname]) => asTheySound(given, surname))).map((key) => `n${key}`),
    initials: unique(
      pairs.flatMap(([given, surname]) => [...initialWith(given, surname), ...initialWith(surname, given)])
    ).map((key) => `i${key}`),
    surnames: unique([...surnames, ...surnameParts].flatMap(sounds)).map((key) => `f${key}`),
    births: birthDates(birthDate).map(birthWord),
    upn: oneWord('u', upn),
    postcode: oneWord('p', postcode)
  }
}

/** Every key of a person, for the index: of the dates only the one that was told. */
export function indexedKeys(person: KeyedPerson): string {
  const keys = personKeys(person)
  return [
    ...keys.names,
    ...keys.initials,
    ...keys.surnames,
    ...keys.births.slice(0, 1),
    ...keys.upn,
    ...keys.postcode
  ].join(' ')
}

/** A name as it was typed, taken apart; `Vale, Robin` is Robin Vale. */
export function readName(name: string): ReadName {
  const words = inOrder(name)
    .split(/\s+/)
    .map((written) => ({ written, parts: parts(written) }))
    .filter((word) => word.parts.length > 0)
  const first = words[0]?.parts ?? []
  const last = words.length > 1 ? (words.at(-1)?.parts ?? []) : []
  const between = words.slice(1, -1).flatMap((word) => word.parts)
  const hasMiddle = between.length > 0
  return {
    given: words[0]?.written ?? '',
    surname: words.length > 1 ? (words.at(-1)?.written ?? '') : '',
    givens: named(first.join(''), first[0], hasMiddle && first.join('') + (between[0] ?? '')),
    middles: between.slice(0, MIDDLE_NAMES),
    surnames: named(last.join(''), hasMiddle && (between.at(-1) ?? '') + last.join('')),
    surnameParts: last.length > 1 ? last : []
  }
}

/** One or two codes of how a word sounds; a word that has none sounds as it is written. */
export function sounds(word: string): string[] {
  if (word === '') return []
  const codes = doubleMetaphone(word).filter(Boolean)
  return unique(codes.length > 0 ? codes : [word]).map((code) => code.toLowerCase())
}

/** A date, and the one that it becomes where day and month are told the other way round. */
export function birthDates(date: CivilDate): CivilDate[] {
  if (date === '') return []
  const swapped = changedOver(date)
  return unique([date, ...(isRealDate(swapped) ? [swapped] : [])])
}

/** Day and month in each other's place; that need not be a date. */
export function changedOver(date: CivilDate): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return `${year}-${day}-${month}`
}

/** A date with two figures that stand side by side in each other's place; that need not be a date. */
export const figuresChangedOver = (date: CivilDate): string[] =>
  [...date].map((figure, index) => {
    const next = date.charAt(index + 1)
    const isPair = /\d/.test(figure) && /\d/.test(next) && figure !== next
    return isPair ? date.slice(0, index) + next + figure + date.slice(index + 2) : date
  })

/** Dates that are told for this one by a slip: one figure wrong, or two changed over. */
export function nearDates(date: CivilDate): CivilDate[] {
  const figures = [...date].flatMap((figure, index) =>
    /\d/.test(figure)
      ? [...'0123456789'].map((other) => date.slice(0, index) + other + date.slice(index + 1))
      : []
  )
  return unique([...figures, ...figuresChangedOver(date)]).filter((each) => each !== date && isRealDate(each))
}

/** The words of these dates in the index. */
export const nearBirths = (date: CivilDate): string[] => nearDates(date).map(birthWord)

/** Letters and digits of a number or code, without spaces, dashes and capitals (L16). */
export const bareCode = (text: string): string => fold(text).replace(/[^a-z0-9]/g, '')

function inOrder(name: string): string {
  const [surname = '', given = ''] = name.split(',')
  return given.trim() === '' ? name : `${given} ${surname}`
}

/** The folded words of one written word: `Smith-Jones` is smith and jones. */
const parts = (written: string): string[] =>
  written
    .split(/\p{Pd}/u)
    .flatMap((part) => fold(part).split(/[^\p{L}\p{N}]+/u))
    .filter(Boolean)

const named = (...names: (string | undefined | false)[]): string[] =>
  unique(names.filter((name): name is string => typeof name === 'string' && name !== ''))

const soundsOfName = (word: string): string[] => unique([word, ...formalNames(word)].flatMap(sounds))

const asTheySound = (given: string, surname: string): string[] =>
  soundsOfName(given).flatMap((one) => soundsOfName(surname).map((other) => [one, other].sort().join('0')))

const initialWith = (word: string, other: string): string[] =>
  unique([word, ...formalNames(word)].map((name) => String.fromCodePoint(name.codePointAt(0) ?? 0))).flatMap(
    (initial) => sounds(other).map((sound) => `${initial}0${sound}`)
  )

const oneWord = (letter: string, text: string): string[] => {
  const word = bareCode(text)
  return word === '' ? [] : [letter + word]
}

const birthWord = (date: CivilDate): string => `b${date.replaceAll('-', '')}`

const unique = (values: readonly string[]): string[] => [...new Set(values)]

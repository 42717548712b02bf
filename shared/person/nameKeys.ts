import { doubleMetaphone } from 'double-metaphone'
import type { CivilDate } from '../ids.ts'
import { isRealDate } from '../time/london.ts'
import { fold } from './fold.ts'
import { formalName } from './nicknames.ts'

/**
 * The words under which a person is found again although a name is spelt as it sounds, a nickname stands for a name,
 * or first and last name changed places (L15): letters and digits only, so that each is one word of a full-text index.
 */
export interface PersonKeys {
  /** Given name and surname together, as they sound, in either order. */
  names: string[]
  /** The surname as it sounds, with the first letter of the given name. */
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

export function personKeys({ name, birthDate, upn, postcode }: KeyedPerson): PersonKeys {
  const words = nameWords(name)
  const given = formalName(words[0] ?? '')
  const surname = words.length > 1 ? (words.at(-1) ?? '') : ''
  const surnameSounds = sounds(surname)
  const both = sounds(given).flatMap((first) => surnameSounds.map((last) => [first, last].sort().join('0')))
  return {
    names: unique(both).map((each) => `n${each}`),
    initials: surnameSounds.map((last) => `i${given.charAt(0)}0${last}`),
    surnames: surnameSounds.map((last) => `f${last}`),
    births: birthDates(birthDate).map((date) => `b${date.replaceAll('-', '')}`),
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

/** A name as words to compare; `Vale, Robin` is Robin Vale. */
export function nameWords(name: string): string[] {
  const [surname = '', given] = name.split(',')
  const inOrder = given === undefined || given.trim() === '' ? name : `${given} ${surname}`
  return fold(inOrder)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
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
  const [year = '', month = '', day = ''] = date.split('-')
  const swapped = `${year}-${day}-${month}`
  return unique([date, ...(isRealDate(swapped) ? [swapped] : [])])
}

const oneWord = (letter: string, text: string): string[] => {
  const word = fold(text).replace(/[^a-z0-9]/g, '')
  return word === '' ? [] : [letter + word]
}

const unique = (values: string[]): string[] => [...new Set(values)]

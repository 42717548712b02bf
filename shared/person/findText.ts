import { readDeskReference, type DeskReference } from '../account/deskCode.ts'
import type { CivilDate } from '../ids.ts'
import { readBirth } from './birth.ts'
import { readPhone } from './phone.ts'
import { readPostcode } from './postcode.ts'
import { upnLooksRight } from './upn.ts'

/** What was typed in the one box, taken apart. An empty text was not typed. */
export interface FindText {
  /** As typed, without what was recognised as something else; it may be the beginning of a name. */
  name: string
  birthDate: CivilDate
  ageYears: number | null
  /** Written the usual way. */
  postcode: string
  /** Digits, as `readPhone` gives them. */
  phone: string
  upn: string
  reference: DeskReference | undefined
}

/** The most words that one thing is written with: `3 September 2015`, `A12 3456 7890 12`. */
const LONGEST = 5

/**
 * Reads the one box (L16): a name, a date of birth or an age as spoken, a postcode with or without its space, a phone
 * number, a UPN and a reference, in any order and mixture. Whatever is none of these is taken for a name; what holds a
 * figure and means nothing is left out.
 *
 * @param on the London day it is asked on: a date of birth does not lie after it
 */
export function readFindText(text: string, on: CivilDate): FindText {
  const words = text.normalize('NFC').split(/\s+/).filter(Boolean)
  const found: FindText = {
    name: '',
    birthDate: '',
    ageYears: null,
    postcode: '',
    phone: '',
    upn: '',
    reference: undefined
  }
  const rest = readings(on).reduce((left, reading) => takeOut(left, reading, found), words)
  return { ...found, name: nameOf(rest) }
}

/** As it may be typed, O for nought among it; a house number and a street are none. */
const POSTCODE = /^[a-z]{1,2}[\doi][a-z\d]? ?[\doi][a-z]{2}$/i

/** Tells whether some words are a thing of one kind, and keeps what they say; undefined where they are not. */
type Reading = (words: string[], said: string) => Partial<FindText> | undefined

/** The surest come first: after them a telephone number is no date, and a date no age. */
const readings = (on: CivilDate): Reading[] => [
  (_, said) => whereRead(readDeskReference(said), (reference) => ({ reference })),
  (_, said) => (upnLooksRight(said) ? { upn: said } : undefined),
  (words, said) => (isDateApart(words) ? birthIn(said, on) : undefined),
  (words, said) => (startsPhone(words) && isPhone(said) ? { phone: readPhone(said).digits } : undefined),
  (_, said) =>
    POSTCODE.test(said) ? whereRead(readPostcode(said), (postcode) => ({ postcode })) : undefined,
  (_, said) => (/^\d{6}(?:\d{2})?$/.test(said) ? birthIn(said, on) : undefined),
  (words, said) => (isDateInWords(words) ? birthIn(said, on) : undefined),
  (_, said) => (/[a-z]/i.test(said) && /\d/.test(said) ? birthIn(said, on) : undefined)
]

const whereRead = <T>(value: T | undefined, as: (value: T) => Partial<FindText>) =>
  value === undefined ? undefined : as(value)

/** `3/9/15`, `3 9 2015`: four figures of a year, or one word with separators, are nothing else. */
const isDateApart = (words: readonly string[]): boolean =>
  words.length === 1
    ? /^\d+[/.,-]\d+[/.,-]\d+$/.test(words[0] ?? '')
    : words.length === 3 && /^\d{1,2} \d{1,2} (?:19|20)\d\d$/.test(words.join(' '))

/** `3 9 15`, `3rd of September 2015`. */
const isDateInWords = (words: readonly string[]): boolean =>
  words.length >= 2 && /^\d{1,2}(?:st|nd|rd|th)?\b/i.test(words[0] ?? '') && /\d$/.test(words.at(-1) ?? '')

function birthIn(said: string, on: CivilDate): Partial<FindText> | undefined {
  const birth = readBirth(said, on)
  if (birth.kind === 'date') return { birthDate: birth.date }
  return birth.kind === 'age' ? { ageYears: birth.years } : undefined
}

/** A number is read out with its code first; a date is not. */
const startsPhone = (words: readonly string[]): boolean => /^\(?(?:\+\d|0\d{2})/.test(words[0] ?? '')

const isPhone = (said: string): boolean =>
  /^[+\d][\d\s().-]*$/.test(said.replace(/^\(/, '')) &&
  said.replace(/\D/g, '').length >= 10 &&
  readPhone(said).possible

/** What stands before a thing and names it. */
const LABEL = /^(?:dob|born|upn|tel|phone|mobile|postcode|ref|reference|aged?)$/

/** Takes the first thing of a kind out of the words, the longest way in which it can be read, with what names it. */
function takeOut(words: string[], reading: Reading, found: FindText): string[] {
  for (let from = 0; from < words.length; from++) {
    for (let length = Math.min(LONGEST, words.length - from); length > 0; length--) {
      const taken = words.slice(from, from + length).map(withoutStop)
      const value = reading(taken, taken.join(' '))
      if (!value) continue
      Object.assign(found, value)
      return [...withoutLabel(words.slice(0, from)), ...words.slice(from + length)]
    }
  }
  return words
}

const withoutStop = (word: string): string => word.replace(/[,;:]+$/, '')

/** A comma before what was taken out divided it from the name, and not a surname from a first name. */
function withoutLabel(before: string[]): string[] {
  const last = withoutStop(before.at(-1) ?? '')
  const rest = before.slice(0, -1)
  if (last === '') return rest
  return LABEL.test(last.toLowerCase().replaceAll('.', '')) ? withoutLabel(rest) : [...rest, last]
}

const nameOf = (words: readonly string[]): string =>
  words
    .filter((word) => /\p{L}/u.test(word) && !/\d/.test(word))
    .join(' ')
    .replace(/[,;:\s]+$/, '')

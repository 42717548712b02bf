import type { ToldRecord } from '../export/told.ts'
import type { CivilDate } from '../ids.ts'
import { alsoCalled } from '../person/nicknames.ts'
import { readPhone } from '../person/phone.ts'
import { findPostcode } from '../person/postcode.ts'
import { finderOf, wantedKey, type Wanted } from './finder.ts'
import { textsOf } from './redact.ts'
import { foldedLetters, wordsOf } from './wordsOf.ts'

/** What somebody may be known by, wherever it stands. */
export const tellsOf = ['name', 'nickname', 'address', 'phone', 'birth', 'number'] as const
export type Tells = (typeof tellsOf)[number]

/** All that the record knows somebody by, or a person by who asks: every version of it. */
export interface KnownBy {
  /** Shown beside what is suggested: a name, or what stands for one. */
  who: string
  names: readonly string[]
  addresses: readonly string[]
  phones: readonly string[]
  births: readonly CivilDate[]
  numbers: readonly string[]
}

/** A stretch of a text that may tell of somebody else. Only ever shown: nothing is blacked out without a person's yes. */
export interface Suggestion {
  path: string
  from: number
  to: number
  tells: Tells
  /** Everybody whom it may be. */
  who: string[]
}

type Means = Pick<Suggestion, 'tells'> & { who: string }
type Wants = Omit<Wanted<Means>, 'means'> & { tells: Tells }

/** No names, or not by themselves. */
const NO_NAMES = new Set(
  'mr mrs ms miss mx dr prof rev sir lady baby unborn unknown not known the and of de la le du da do dos di van von der den al el bin ibn abu mac mc st san ap ab'.split(
    ' '
  )
)
/** Given names and surnames that are words too: only where they do not begin small. */
const WORDS_TOO = new Set(
  'amber april art asher august autumn bill bishop black blue brook brooke brown carol chance charity christian daisy dawn dean drew eve faith field fields frank gene ginger glen good grace grant gray green guy hall hazel heath heather hill holly hope hunter iris ivy jack jade jay joy june king lane law lily long love mark marsh mason max may mercy mill miles nick noble north old olive pat pearl penny poppy price ray reed rich rob robin rock rose ruby rush sandy short sky skye star stone storm sue summer sunny terry trinity wade ward wells west white will win wood woods young'.split(
    ' '
  )
)
const ROADS: Record<string, string> = {
  road: 'rd',
  street: 'st',
  avenue: 'ave',
  lane: 'ln',
  close: 'cl',
  drive: 'dr',
  crescent: 'cres',
  gardens: 'gdns',
  court: 'ct'
}
const MONTHS = 'january february march april may june july august september october november december'.split(
  ' '
)
/** Of a phone number; fewer digits may be anything. */
const FEWEST_DIGITS = 7

const foldedWords = (text: string): string[] => wordsOf(text).map(({ folded }) => folded)
const wants = (tells: Tells, words: readonly string[], isNoSmallLetter = false): Wants => ({
  words,
  between: 'space',
  isNoSmallLetter,
  tells
})

/** The whole name in either order, its first and last with or without the letters between, and each part by itself. */
function ofName(name: string): Wants[] {
  const written = name.split(/[\s,]+/)
  const parts = written.map(foldedWords).filter((words) => words.length > 0 && !NO_NAMES.has(words.join('')))
  const first = parts[0] ?? []
  const last = parts.at(-1) ?? []
  const together =
    parts.length < 2
      ? []
      : [
          foldedWords(name),
          parts.flat(),
          [...first, ...last],
          [...last, ...first],
          [first.join('').slice(0, 1), ...last]
        ]
  const halves = written.flatMap((part) => part.split(/\p{Pd}/u).map(foldedWords))
  const alone = [...parts, ...halves].filter(
    (words) => words.join('').length > 1 && !NO_NAMES.has(words.join(''))
  )
  const pets = alsoCalled(first.join(''))
  return [
    ...together.map((words) => wants('name', words)),
    ...alone.map((words) => wants('name', words, WORDS_TOO.has(words.join('')) || words.join('').length < 3)),
    ...pets.map((pet) => wants('nickname', [pet], true))
  ]
}

/** Whole, by its lines, by its street and by its postcode. A town by itself tells nothing. */
function ofAddress(address: string): Wants[] {
  const postcode = findPostcode(address)
  const lines = address.split(/[,\n]/).map(foldedWords)
  const streets = lines.map((line) => line.slice(line.findLastIndex((word) => /\d/.test(word)) + 1))
  const places = [foldedWords(address), ...lines, ...streets].filter((words) => words.length > 1)
  const abbreviated = places.map((words) => words.map((word) => ROADS[word] ?? word))
  return [
    ...[...places, ...abbreviated].map((words) => wants('address', words)),
    ...(postcode === undefined ? [] : [wants('address', foldedWords(postcode))])
  ]
}

/** In any grouping, from England or with the country before it. */
function ofPhone(number: string): Wants[] {
  const { digits } = readPhone(number)
  if (digits.length < FEWEST_DIGITS) return []
  const after = digits.startsWith('0') ? digits.slice(1) : digits
  return [...new Set([digits, `44${after}`, `0044${after}`, `440${after}`])].map((each) =>
    wants('phone', each.split(''))
  )
}

/** `03/09/2015`, `3.9.15`, `3 Sept 2015`, `3rd of September 2015`, `2015-09-03`, `03092015`. */
function ofBirth(date: CivilDate): Wants[] {
  const [year = '', month = '', day = ''] = date.split('-')
  const name = MONTHS[Number(month) - 1] ?? ''
  const days = [...new Set([day, String(Number(day))])]
  const ordinals = ['st', 'nd', 'rd', 'th'].map((ending) => String(Number(day)) + ending)
  const months = [...new Set([month, String(Number(month))])]
  const years = [year, year.slice(2)]
  const named = [name, name.slice(0, 3), name.slice(0, 4)]
  const written = years.flatMap((y) => [
    ...days.flatMap((d) => months.map((m) => [d, m, y])),
    ...[...days, ...ordinals].flatMap((d) =>
      named.flatMap((m) => [
        [d, m, y],
        [d, 'of', m, y]
      ])
    ),
    ...named.flatMap((m) => days.map((d) => [m, d, y]))
  ])
  return [
    ...[...written, [year, month, day]].map((words) => ({
      ...wants('birth', words),
      between: 'mark' as const
    })),
    wants('birth', [day + month + year])
  ]
}

const ofKnown = ({ names, addresses, phones, births, numbers }: KnownBy): Wants[] => [
  ...names.flatMap(ofName),
  ...addresses.flatMap(ofAddress),
  ...phones.flatMap(ofPhone),
  ...births.flatMap(ofBirth),
  ...numbers.map((number) => wants('number', [foldedLetters(number)]))
]

/**
 * Looks for what other people are known by. What the person themselves is known by as well is not looked for, such as the
 * surname or the address of a family: it is theirs.
 *
 * @returns asks an item; as it may be asked of any number of them
 */
export function suggester(
  others: readonly KnownBy[],
  own: KnownBy
): (item: Pick<ToldRecord, 'texts' | 'files'>) => Suggestion[] {
  const ownKeys = new Set(ofKnown(own).map(wantedKey))
  const wanted = new Map<string, Wanted<Means>>()
  for (const other of others) {
    for (const { tells, ...each } of ofKnown(other)) {
      const key = wantedKey(each)
      if (key === '' || ownKeys.has(key)) continue
      wanted.set(`${tells} ${key} ${other.who}`, { ...each, means: { tells, who: other.who } })
    }
  }
  const find = finderOf([...wanted.values()])
  return (item) =>
    textsOf(item).flatMap(({ path, text }) =>
      find(text).map(({ from, to, means }) => {
        const tells = means[0]?.tells ?? 'name'
        const who = [...new Set(means.map((each) => each.who))]
        return { path, from: tells === 'phone' ? dialled(text, from) : from, to, tells, who }
      })
    )
}

/** Where a number begins whose first digits begin at `from`: with its `+` or its bracket. */
const dialled = (text: string, from: number): number =>
  from - (/[+(]*$/.exec(text.slice(Math.max(0, from - 2), from))?.[0].length ?? 0)

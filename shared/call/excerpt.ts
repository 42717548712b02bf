import type { Piece } from './filter.ts'

/** Of which parts of a call an excerpt can come. */
export const typedParts = [
  'concern',
  'advice',
  'disagreement',
  'level-why',
  'child',
  'action',
  'addendum',
  'attempt',
  'referral',
  'in-error',
  'caller',
  'phone',
  'school',
  'confirmed-by',
  'set-back',
  'level',
  'reference'
] as const
export type TypedPart = (typeof typedParts)[number]

/** Something typed in a call or a case note, and where. */
export interface Typed<Part extends string = TypedPart> {
  part: Part
  text: string
}

/** Where searched words stand; `part` is '' and there are no pieces where they stand in no one text. */
export interface Excerpt<Part extends string = TypedPart> {
  part: Part | ''
  pieces: Piece[]
}

export const noExcerpt: Excerpt<never> = { part: '', pieces: [] }

const LENGTH = 160
/** Of those, how many may stand before the first hit. */
const BEFORE = 50
/** How far a cut may move to fall between two words. */
const TO_A_SPACE = 20

interface Hit {
  start: number
  end: number
  /** Which of the searched words, each counted once however often it stands in the text. */
  words: number[]
}

/** What a person searches for, word by word. The full-text index is asked for each as the beginning of a word. */
export function searchedWords(text: string): string[] {
  return text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? []
}

/** As the index compares (FTS5, unicode61, remove_diacritics 2): without accents and capitals. */
function folded(word: string): string {
  return word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

function hitsIn(text: string, words: readonly string[]): Hit[] {
  const wanted = [...new Set(words.map(folded))].filter((word) => word !== '')
  if (wanted.length === 0) return []
  const hits: Hit[] = []
  // a letter may be followed by the accent that belongs to it
  for (const { 0: token, index } of text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu)) {
    const compared = folded(token)
    const found = wanted.flatMap((word, at) => (compared.startsWith(word) ? [at] : []))
    if (found.length > 0) hits.push({ start: index, end: index + token.length, words: found })
  }
  return hits
}

/** A text in pieces, of which those are hits that begin with one of the words. Joined, they are the text. */
export function marked(text: string, words: readonly string[]): Piece[] {
  return pieces(text, 0, text.length, hitsIn(text, words))
}

/**
 * About 160 characters of the text that has the most of the words, around the place where most of them stand
 * together. Joined without the ellipses at its ends, the pieces are a part of that text.
 */
export function excerptOf<Part extends string>(
  texts: readonly Typed<Part>[],
  words: readonly string[]
): Excerpt<Part> {
  let best: { typed: Typed<Part>; hits: Hit[]; count: number } | undefined
  for (const typed of texts) {
    const hits = hitsIn(typed.text, words)
    const count = distinct(hits)
    if (count > (best?.count ?? 0)) best = { typed, hits, count }
  }
  if (!best) return noExcerpt
  const { text, part } = best.typed
  const start = startOf(text, best.hits)
  const end = text.length - start <= LENGTH ? text.length : cutAtWord(text, start + LENGTH, -1)
  const inside = best.hits.filter((hit) => hit.start >= start && hit.start < end)
  const shown = pieces(text, start, end, inside)
  if (start > 0) shown.unshift({ text: '… ', hit: false })
  if (end < text.length) shown.push({ text: ' …', hit: false })
  return { part, pieces: shown }
}

/** About 160 characters from the beginning of a text, for what was found without a word of it to mark. */
export function beginningOf<Part extends string>({ part, text }: Typed<Part>): Excerpt<Part> {
  const end = text.length <= LENGTH ? text.length : cutAtWord(text, LENGTH, -1)
  return { part, pieces: [{ text: end < text.length ? `${text.slice(0, end)} …` : text, hit: false }] }
}

const distinct = (hits: readonly Hit[]): number => new Set(hits.flatMap(({ words }) => words)).size

/** Where the excerpt begins: a little before the first of the hits that have the most words in reach. */
function startOf(text: string, hits: readonly Hit[]): number {
  let best = { start: 0, count: 0 }
  for (const [index, { start }] of hits.entries()) {
    const count = distinct(inReach(hits, index, start + LENGTH - BEFORE - TO_A_SPACE))
    if (count > best.count) best = { start, count }
  }
  // no further back near the end of the text either: what stands far into a line is cut off on the screen
  const wanted = best.start - BEFORE
  return wanted <= 0 ? 0 : cutAtWord(text, wanted, 1)
}

/** The hit at `first`, and those after it that end by `reach`. */
function inReach(hits: readonly Hit[], first: number, reach: number): Hit[] {
  let next = first + 1
  while ((hits[next]?.end ?? Infinity) <= reach) next += 1
  return hits.slice(first, next)
}

/** A place to cut near `at`, in a direction: at a space where there is one, and never through a character. */
function cutAtWord(text: string, at: number, direction: 1 | -1): number {
  for (let moved = 0; moved <= TO_A_SPACE; moved += 1) {
    const place = at + moved * direction
    if (/\s/.test(text.charAt(direction > 0 ? place - 1 : place))) return place
  }
  return isWithinCharacter(text, at) ? at - 1 : at
}

const isWithinCharacter = (text: string, at: number): boolean => (text.codePointAt(at - 1) ?? 0) > 0xffff

function pieces(text: string, start: number, end: number, hits: readonly Hit[]): Piece[] {
  const found: Piece[] = []
  let from = start
  const add = (to: number, hit: boolean) => {
    if (to > from) found.push({ text: text.slice(from, to), hit })
    from = to
  }
  for (const hit of hits) {
    add(hit.start, false)
    add(Math.min(hit.end, end), true)
  }
  add(end, false)
  return found
}

import { isWithinAName, wordsOf, type Word } from './wordsOf.ts'

/**
 * Words to look for, as they are compared, one after the other. Between two of them `space` may stand or nothing
 * (`SG13 8EQ`, `SG138EQ`), `mark` must something (`3/9/15`, never `3915`).
 */
export interface Wanted<M> {
  words: readonly string[]
  between: 'space' | 'mark'
  /** A word that means something else as well is a name only where it does not begin small. */
  isNoSmallLetter: boolean
  means: M
}

/** Where wanted words stand, and what they mean there. */
export interface Place<M> {
  from: number
  to: number
  means: M[]
}

interface Node<M> {
  next: Map<string, Node<M>>
  ends: Pick<Wanted<M>, 'isNoSmallLetter' | 'means'>[]
}
const node = <M>(): Node<M> => ({ next: new Map(), ends: [] })

const SPACE = ' '
const MARK = '/'
/** Two words with more than this between them are no name. */
const FAR = 12

/** The same for any spelling that finds the same places. */
export const wantedKey = ({ words, between }: Pick<Wanted<unknown>, 'words' | 'between'>): string =>
  words.join(between === 'space' ? SPACE : MARK)

/**
 * Finds wanted words wherever they stand as whole words, in one walk through a text however many are wanted. The longest that
 * begins somewhere counts; none overlaps another.
 */
export function finderOf<M>(wanted: readonly Wanted<M>[]): (text: string) => Place<M>[] {
  const root = node<M>()
  for (const each of wanted) place(root, each)
  return (text) => {
    const words = wordsOf(text)
    const places: Place<M>[] = []
    for (let at = 0; at < words.length;) {
      const found = longestFrom(root, text, words, at)
      if (found) places.push(found.place)
      at += found?.words ?? 1
    }
    return places
  }
}

function place<M>(root: Node<M>, each: Wanted<M>): void {
  let here = root
  for (const letter of wantedKey(each)) {
    const next = here.next.get(letter) ?? node<M>()
    here.next.set(letter, next)
    here = next
  }
  if (here !== root) here.ends.push(each)
}

function longestFrom<M>(
  root: Node<M>,
  text: string,
  words: readonly Word[],
  first: number
): { place: Place<M>; words: number } | undefined {
  const from = words[first]?.from ?? 0
  const isSmall = /^\p{Ll}/u.test(text.slice(from, from + 2))
  let found: { place: Place<M>; words: number } | undefined
  let nodes = [root]
  for (const [index, word] of words.slice(first, first + 60).entries()) {
    const before = words[first + index - 1]
    if (index > 0 && before) nodes = across(nodes, text.slice(before.to, word.from))
    for (const letter of word.folded) nodes = after(nodes, letter)
    if (nodes.length === 0) break
    const ends = nodes.flatMap((each) => each.ends).filter((end) => !(end.isNoSmallLetter && isSmall))
    if (ends.length > 0) {
      found = { place: { from, to: word.to, means: ends.map(({ means }) => means) }, words: index + 1 }
    }
  }
  return found
}

/** Where one may be behind what stands between two words of a text. */
function across<M>(nodes: readonly Node<M>[], between: string): Node<M>[] {
  if (between.length > FAR) return []
  const beyond = nodes.flatMap(({ next }) => [next.get(SPACE), next.get(MARK)].filter((each) => !!each))
  return between === '' || isWithinAName(between) ? [...nodes, ...beyond] : beyond
}

/** Where one may be behind a letter; the space before it need not have been there. */
const after = <M>(nodes: readonly Node<M>[], letter: string): Node<M>[] =>
  [...new Set(nodes.flatMap(({ next }) => [next.get(letter), next.get(SPACE)?.next.get(letter)]))].filter(
    (each) => !!each
  )

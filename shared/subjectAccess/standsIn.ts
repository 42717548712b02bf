import { finderOf } from './finder.ts'
import { foldedLetters, isWithinAName, wordsOf } from './wordsOf.ts'

/** Where words stand in a text: as whole words, or inside others, as `Ann` does in `Annual`. */
export interface Standing {
  from: number
  to: number
  isInside: boolean
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * Asks a text for some words, in whatever form they stand there; `undefined` where there is no letter in what is looked for.
 * Nothing that is found overlaps.
 */
export function standsIn(words: string): ((text: string) => Standing[]) | undefined {
  const letters = foldedLetters(words)
  if (letters === '') return undefined
  const wanted = wordsOf(words).map(({ folded }) => folded)
  const find = finderOf([
    {
      words: wanted,
      ...{ between: 'space' as const, isNoSmallLetter: false, means: null }
    }
  ])
  return (text) => {
    // most texts say nothing of it, and this is asked of every text there is
    if (!foldedLetters(text).includes(letters)) return []
    const whole = find(text).map(({ from, to }) => ({ from, to, isInside: false }))
    const inside = insideOthers(text, [wanted.join(' '), letters]).filter(
      ({ from, to }) => !whole.some((each) => each.from < to && from < each.to)
    )
    return [...whole, ...inside].sort((one, other) => one.from - other.from)
  }
}

function insideOthers(text: string, written: readonly string[]): Standing[] {
  const { folded, origins } = lettersOf(text)
  return [...new Set(written)].flatMap((words) => {
    const found: Standing[] = []
    for (let at = folded.indexOf(words); at >= 0; at = folded.indexOf(words, at + words.length)) {
      const from = origins[at]?.from ?? 0
      const to = origins[at + words.length - 1]?.to ?? text.length
      found.push({ from, to, isInside: true })
    }
    return found
  })
}

/** The letters of a text as they are compared, each with where it stands; a space where two words are apart. */
function lettersOf(text: string): { folded: string; origins: { from: number; to: number }[] } {
  let folded = ''
  const origins: { from: number; to: number }[] = []
  for (const { segment, index } of graphemes.segment(text)) {
    const letters = foldedLetters(segment) || (isWithinAName(segment) || folded.endsWith(' ') ? '' : ' ')
    folded += letters
    for (let unit = 0; unit < letters.length; unit += 1) {
      origins.push({ from: index, to: index + segment.length })
    }
  }
  return { folded, origins }
}

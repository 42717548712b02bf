import { fold } from '../person/fold.ts'

/** A first name of one letter is an initial, and stands everywhere. */
const SHORTEST = 2

/**
 * Whether a text names somebody by a first name that they go by or went by: as a word of its own, however it is written
 * (`Robin’s`, `ROBIN`, `Róbin`). By the family name the whole family is named.
 */
export function namesIn(names: readonly string[]): (...texts: string[]) => boolean {
  const first = names.map((name) => fold(name).split(' ')[0] ?? '').filter((word) => word.length >= SHORTEST)
  const wanted = new Set(first.flatMap((word) => [word, `${word}s`]))
  if (wanted.size === 0) return () => false
  return (...texts) =>
    texts.some((text) =>
      fold(text)
        .split(/[^\p{L}\p{N}]+/u)
        .some((word) => wanted.has(word))
    )
}

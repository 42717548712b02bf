/** What stands between double braces. */
const FIELD = /\{\{([^{}]*)\}\}/g

/** A stretch of a letter: words, or a field as it was written. */
export interface LetterPiece {
  text: string
  isField: boolean
}

/** A text in its pieces, in their order: joined they are the text again. */
export function letterPieces(text: string): LetterPiece[] {
  const pieces: LetterPiece[] = []
  let end = 0
  for (const { 0: written, index } of text.matchAll(FIELD)) {
    pieces.push({ text: text.slice(end, index), isField: false }, { text: written, isField: true })
    end = index + written.length
  }
  return [...pieces, { text: text.slice(end), isField: false }].filter((piece) => piece.text !== '')
}

/** What stands between double braces, as it was written, each once and in the order of the text. */
export const fieldsLeft = (text: string): string[] => [
  ...new Set(
    letterPieces(text)
      .filter((piece) => piece.isField)
      .map((piece) => piece.text)
  )
]

/** What stands between double braces and is none of a letter's fields, as it was written, each once. */
export const unknownFields = (text: string, fields: readonly string[]): string[] =>
  fieldsLeft(text).filter((written) => !fields.includes(nameOf(written)))

/** Two braces that begin or end no field: a slip that would be printed as it stands. */
export const hasLooseBraces = (text: string): boolean => /\{\{|\}\}/.test(text.replace(FIELD, ''))

const nameOf = (written: string): string => written.slice(2, -2).trim()

/**
 * A template with its fields filled in. `known` has every field that such a letter may name. What is not known ('') stands
 * as it was written, for a person to fill in, and is named in `missing`, each once and in the order of the text. What is
 * filled in is never looked at for fields again.
 */
export function fillIn<F extends string>(
  text: string,
  known: Readonly<Record<F, string>>
): { text: string; missing: F[] } {
  const isField = (name: string): name is F => Object.hasOwn(known, name)
  const missing = new Set<F>()
  const filled = text.replace(FIELD, (written) => {
    const name = nameOf(written)
    if (!isField(name)) return written
    if (known[name] === '') missing.add(name)
    return known[name] || written
  })
  return { text: filled, missing: [...missing] }
}

import { letterFields, type LetterField } from './letter.ts'

const FIELD = /\{\{\s*([A-Za-z]*)\s*\}\}/g

const isField = (name: string): name is LetterField => (letterFields as readonly string[]).includes(name)

/** What stands between double braces and no letter can fill in, each once. */
export const unknownFields = (text: string): string[] => [
  ...new Set([...text.matchAll(FIELD)].map(([, name = '']) => name).filter((name) => !isField(name)))
]

/**
 * A template with its fields filled in. What is not known ('') stands as it was written, for a person to fill in, and is
 * named in `missing`, each once and in the order of the text.
 */
export function fillIn(
  text: string,
  known: Readonly<Record<LetterField, string>>
): { text: string; missing: LetterField[] } {
  const missing = new Set<LetterField>()
  const filled = text.replace(FIELD, (written, name: string) => {
    if (!isField(name)) return written
    if (known[name] === '') missing.add(name)
    return known[name] || written
  })
  return { text: filled, missing: [...missing] }
}

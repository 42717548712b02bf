import { fold } from '../person/fold.ts'

/** A word of a text: from where to where it stands, in UTF-16 units, and how it is compared. */
export interface Word {
  from: number
  to: number
  folded: string
}

/** In these one letter stands beside the other and no space between two words: each letter is a word of its own. */
const UNSPACED = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]\p{M}*`
const word = new RegExp(`${UNSPACED}|[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*`, 'gu')

/** As it is compared: in whatever Unicode form, width, case and accents it was typed. */
export const foldedLetters = (text: string): string =>
  fold(text.normalize('NFKC')).replace(/[^\p{L}\p{N}]|ـ/gu, '')

/** The words of a text, in their order. An apostrophe, a dash or what cannot be seen ends a word, as a space does. */
export const wordsOf = (text: string): Word[] =>
  [...text.matchAll(word)]
    .map((match) => ({
      from: match.index,
      to: match.index + match[0].length,
      folded: foldedLetters(match[0])
    }))
    .filter(({ folded }) => folded !== '')

/** What may stand within one name: `O’Brien`, `Mary-Ann`, a hyphen at the end of a line, what cannot be seen. */
const WITHIN_A_NAME = /^[\p{Cf}'’‘ʼ`´]*(?:\p{Pd}\s*)?\p{Cf}*$/u
export const isWithinAName = (between: string): boolean => WITHIN_A_NAME.test(between)

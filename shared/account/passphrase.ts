import { commonPhrases, commonWords, keyboardWalks } from './commonPassphrases.ts'
import { foldName } from './name.ts'

export const passphraseProblems = ['too-short', 'too-long', 'too-common', 'contains-name'] as const
export type PassphraseProblem = (typeof passphraseProblems)[number]

export const shortestPassphrase = 15
const longestPassphrase = 256

/** One spelling for what looks the same on screen, whatever keyboard typed it. */
export const normalisePassphrase = (passphrase: string): string => passphrase.normalize('NFKC')

const lengthOf = (passphrase: string): number => [...normalisePassphrase(passphrase)].length

/** Why this person may not use this passphrase, worst first; undefined when they may. */
export function passphraseProblem(passphrase: string, name: string): PassphraseProblem | undefined {
  const length = lengthOf(passphrase)
  if (length < shortestPassphrase) return 'too-short'
  if (length > longestPassphrase) return 'too-long'
  if (isCommon(passphrase)) return 'too-common'
  if (containsName(passphrase, name)) return 'contains-name'
  return undefined
}

export function strengthHint(passphrase: string): string {
  const length = lengthOf(passphrase)
  const missing = shortestPassphrase - length
  if (missing > 0) return missing === 1 ? '1 more character needed' : `${missing} more characters needed`
  if (length < 20) return 'Long enough. Another word makes it stronger'
  if (length < 28) return 'Good length'
  return 'Very good length'
}

const onlyLetters = (text: string): string => foldName(text).replace(/[^\p{L}\p{N}]/gu, '')

const disguises: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't' }
const undisguised = (text: string): string =>
  onlyLetters(text.replaceAll('@', 'a').replaceAll('$', 's').replaceAll('!', 'i')).replace(
    /[013457]/g,
    (digit) => disguises[digit] ?? digit
  )

function containsName(passphrase: string, name: string): boolean {
  const text = onlyLetters(passphrase)
  const parts = foldName(name)
    .split(' ')
    .filter((part) => part.length > 3)
  const whole = onlyLetters(name)
  return parts.some((part) => text.includes(onlyLetters(part))) || (whole.length > 3 && text.includes(whole))
}

/** Fewer guessable pieces than this is a phrase that a guesser tries early. */
const fewestPieces = 6

function isCommon(passphrase: string): boolean {
  const otherCharacters = new Set(passphrase.replace(/[\p{L}\p{M}\p{N}\s]/gu, '')).size
  return [onlyLetters(passphrase), undisguised(passphrase)].some(
    (text) => pieces(shortestRepeat(text)) + otherCharacters < fewestPieces || repeatsItself(text)
  )
}

/** "passwordpassword" is worth no more than "password". */
function shortestRepeat(text: string): string {
  for (let period = 1; period <= text.length / 2; period++) {
    if (text.startsWith(text.slice(period))) return text.slice(0, period)
  }
  return text
}

const repeatsItself = (text: string): boolean => {
  const repeat = shortestRepeat(text)
  return repeat.length < text.length && repeat.length < shortestPassphrase
}

const known = new Set([...commonWords, ...commonPhrases].map(onlyLetters))
const longestKnown = Math.max(...[...known].map((piece) => piece.length))

/** Into how few pieces the text falls apart: a known word or phrase, a walk, a year, a run of one letter, a letter. */
function pieces(text: string): number {
  const fewest = [0]
  for (let end = 1; end <= text.length; end++) {
    let best = (fewest[end - 1] ?? 0) + 1
    for (let start = Math.max(0, end - longestKnown); start < end - 1; start++) {
      const before = fewest[start] ?? 0
      if (before + 1 < best && isGuessable(text.slice(start, end))) best = before + 1
    }
    fewest.push(best)
  }
  return fewest.at(-1) ?? 0
}

const isGuessable = (piece: string): boolean =>
  known.has(piece) ||
  (piece.length > 2 && keyboardWalks.some((walk) => walk.includes(piece))) ||
  /^(.)\1+$/u.test(piece) ||
  /^(19|20)\d\d$/.test(piece)

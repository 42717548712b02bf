import { randomInt } from 'node:crypto'
import { wordList } from './wordList.ts'

const WORDS = 6

/** Six words of a list of 7,776, each at random: 77 bits, so that to try them all is out of the question. */
export const newPassphrase = (): string =>
  Array.from({ length: WORDS }, () => wordList[randomInt(wordList.length)] ?? '').join(' ')

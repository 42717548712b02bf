import { passphraseProblem, shortestPassphrase, type PassphraseProblem } from './passphrase.ts'
import type { FieldError } from '../errors.ts'

const problems: Record<PassphraseProblem, string> = {
  'too-short': `Use at least ${String(shortestPassphrase)} characters. Four or five words work well`,
  'too-long': 'Use a shorter passphrase',
  'too-common': 'This is too easy to guess. Use words that do not belong together',
  'contains-name': 'Leave your name out of it'
}

/** What is wrong with a passphrase that is being chosen, by field. `name` is '' where the page does not know it. */
export function passphraseErrors(chosen: {
  name: string
  passphrase: string
  passphraseAgain: string
}): FieldError[] {
  const problem = passphraseProblem(chosen.passphrase, chosen.name)
  if (problem) return [{ path: 'passphrase', message: problems[problem] }]
  if (chosen.passphrase !== chosen.passphraseAgain)
    return [{ path: 'passphraseAgain', message: 'This is not the same as the passphrase above' }]
  return []
}

import type { CheckAnswer } from './check.ts'

/** R20, R21, C3: what is read out of an answer, word for word; of an unclear one nothing. */
export function saidOf({ answer, keyworkerName, keyworkerAgency, keyworkerPhone }: CheckAnswer): string {
  switch (answer) {
    case 'open':
      return [
        `There is an open Families First Assessment. The keyworker is ${keyworkerName || 'not named yet'}`,
        ...(keyworkerAgency === '' ? [] : [keyworkerAgency]),
        ...(keyworkerPhone === '' ? [] : [`telephone ${keyworkerPhone}`])
      ].join(', ')
    case 'none':
      return 'No open Families First Assessment was found'
    case 'unclear':
      return ''
  }
}

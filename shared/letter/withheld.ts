import type { FactRow } from '../family/fact.ts'
import { withheldFacts } from '../family/withheld.ts'

/** Where somebody lives on a day, as a letter tells it; and that it is told in none, where it is withheld. */
export function addressFor(
  facts: readonly FactRow[],
  lives: FactRow<'address'> | undefined
): { address: string; isWithheld: boolean } {
  if (!lives) return { address: '', isWithheld: false }
  if (withheldFacts(facts).has(lives.ofId)) return { address: '', isWithheld: true }
  return { address: addressLines(lives.value.address), isWithheld: false }
}

/** `1 Mill Road, Hertford` is a line each on paper. */
export const addressLines = (address: string): string =>
  address
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')

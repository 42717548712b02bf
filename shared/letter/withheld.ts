import type { FactRow } from '../family/fact.ts'
import { withheldFacts } from '../family/withheld.ts'
import { bareCode } from '../person/nameKeys.ts'
import { readPhone } from '../person/phone.ts'
import type { Letter } from './letter.ts'

/**
 * Does a letter tell an address or a number that is withheld by now? One that was written before it was withheld may.
 * `facts`: every version of every fact of the family and its people.
 */
export function tellsWithheld(
  { address, subject, body }: Pick<Letter, 'address' | 'subject' | 'body'>,
  facts: readonly FactRow[]
): boolean {
  const withheld = withheldFacts(facts)
  if (withheld.size === 0) return false
  const told = bareCode(`${address} ${subject} ${body}`)
  const secrets = facts.filter(({ ofId }) => withheld.has(ofId)).flatMap(secretsOf)
  return secrets.some((secret) => secret.length >= SHORTEST && told.includes(secret))
}

/** Fewer characters stand in any letter by chance. */
const SHORTEST = 5

function secretsOf({ value }: FactRow): string[] {
  if ('address' in value) return [bareCode(value.address), bareCode(value.postcode)]
  return 'number' in value ? [readPhone(value.number).digits] : []
}

/** Where somebody lives on a day, as a letter tells it; and that it is told in none, where it is withheld. */
export function addressFor(
  facts: readonly FactRow[],
  lives: FactRow<'address'> | undefined
): { address: string; isWithheld: boolean } {
  if (!lives) return { address: '', isWithheld: false }
  if (withheldFacts(facts).has(lives.ofId)) return { address: '', isWithheld: true }
  const lines = lives.value.address.split(/[\n,]/).map((line) => line.trim())
  return { address: lines.filter((line) => line !== '').join('\n'), isWithheld: false }
}

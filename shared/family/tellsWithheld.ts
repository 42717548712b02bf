import { readPhone } from '../person/phone.ts'
import { findPostcode } from '../person/postcode.ts'
import type { FactRow } from './fact.ts'
import { houseOf } from './place.ts'
import { withheldFacts } from './withheld.ts'

const folded = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/** `N1 1AA` without its space. Shorter ones are in words that have nothing to do with them. */
const SHORTEST = 5

/** In the place of a text that tells what is withheld. */
export const TEXT_WITHHELD = 'Left out: it tells an address or phone number that is withheld.'

/**
 * Whether a text tells an address, its house or its postcode, or a phone number that is withheld from somebody: in
 * whatever case, spacing and punctuation. `facts`: every version, with their words.
 */
export function tellsWithheld(facts: readonly FactRow[]): (...texts: string[]) => boolean {
  const withheld = withheldFacts(facts)
  const needles = [
    ...new Set(facts.filter(({ ofId }) => withheld.has(ofId)).flatMap((fact) => wordsOf(fact).map(folded)))
  ].filter((needle) => needle.length >= SHORTEST)
  if (needles.length === 0) return () => false
  return (...texts) => {
    const all = texts.map(folded)
    return needles.some((needle) => all.some((text) => text.includes(needle)))
  }
}

function wordsOf({ value }: FactRow): string[] {
  if ('postcode' in value) {
    return [value.address, value.postcode || (findPostcode(value.address) ?? ''), houseOf(value.address)]
  }
  if ('mayLeaveMessage' in value) {
    // without the extension: the number before it gives it away
    const { digits } = readPhone(value.number)
    return [value.number, digits, digits.replace(/^0/, '44')]
  }
  return []
}

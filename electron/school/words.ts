import { wordQuery } from '../../db/search.ts'
import { fold } from '../../shared/person/fold.ts'
import { readPhone } from '../../shared/person/phone.ts'
import type { SchoolDetails } from '../../shared/school/school.ts'

/** What lists are ordered by. */
export const sortKeyOf = ({ name, town }: Pick<SchoolDetails, 'name' | 'town'>): string =>
  fold(`${name} ${town}`)

/** What a search finds a school by: its name with and without the apostrophes, town, URN, postcode and number. */
export function wordsOf(
  school: Pick<SchoolDetails, 'name' | 'town' | 'postcode' | 'phone'> & { urn: string }
): string {
  const { name, town, postcode, urn, phone } = school
  return [name, fold(name), town, urn, postcode, postcode.replace(/\s/g, ''), ...formsOf(phone)].join(' ')
}

/** Every form that a number is searched in: as written, from inside England, from abroad, and its local end. */
export function formsOf(phone: string): string[] {
  const { digits } = readPhone(phone)
  if (digits === '') return []
  const local = digits.replace(/^0/, '')
  return [phone, digits, local, `44${local}`, digits.slice(-6)]
}

/**
 * What was typed as a full-text query. A number is looked for by its digits, however it is grouped. Undefined where
 * nothing is left to look for.
 */
export function directoryQuery(text: string): string | undefined {
  return wordQuery(asDigits(text) ?? text)
}

/** The digits of a text that is a number or the beginning of one; undefined where it is words. */
export function asDigits(text: string): string | undefined {
  if (!/^[\d\s()+./-]*\d[\d\s()+./-]*$/.test(text)) return undefined
  return text.replace(/\D/g, '').replace(/^00/, '').replace(/^440/, '44')
}

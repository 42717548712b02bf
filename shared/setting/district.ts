import { findPostcode } from '../person/postcode.ts'
import type { Rules } from './inForce.ts'

type Areas = Pick<Rules, 'postcodeAreas' | 'districts'>

/**
 * The district that a postcode is proposed to be in, as its ONS code; '' where nobody has said, or the district has
 * ended. The first half of a postcode crosses the borders of districts, so a person may choose another.
 */
export function districtOf(postcode: string, { postcodeAreas, districts }: Areas): string {
  const code = postcodeAreas[postcode.split(' ')[0] ?? ''] ?? ''
  return districts.some(({ key }) => key === code) ? code : ''
}

/** The district of an address by the last postcode in it; '' where it has none that tells. */
export const districtOfAddress = (address: string, rules: Areas): string =>
  districtOf(findPostcode(address) ?? '', rules)

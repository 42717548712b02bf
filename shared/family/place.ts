import { bareCode } from '../person/nameKeys.ts'
import { findPostcode } from '../person/postcode.ts'

interface Address {
  address: string
  postcode: string
}

/** A number and the one or two words after it. */
const NUMBER_AND_STREET = /\d+[a-z]?[\s,]+\p{L}[\p{L}'’.-]*(?:[ \t]+\p{L}[\p{L}'’.-]*)?/iu

/**
 * `17 Secret Wharf` of `Flat 2, 17 Secret Wharf, Ware SG12 9ZZ`: what of an address tells the house without its town.
 * '' where no number stands before a street: the name of a house may be a common word.
 */
export const houseOf = (address: string): string => NUMBER_AND_STREET.exec(address)?.[0] ?? ''

/**
 * Whether two addresses tell the same place, however they are typed: the same letters and figures; the same house, in one of
 * them without its town or postcode; or a postcode alone, which leaves a handful of houses.
 */
export function isSamePlace(one: Address, other: Address): boolean {
  if (bareCode(one.address) === bareCode(other.address)) return true
  const [postcode, otherPostcode] = [postcodeOf(one), postcodeOf(other)]
  const [house, otherHouse] = [bareCode(houseOf(one.address)), bareCode(houseOf(other.address))]
  if (house === '' || otherHouse === '') return postcode !== '' && postcode === otherPostcode
  const isSameHouse = house.startsWith(otherHouse) || otherHouse.startsWith(house)
  return isSameHouse && (postcode === otherPostcode || postcode === '' || otherPostcode === '')
}

const postcodeOf = ({ address, postcode }: Address): string => findPostcode(postcode || address) ?? ''

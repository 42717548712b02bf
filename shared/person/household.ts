import {
  comparePostcodes,
  compareSchools,
  compareSurnames,
  SURE_NAME,
  told,
  type Evidence,
  type Match,
  type Person
} from './match.ts'
import { fold } from './fold.ts'
import { readName } from './nameKeys.ts'

/** Two people of one family, or only of one address. */
export interface HouseholdMatch extends Match {
  kind: 'sibling' | 'address'
}

/**
 * Do these two, who are not the same person, belong together (C5)? A surname that sounds alike makes brothers and
 * sisters of two children at one postcode, and perhaps of two at one school.
 */
export function matchHousehold(one: Person, other: Person): HouseholdMatch | undefined {
  const home = compareHomes(one, other)
  const school = compareSchools(one, other)
  const isSameSchool = school.weight > 0
  // most are ruled out here, before a name is taken apart
  if (home.weight === 0 && !isSameSchool) return undefined
  const surname = compareSurnames(readName(one.name), readName(other.name))
  const isSameName = surname.weight >= SURE_NAME
  if (home.weight === 0 && !isSameName) return undefined

  const birth = sameBirth(one, other)
  const strength = home.weight >= (isSameName ? SAME_POSTCODE : SAME_HOUSE) ? 'likely' : 'possible'
  return isSameName
    ? { kind: 'sibling', strength, reasons: told([home, surname, birth, ...(isSameSchool ? [school] : [])]) }
    : { kind: 'address', strength, reasons: told([home, birth]) }
}

const SAME_HOUSE = 3
const SAME_POSTCODE = 2
const SAME_STREET = 1

function compareHomes(one: Person, other: Person): Evidence {
  const postcode = comparePostcodes(one, other)
  if (postcode.weight === 0) return postcode
  const [house, otherHouse] = [houseOf(one.address), houseOf(other.address)]
  if (house === '' || otherHouse === '') return { ...postcode, weight: SAME_POSTCODE }
  return house === otherHouse
    ? { ...postcode, weight: SAME_HOUSE, says: 'Same address' }
    : { ...postcode, weight: SAME_STREET, says: 'Same postcode, another house' }
}

const POSTCODE = /\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b/g

/** What tells houses of one postcode apart: `Flat 2, 14a High St` is 2 14a; where none is numbered, its name. */
function houseOf(address: string): string {
  const withoutPostcode = fold(address).replace(POSTCODE, '')
  const numbers = withoutPostcode.match(/\d+[a-z]?\b/g)
  return numbers?.join(' ') ?? (withoutPostcode.split(',')[0] ?? '').trim()
}

/** Twins, or one child by two names. */
const sameBirth = (one: Person, other: Person): Evidence => ({
  weight: 0.5,
  says: one.birthDate !== '' && one.birthDate === other.birthDate ? 'Same date of birth' : '',
  names: ''
})

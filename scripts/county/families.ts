import type { Chance } from './chance.ts'
import type { Concern } from './follow.ts'
import { familyName } from './names.ts'
import { somewhere } from './places.ts'
import type { SchoolRow } from '../../electron/school/schoolInForce.ts'
import type { CivilDate } from '../../shared/ids.ts'

export interface Child {
  name: string
  given: string
  birth: CivilDate
  upn: string
}

/** Children of one address, and the school that rings about them. */
export interface Family {
  children: readonly Child[]
  /** As it is told over the phone, its postcode at the end. */
  address: string
  school: SchoolRow
  /** Calls about it that told of a concern, the oldest first. */
  concerns: Concern[]
}

const upnLetters = 'ABCDEFGHJKLMNPQRTUVWXYZ'.split('')

/** A family with one to four children of school age in `year`. */
export function newFamily(chance: Chance, school: SchoolRow, year: number): Family {
  const { surname, given } = familyName(chance)
  const { street, town, postcode } = somewhere(chance, school.district)
  const count = chance.weighted([
    [1, 46],
    [2, 34],
    [3, 15],
    [4, 5]
  ])
  const names = new Set<string>()
  while (names.size < count) names.add(chance.pick(given))
  return {
    children: [...names].map((name) => ({
      name: `${name} ${surname}`,
      given: name,
      birth: [
        year - chance.between(3, 16),
        String(chance.between(1, 12)).padStart(2, '0'),
        String(chance.between(1, 28)).padStart(2, '0')
      ].join('-'),
      upn: chance.yes(0.3)
        ? `${chance.pick(upnLetters)}919${String(chance.between(10_000_000, 99_999_999))}${String(chance.below(10))}`
        : ''
    })),
    address: `${street}, ${town}, ${postcode}`,
    school,
    concerns: []
  }
}

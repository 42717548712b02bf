import type { SchoolRow } from '../../../electron/school/schoolInForce.ts'
import { emptyPerson } from '../../../shared/family/emptyForms.ts'
import type { DraftPerson } from '../../../shared/family/family.ts'
import { addDays, daysBetween } from '../../../shared/time/london.ts'
import type { CivilDate } from '../../../shared/ids.ts'
import type { Chance } from '../chance.ts'
import { somewhere } from '../places.ts'
import { householdNames, surname, type HouseholdNames } from './names.ts'

/** Somebody of a household as the registration form has them, with what else is known of them. */
export interface Member {
  typed: DraftPerson
  /** '' where nobody said. */
  birth: CivilDate
  given: string
}

/** People of one home, the children first. */
export interface Household {
  members: Member[]
  district: string
}

/** Everyone under the age at which a registration still makes sense, and who brings them up. */
const OLDEST_CHILD_DAYS = 17 * 365
const YOUNGEST_PARENT_DAYS = 17 * 365
const EXPECTED_AHEAD_DAYS = 200
const SCHOOL_FROM_DAYS = 4 * 365 + 200

/** As it is typed into a form: `3/9/2015`. */
export const asTyped = (date: CivilDate): string => {
  const [year = '', month = '', day = ''] = date.split('-')
  return `${String(Number(day))}/${String(Number(month))}/${year}`
}

const upnLetters = 'ABCDEFGHJKLMNPQRTUVWXYZ'.split('')
const languages = ['Polish', 'Urdu', 'Romanian', 'Turkish', 'Bengali', 'Portuguese', 'Arabic', 'Gujarati']
const practices = [
  'The Elms Surgery',
  'Bridge Street Practice',
  'Park Road Surgery',
  'Riverside Health Centre'
]

/** How many of so many people are grown up: one or two, and none where somebody lives with nobody. */
const grownUps = (chance: Chance, people: number): number =>
  people < 3 ? people - 1 : chance.yes(0.5) ? 1 : 2

/** A household of so many people on the day on which it is registered; some have twins. */
export function newHousehold(
  chance: Chance,
  people: number,
  schools: readonly SchoolRow[],
  on: CivilDate
): Household {
  const school = chance.pick(schools)
  const names = householdNames(chance)
  const place = somewhere(chance, school.district)
  const address = `${place.street}, ${place.town}, ${place.postcode}`
  const adults = grownUps(chance, people)
  const births = childBirths(chance, people - adults, on)
  const at = Date.parse(on)
  const home = { address, district: school.district }
  const children = births.map((birth, index) => child(chance, names, { birth, on, at, school, index }))
  const eldest = births.reduce((a, b) => (a < b ? a : b))
  const parents = Array.from({ length: adults }, (_, index) =>
    parent(chance, names, { index, at, eldest: eldest > on ? on : eldest })
  )
  const members = [...children, ...parents].map((member) => ({
    ...member,
    typed: { ...member.typed, ...home }
  }))
  return { members, district: school.district }
}

/** Days of birth, at least nine months apart but for twins; one household in sixty expects a child. */
function childBirths(chance: Chance, count: number, on: CivilDate): CivilDate[] {
  const births: CivilDate[] = []
  while (births.length < count) {
    const twin = births.at(-1)
    if (twin !== undefined && chance.yes(0.04)) {
      births.push(twin)
      continue
    }
    const birth = addDays(on, -chance.between(20, OLDEST_CHILD_DAYS))
    if (births.every((other) => other === birth || Math.abs(daysBetween(other, birth)) > 270))
      births.push(birth)
  }
  const isExpecting = births.length > 1 && chance.yes(0.015)
  return isExpecting ? [...births.slice(1), addDays(on, chance.between(10, EXPECTED_AHEAD_DAYS))] : births
}

interface Growing {
  birth: CivilDate
  on: CivilDate
  at: number
  school: SchoolRow
  index: number
}

function child(chance: Chance, names: HouseholdNames, { birth, on, at, school, index }: Growing): Member {
  const person = emptyPerson(chance.id(at))
  if (birth > on)
    return { typed: { ...person, role: 'unborn', expected: asTyped(birth) }, birth: '', given: '' }
  const isGirl = chance.yes(0.49)
  const given = names.give(isGirl ? 'girls' : 'boys')
  const isAtSchool = daysBetween(birth, on) > SCHOOL_FROM_DAYS
  const hasOtherSurname = index > 0 && chance.yes(0.07)
  return {
    given,
    birth,
    typed: {
      ...person,
      role: 'child',
      name: `${given} ${hasOtherSurname ? surname(chance) : names.surname}`,
      birth: asTyped(birth),
      sex: isGirl ? 'female' : 'male',
      upn: isAtSchool && chance.yes(0.9) ? newUpn(chance) : '',
      educationalNeeds: isAtSchool && chance.yes(0.2) ? 'sen-support' : '',
      relation: index > 0 ? (isGirl ? 'sister' : 'brother') : '',
      ...(isAtSchool && { schoolId: school.schoolId, schoolText: school.name })
    }
  }
}

const newUpn = (chance: Chance): string =>
  `${chance.pick(upnLetters)}919${String(chance.between(10_000_000, 99_999_999))}${String(chance.below(10))}`

function parent(
  chance: Chance,
  names: HouseholdNames,
  { index, at, eldest }: { index: number; at: number; eldest: CivilDate }
): Member {
  const isMother = index === 0 ? chance.yes(0.85) : chance.yes(0.08)
  const given = names.give(isMother ? 'mothers' : 'fathers')
  const birth = addDays(eldest, -chance.between(YOUNGEST_PARENT_DAYS, YOUNGEST_PARENT_DAYS + 22 * 365))
  const isKnown = chance.yes(0.85)
  const language = chance.yes(0.06) ? chance.pick(languages) : ''
  return {
    given,
    birth: isKnown ? birth : '',
    typed: {
      ...emptyPerson(chance.id(at)),
      role: 'parent-carer',
      name: `${given} ${chance.yes(isMother ? 0.6 : 0.75) ? names.surname : surname(chance)}`,
      birth: isKnown ? asTyped(birth) : '',
      sex: isMother ? 'female' : 'male',
      relation: isMother ? 'mother' : 'father',
      gp: chance.yes(0.2) ? chance.pick(practices) : '',
      language,
      interpreter: language === '' ? '' : chance.pick(['yes', 'no']),
      phone: chance.yes(0.9) ? newPhone(chance) : '',
      mayLeaveMessage: chance.yes(0.6),
      maySayWho: chance.yes(0.4)
    }
  }
}

/** With an area code that no area has. */
const newPhone = (chance: Chance): string =>
  `01999 ${String(chance.below(1_000)).padStart(3, '0')}${String(chance.below(1_000)).padStart(3, '0')}`

import type { Chance } from '../../scripts/county/chance.ts'
import { somewhere } from '../../scripts/county/places.ts'
import { householdNames, surname } from '../../scripts/county/family/names.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { addDays } from '../../shared/time/london.ts'
import type { Known } from './known.ts'
import { dayAndMonthSwapped, misheard, mistype, nickname, plain, wrongFigure } from './slips.ts'

/** Somebody as a caller tells of them, and who that is. */
export interface Asked {
  kind: string
  /** '' for somebody who is not in the record. */
  personId: Id
  name: string
  birth: CivilDate
  upn: string
  schoolId: Id
  phone: string
  address: string
}

type Said = Omit<Asked, 'kind' | 'personId'>

/** What a caller mostly knows: a name and two or three other things. Nobody reads out a whole record. */
function asToldOf(chance: Chance, known: Known): Said {
  const { name, birth, upn, schoolId, phone, address } = known
  return {
    ...{ name, birth, address },
    upn: chance.yes(0.1) ? upn : '',
    schoolId: chance.yes(0.4) ? schoolId : '',
    phone: chance.yes(0.2) ? phone : ''
  }
}

const words = (name: string): [given: string, surname: string] => {
  const at = name.lastIndexOf(' ')
  return [name.slice(0, at), name.slice(at + 1)]
}

const renamed = (said: Said, given: string, surname_: string): Said => ({
  ...said,
  name: `${given} ${surname_}`
})

const anywhere = (chance: Chance): string => {
  const { street, town, postcode } = somewhere(chance, '')
  return `${street}, ${town}, ${postcode}`
}

/** Of either name, the one that can go wrong in some way; undefined where neither can. */
function inOneName(chance: Chance, said: Said, slip: (word: string) => string | undefined): Said | undefined {
  const [given, last] = words(said.name)
  const [wrongGiven, wrongLast] = [slip(given), slip(last)]
  const isGiven = wrongLast === undefined || (wrongGiven !== undefined && chance.yes(0.5))
  if (isGiven) return wrongGiven === undefined ? undefined : renamed(said, wrongGiven, last)
  return renamed(said, given, wrongLast)
}

/** What goes wrong in each kind of query; undefined for somebody of whom it cannot. */
type Slip = (chance: Chance, said: Said, known: Known) => Said | undefined

const slips: Record<string, Slip> = {
  'as recorded': (_, said) => said,
  'a typing slip': (chance, said) => inOneName(chance, said, (word) => mistype(chance, word)),
  'as it was heard': (chance, said) => inOneName(chance, said, (word) => misheard(chance, word)),
  'a nickname': (chance, said) => {
    const [given, last] = words(said.name)
    const short = nickname(chance, given)
    return short === undefined ? undefined : renamed(said, short, last)
  },
  'day and month changed over': (_, said) => changed(said, { birth: dayAndMonthSwapped(said.birth) }),
  'one figure of the date wrong': (chance, said) =>
    said.birth === '' ? undefined : { ...said, birth: wrongFigure(chance, said.birth) },
  'moved, the new address not recorded': (chance, said) => ({ ...said, address: anywhere(chance) }),
  'moved, the earlier address told': (_, said, { earlier }) =>
    earlier === '' ? undefined : { ...said, address: earlier },
  'no date of birth': (_, said) => ({ ...said, birth: '' }),
  'no address': (_, said) => (said.birth === '' ? undefined : { ...said, address: '' }),
  'first and last name changed over': (_, said) => {
    const [given, last] = words(said.name)
    return renamed(said, last, given)
  },
  'one half of a double surname': (chance, said) => {
    const [given, last] = words(said.name)
    return last.includes('-') ? renamed(said, given, chance.pick(last.split('-'))) : undefined
  },
  'a second surname': (chance, said) => {
    const [given, last] = words(said.name)
    return renamed(said, given, `${last}-${surname(chance)}`)
  },
  'a middle name': (chance, said) => {
    const [given, last] = words(said.name)
    return renamed(said, `${given} ${householdNames(chance).give('girls')}`, last)
  },
  'without accents and capitals': (_, said) => ({ ...said, name: plain(said.name).toLowerCase() }),
  'a slip in the name, and one in the date': (chance, said) => {
    const slipped = inOneName(chance, said, (word) => misheard(chance, word) ?? mistype(chance, word))
    return said.birth === '' || !slipped ? undefined : { ...slipped, birth: wrongFigure(chance, said.birth) }
  },
  'a slip in the name, and they moved': (chance, said) => {
    const slipped = inOneName(chance, said, (word) => mistype(chance, word))
    return said.birth === '' || !slipped ? undefined : { ...slipped, address: anywhere(chance) }
  },
  'a nickname, and no address': (chance, said) => {
    const [given, last] = words(said.name)
    const short = nickname(chance, given)
    return short === undefined || said.birth === ''
      ? undefined
      : { ...renamed(said, short, last), address: '' }
  }
}

const changed = (said: Said, change: Partial<Said>): Said | undefined =>
  Object.entries(change).some(([field, value]) => said[field as keyof Said] !== value)
    ? { ...said, ...change }
    : undefined

/** Somebody who is in the record, told of with each kind of slip in turn. */
export function withRecord(chance: Chance, people: Iterator<Known>, count: number): Asked[] {
  const kinds = Object.entries(slips)
  const asked: Asked[] = []
  while (asked.length < count) {
    const [kind, slip] = kinds[asked.length % kinds.length]!
    const known = people.next().value as Known
    const said = slip(chance, asToldOf(chance, known), known)
    if (said) asked.push({ ...said, kind, personId: known.personId })
  }
  return asked
}

/** Who is easily taken for somebody of the record. */
type Trap = (chance: Chance, said: Said, siblings: readonly Known[]) => Said

const otherGiven = (chance: Chance, said: Said, siblings: readonly Known[]): Said => {
  const [given, last] = words(said.name)
  const taken = [given, ...siblings.map(({ name }) => words(name)[0])]
  const names = householdNames(chance)
  const give = (): string => {
    const name = names.give(chance.pick(['girls', 'boys']))
    return taken.includes(name) ? give() : name
  }
  return { ...renamed(said, give(), last), upn: '' }
}

const traps: Record<string, Trap> = {
  'nobody of the record': (chance, said) => ({
    ...otherGiven(chance, renamed(said, '', surname(chance)), []),
    ...{ birth: otherBirth(chance, said.birth), address: anywhere(chance), phone: '', schoolId: '' }
  }),
  'a brother or sister': (chance, said, siblings) => ({
    ...otherGiven(chance, said, siblings),
    birth: otherBirth(chance, said.birth)
  }),
  'a twin': (chance, said, siblings) => otherGiven(chance, said, siblings),
  'the same name, another child': (chance, said) => ({
    ...{ ...said, upn: '', phone: '', schoolId: '' },
    ...{ birth: otherBirth(chance, said.birth), address: anywhere(chance) }
  }),
  'the same name and school, another child': (chance, said) => ({
    ...{ ...said, upn: '', phone: '' },
    ...{ birth: otherBirth(chance, said.birth), address: anywhere(chance) }
  }),
  'the same name, no date of birth, elsewhere': (chance, said) => ({
    ...{ ...said, upn: '', phone: '', schoolId: '', birth: '', address: anywhere(chance) }
  }),
  'the same date and postcode, another name': (chance, said) => ({
    ...otherGiven(chance, renamed(said, '', surname(chance)), []),
    phone: ''
  })
}

/** Years away, so that no slip makes the one of the other. */
const otherBirth = (chance: Chance, birth: CivilDate): CivilDate =>
  addDays(birth === '' ? '2015-06-15' : birth, chance.pick([-1, 1]) * chance.between(400, 2_500))

/** Somebody who is not in the record: a stranger, or like somebody who is. */
export function withoutRecord(
  chance: Chance,
  people: Iterator<Known>,
  siblingsOf: (known: Known) => readonly Known[],
  count: number
): Asked[] {
  const kinds = Object.entries(traps)
  return Array.from({ length: count }, (_, index) => {
    const [kind, trap] = kinds[index % kinds.length]!
    const known = people.next().value as Known
    return { ...trap(chance, asToldOf(chance, known), siblingsOf(known)), kind, personId: '' }
  })
}

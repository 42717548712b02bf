import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchHousehold } from '../../shared/person/household.ts'
import { inWords, matchPeople, strengths, type Person, type Strength } from '../../shared/person/match.ts'
import { indexedKeys, personKeys } from '../../shared/person/nameKeys.ts'
import { formalNames } from '../../shared/person/nicknames.ts'
import { addDays } from '../../shared/time/london.ts'

const TODAY = '2026-11-23'
const nobody: Person = {
  name: '',
  birthDate: '',
  ageYears: null,
  toldOn: TODAY,
  upn: '',
  address: '',
  postcode: '',
  schoolId: ''
}
const person = (name: string, changes: Partial<Person> = {}): Person => ({ ...nobody, name, ...changes })
const strength = (one: Person, other: Person): Strength | 'none' =>
  matchPeople(one, other)?.strength ?? 'none'
const why = (one: Person, other: Person): string[] => matchPeople(one, other)?.reasons.map(inWords) ?? []

const born = { birthDate: '2015-09-03' }
const home = { address: '4 High Street, SG13 8EQ', postcode: 'SG13 8EQ' }
const robin = person('Robin Vale', { ...born, ...home })

describe('L15 the same child', () => {
  it.each<[string, string, Strength, string]>([
    ['Sean O’Brien', "Sean O'Brien", 'likely', 'Same name'],
    ['Sean O’Brien', 'sean OBRIEN', 'likely', 'Same name'],
    ['Sean O Brien', 'Sean O’Brien', 'likely', 'Same name'],
    ['Siân Vale', 'Shan Vale', 'likely', 'Name sounds alike: Siân and Shan'],
    ['Mohammed Khan', 'Muhammad Khan', 'likely', 'Name sounds alike: Mohammed and Muhammad'],
    ['Bob Vale', 'Robert Vale', 'likely', 'Nickname or other form: Bob for Robert'],
    ['Robert Vale', 'Bob Vale', 'likely', 'Nickname or other form: Bob for Robert'],
    ['Niamh Vale', 'Neve Vale', 'likely', 'Nickname or other form: Neve for Niamh'],
    ['Bob Vale', 'Rob Vale', 'possible', 'May be short for the same name: Bob and Rob'],
    ['Vale Robin', 'Robin Vale', 'likely', 'First and last name changed over'],
    ['Vail Robin', 'Robyn Vale', 'likely', 'First and last name changed over: Vail Robin and Robyn Vale'],
    ['Vale, Robin', 'Robin Vale', 'likely', 'Same name'],
    ['Ann Smith-Jones', 'Ann Smith', 'likely', 'Surnames share a part: Smith-Jones and Smith'],
    ['Ann Smith-Jones', 'Ann Brown-Jones', 'likely', 'Surnames share a part: Smith-Jones and Brown-Jones'],
    ['Ann Smith Jones', 'Ann Smith', 'likely', 'Surnames share a part: Jones and Smith'],
    ['Ann Smith Jones', 'Ann Smith–Jones', 'likely', 'Same name'],
    ['Anne-Marie Vale', 'Anne Marie Vale', 'likely', 'Same name'],
    ['Anne-Marie Vale', 'Annemarie Vale', 'likely', 'Same name'],
    ['Robin James Vale', 'Robin Vale', 'likely', 'Same name'],
    ['Robin James Vale', 'James Vale', 'possible', 'First name is a middle name of the other: James'],
    ['Robert (Bob) Vale', 'Bob Vale', 'likely', 'Nickname or other form: Bob for Robert'],
    ['Robin Marchbank', 'Robin Marchbunk', 'likely', 'Surname sounds alike: Marchbank and Marchbunk'],
    ['Jasper Vale', 'Jasner Vale', 'likely', 'Name spelt nearly alike: Jasper and Jasner'],
    ['Graham Vale', 'Grahma Vale', 'likely', 'Name spelt nearly alike: Graham and Grahma'],
    ['Abbie Vale', 'Abigail Vale', 'likely', 'Nickname or other form: Abbie for Abigail'],
    ['R Vale', 'Robin Vale', 'possible', 'Same initial']
  ])('by name alone: %s is %s: %s', (one, other, expected, reason) => {
    expect(strength(person(one), person(other))).toBe(expected)
    expect(why(person(one), person(other))).toContain(reason)
  })

  it.each([
    ['Alex Vale', ['Alexander Vale', 'Alexandra Vale']],
    ['Chris Vale', ['Christopher Vale', 'Christina Vale', 'Christian Vale']],
    ['Sam Vale', ['Samuel Vale', 'Samantha Vale']],
    ['Jo Vale', ['Joanna Vale', 'Josephine Vale', 'Joseph Vale']],
    ['Pat Vale', ['Patrick Vale', 'Patricia Vale']],
    ['Frankie Vale', ['Frances Vale', 'Francis Vale', 'Francesca Vale']],
    ['Charlie Vale', ['Charles Vale', 'Charlotte Vale']]
  ])('%s is short for each of %s', (short, full) => {
    for (const name of full) expect(strength(person(short), person(name))).toBe('likely')
  })

  it.each<[string, Partial<Person>, Partial<Person>, string]>([
    ['the date of birth', born, born, 'Same date of birth'],
    ['3/9 told as 9/3', born, { birthDate: '2015-03-09' }, 'Day and month of birth changed over'],
    ['a postcode', home, { postcode: 'sg138eq' }, 'Same postcode'],
    ['a UPN', { upn: 'A123456789012' }, { upn: 'a 1234-56789012' }, 'Same UPN']
  ])('a name with %s is strong', (_, one, other, reason) => {
    expect(strength(person('Robin Vale', one), person('Robin Vale', other))).toBe('strong')
    expect(why(person('Robin Vale', one), person('Robin Vale', other))).toContain(reason)
  })

  it('one figure wrong in the date of birth, or an age that fits it, speaks for a match', () => {
    const oneWrong = person('Robin Vale', { birthDate: '2015-09-08' })
    expect(why(robin, oneWrong)).toContain('Date of birth differs in one figure')
    expect(strength(person('Robin Vale', born), oneWrong)).toBe('likely')
    const aged = (ageYears: number) => person('Robin Vale', { ageYears })
    expect(why(robin, aged(11))).toContain('Age fits the date of birth')
    expect(why(aged(11), robin)).toContain('Age fits the date of birth')
    expect(why(aged(11), aged(11))).toContain('Same age')
    expect(strength(robin, aged(10))).toBe('likely')
    expect(why(robin, aged(5))).toContain('Age does not fit the date of birth')
    expect(strength(robin, aged(5))).toBe('possible')
  })

  it('an age is judged on the day that it was told', () => {
    const before = person('Robin Vale', { ageYears: 10, toldOn: '2026-09-02' })
    expect(why(robin, before)).toContain('Age fits the date of birth')
    expect(why(robin, { ...before, toldOn: '2026-09-03' })).not.toContain('Age fits the date of birth')
  })

  it('says the weightiest first and what speaks against it last', () => {
    const one = person('Robin Vale', { ...born, ...home, upn: 'A123456789012', schoolId: 'a' })
    const other = person('Robyn Vale', { ...home, birthDate: '2015-03-09', upn: one.upn, schoolId: 'b' })
    expect(why(one, other)).toEqual([
      'Same UPN',
      'Day and month of birth changed over',
      'Same surname',
      'Name sounds alike: Robin and Robyn',
      'Same postcode',
      'Different school'
    ])
  })

  it('half a name is found by what else is known', () => {
    expect(strength(person('Robin', born), robin)).toBe('likely')
    expect(strength(person('Vale', born), robin)).toBe('likely')
    expect(strength(person('', born), robin)).toBe('possible')
    expect(strength(person('', { ...born, ...home }), robin)).toBe('likely')
    expect(strength(person('', { upn: 'A123456789012' }), person('', { upn: 'A123456789012' }))).toBe(
      'strong'
    )
  })
})

describe('L15 traps', () => {
  it('twins are not the same child, however alike all the rest is', () => {
    for (const name of ['Asha Vale', 'Ben Vale', 'Robert Vale']) {
      expect(strength(robin, { ...robin, name, schoolId: 'a' })).toBe('none')
    }
    const rhyming = strength({ ...robin, name: 'Jayden Vale' }, { ...robin, name: 'Kayden Vale' })
    expect(rhyming).not.toBe('strong')
    const short = strength({ ...robin, name: 'Molly Vale' }, { ...robin, name: 'Polly Vale' })
    expect(short).not.toBe('strong')
    expect(strength({ ...robin, upn: 'A123456789012' }, { ...robin, upn: 'K123456789013' })).not.toBe(
      'strong'
    )
  })

  it('the same name at another school is possible, at the same school likely', () => {
    const at = (schoolId: string) => person('Robin Vale', { schoolId })
    expect(strength(at('a'), at('b'))).toBe('possible')
    expect(strength(at('a'), at('a'))).toBe('likely')
    expect(strength(at('a'), at(''))).toBe('likely')
    expect(strength({ ...at('a'), ...born }, { ...at('b'), ...born })).toBe('strong')
  })

  it('the same name with another date of birth or another UPN is another child', () => {
    expect(strength(person('Robin Vale', born), person('Robin Vale', { birthDate: '2012-01-17' }))).toBe(
      'none'
    )
    expect(strength(robin, { ...robin, birthDate: '2012-01-17' })).toBe('possible')
    const upn = (number: string) => person('Robin Vale', { upn: number })
    expect(strength(upn('A123456789012'), upn('B999956789012'))).toBe('none')
    expect(strength(upn('A123456789012'), upn('A123456789013'))).toBe('strong')
  })

  it('what was typed for want of a UPN is none', () => {
    const unknown = person('', { upn: 'not known' })
    expect(matchPeople(unknown, unknown)).toBeUndefined()
  })

  it('the same UPN with another first name is one of two who were mixed up', () => {
    const one = person('Robin Vale', { ...born, upn: 'A123456789012' })
    expect(strength(one, { ...one, name: 'Asha Vale' })).toBe('likely')
  })

  it.each([
    ['Emma Vale', 'Amy Vale'],
    ['Anna Vale', 'Ian Vale'],
    ['Olivia Grace Smith', 'Olivia Grace Jones'],
    ['Robin Vale', 'Robin Marsh'],
    ['Mia Khan', 'Zoe Khan'],
    ['Иван Петров', 'Анна Петров']
  ])('%s is not %s', (one, other) => {
    expect(strength(person(one), person(other))).toBe('none')
  })

  it('a surname, a first name, an address or a school alone is no child', () => {
    expect(strength(person('Vale'), robin)).toBe('none')
    expect(strength(person('', home), robin)).toBe('none')
    expect(strength(person('', { schoolId: 'a' }), { ...robin, schoolId: 'a' })).toBe('none')
    expect(strength(nobody, nobody)).toBe('none')
  })
})

describe('C5 the same household', () => {
  const household = (one: Person, other: Person) => {
    const found = matchHousehold(one, other)
    return found && { kind: found.kind, strength: found.strength, why: found.reasons.map(inWords) }
  }

  it('a surname that sounds alike and a postcode are brother and sister', () => {
    expect(household(robin, person('Asha Vail', { ...home, address: '4 High St SG138EQ' }))).toEqual({
      kind: 'sibling',
      strength: 'likely',
      why: ['Same address', 'Surname sounds alike: Vale and Vail']
    })
    const elsewhere = { ...home, address: '40 High St SG138EQ' }
    expect(household(robin, person('Asha Vale', elsewhere))).toMatchObject({
      kind: 'sibling',
      strength: 'possible'
    })
    expect(household(robin, person('Asha Vale', { postcode: home.postcode }))).toMatchObject({
      strength: 'likely',
      why: ['Same surname', 'Same postcode']
    })
  })

  it('a surname and a school perhaps are, a surname alone is not', () => {
    const at = (name: string, schoolId: string) => person(name, { schoolId })
    expect(household(at('Robin Vale', 'a'), at('Asha Vale', 'a'))).toMatchObject({
      kind: 'sibling',
      strength: 'possible'
    })
    expect(household(at('Robin Vale', 'a'), at('Asha Vale', 'b'))).toBeUndefined()
    expect(household(at('Robin Vale', ''), at('Asha Vale', ''))).toBeUndefined()
  })

  it.each([
    ['Flat 2, 14a High St, SG13 8EQ', 'flat 2 14A High Street SG138EQ', 'Same address'],
    ['Rose Cottage, SG13 8EQ', 'rose cottage, Mill Lane, SG138EQ', 'Same address'],
    ['14 High St, SG13 8EQ', '14a High St, SG13 8EQ', 'Same postcode, another house'],
    ['SG13 8EQ', '14a High St, SG13 8EQ', 'Same postcode']
  ])('%s and %s: %s', (address, other, reason) => {
    const { postcode } = home
    const found = household(person('Asha Marsh', { address, postcode }), { ...robin, address: other })
    expect(found).toMatchObject({ kind: 'address', why: [reason] })
    expect(found?.strength).toBe(reason === 'Same address' ? 'likely' : 'possible')
  })
})

const names = fc.constantFrom(
  ...[
    'Robin Vale',
    'Robyn Vail',
    'Vale Robin',
    'Bob Vale',
    'Robert Vale',
    'Asha Vale',
    'Vale',
    'Robin',
    'R Vale'
  ],
  ...['Siân O’Brien', 'Shan OBrien', 'Sean O Brien', 'Ann Smith-Jones', 'Ann Smith', 'Smith-Jones, Ann', '']
)
const anyone: fc.Arbitrary<Person> = fc.record({
  name: fc.oneof(names, fc.string({ unit: 'binary', maxLength: 40 })),
  birthDate: fc.oneof(
    fc.constantFrom('', '2015-09-03', '2015-03-09', '2015-09-08'),
    fc.integer({ min: 0, max: 6_000 }).map((days) => addDays(TODAY, -days))
  ),
  ageYears: fc.constantFrom(null, 5, 10, 11),
  toldOn: fc.constantFrom(TODAY, '2026-09-01'),
  upn: fc.oneof(fc.constantFrom('', 'A123456789012', 'A123456789013', 'B999956789012'), fc.string()),
  address: fc.constantFrom('', '4 High Street, SG13 8EQ', 'Rose Cottage'),
  postcode: fc.constantFrom('', 'SG13 8EQ', 'SG13 8ER'),
  schoolId: fc.constantFrom('', 'a', 'b')
})
const rank = (one: Person, other: Person): number => {
  const found = matchPeople(one, other)
  return found ? strengths.length - strengths.indexOf(found.strength) : 0
}

describe('whoever is compared', () => {
  const runs = { numRuns: 2_000 }

  it('it does not matter who comes first', () => {
    fc.assert(
      fc.property(anyone, anyone, (one, other) => {
        const [there, back] = [matchPeople(one, other), matchPeople(other, one)]
        expect(back?.strength).toBe(there?.strength)
        expect(back?.reasons.map(({ says }) => says).sort()).toEqual(
          there?.reasons.map(({ says }) => says).sort()
        )
        expect(matchHousehold(other, one)?.kind).toBe(matchHousehold(one, other)?.kind)
        expect(matchHousehold(other, one)?.strength).toBe(matchHousehold(one, other)?.strength)
      }),
      runs
    )
  })

  it('the same child with a UPN is always a strong match', () => {
    fc.assert(
      fc.property(anyone, (one) => {
        const child = { ...one, upn: 'A123456789012' }
        expect(rank(child, { ...child })).toBe(3)
      }),
      runs
    )
  })

  it('a blank never raises how sure a match is of what agrees', () => {
    const fields = ['name', 'birthDate', 'upn', 'postcode', 'schoolId'] as const
    const blanks = fc.subarray([...fields])
    const blanked = (one: Person, which: readonly (typeof fields)[number][]): Person => ({
      ...one,
      ageYears: null,
      ...Object.fromEntries(which.map((field) => [field, '']))
    })
    fc.assert(
      fc.property(anyone, blanks, blanks, (one, fewer, more) => {
        const some = blanked(one, fewer)
        expect(rank(one, blanked(some, more))).toBeLessThanOrEqual(rank(one, some))
      }),
      runs
    )
  })

  it('a match says why, in words without a name where names are left out', () => {
    fc.assert(
      fc.property(anyone, anyone, (one, other) => {
        for (const { says } of matchPeople(one, other)?.reasons ?? []) {
          expect(says).toMatch(/^[A-Z][A-Za-z ]+$/)
        }
        if (matchPeople(one, other)) expect(why(one, other)).not.toEqual([])
      }),
      runs
    )
  })
})

describe('words of the index', () => {
  it.each([
    ['Siân Vale', 'Shan Vail'],
    ['Bob Vale', 'Robert Vale'],
    ['Alex Vale', 'Alexandra Vale'],
    ['Vale, Robin', 'Vale Robin'],
    ['Sean O Brien', 'Sean O’Brien'],
    ['Ann Smith-Jones', 'Ann Smith'],
    ['Ann Smith Jones', 'Ann Smith-Jones'],
    ['Vale Bob', 'Robert Vale'],
    ['Иван Петров', 'Петров Иван']
  ])('%s and %s share one for the whole name', (one, other) => {
    const keysOf = (name: string) => personKeys(person(name)).names
    expect(keysOf(one).some((key) => keysOf(other).includes(key))).toBe(true)
  })

  it('a misspelt name is found by the other with its initial', () => {
    const initials = (name: string) => personKeys(person(name)).initials
    for (const misspelt of ['Rolin Vale', 'Robin Vane', 'R Vale']) {
      expect(initials(misspelt).some((key) => initials('Robin Vale').includes(key))).toBe(true)
    }
  })

  it('holds letters, digits and spaces only, few of them, whatever is typed', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .array(fc.constantFrom('alex', 'sam-jo', 'Chris', 'smith-jones', 'théo'), { maxLength: 40 })
        .map((words) => words.join(' '))
    )
    fc.assert(
      fc.property(typed, fc.string(), fc.string(), (name, upn, postcode) => {
        const words = indexedKeys({ name, birthDate: '2015-09-03', upn, postcode })
        expect(words).toMatch(/^[\p{L}\p{N} ]*$/u)
        expect(words.split(' ').length).toBeLessThan(300)
      })
    )
  })

  it('a name that is short for none stands for itself, and a full one for itself alone', () => {
    expect(formalNames('asha')).toEqual(['asha'])
    expect(formalNames('robert')).toEqual(['robert'])
    expect(formalNames('alex')).toContain('alexandra')
  })
})

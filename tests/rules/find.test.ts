import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deskReference, numberedKinds, readDeskReference } from '../../shared/account/deskCode.ts'
import { readFindText, type FindText } from '../../shared/person/findText.ts'
import { matchKnown, type KnownPerson, type Sought } from '../../shared/person/known.ts'
import { nearBirths } from '../../shared/person/nameKeys.ts'
import { strengths } from '../../shared/person/match.ts'
import { addDays, isRealDate } from '../../shared/time/london.ts'

const TODAY = '2026-11-23'
const nothing: FindText = {
  name: '',
  birthDate: '',
  ageYears: null,
  postcode: '',
  phone: '',
  upn: '',
  reference: undefined
}
const read = (text: string) => readFindText(text, TODAY)

describe('L16: the one box', () => {
  it.each<[string, Partial<FindText>]>([
    ['Robin Vale', { name: 'Robin Vale' }],
    ['Vale, Robin', { name: 'Vale, Robin' }],
    ['Robin Vale, 3 9 2015, sg141ab', { name: 'Robin Vale', birthDate: '2015-09-03', postcode: 'SG14 1AB' }],
    ['Vale, Robin 03092015', { name: 'Vale, Robin', birthDate: '2015-09-03' }],
    ['robin born 3rd of September 2015', { name: 'robin', birthDate: '2015-09-03' }],
    ['April May 2 June 2014', { name: 'April May', birthDate: '2014-06-02' }],
    ['May Vale dob 3.9.15', { name: 'May Vale', birthDate: '2015-09-03' }],
    ['Robin age 7', { name: 'Robin', ageYears: 7 }],
    ['Robin, 18 months old', { name: 'Robin', ageYears: 1 }],
    ['01992 555980 03092015', { phone: '01992555980', birthDate: '2015-09-03' }],
    ['03 09 2015 01992 555980', { phone: '01992555980', birthDate: '2015-09-03' }],
    ['tel +44 1992 555980', { phone: '01992555980' }],
    ['(01992) 555-980 Robin', { name: 'Robin', phone: '01992555980' }],
    ['Robin V 07700 900123', { name: 'Robin V', phone: '07700900123' }],
    ['A123 4567 8901 2', { upn: 'A123 4567 8901 2' }],
    ['upn a123456789012 robin', { name: 'robin', upn: 'a123456789012' }],
    ['SG14 IAB', { postcode: 'SG14 1AB' }],
    ['14 Mill Lane', { name: 'Mill Lane' }],
    ['Famakinwa Ola', { name: 'Famakinwa Ola' }],
    ['3/9/2031', {}],
    ['12345', {}]
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual({ ...nothing, ...expected })
  })

  it.each(['FAM-7KQ3-000012', 'fam 7kq3 12', 'fam7kq3000012', ' Fam-7KQ3-12 ', 'ref fam 7kq3 12'])(
    'a reference as heard: %s',
    (text) => {
      expect(read(text)).toEqual({ ...nothing, reference: { kind: 'FAM', deskCode: '7KQ3', number: 12 } })
    }
  )

  it('any reference is read back, however it is spaced and whatever its case', () => {
    const kind = fc.constantFrom(...numberedKinds)
    const code = fc.array(fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), {
      minLength: 4,
      maxLength: 4
    })
    fc.assert(
      fc.property(
        kind,
        code,
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.boolean(),
        (of, letters, number, bare) => {
          const written = deskReference(of, letters.join(''), number)
          const typed = bare ? written.replaceAll('-', '').toLowerCase() : written
          expect(readDeskReference(typed)).toEqual({ kind: of, deskCode: letters.join(''), number })
        }
      )
    )
  })

  it('any text can be read, a name holds no figure, and a date is real and not in the future', () => {
    const bits = fc.constantFrom(
      '3/9/15',
      'SG14',
      '1AB',
      '07700',
      '900123',
      'fam',
      '7kq3',
      '12',
      'age',
      'Vale,',
      '-',
      '’'
    )
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.oneof(bits, fc.string({ maxLength: 6 }))).map((all) => all.join(' '))
    )
    fc.assert(
      fc.property(text, (typed) => {
        const { name, birthDate } = read(typed)
        expect(name).not.toMatch(/\d/)
        expect(birthDate === '' || (isRealDate(birthDate) && birthDate <= TODAY)).toBe(true)
      })
    )
  })
})

const robin: KnownPerson = {
  names: ['Robin Marsh', 'Robin Vale'],
  birthDate: '2015-09-03',
  upns: ['A123456789012'],
  homes: [
    { address: '9 Dell Road', postcode: 'AL1 3JE', isNow: false },
    { address: '4 Mill Lane', postcode: 'SG14 1AB', isNow: true }
  ],
  phones: ['07700900123'],
  schools: []
}
const sought = (changes: Partial<Sought>): Sought => ({
  ...{
    name: '',
    birthDate: '',
    ageYears: null,
    toldOn: TODAY,
    upn: '',
    address: '',
    postcode: '',
    schoolId: ''
  },
  phone: '',
  ...changes
})
const match = (changes: Partial<Sought>, known = robin) => {
  const found = matchKnown(sought(changes), known)
  return found && [found.strength, found.reasons.map(({ says }) => says)]
}

describe('L15: somebody of the record', () => {
  it.each<[Partial<Sought>, string, string[]]>([
    [{ name: 'Robin Vale', postcode: 'SG14 1AB' }, 'strong', ['Same name', 'Same postcode']],
    [{ name: 'Robin Vale', postcode: 'AL1 3JE' }, 'strong', ['Same name', 'Earlier address: same postcode']],
    [{ name: 'Robin Marsh' }, 'likely', ['Same name']],
    [{ name: 'rob va' }, 'possible', ['Name begins as typed']],
    [{ name: 'rob va', birthDate: '2015-09-03' }, 'likely', ['Same date of birth', 'Name begins as typed']],
    [{ name: 'vale' }, 'possible', ['Name as typed']],
    [{ postcode: 'AL1 3JE' }, 'possible', ['Earlier address: same postcode']],
    [{ phone: '07700900123' }, 'possible', ['Same phone number']],
    [
      { name: 'R Vale', phone: '07700900123' },
      'likely',
      ['Same surname', 'Same phone number', 'Same initial']
    ],
    [{ name: 'Jo Brook', phone: '07700900123' }, 'possible', ['Same phone number']]
  ])('%j is %s', (asked, strength, reasons) => {
    expect(match(asked)).toEqual([strength, reasons])
  })

  it.each<[string, Partial<Sought>]>([
    ['a twin', { name: 'Tom Vale', birthDate: '2015-09-03', postcode: 'SG14 1AB' }],
    ['the beginning of a name with another date of birth', { name: 'rob va', birthDate: '2011-04-21' }],
    ['another postcode', { postcode: 'SG1 1AA' }],
    ['nothing at all', {}]
  ])('%s is nobody', (_, asked) => {
    expect(match(asked)).toBeUndefined()
  })

  it('what is not known of somebody never makes a match surer', () => {
    const rank = (known: KnownPerson, asked: Sought) => {
      const found = matchKnown(asked, known)
      return found ? strengths.indexOf(found.strength) : strengths.length
    }
    const asked = fc.record({
      name: fc.constantFrom('Robin Vale', 'Robyn Vail', 'Bob Vale', 'rob va'),
      birthDate: fc.constantFrom('', '2015-09-03'),
      postcode: fc.constantFrom('', 'SG14 1AB', 'AL1 3JE'),
      upn: fc.constantFrom('', 'A123456789012'),
      phone: fc.constantFrom('', '07700900123')
    })
    const blanks: Partial<KnownPerson>[] = [{ birthDate: '' }, { upns: [] }, { homes: [] }, { phones: [] }]
    fc.assert(
      fc.property(asked, fc.constantFrom(...blanks), (changes, blank) => {
        const whole = rank(robin, sought(changes))
        expect(rank({ ...robin, ...blank }, sought(changes))).toBeGreaterThanOrEqual(whole)
      })
    )
  })

  it('dates that a slip makes are real ones, and never the date itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (days) => {
        const date = addDays('1930-01-01', days)
        const near = nearBirths(date)
        expect(near.length).toBeGreaterThan(0)
        expect(near).not.toContain(`b${date.replaceAll('-', '')}`)
        for (const word of near) expect(isRealDate(word.replace(/^b(....)(..)(..)$/, '$1-$2-$3'))).toBe(true)
      })
    )
  })
})

import { describe, expect, it } from 'vitest'
import {
  factOn,
  factsOn,
  holdsOn,
  newestVersions,
  type FactKind,
  type FactRow,
  type FactValue
} from '../../shared/family/fact.ts'
import { lastDayBefore } from '../../shared/family/recording.ts'
import { withheldFacts, withoutWords } from '../../shared/family/withheld.ts'
import { isEligible } from '../../shared/person/birth.ts'
import { ageOn } from '../../shared/time/london.ts'

const ROBIN = 'robin'
let recorded = 0

/** A fact, recorded after those before it. */
function aRow<K extends FactKind>(
  kind: K,
  value: FactValue<K>,
  changes: Partial<FactRow<K>> = {}
): FactRow<K> {
  recorded += 1
  const id = `fact-${String(recorded).padStart(3, '0')}`
  return {
    ...{
      id,
      ofId: id,
      subjectId: ROBIN,
      kind,
      value,
      validFrom: '',
      validTo: '',
      inError: false,
      reason: ''
    },
    recordedAt: new Date(Date.UTC(2026, 10, 1, 9, recorded)).toISOString(),
    ...changes
  }
}
const name = (text: string, changes: Partial<FactRow<'name'>> = {}) => aRow('name', { name: text }, changes)
const home = (address: string, withheldFrom: string[] = [], changes: Partial<FactRow<'address'>> = {}) =>
  aRow('address', { address, postcode: '', district: '', withheldFrom }, changes)
const phone = (number: string, withheldFrom: string[] = []) =>
  aRow('phone', { number, note: '', mayLeaveMessage: false, maySayWho: false, withheldFrom })

describe('R1, S0: eligible under 18, or under 25 with a recorded learning need or disability', () => {
  it.each([
    { born: '2008-11-24', on: '2026-11-23', need: false, eligible: true },
    { born: '2008-11-24', on: '2026-11-24', need: false, eligible: false },
    { born: '2008-11-24', on: '2026-11-24', need: true, eligible: true },
    { born: '2001-11-24', on: '2026-11-23', need: true, eligible: true },
    { born: '2001-11-24', on: '2026-11-24', need: true, eligible: false },
    // born on 29 February: the birthday is 1 March in years that have none
    { born: '2008-02-29', on: '2026-02-28', need: false, eligible: true },
    { born: '2008-02-29', on: '2026-03-01', need: false, eligible: false },
    { born: '2000-02-29', on: '2025-02-28', need: true, eligible: true },
    { born: '2000-02-29', on: '2025-03-01', need: true, eligible: false }
  ])('born $born, on $on, need $need: $eligible', ({ born, on, need, eligible }) => {
    expect(isEligible(ageOn(born, on), need)).toBe(eligible)
  })
})

describe('a fact on a day', () => {
  it('holds on its first and its last day, not before or after', () => {
    const row = name('Robin', { validFrom: '2026-03-01', validTo: '2026-03-31' })
    const days = ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01']
    expect(days.map((day) => holdsOn(row, day))).toEqual([false, true, true, false])
    expect(holdsOn({ ...row, inError: true }, '2026-03-15')).toBe(false)
  })

  it('is by the newest version of the fact with the latest first day', () => {
    const born = name('Robin Vale')
    const changed = name('Robin Marsh', { validFrom: '2026-03-01' })
    const corrected = name('Robyn Marsh', { validFrom: '2026-03-01', ofId: changed.ofId })
    const rows = [corrected, born, changed]
    expect(factOn(rows, ROBIN, 'name', '2026-02-28')?.value.name).toBe('Robin Vale')
    expect(factOn(rows, ROBIN, 'name', '2026-03-01')?.value.name).toBe('Robyn Marsh')
    expect(
      newestVersions(rows)
        .map(({ id }) => id)
        .sort()
    ).toEqual([born.id, corrected.id].sort())
    expect(factsOn(rows, 'somebody else', 'name', '2026-03-01')).toEqual([])
  })
})

describe('what a new fact takes the place of', () => {
  const since = (validFrom: string, validTo = '') => ({ validFrom, validTo })
  const standing = name('Robin Vale', { validFrom: '2026-03-01' })
  it.each([
    { told: 'from a later day: to the day before', change: since('2026-05-02'), lastDay: '2026-05-01' },
    { told: 'from today where no day is said', change: since(''), lastDay: '2026-11-22' },
    { told: 'from the same day: that day', change: since('2026-03-01'), lastDay: '2026-03-01' },
    { told: 'from an earlier day: nothing ends', change: since('2026-02-28'), lastDay: undefined },
    { told: 'only for a time: nothing ends', change: since('2026-05-02', '2026-06-01'), lastDay: undefined }
  ])('$told', ({ change, lastDay }) => {
    expect(lastDayBefore(standing, change, '2026-11-23')).toBe(lastDay)
  })

  it('what has ended before stays as it is', () => {
    const ended = { ...standing, validTo: '2026-04-01' }
    expect(lastDayBefore(ended, since('2026-04-02'), '2026-11-23')).toBeUndefined()
    expect(lastDayBefore(ended, since('2026-04-01'), '2026-11-23')).toBe('2026-03-31')
  })
})

describe('what is withheld', () => {
  it('goes by the newest version, with every version of it', () => {
    const typed = home('4 Mill Lane')
    const withheld = home('4 Mill Lane, Hertford', ['father'], { ofId: typed.ofId })
    const lifted = home('4 Mill Lane, Hertford', [], { ofId: typed.ofId })
    expect(withheldFacts([typed])).toEqual(new Set())
    expect(withheldFacts([withheld, typed])).toEqual(new Set([typed.ofId]))
    expect(withheldFacts([lifted, withheld, typed])).toEqual(new Set())
  })

  it('takes along whatever tells the same address or number, however it is typed', () => {
    const mothers = home('4 Mill Lane, Hertford SG14 1AB', ['father'])
    const childs = home('4 mill lane hertford sg141ab', [], { subjectId: 'child' })
    const others = home('5 Mill Lane, Hertford SG14 1AB', [], { subjectId: 'gran' })
    const [number, same, different] = [
      phone('07700 900123', ['father']),
      phone('+44 7700 900123'),
      phone('07700 900124')
    ]
    expect(withheldFacts([mothers, childs, others, number, same, different])).toEqual(
      new Set([mothers.ofId, childs.ofId, number.ofId, same.ofId])
    )
  })

  it.each([
    ['17 Secret Wharf', true],
    ['17, Secret Wharf, SG12 9ZZ', true],
    ['Flat 2, 17 Secret Wharf, Ware', true],
    ['17 secret wharf ware sg129zz', true],
    ['SG12 9ZZ', true],
    ['19 Secret Wharf, Ware SG12 9ZZ', false],
    ['17 Secret Wharf, York YO1 7HH', false],
    ['17 Station Road, Ware SG12 9ZZ', false],
    ['Ware', false]
  ])('“17 Secret Wharf, Ware SG12 9ZZ” takes “%s” along: %s', (text, isTaken) => {
    const mothers = home('17 Secret Wharf, Ware SG12 9ZZ', ['father'])
    const childs = home(text, [], { subjectId: 'child' })
    expect(withheldFacts([mothers, childs]).has(childs.ofId)).toBe(isTaken)
    const told = home(text, ['father'], { subjectId: 'child' })
    const before = home('17 Secret Wharf, Ware SG12 9ZZ')
    expect(withheldFacts([told, before]).has(before.ofId)).toBe(isTaken)
  })

  it('is told without its words, but from whom', () => {
    expect(withoutWords(home('4 Mill Lane', ['father'])).value).toEqual({
      ...{ address: '', postcode: '', district: '', withheldFrom: ['father'] }
    })
    const { value } = withoutWords({ ...phone('07700 900123', ['father']) })
    expect(value).toMatchObject({ number: '', note: '', withheldFrom: ['father'] })
    expect(withoutWords(name('Robin Vale')).value).toEqual({ name: 'Robin Vale' })
  })
})

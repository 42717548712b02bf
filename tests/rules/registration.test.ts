import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DraftPerson, RegistrationDraft } from '../../shared/family/family.ts'
import type { Fact, FactRow } from '../../shared/family/fact.ts'
import { problemsWithRegistration, type Registering } from '../../shared/family/problems.ts'
import { factsOf, newFactsOf } from '../../shared/family/registering.ts'
import { newId } from '../../shared/ids.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { writeDate } from '../../shared/time/civilDate.ts'
import { addDays } from '../../shared/time/london.ts'
import { aPerson, aRegistration } from '../fixtures/families.ts'

const TODAY = '2026-11-23'
const rules = rulesOn(seedSettings(), TODAY)
const priya = { name: 'Priya Shah', trainedOn: TODAY, registeredOn: TODAY, leftOn: '' }
const about = (changes: Partial<Registering> = {}): Registering => ({
  today: TODAY,
  rules,
  practitioner: priya,
  known: new Map(),
  ...changes
})
/** A form that can be filed, with these people and Jo Vale's agreement. */
function form(people: DraftPerson[], changes: Partial<RegistrationDraft> = {}): RegistrationDraft {
  const registration = aRegistration({ people, practitionerId: newId(), ...changes })
  return { ...registration, agreement: { ...registration.agreement, byPersonId: '', byName: 'Jo Vale' } }
}
const paths = (draft: RegistrationDraft, changes: Partial<Registering> = {}) =>
  problemsWithRegistration(draft, about(changes)).map(({ path }) => path)
const pathsOf = (changes: Partial<DraftPerson>) => paths(form([aPerson(), aPerson(changes)]))

describe('R1: at least one child who is eligible on the day', () => {
  it.each([
    ['17 years and 364 days', '24/11/2008', {}, true],
    ['18 today', '23/11/2008', {}, false],
    ['18 with a learning need', '23/11/2008', { learningNeed: 'yes' }, true],
    ['18 with a disability', '23/11/2008', { disability: 'yes' }, true],
    ['18, need not known', '23/11/2008', { learningNeed: 'not-known', disability: 'no' }, false],
    ['24 years and 364 days with a need', '24/11/2001', { learningNeed: 'yes' }, true],
    ['25 today with a need', '23/11/2001', { learningNeed: 'yes' }, false]
  ] as const)('%s', (_, birth, need, isEligible) => {
    expect(paths(form([aPerson({ birth, ...need })]))).toEqual(isEligible ? [] : ['people.0.birth'])
  })

  it('born on 29 February: 18 on 1 March of a year without one', () => {
    const people = [aPerson({ birth: '29/2/2008' })]
    const on = (today: string) => paths(form(people), { today })
    expect(on('2026-02-28').filter((path) => path.startsWith('people'))).toEqual([])
    expect(on('2026-03-01').filter((path) => path.startsWith('people'))).toEqual(['people.0.birth'])
  })

  it('an unborn child is; an adult alone is not; nobody at all is asked for', () => {
    expect(paths(form([aPerson({ role: 'unborn', name: '', birth: '', expected: '3/3/2027' })]))).toEqual([])
    expect(paths(form([aPerson({ role: 'parent-carer' })]))).toEqual(['people.0.name'])
    expect(paths(form([aPerson({ name: '', birth: '', address: '' })]))).toEqual(['people.0.name'])
  })

  it('a sister who is too old does not matter beside one who is not', () => {
    expect(pathsOf({ birth: '1/1/1990' })).toEqual([])
  })

  it('a child whose birth nobody knows is not shown to be', () => {
    expect(paths(form([aPerson({ birth: '' })]))).toEqual(['people.0.birth'])
    expect(pathsOf({ birth: '' })).toEqual([])
  })

  it('of somebody in the record the record decides, and the page leaves it to the record', () => {
    const personId = newId()
    const draft = form([aPerson({ personId, birth: '', name: '' })])
    const known = (birthDate: string, hasNeed: boolean) => new Map([[personId, { birthDate, hasNeed }]])
    expect(paths(draft)).toEqual([])
    expect(paths(draft, { known: known('2015-09-03', false) })).toEqual([])
    expect(paths(draft, { known: known('2006-09-03', true) })).toEqual([])
    expect(paths(draft, { known: known('2006-09-03', false) })).toEqual(['people.0.birth'])
  })
})

describe('each person', () => {
  it('has a role and a name; a name is not asked of who is unborn or in the record', () => {
    expect(pathsOf({ role: '' })).toEqual(['people.1.role'])
    expect(pathsOf({ name: ' ' })).toEqual(['people.1.name'])
    expect(pathsOf({ name: '', personId: newId() })).toEqual([])
  })

  it('has a date of birth that can be read: an age would be lost', () => {
    for (const birth of ['age 7', '31/2/2015', 'soon', writeDate(addDays(TODAY, 1))]) {
      expect(pathsOf({ birth })).toEqual(['people.1.birth'])
    }
    expect(pathsOf({ birth: writeDate(TODAY) })).toEqual([])
  })

  it('is expected between four weeks ago and ten months ahead', () => {
    const on = (expected: string) => pathsOf({ role: 'unborn', name: '', birth: '', expected })
    const day = (days: number) => writeDate(addDays(TODAY, days))
    expect([on(day(-28)), on(day(300))]).toEqual([[], []])
    for (const wrong of ['', 'March', day(-29), day(301)]) expect(on(wrong)).toEqual(['people.1.expected'])
  })

  it('lives at a postcode or in a district, where an address is known', () => {
    const at = (address: string, district = '') => pathsOf({ address, district })
    expect([at(''), at('4 Mill Lane SG14 1AB'), at('4 Mill Lane', 'E07000242')]).toEqual([[], [], []])
    expect(at('4 Mill Lane')).toEqual(['people.1.address'])
    expect(at('4 Mill Lane SG14 1AB', 'E07999999')).toEqual(['people.1.district'])
  })

  it('goes to a school of the directory', () => {
    expect(pathsOf({ schoolText: 'Oakf' })).toEqual(['people.1.schoolId'])
    expect(pathsOf({ schoolText: 'Oakfield School', schoolId: newId() })).toEqual([])
  })

  it('is in the form once', () => {
    const personId = newId()
    expect(paths(form([aPerson({ personId }), aPerson({ personId })]))).toEqual(['people.1.name'])
  })
})

describe('an assessment that starts (R2, R23, R24)', () => {
  it('has its reason, and a keyworker who is trained and registered from the day on', () => {
    const people = [aPerson()]
    expect(paths(form(people, { reason: ' ' }))).toEqual(['reason'])
    expect(paths(form(people, { practitionerId: '' }))).toEqual(['practitionerId'])
    expect(paths(form(people), { practitioner: undefined })).toEqual(['practitionerId'])
    for (const late of ['trainedOn', 'registeredOn'] as const) {
      const on = (day: string) => paths(form(people), { practitioner: { ...priya, [late]: day } })
      expect([on(''), on(addDays(TODAY, 1)), on(TODAY)]).toEqual([['practitionerId'], ['practitionerId'], []])
    }
  })

  it('asks for neither where the family has not agreed to take part', () => {
    const draft = form([aPerson()], { reason: '', practitionerId: '' })
    const said = (changes: Partial<RegistrationDraft['agreement']>) =>
      paths({ ...draft, agreement: { ...draft.agreement, ...changes } }, { practitioner: undefined })
    expect(said({ decision: 'not-asked' })).toEqual([])
    expect(said({ takePart: false, share: true })).toEqual([])
    expect(said({ decision: '' })).toEqual(['agreement.decision'])
  })

  it('is agreed by somebody of the form, who goes by the id of the form', () => {
    const child = aPerson({ birth: '1/1/2010' })
    const draft = form([child])
    const by = (byPersonId: string) =>
      paths({
        ...draft,
        agreement: { ...draft.agreement, byPersonId, byName: '', capacity: 'young-person-16-or-over' }
      })
    expect(by(child.id)).toEqual([])
    expect(by(newId())).toContain('agreement.byPersonId')
  })
})

describe('what a form tells of somebody who is in the record', () => {
  const person = aPerson({ phone: '07700 900123', language: 'Polish', interpreter: 'yes', sex: 'female' })
  const told = (changes: Partial<DraftPerson>) => factsOf({ ...person, ...changes }, TODAY, person.district)
  const asRows = (facts: Fact[]): FactRow[] =>
    facts.map((fact, index) => ({
      ...fact,
      id: `v${String(index)}`,
      ofId: `v${String(index)}`,
      subjectId: person.id,
      validFrom: '',
      validTo: '',
      inError: false,
      reason: '',
      recordedAt: '2026-01-01T10:00:00.000Z'
    }))
  const rows = asRows(told({}))
  const kinds = (changes: Partial<DraftPerson>) =>
    newFactsOf(told(changes), rows, person.id, TODAY).map(({ kind }) => kind)

  it('is nothing new where it says the same in other words', () => {
    expect(kinds({})).toEqual([])
    expect(kinds({ phone: '+44 7700 900123', address: '4 MILL LANE, Hertford SG14 1AB' })).toEqual([])
    expect(kinds({ language: 'polish', interpreter: '' })).toEqual([])
  })

  it('is nothing new where it says nothing', () => {
    const blank = aPerson({ name: '', birth: '', address: '', district: '' })
    expect(newFactsOf(factsOf(blank, TODAY, ''), rows, person.id, TODAY)).toEqual([])
  })

  it('is a new fact of each kind that differs', () => {
    expect(kinds({ name: 'Robin Marsh' })).toEqual(['name'])
    expect(kinds({ phone: '07700 900124', interpreter: 'no' })).toEqual(['language', 'phone'])
  })

  it('told once more it is known: no field is ever told twice', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (name, address, phone) => {
        const facts = told({ name, address, phone })
        const now = [...rows, ...asRows(newFactsOf(facts, rows, person.id, TODAY))].map((row, index) => ({
          ...row,
          id: `r${String(index)}`,
          ofId: `r${String(index)}`,
          recordedAt: `2026-01-01T10:00:00.${String(index).padStart(3, '0')}Z`
        }))
        expect(newFactsOf(facts, now, person.id, TODAY)).toEqual([])
      })
    )
  })
})

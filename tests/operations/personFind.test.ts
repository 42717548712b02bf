import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../shared/access/roles.ts'
import type { Fact } from '../../shared/family/fact.ts'
import type { DraftPerson } from '../../shared/family/family.ts'
import { newId } from '../../shared/ids.ts'
import { insertFacts } from '../../electron/family/insertFacts.ts'
import { writtenBy } from '../../electron/family/written.ts'
import { aSchool } from '../fixtures/calls.ts'
import { aFamily, aPerson } from '../fixtures/families.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => desk.close())

const find = (text: string, actor?: Actor) => desk.does('person.find', { text }, actor)
const named = async (text: string, actor?: Actor) => (await find(text, actor)).map(({ name }) => name)

/** Whose date of birth is known, so that the family may be registered (R1), and who is like nobody else. */
const brother = { name: 'Otto Quist', birth: '7/5/2019', address: '' }

/** Registers one family of these people. */
const people = (...changes: Partial<DraftPerson>[]) =>
  aFamily(desk, { people: changes.map((each) => aPerson(each)) })

/** Facts that became known later. */
const told = (subject: 'person' | 'family', subjectId: string, ...facts: Fact[]) =>
  desk.store.write((tx) =>
    insertFacts(
      tx,
      facts,
      { subject, subjectId, actId: newId(), validFrom: '' },
      { ...writtenBy(desk.first, newId()), createdAt: '2026-11-23T11:00:00.000Z' }
    )
  )

const later = (actor: Actor): Actor => ({ ...actor, now: '2026-11-23T12:00:00.000Z' })

describe('person.find: one box (L15, L16)', () => {
  it.each([
    ['a name', 'Robin Vale', 'Same name'],
    ['a name the other way round', 'vale robin', 'First and last name changed over'],
    ['a name as it sounds', 'Robyn Vail', 'Name sounds alike: Robyn and Robin'],
    ['the beginning of a name', 'rob va', 'Name begins as typed'],
    ['a first name', 'robin', 'Same first name'],
    ['a surname alone, misspelt', 'Vail', 'Name sounds as typed'],
    ['a date of birth', '3/9/15', 'Same date of birth'],
    ['a date of birth with a name', 'robin 3 sept 2015', 'Same date of birth'],
    ['day and month changed over', 'Robin Vale 9/3/2015', 'Day and month of birth changed over'],
    ['two figures changed over', 'Robin Vale 30/9/2015', 'Two figures of the date of birth changed over'],
    ['a postcode without its space', 'sg141ab', 'Same postcode'],
    ['a postcode with its space', 'SG14 1AB', 'Same postcode'],
    ['a telephone number', '07700 900 123', 'Same phone number'],
    ['the same abroad', '+44 7700 900123', 'Same phone number'],
    ['a UPN', 'a123 4567 8901 2', 'Same UPN'],
    ['a family', 'fam 7kq3 1', 'Reference FAM-7KQ3-000001'],
    ['an assessment', 'ffa-7kq3-000001', 'Reference FFA-7KQ3-000001']
  ])('%s: %s', async (_, text, why) => {
    await people(
      { phone: '07700 900123', upn: 'A123456789012' },
      { name: 'Ann Other', birth: '', address: '' }
    )
    const [first] = await find(text)
    expect(first).toMatchObject({ name: 'Robin Vale', birthDate: '2015-09-03', postcode: 'SG14 1AB' })
    expect(first?.why).toContain(why)
  })

  it('nothing typed, nothing known and words of the index find nobody', async () => {
    await people({})
    for (const text of ['', '  ', 'Nobody Else', '"', 'OR AND NOT *', 'words : x', '12', 'FAM-7KQ3-999999']) {
      expect(await named(text)).toEqual([])
    }
  })

  it('at most five, the likeliest first; what differs comes last or not at all', async () => {
    await people({}, { name: 'Rowan Vale' })
    for (let count = 0; count < 6; count++) await people({ birth: `3/${count + 1}/2012`, address: '' })
    const found = await find('Robin Vale 3/9/15')
    expect(found.length).toBeLessThanOrEqual(5)
    expect(found[0]).toMatchObject({ name: 'Robin Vale', birthDate: '2015-09-03', strength: 'strong' })
    expect(found.map(({ name }) => name)).not.toContain('Rowan Vale')
    expect(found.slice(1).every(({ strength }) => strength !== 'strong')).toBe(true)
  })

  it('twins: the other one is not the one who is sought', async () => {
    await people({ name: 'Mia Vale' }, { name: 'Maya Vale' }, { name: 'Tom Vale' })
    expect((await find('Tom Vale 3/9/2015 SG14 1AB'))[0]).toMatchObject({
      name: 'Tom Vale',
      strength: 'strong'
    })
    expect(await named('Tom Vale 3/9/2015 SG14 1AB')).toEqual(['Tom Vale'])
  })

  it('a blank lowers how sure it is', async () => {
    await people({ name: 'Ida Holm', birth: '', address: '' }, brother)
    expect((await find('Ida Holm 3/9/2015 SG14 1AB'))[0]?.strength).toBe('likely')
  })

  it('an old name and an old address still find, and say so', async () => {
    const { form } = await people({})
    const [child] = form.people
    await told(
      'person',
      child?.id ?? '',
      { kind: 'name', value: { name: 'Robin Marsh' } },
      {
        kind: 'address',
        value: { address: '9 Dell Road', postcode: 'AL1 3JE', district: '', withheldFrom: [] }
      }
    )
    const [found] = await find('Robin Vale SG14 1AB', later(desk.first))
    expect(found).toMatchObject({ name: 'Robin Marsh', postcode: 'AL1 3JE' })
    expect(found?.why).toContain('Same name')
  })

  it('person.findLike goes by what a form knows, the school among it', async () => {
    const oakfield = await aSchool(desk)
    const birch = await aSchool(desk, desk.first, { name: 'Birch School' })
    await people({ schoolId: oakfield.id, schoolText: oakfield.name, birth: '', address: '' }, brother)
    await people({ schoolId: birch.id, schoolText: birch.name, birth: '', address: '' }, brother)
    const person = { id: newId(), name: 'Robin Vale', birth: '', upn: '', relation: '', address: '' }
    const found = await desk.does('person.findLike', { person, schoolId: oakfield.id })
    expect(found.map(({ strength, why }) => [strength, why.at(-1)])).toEqual([
      ['likely', 'Same school'],
      ['possible', 'Different school']
    ])
  })
})

describe('person.find: what may be told (L25)', () => {
  const elsewhere = (): Actor => ({ ...desk.actor('coordinator'), hubIds: [newId()] })

  it.each(['helpdesk', 'administrator'] as const)('%s finds nobody at all', async (role) => {
    await people({})
    expect(await desk.run('person.find', { text: 'Robin Vale' }, desk.actor(role))).toEqual({
      ok: false,
      error: { code: 'not-allowed' }
    })
  })

  it('a coordinator finds the people of their hubs and their own, even behind many of other hubs', async () => {
    const coordinator = elsewhere()
    const form = { people: [aPerson()] }
    const own = await aFamily(desk, form, coordinator)
    for (let count = 0; count < 12; count++) await people({})
    const found = await find('Robin Vale', coordinator)
    expect(found.map(({ families }) => families.map(({ id }) => id))).toEqual([[own.id]])
    expect(await find(own.reference, elsewhere())).toEqual([])
  })

  it('of a restricted family somebody is found, without what names or places them', async () => {
    const { id, form } = await people({ phone: '07700 900123' }, { name: 'Jo Vale', role: 'parent-carer' })
    await told('family', id, {
      kind: 'restriction',
      value: { named: [desk.first.id], managerId: desk.first.id, why: 'Known to staff' }
    })
    const stranger = later(desk.actor('adviser'))
    const [found, ...others] = await find('Robyn Vail 3/9/2015 SG14 1AB', stranger)
    expect(found).toEqual({
      personId: form.people[0]?.id,
      strength: 'strong',
      why: ['Same date of birth', 'Name sounds alike', 'Surname sounds alike'],
      name: '',
      birthDate: '',
      postcode: '',
      restricted: true,
      families: [{ id, reference: 'FAM-7KQ3-000001', isCurrent: true }]
    })
    expect(others).toEqual([])
    expect(await find('SG14 1AB', stranger)).toEqual([])
    expect(await find('07700 900123', stranger)).toEqual([])
    expect((await find('Robin Vale', later(desk.first)))[0]?.name).toBe('Robin Vale')
  })

  it('nobody learns a withheld address or number by finding somebody with it', async () => {
    const { form } = await people({}, { name: 'Jo Vale', role: 'parent-carer' })
    const [child, mother] = form.people
    const withheldFrom = [mother?.id ?? '']
    await told(
      'person',
      child?.id ?? '',
      {
        kind: 'address',
        value: { address: '9 Dell Road', postcode: 'AL1 3JE', district: '', withheldFrom }
      },
      {
        kind: 'phone',
        value: { number: '07700 900456', note: '', mayLeaveMessage: false, maySayWho: false, withheldFrom }
      }
    )
    const reader = later(desk.first)
    for (const text of ['AL1 3JE', '07700 900456']) expect(await find(text, reader)).toEqual([])
    const [found] = await find('Robin Vale AL1 3JE', reader)
    expect(found).toMatchObject({ name: 'Robin Vale', postcode: '', strength: 'likely', why: ['Same name'] })
  })

  it('nor by the same address of a mother, whose is told without a word of withholding', async () => {
    const { form } = await people({}, { name: 'Jo Vale', role: 'parent-carer', birth: '' })
    const [child, mother] = form.people
    await told('person', child?.id ?? '', {
      kind: 'address',
      value: {
        address: '4 Mill Lane, Hertford SG14 1AB',
        postcode: 'SG14 1AB',
        district: '',
        withheldFrom: [mother?.id ?? '']
      }
    })
    expect(await find('SG14 1AB', later(desk.first))).toEqual([])
    expect((await find('Jo Vale', later(desk.first)))[0]).toMatchObject({ name: 'Jo Vale', postcode: '' })
  })
})

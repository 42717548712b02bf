import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { emptyPerson } from '../../shared/family/emptyForms.ts'
import { factOn, factsOn } from '../../shared/family/fact.ts'
import { membersOn } from '../../shared/family/members.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { aFact, aName, anAddress, wholeChronology } from '../fixtures/facts.ts'
import { aFamily, aPerson } from '../fixtures/families.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

const TODAY = '2026-11-23'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

const refused = (code: string) => ({ ok: false, error: { code } })
const invalid = (path: string) => ({ ok: false, error: { code: 'invalid', fields: [{ path }] } })
const read = (id: Id) => desk.does('family.read', { id })
const whoIsIn = async (id: Id, on = TODAY) =>
  membersOn((await read(id)).members, on).here.map(({ keptId }) => keptId)

/** Two families: Robin and Jo Vale, and Sam Marsh by herself with her daughter. */
async function twoFamilies() {
  const vales = await aFamily(desk)
  const daughter = aPerson({ name: 'Ash Marsh', birth: '4/5/2019', address: '', district: '' })
  const sam = aPerson({ role: 'parent-carer', name: 'Sam Marsh', birth: '', address: '', district: '' })
  const marshes = await aFamily(desk, { people: [daughter, sam] })
  const [child = '', mother = ''] = vales.form.people.map(({ id }) => id)
  return { vales: vales.id, marshes: marshes.id, child, mother, daughter: daughter.id, sam: sam.id }
}

async function moving(
  from: Id,
  to: Id,
  personId: Id,
  changes: Partial<Input<'family.moveMember'>> = {}
): Promise<Input<'family.moveMember'>> {
  const [member] = membersOn((await read(from)).members, TODAY).here.filter(
    ({ keptId }) => keptId === personId
  )
  return {
    ...{ id: newId(), ofId: member?.ofId ?? '', basedOn: member?.id ?? '', familyId: from },
    ...{ joiningId: newId(), toFamilyId: to, role: 'child', on: '2026-11-10', reason: 'Lives with her aunt' },
    ...changes
  }
}

describe('family.addMember', () => {
  const joining = (familyId: Id, changes: Partial<Input<'family.addMember'>> = {}) => ({
    ...{ id: newId(), familyId, person: aPerson({ name: 'Kit Vale', birth: '1/11/2026', relation: '' }) },
    ...{ from: '2026-11-01', reason: '' },
    ...changes
  })

  it('keeps of whom it was said that they are none of those shown, and makes no pair of them (L15)', async () => {
    const { marshes, child, daughter } = await twoFamilies()
    const robin = { ...aPerson(), relation: '' }
    await desk.does('family.addMember', joining(marshes, { person: { ...robin, noneOf: [child, daughter] } }))
    const rows = (query: string) => desk.store.reader.prepare(query).all()
    expect(rows('SELECT about_id, person_id, shown FROM person_choice')).toEqual([
      { about_id: robin.id, person_id: '', shown: `${child} ${daughter}` }
    ])
    expect(rows('SELECT one_id FROM person_pair')).toEqual([])
    // the same child of whom nothing was said
    await desk.does('family.addMember', joining(marshes, { person: { ...aPerson(), relation: '' } }))
    expect(rows('SELECT one_id FROM person_pair').length).toBeGreaterThan(0)
  })

  it('takes in somebody new with what is told of them, once', async () => {
    const { vales, child } = await twoFamilies()
    const baby = joining(vales)
    const added = await desk.does('family.addMember', {
      ...baby,
      person: { ...baby.person, relation: 'brother' }
    })
    expect(
      await desk.does('family.addMember', { ...baby, person: { ...baby.person, relation: 'brother' } })
    ).toEqual(added)
    const { facts } = await read(vales)
    expect(await whoIsIn(vales)).toContain(added.personId)
    expect(await whoIsIn(vales, '2026-10-31')).not.toContain(added.personId)
    expect(factOn(facts, added.personId, 'name', TODAY)?.value.name).toBe('Kit Vale')
    expect(factOn(facts, added.personId, 'relation', TODAY)?.value).toEqual({
      personId: child,
      relation: 'brother'
    })
    for (const changes of [{ from: '' }, { person: { ...baby.person, name: 'Kit Vail' } }]) {
      expect(await desk.run('family.addMember', { ...baby, ...changes })).toMatchObject({
        error: { reason: 'clashing-id' }
      })
    }
  })

  it('somebody known belongs to both families; what is left empty changes nothing', async () => {
    const { vales, marshes, child } = await twoFamilies()
    const known = { ...emptyPerson(newId()), personId: child, role: 'child' as const }
    await desk.does('family.addMember', joining(marshes, { person: known }))
    expect(await whoIsIn(vales)).toContain(child)
    expect(await whoIsIn(marshes)).toContain(child)
    const { facts } = await read(marshes)
    expect(factOn(facts, child, 'name', TODAY)?.value.name).toBe('Robin Vale')
    expect(facts.filter(({ subjectId, kind }) => subjectId === child && kind === 'name')).toHaveLength(1)
    expect(await desk.run('family.addMember', joining(marshes, { person: known }))).toMatchObject(
      invalid('person.personId')
    )
  })

  it('asks for a role and a name, and finds nobody who is not there', async () => {
    const { vales } = await twoFamilies()
    const nameless = aPerson({ role: '', name: '' })
    expect(await desk.run('family.addMember', joining(vales, { person: nameless }))).toMatchObject({
      error: { fields: [{ path: 'person.role' }, { path: 'person.name' }] }
    })
    const nobody = { ...emptyPerson(newId()), personId: newId(), role: 'child' as const }
    expect(await desk.run('family.addMember', joining(vales, { person: nobody }))).toEqual(
      refused('not-found')
    )
  })

  it('a family of which nobody knew where it lives goes by the address of a child who joins', async () => {
    const { marshes } = await twoFamilies()
    expect((await read(marshes)).hubName).toBe('County')
    await desk.does('family.addMember', joining(marshes))
    expect((await read(marshes)).hubName).toBe('Broxbourne and East Herts')
  })
})

describe('family.changeMember', () => {
  it('ends a membership; a stale change is told so and overwrites nothing (L7 to L9)', async () => {
    const { vales, mother } = await twoFamilies()
    const [member] = (await read(vales)).members.filter(({ keptId }) => keptId === mother)
    if (!member) throw new Error('Nobody')
    const { ofId, role, validFrom } = member
    const leaving = {
      ...{ id: newId(), ofId, basedOn: member.id, familyId: vales, role, validFrom },
      ...{ validTo: '2026-11-22', inError: false, reason: 'Moved out' }
    }
    await desk.does('family.changeMember', leaving)
    await desk.does('family.changeMember', leaving)
    expect(await whoIsIn(vales)).not.toContain(mother)
    expect(await whoIsIn(vales, '2026-11-22')).toContain(mother)
    const stale = { ...leaving, id: newId(), role: 'other' as const, validTo: '' }
    expect(await desk.run('family.changeMember', stale)).toEqual(refused('changed-since'))
    expect(await desk.run('family.changeMember', { ...leaving, reason: 'Another' })).toMatchObject({
      error: { reason: 'clashing-id' }
    })
    const corrected = {
      ...stale,
      id: newId(),
      basedOn: leaving.id,
      validFrom: '2026-11-02',
      validTo: '2026-11-01'
    }
    expect(await desk.run('family.changeMember', corrected)).toMatchObject(invalid('validTo'))
  })

  it('of somebody entered in error only the name is told, and nothing can be recorded of them here', async () => {
    const { vales, child } = await twoFamilies()
    const [member] = (await read(vales)).members.filter(({ keptId }) => keptId === child)
    if (!member) throw new Error('Nobody')
    const { ofId, role, validFrom, validTo } = member
    await desk.does('family.changeMember', {
      ...{ id: newId(), ofId, basedOn: member.id, familyId: vales, role, validFrom, validTo },
      ...{ inError: true, reason: 'Another family’s child' }
    })
    const { facts } = await read(vales)
    expect(facts.filter(({ subjectId }) => subjectId === child).map(({ kind }) => kind)).toEqual(['name'])
    expect(await desk.run('family.recordFact', aFact(vales, child, aName('X')))).toEqual(refused('not-found'))
    const entries = await wholeChronology(desk, vales)
    expect(entries.filter(({ kind, personId }) => kind === 'fact' && personId === child)).toHaveLength(1)
    expect(entries.filter(({ kind, personId }) => kind === 'member' && personId === child)).toHaveLength(2)
  })
})

describe('family.moveMember', () => {
  it('ends the one and begins the other in one act; what comes later belongs to where they went', async () => {
    const { vales, marshes, child } = await twoFamilies()
    const move = await moving(vales, marshes, child)
    await desk.does('family.moveMember', move)
    await desk.does('family.moveMember', move)
    expect(await whoIsIn(vales, '2026-11-09')).toContain(child)
    expect(await whoIsIn(vales, '2026-11-10')).not.toContain(child)
    expect(await whoIsIn(marshes, '2026-11-09')).not.toContain(child)
    expect(await whoIsIn(marshes, '2026-11-10')).toContain(child)

    const later = { ...desk.first, now: '2026-11-23T11:00:00.000Z' }
    const refuge = anAddress('A refuge, Watford')
    await desk.does('family.recordFact', aFact(marshes, child, refuge, { validFrom: '2026-11-10' }), later)
    await desk.does('family.recordFact', aFact(marshes, child, anAddress('Another refuge')), later)
    const homes = async (id: Id) =>
      factsOn((await read(id)).facts, child, 'address', TODAY).map(({ value }) => value.address)
    expect(await homes(marshes)).toHaveLength(3)
    expect(await homes(vales)).toEqual(['4 Mill Lane, Hertford SG14 1AB'])
    expect(JSON.stringify(await wholeChronology(desk, vales))).not.toContain('refuge')
    expect(JSON.stringify(await wholeChronology(desk, marshes))).toContain('A refuge, Watford')
    expect(JSON.stringify(await wholeChronology(desk, marshes))).toContain('4 Mill Lane')
  })

  it('refuses a stale one, a day before they joined, the same family, and one they are in already', async () => {
    const { vales, marshes, child, daughter } = await twoFamilies()
    const move = await moving(vales, marshes, child)
    expect(await desk.run('family.moveMember', { ...move, toFamilyId: vales })).toMatchObject(
      invalid('toFamilyId')
    )
    expect(await desk.run('family.moveMember', { ...move, toFamilyId: newId() })).toEqual(
      refused('not-found')
    )
    await desk.does('family.moveMember', move)
    const stale = { ...move, id: newId(), joiningId: newId() }
    expect(await desk.run('family.moveMember', stale)).toEqual(refused('changed-since'))
    expect(await desk.run('family.moveMember', { ...move, reason: 'Another' })).toMatchObject({
      error: { reason: 'clashing-id' }
    })
    const back = await moving(marshes, vales, child, { on: '2026-11-10' })
    expect(await desk.run('family.moveMember', back)).toMatchObject(invalid('on'))
    const known = { ...emptyPerson(newId()), personId: daughter, role: 'child' as const }
    await desk.does('family.addMember', { id: newId(), familyId: vales, person: known, from: '', reason: '' })
    expect(await desk.run('family.moveMember', await moving(vales, marshes, daughter))).toMatchObject(
      invalid('toFamilyId')
    )
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { factOn, factsOn, type Fact } from '../../shared/family/fact.ts'
import type { FamilyRecord } from '../../shared/family/family.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { aColleague, aFact, aName, anAddress } from '../fixtures/facts.ts'
import { aFamily, aPractitioner } from '../fixtures/families.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

const TODAY = '2026-11-23'
const EAST_HERTS = 'E07000242'
const WATFORD = 'E07000103'

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

/** A registered family with the ids of its child and mother. */
async function theVales(actor?: Actor) {
  const { id, form } = await aFamily(desk, {}, actor)
  const [child = '', mother = ''] = form.people.map((person) => person.id)
  return { id, child, mother }
}

const read = (id: Id, actor?: Actor) => desk.does('family.read', { id }, actor)

const nameOf = (family: FamilyRecord, personId: Id, on = TODAY) => factOn(family.facts, personId, 'name', on)
const homesOf = (family: FamilyRecord, personId: Id, on = TODAY) =>
  factsOn(family.facts, personId, 'address', on).map(({ value }) => value.address)

describe('a change of what is known', () => {
  it('holds from its day; what was before stays readable and ends the day before', async () => {
    const { id, child } = await theVales()
    const before = nameOf(await read(id), child)
    await desk.does(
      'family.recordFact',
      aFact(id, child, aName('Robin Marsh'), { basedOn: before?.id ?? '', validFrom: '2026-11-10' })
    )
    const family = await read(id)
    expect(nameOf(family, child)?.value.name).toBe('Robin Marsh')
    expect(nameOf(family, child, '2026-11-09')?.value.name).toBe('Robin Vale')
    expect(factsOn(family.facts, child, 'name', TODAY)).toHaveLength(1)
  })

  it('an address that was moved away from ends the day before; one beside it does not', async () => {
    const { id, child } = await theVales()
    const [home] = factsOn((await read(id)).facts, child, 'address', TODAY)
    await desk.does(
      'family.recordFact',
      aFact(id, child, anAddress('At her gran’s, 2 Hill Road'), { validFrom: TODAY })
    )
    expect(homesOf(await read(id), child)).toHaveLength(2)
    await desk.does(
      'family.recordFact',
      aFact(id, child, anAddress('9 New Street'), { basedOn: home?.id ?? '', validFrom: '2026-11-20' })
    )
    const family = await read(id)
    expect(homesOf(family, child)).toEqual(['At her gran’s, 2 Hill Road', '9 New Street'])
    expect(homesOf(family, child, '2026-11-19')).toEqual(['4 Mill Lane, Hertford SG14 1AB'])
  })

  it('something of an earlier time ends nothing', async () => {
    const { id, child } = await theVales()
    const now = nameOf(await read(id), child)
    await desk.does(
      'family.recordFact',
      aFact(id, child, aName('Robin Old'), {
        basedOn: now?.id ?? '',
        validFrom: '2016-01-01',
        validTo: '2017-01-01'
      })
    )
    expect(nameOf(await read(id), child, '2020-01-01')?.value.name).toBe('Robin Vale')
  })

  it('the same act again is a no-op, another under its id is refused (L6)', async () => {
    const { id, child } = await theVales()
    const act = aFact(id, child, aName('Robin Marsh'), { basedOn: nameOf(await read(id), child)?.id ?? '' })
    const first = await desk.does('family.recordFact', act)
    expect(await desk.does('family.recordFact', act)).toEqual(first)
    expect(await desk.run('family.recordFact', { ...act, fact: aName('Robin Lea') })).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'clashing-id' }
    })
  })

  it('L7 to L9: a stale edit is told so, from another tab and another session, and overwrites nothing', async () => {
    const { id, child } = await theVales()
    const other = await aColleague(desk, 'adviser')
    const basedOn = nameOf(await read(id), child)?.id ?? ''
    await desk.does('family.recordFact', aFact(id, child, aName('Robin Marsh'), { basedOn }))
    const stale = aFact(id, child, aName('Robin Lea'), { basedOn })
    expect(await desk.run('family.recordFact', stale)).toEqual(refused('changed-since'))
    expect(await desk.run('family.recordFact', stale, other)).toEqual(refused('changed-since'))
    const correction = {
      ...aFact(id, child, aName('Robyn Vale'), { basedOn, reason: 'Misspelt' }),
      ofId: basedOn
    }
    expect(await desk.run('family.recordFact', correction)).toEqual(refused('changed-since'))
    const family = await read(id)
    expect(nameOf(family, child)?.value.name).toBe('Robin Marsh')
    const again = { ...stale, basedOn: nameOf(family, child)?.id ?? '' }
    await desk.does('family.recordFact', again, other)
    const names = (await read(id)).facts.filter(
      ({ kind, subjectId }) => kind === 'name' && subjectId === child
    )
    expect(new Set(names.map(({ value }) => 'name' in value && value.name))).toEqual(
      new Set(['Robin Vale', 'Robin Marsh', 'Robin Lea'])
    )
  })

  it('edits of different details both stand', async () => {
    const { id, child } = await theVales()
    const { facts } = await read(id)
    const birth = factOn(facts, child, 'birth', TODAY)
    await desk.does(
      'family.recordFact',
      aFact(id, child, aName('Robin Marsh'), { basedOn: nameOf({ facts } as FamilyRecord, child)?.id ?? '' })
    )
    await desk.does('family.recordFact', {
      ...aFact(id, child, { kind: 'birth', value: { date: '2015-09-04' } }, { reason: 'Birth certificate' }),
      ofId: birth?.ofId ?? '',
      basedOn: birth?.id ?? ''
    })
    const family = await read(id)
    expect(nameOf(family, child)?.value.name).toBe('Robin Marsh')
    expect(factOn(family.facts, child, 'birth', TODAY)?.value.date).toBe('2015-09-04')
  })

  it('a clock that was set back makes no correction older than what it corrects', async () => {
    const { id, child } = await theVales()
    const fact = nameOf(await read(id), child)
    const early = { ...desk.first, now: '2026-11-22T09:00:00.000Z' }
    const correction = {
      ...aFact(id, child, aName('Robyn Vale'), { reason: 'Misspelt' }),
      ofId: fact?.ofId ?? '',
      basedOn: fact?.id ?? ''
    }
    await desk.does('family.recordFact', correction, early)
    expect(nameOf(await read(id), child)?.value.name).toBe('Robyn Vale')
  })
})

describe('what a fact must have', () => {
  const fieldsOf = async (act: Input<'family.recordFact'>, actor?: Actor) => {
    const result = await desk.run('family.recordFact', act, actor)
    return !result.ok && result.error.code === 'invalid'
      ? result.error.fields.map(({ path }) => path)
      : result
  }

  it('a reason for a correction, an ending and an error; days in order; a birth that has been', async () => {
    const { id, child } = await theVales()
    const fact = nameOf(await read(id), child)
    const correction = {
      ...aFact(id, child, aName('Robyn Vale')),
      ofId: fact?.ofId ?? '',
      basedOn: fact?.id ?? ''
    }
    expect(await fieldsOf(correction)).toEqual(['reason'])
    expect(await fieldsOf({ ...correction, inError: true })).toEqual(['reason'])
    expect(await fieldsOf({ ...correction, validTo: TODAY })).toEqual(['reason'])
    const address = anAddress('9 New Street')
    expect(await fieldsOf(aFact(id, child, address, { validFrom: TODAY, validTo: TODAY }))).toMatchObject({
      ok: true
    })
    expect(await fieldsOf(aFact(id, child, address, { validFrom: TODAY, validTo: '2026-11-22' }))).toEqual([
      'validTo'
    ])
    const basedOn = factOn((await read(id)).facts, child, 'birth', TODAY)?.id ?? ''
    const birth = (date: string): Fact => ({ kind: 'birth', value: { date } })
    expect(await fieldsOf(aFact(id, child, birth('2026-11-24'), { basedOn }))).toEqual(['fact.value.date'])
  })

  it('is of somebody of the family, now or before; what is of families is of a family', async () => {
    const { id, child } = await theVales()
    const other = await theVales()
    expect(await desk.run('family.recordFact', aFact(id, other.child, aName('X')))).toEqual(
      refused('not-found')
    )
    expect(await desk.run('family.recordFact', aFact(id, id, aName('X')))).toEqual(refused('not-found'))
    const warning: Fact = { kind: 'warning', value: { text: 'A dog', reviewOn: '2027-01-04' } }
    await desk.does('family.recordFact', aFact(id, id, warning))
    await desk.does('family.recordFact', aFact(id, child, warning))
    const relation: Fact = { kind: 'relation', value: { personId: other.mother, relation: 'niece of' } }
    expect(await fieldsOf(aFact(id, child, relation))).toEqual(['fact.value.personId'])
    expect(
      await fieldsOf(aFact(id, child, anAddress('9 New Street', { withheldFrom: [other.mother] })))
    ).toEqual(['fact.value.withheldFrom'])
  })

  it('C8: a keyworker whom the family asked not to have: somebody of the directory, until it has ended', async () => {
    const { id, child } = await theVales()
    const { id: practitionerId, name } = await aPractitioner(desk)
    const against: Fact = {
      kind: 'asked-against',
      value: { practitionerId, name, why: 'They are neighbours' }
    }
    const said = aFact(id, id, against, { validFrom: TODAY })
    await desk.does('family.recordFact', said)
    const holding = async () => factsOn((await read(id)).facts, id, 'asked-against', TODAY)
    expect((await holding()).map(({ value }) => value)).toEqual([against.value])
    expect(await desk.run('family.recordFact', aFact(id, child, against))).toEqual(refused('not-found'))
    const nobody: Fact = { ...against, value: { ...against.value, practitionerId: newId() } }
    expect(await fieldsOf(aFact(id, id, nobody))).toEqual(['fact.value.practitionerId'])
    const ended = {
      ofId: said.id,
      basedOn: said.id,
      validTo: '2026-11-22',
      reason: 'They would have them now'
    }
    await desk.does('family.recordFact', aFact(id, id, against, ended))
    expect(await holding()).toEqual([])
  })

  it('a restriction: decided by a triage manager or the hub’s coordinator, of people at work who may read', async () => {
    const { id } = await theVales()
    const { hubId } = await read(id)
    const reader = await aColleague(desk, 'adviser')
    const helpdesk = await aColleague(desk, 'helpdesk')
    const manager = await aColleague(desk, 'triage-manager')
    const restriction = (names: Id[], managerId = manager.id): Fact => ({
      kind: 'restriction',
      value: { named: names, managerId, why: 'A colleague’s family' }
    })
    expect(await desk.run('family.recordFact', aFact(id, id, restriction([reader.id])))).toEqual(
      refused('not-allowed')
    )
    const elsewhere = { ...(await aColleague(desk, 'coordinator', [hubId])), hubIds: [newId()] }
    expect(await desk.run('family.recordFact', aFact(id, id, restriction([reader.id])), elsewhere)).toEqual(
      refused('not-found')
    )
    expect(await fieldsOf(aFact(id, id, restriction([helpdesk.id])), manager)).toEqual(['fact.value.named'])
    expect(await fieldsOf(aFact(id, id, restriction([reader.id], helpdesk.id)), manager)).toEqual([
      'fact.value.managerId'
    ])
    expect(
      await fieldsOf(aFact(id, id, restriction([reader.id]), { validFrom: '2026-11-24' }), manager)
    ).toEqual(['validFrom'])
    const coordinator = await aColleague(desk, 'coordinator', [hubId])
    const act = aFact(id, id, restriction([reader.id, coordinator.id]), { validFrom: TODAY })
    await desk.does('family.recordFact', act, coordinator)
    expect((await read(id, reader)).restricted).toBe(true)
    expect(await desk.run('family.read', { id }, manager)).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'family-restricted' }
    })
    const ended = {
      ...aFact(id, id, act.fact, { validFrom: TODAY, validTo: TODAY, reason: 'She has left' }),
      ofId: act.id,
      basedOn: act.id
    }
    await desk.does('family.recordFact', ended, coordinator)
    expect((await read(id, manager)).restricted).toBe(false)
  })
})

describe('the hub follows the children’s address', () => {
  it('from the day of the address; not the address of a parent elsewhere, nor one that has ended', async () => {
    const { id, child, mother } = await theVales()
    const home = await read(id)
    const elsewhere = anAddress('1 High Street, Watford', { district: WATFORD })
    await desk.does('family.recordFact', aFact(id, mother, elsewhere, { validFrom: '2026-11-01' }))
    await desk.does(
      'family.recordFact',
      aFact(id, child, elsewhere, { validFrom: '2020-01-01', validTo: '2021-01-01' })
    )
    expect((await read(id)).hubId).toBe(home.hubId)
    await desk.does('family.recordFact', aFact(id, child, elsewhere, { validFrom: '2026-11-01' }))
    const moved = await read(id)
    expect(moved.hubName).toBe('Watford and Three Rivers')
    expect(factOn(moved.facts, id, 'hub', TODAY)).toMatchObject({
      value: { hubId: moved.hubId, district: WATFORD },
      validFrom: TODAY
    })
    expect(moved.facts.filter(({ kind }) => kind === 'hub')).toHaveLength(2)
  })

  it('an address tells its postcode and, by that, its district', async () => {
    const { id, child } = await theVales()
    const { fact } = aFact(id, child, anAddress('1 Cross Street, Hertford sg141ab'))
    const { value } = await desk.does('family.recordFact', aFact(id, child, fact))
    expect(value).toMatchObject({ postcode: 'SG14 1AB', district: EAST_HERTS })
  })
})

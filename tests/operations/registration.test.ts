import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Result } from '../../shared/errors.ts'
import type { DraftPerson, RegistrationDraft } from '../../shared/family/family.ts'
import { carriedPersonId } from '../../shared/family/registering.ts'
import { newId } from '../../shared/ids.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { aKeyworkersCall } from '../fixtures/calls.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague } from '../fixtures/facts.ts'
import { aCompleteRegistration, aFamily, aPerson } from '../fixtures/families.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  desk.close()
})

const rows = (sql: string) => desk.store.reader.prepare(sql).all() as Record<string, unknown>[]
const paths = (result: Result<unknown>) =>
  !result.ok && result.error.code === 'invalid' ? result.error.fields.map(({ path }) => path) : result
const register = async (changes: Partial<RegistrationDraft>, actor?: Actor) =>
  desk.run('family.register', await aCompleteRegistration(desk, changes), actor)
/** Facts of somebody as they were recorded, values as they were written. */
const facts = (personId: string) =>
  rows(`SELECT kind, value, valid_from FROM fact WHERE subject_id = '${personId}' ORDER BY created_at, rowid`)
const later: Pick<Actor, 'now'> = { now: '2026-11-24T10:00:00.000Z' }

describe('family.register: what it keeps', () => {
  it('an assessment with its keyworker, the district of the postcode and the hub of the district', async () => {
    const { id } = await aFamily(desk, { people: [aPerson({ district: '' })] })
    const [hub] = rows(`SELECT value FROM fact WHERE kind = 'hub' AND subject_id = '${id}'`)
    expect(JSON.parse(String(hub?.['value']))).toMatchObject({ district: 'E07000242' })
    const family = await desk.does('family.read', { id })
    expect(family.hubName).toBe('Broxbourne and East Herts')
    expect(family.episodes).toMatchObject([{ keyworkers: [{ name: 'Priya Shah' }] }])
  })

  it('belongs where the children live, whoever else is in it', async () => {
    const { id } = await aFamily(desk, {
      people: [
        aPerson({ role: 'parent-carer', name: 'Jo Vale', birth: '', address: 'SG1 1AA', district: '' }),
        aPerson({ address: '2 Wharf Road, EN10 6AA', district: '' })
      ]
    })
    expect((await desk.does('family.read', { id })).hubName).toBe('Broxbourne and East Herts')
  })

  it('a district that the worker chose goes before that of the postcode', async () => {
    const { id } = await aFamily(desk, {
      people: [aPerson({ address: '1 Low Road, SG14 1AB', district: 'E07000243' })]
    })
    expect((await desk.does('family.read', { id })).hubName).toBe('Stevenage and North Herts')
  })

  it('what each is to the first child, and nothing of a card that nobody wrote in', async () => {
    const [child, mother, nobody] = [
      aPerson(),
      aPerson({ role: 'parent-carer', name: 'Jo Vale', birth: '', relation: 'mother' }),
      aPerson({ name: '', birth: '', address: '', district: '' })
    ]
    await aFamily(desk, { people: [child, mother, nobody] })
    expect(rows('SELECT id FROM person')).toHaveLength(2)
    const relation = facts(mother.id).find(({ kind }) => kind === 'relation')
    expect(JSON.parse(String(relation?.['value']))).toEqual({ personId: child.id, relation: 'mother' })
  })

  it('no assessment where the family refused, or agreed only to share (R24)', async () => {
    const { agreement } = await aCompleteRegistration(desk)
    const refusal = {
      ...agreement,
      decision: 'refused' as const,
      byPersonId: '',
      byName: 'Jo Vale',
      reason: 'They want to wait',
      deniedNote: 'Read to the mother on the phone',
      safetyConcern: 'no' as const
    }
    const sharing = { ...agreement, byPersonId: '', byName: 'Jo Vale', takePart: false }
    for (const said of [refusal, sharing]) {
      const changes = { reason: '', practitionerId: '', agreement: { ...said, id: newId() } }
      const form = { ...(await aCompleteRegistration(desk, changes)), practitionerId: '' }
      expect(await desk.run('family.register', form)).toMatchObject({ ok: true })
    }
    expect(rows('SELECT id FROM family')).toHaveLength(2)
    expect(rows('SELECT id FROM episode')).toEqual([])
  })
})

describe('family.register: what it refuses', () => {
  it('R23: a keyworker who is not trained and registered', async () => {
    const agency = await desk.does('agency.save', {
      id: newId(),
      name: 'Harbour Charity',
      kind: '',
      phone: '',
      address: '',
      rowVersion: 0
    })
    const practitioner = {
      id: newId(),
      name: 'Sam Reed',
      role: '',
      employer: 'agency' as const,
      employerId: agency.id,
      phone: '',
      email: '',
      trainedOn: '2026-11-24',
      standardsOn: '',
      registeredOn: '2026-11-23',
      rowVersion: 0
    }
    await desk.does('practitioner.save', practitioner)
    expect(paths(await register({ practitionerId: practitioner.id }))).toEqual(['practitionerId'])
    expect(await register({ practitionerId: practitioner.id }, { ...desk.first, ...later })).toMatchObject({
      ok: true
    })
    expect(paths(await register({ practitionerId: newId() }))).toEqual(['practitionerId'])
  })

  it('a form that somebody else typed, and who may not register', async () => {
    const form = await aCompleteRegistration(desk)
    await desk.does('draft.save', { form: { kind: 'registration', body: form }, savedBefore: 0 })
    expect(await desk.run('family.register', form, desk.actor('adviser'))).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'not-your-draft' }
    })
    for (const role of ['administrator', 'auditor'] as const) {
      expect(await desk.run('family.register', form, desk.actor(role))).toMatchObject({
        error: { code: 'not-allowed' }
      })
    }
    expect(rows('SELECT id FROM family')).toEqual([])
  })

  it('writes nothing at all where one field is wrong', async () => {
    const people = [aPerson(), aPerson({ name: 'Ada Vale', birth: '31/2/2015' })]
    expect(paths(await register({ people }))).toEqual(['people.1.birth'])
    for (const table of [
      'person',
      'fact',
      'family',
      'family_member',
      'agreement',
      'episode',
      'person_choice'
    ]) {
      expect(rows(`SELECT id FROM ${table}`)).toEqual([])
    }
  })
})

describe('family.register: somebody who is in the record already', () => {
  const again = (personId: string, changes: Partial<DraftPerson> = {}) => ({
    ...aPerson({ name: '', birth: '', address: '', district: '' }),
    personId,
    ...changes
  })

  it('keeps the same person; blanks change nothing', async () => {
    const { form } = await aFamily(desk)
    const robin = form.people[0]!
    const before = facts(robin.id)
    const second = await aFamily(desk, { people: [again(robin.id)] }, { ...desk.first, ...later })
    expect(rows('SELECT id FROM person')).toHaveLength(2)
    expect(facts(robin.id)).toEqual(before)
    expect((await desk.does('family.read', { id: second.id })).members).toMatchObject([
      { personId: robin.id, role: 'child' }
    ])
    expect(rows(`SELECT about, person_id FROM person_choice`)).toEqual([
      { about: 'registration', person_id: robin.id }
    ])
  })

  it('what differs becomes a fact from today, and the old value stays', async () => {
    const { form } = await aFamily(desk)
    const robin = form.people[0]!
    const changes = {
      name: 'Robin Marsh',
      birth: '3/9/15',
      address: '4 mill lane, Hertford SG14 1AB',
      phone: '07700 900456'
    }
    await aFamily(desk, { people: [again(robin.id, changes)] }, { ...desk.first, ...later })
    const added = facts(robin.id).filter((row) => row['valid_from'] === '2026-11-24')
    expect(added.map(({ kind }) => kind)).toEqual(['name', 'phone'])
    expect(facts(robin.id).filter(({ kind }) => kind === 'name')).toHaveLength(2)
  })

  it('belongs where they live already, where nothing else is typed', async () => {
    const { form } = await aFamily(desk, { people: [aPerson({ address: 'SG1 1AA', district: '' })] })
    const { id } = await aFamily(desk, { people: [again(form.people[0]!.id)] })
    expect((await desk.does('family.read', { id })).hubName).toBe('Stevenage and North Herts')
  })

  it('R1: counts as eligible by what the record knows, need and all', async () => {
    const grown = aPerson({ birth: '23/11/2002', learningNeed: 'yes' })
    const tooOld = aPerson({ name: 'Max Vale', birth: '23/11/2001', learningNeed: 'yes' })
    await aFamily(desk, { people: [aPerson({ name: 'Ada Vale' }), grown, tooOld] })
    expect(await register({ people: [again(grown.id)] })).toMatchObject({ ok: true })
    expect(paths(await register({ people: [again(tooOld.id)] }))).toEqual(['people.0.birth'])
  })

  it('is in one form once', async () => {
    const { form } = await aFamily(desk)
    const robin = form.people[0]!
    expect(paths(await register({ people: [again(robin.id), again(robin.id)] }))).toEqual(['people.1.name'])
  })

  it('an agreement by them is theirs', async () => {
    const { form } = await aFamily(desk)
    const [robin, mother] = form.people
    const typed = again(mother!.id, { role: 'parent-carer' })
    const { id } = await aFamily(desk, {
      people: [again(robin!.id), typed],
      agreement: { ...form.agreement, id: newId(), byPersonId: typed.id }
    })
    expect(rows(`SELECT by_person_id FROM agreement WHERE family_id = '${id}'`)).toEqual([
      { by_person_id: mother!.id }
    ])
  })

  it('is not for who may not open their family: the helpdesk names nobody, another hub neither', async () => {
    const { form } = await aFamily(desk)
    const elsewhere = { ...desk.actor('coordinator'), hubIds: [newId()] }
    for (const actor of [desk.actor('helpdesk'), elsewhere]) {
      expect(await register({ people: [again(form.people[0]!.id)] }, actor)).toMatchObject({
        error: { code: 'not-found' }
      })
    }
    expect((await register({}, desk.actor('helpdesk'))).ok).toBe(true)
  })

  it('of somebody new it stays on record who was offered (L15)', async () => {
    const { form } = await aFamily(desk)
    const shown = form.people.map(({ id }) => id)
    const child = aPerson({ noneOf: shown })
    expect((await aFamily(desk, { people: [child] })).doubles).toBe(0)
    expect(rows('SELECT about_id, person_id, shown FROM person_choice')).toEqual([
      { about_id: child.id, person_id: '', shown: shown.join(' ') }
    ])
  })
})

describe('family.register: somebody who may be in the record already (L11)', () => {
  it('is put on the list to look at, and counted the same when the form is sent again', async () => {
    const { form } = await aFamily(desk)
    const again = await aCompleteRegistration(desk, {
      people: [aPerson(), aPerson({ name: 'Zoe Quist', birth: '1/1/2020', address: '' })]
    })
    const first = await desk.does('family.register', again)
    expect(first.doubles).toBe(1)
    expect(await desk.does('family.register', again)).toEqual(first)
    expect(rows('SELECT one_id, other_id FROM person_pair')).toEqual([
      { one_id: form.people[0]!.id, other_id: again.people[0]!.id }
    ])
  })
})

describe('family.register: a form that is sent again (L6)', () => {
  it('has the first answer, also on another day and with somebody of the record', async () => {
    const { form: known } = await aFamily(desk)
    const robin = aPerson({ personId: known.people[0]!.id, name: '', birth: '', address: '', district: '' })
    const newcomer = aPerson({ name: 'Ada Holm', relation: 'sister', phone: '07700 900555', upn: 'A1234' })
    const form = await aCompleteRegistration(desk, { people: [robin, newcomer] })
    const first = await desk.does('family.register', form)
    const next = { ...desk.first, ...later }
    expect(await desk.does('family.register', form, next)).toEqual(first)
  })

  it.each<[string, (form: RegistrationDraft) => Partial<RegistrationDraft>]>([
    ['another name', ({ people: [one, two] }) => ({ people: [{ ...one!, name: 'Robin Vail' }, two!] })],
    ['a number more', ({ people: [one, two] }) => ({ people: [one!, { ...two!, phone: '07700 900555' }] })],
    ['an address less', ({ people: [one, two] }) => ({ people: [one!, { ...two!, address: '' }] })],
    ['somebody less', ({ people: [one] }) => ({ people: [one!] })],
    ['somebody more', ({ people }) => ({ people: [...people, aPerson({ name: 'Ada Vale' })] })],
    ['another relation', ({ people: [one, two] }) => ({ people: [one!, { ...two!, relation: 'aunt' }] })],
    ['another reason', () => ({ reason: 'Something else' })],
    ['another agreement', ({ agreement }) => ({ agreement: { ...agreement, share: false } })],
    ['another keyworker', () => ({ practitionerId: newId() })]
  ])('with %s clashes, so that nothing typed in another tab is lost in silence', async (_, changes) => {
    const { form } = await aFamily(desk)
    expect(await desk.run('family.register', { ...form, ...changes(form) })).toMatchObject({
      error: { reason: 'clashing-id' }
    })
  })
})

describe('family.register: whoever may not know of somebody', () => {
  it('is not told by a number either that they are in the record: the helpdesk, and another hub (R22, L25)', async () => {
    const { form } = await aFamily(desk)
    const elsewhere = await aColleague(desk, 'coordinator', [COUNTY_HUB_ID])
    for (const actor of [desk.actor('helpdesk'), elsewhere]) {
      const again = await aCompleteRegistration(desk, { people: [aPerson()] })
      const first = await desk.does('family.register', again, actor)
      expect(first.doubles).toBe(0)
      expect(await desk.does('family.register', again, actor)).toEqual(first)
      expect(
        rows(
          `SELECT one_id FROM person_pair WHERE one_id = '${form.people[0]!.id}' OR other_id = '${form.people[0]!.id}'`
        )
      ).not.toEqual([])
    }
  })
})

describe('family.register: from a call', () => {
  const aCallWithChildren = async () => {
    const child = { id: newId(), name: 'Robin Vale', birth: '3/9/2015', upn: '', relation: '', address: '' }
    const call = aKeyworkersCall({ children: [child, { ...child, id: newId(), name: 'Ada Vale' }] })
    await desk.does('call.file', call)
    return call
  }

  it('the children who were carried over are matched to it', async () => {
    const call = await aCallWithChildren()
    const familyId = newId()
    const robin = aPerson({ id: carriedPersonId(familyId, call.children[0]!.id) })
    await aFamily(desk, { id: familyId, callId: call.id, people: [robin] })
    expect(rows('SELECT about, about_id, call_id, person_id FROM person_choice')).toEqual([
      { about: 'call-child', about_id: call.children[0]!.id, call_id: call.id, person_id: robin.id }
    ])
    expect(rows(`SELECT subject_id FROM chronology WHERE kind = 'call'`)).toEqual([{ subject_id: robin.id }])
    const { matches } = await desk.does('call.read', { id: call.id })
    expect(matches).toMatchObject([
      { childId: call.children[0]!.id, person: { personId: robin.id, name: 'Robin Vale' } }
    ])
  })

  it('is not for who may not read the call', async () => {
    const call = await aCallWithChildren()
    const elsewhere = { ...desk.actor('coordinator'), hubIds: [newId()] }
    for (const actor of [desk.actor('helpdesk'), elsewhere]) {
      expect(await register({ callId: call.id }, actor)).toMatchObject({ error: { code: 'not-found' } })
    }
  })
})

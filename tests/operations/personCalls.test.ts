import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { episodeClosure } from '../../db/schema/index.ts'
import { insertFacts } from '../../electron/family/insertFacts.ts'
import { writtenBy } from '../../electron/family/written.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CallDraft } from '../../shared/call/call.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { aKeyworkersCall } from '../fixtures/calls.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aFamily, aPerson } from '../fixtures/families.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => desk.close())

const elsewhere = (): Actor => ({ ...desk.actor('coordinator'), hubIds: [newId()] })
const restrict = (familyId: Id) =>
  desk.store.write((tx) =>
    insertFacts(
      tx,
      [{ kind: 'restriction', value: { named: [newId()], managerId: desk.first.id, why: 'Known to staff' } }],
      { subject: 'family', subjectId: familyId, actId: newId(), validFrom: '' },
      writtenBy(desk.first, newId())
    )
  )
const close = (episodeId: Id, familyId: Id) =>
  desk.store.write((tx) =>
    tx.insert(episodeClosure).values({
      ...writtenBy(desk.first, newId()),
      ...{ id: newId(), familyId, episodeId, closedOn: '2026-11-23', closureReason: 'needs-met' },
      ...{ withdrawalReason: '', agreementId: '', adviceSought: false, signposted: false, note: '' }
    })
  )

describe('R13: the gate for keyworkers', () => {
  const open = (text: string, actor?: Actor) => desk.does('episode.findOpen', { text }, actor)
  const byKeyworker = (changes: Partial<CallDraft>) => ({
    ...aKeyworkersCall({ assessmentConfirmedBy: '', ...changes })
  })

  it.each(['FFA-7KQ3-000001', 'ffa7kq31', 'fam 7kq3 1', 'Robin Vale', 'vale', 'priya shah', 'Lantern'])(
    'an open assessment is found by %s',
    async (text) => {
      const { id, form } = await aFamily(desk)
      expect(await open(text)).toEqual([
        {
          episodeId: form.episodeId,
          reference: 'FFA-7KQ3-000001',
          familyId: id,
          childNames: 'Robin Vale',
          keyworkerName: 'Priya Shah',
          agencyName: 'Lantern Trust'
        }
      ])
    }
  )

  it('one that has ended is not found, and lets nobody through', async () => {
    const { id, form } = await aFamily(desk)
    await close(form.episodeId, id)
    for (const text of ['FFA-7KQ3-000001', 'Robin Vale', 'Priya Shah', ''])
      expect(await open(text)).toEqual([])
    expect(await desk.run('call.file', byKeyworker({ assessmentId: form.episodeId }))).toMatchObject({
      ok: false,
      error: { code: 'invalid', fields: [{ path: 'assessmentId' }] }
    })
  })

  it('of a restricted family there is only the reference; another hub’s is not found', async () => {
    const { id } = await aFamily(desk)
    await restrict(id)
    expect(await open('FFA-7KQ3-000001')).toMatchObject([
      { childNames: '', keyworkerName: '', agencyName: '' }
    ])
    expect(await open('FFA-7KQ3-000001', elsewhere())).toEqual([])
  })

  it('a restricted family is not found by its keyworker, which would tell who that is', async () => {
    const { id } = await aFamily(desk)
    await restrict(id)
    expect(await open('Priya Shah')).toEqual([])
    expect(await open('Lantern')).toEqual([])
  })

  it('assessments of other hubs take nobody’s place', async () => {
    const coordinator: Actor = { ...desk.actor('coordinator'), hubIds: [COUNTY_HUB_ID] }
    const unplaced = aPerson({ name: 'Ada Holm', birth: '1/1/2014', address: '', district: '' })
    const { form } = await aFamily(desk, { people: [unplaced] }, { ...desk.first, id: newId() })
    for (let others = 0; others < 10; others++) {
      await aFamily(desk, { people: [aPerson()] }, { ...desk.first, now: '2026-11-24T10:00:00.000Z' })
    }
    expect(await open('Priya Shah', coordinator)).toMatchObject([{ episodeId: form.episodeId }])
  })

  it('a keyworker with an open assessment is let through, checked, and the call says by which', async () => {
    const { id, form } = await aFamily(desk)
    const draft = byKeyworker({
      assessmentId: form.episodeId,
      assessmentConfirmedBy: 'typed before it was found'
    })
    await desk.does('call.file', draft)
    expect(await desk.does('call.read', { id: draft.id })).toMatchObject({
      assessmentReference: 'FFA-7KQ3-000001',
      assessmentFamilyId: id,
      assessmentConfirmedBy: ''
    })
    expect(desk.store.reader.prepare('SELECT gate FROM call').pluck().all()).toEqual(['passes'])
  })

  it('whoever may read the call and not the family is told the reference alone', async () => {
    const { form } = await aFamily(desk)
    const coordinator = elsewhere()
    const draft = byKeyworker({ assessmentId: form.episodeId })
    expect(await desk.run('call.file', draft, coordinator)).toMatchObject({ ok: false })
    await desk.does(
      'call.file',
      { ...draft, assessmentId: '', assessmentConfirmedBy: 'Helpdesk' },
      coordinator
    )
    expect(await desk.does('call.read', { id: draft.id }, coordinator)).toMatchObject({
      assessmentReference: '',
      assessmentConfirmedBy: 'Helpdesk'
    })
  })
})

describe('C5: “Have we spoken before?” covers families', () => {
  const families = async (
    name: string,
    changes: { birth?: string; address?: string } = {},
    actor?: Actor
  ) => {
    const child = { id: newId(), name, birth: '', upn: '', relation: '', address: '', ...changes }
    const input = { callId: newId(), startedAt: OPEN, schoolId: '' as const, children: [child] }
    return (await desk.does('call.spokenBefore', input, actor)).families
  }

  it('the family of the child, with why, its open assessment and keyworker', async () => {
    const { id, reference } = await aFamily(desk)
    expect(await families('Robyn Vale', { birth: '3/9/15' })).toEqual([
      {
        familyId: id,
        reference,
        kind: 'child',
        strength: 'strong',
        why: ['Same date of birth', 'Same surname', 'Name sounds alike: Robyn and Robin'],
        restricted: false,
        childNames: 'Robin Vale',
        assessmentReference: 'FFA-7KQ3-000001',
        keyworkerName: 'Priya Shah'
      }
    ])
  })

  it('the family of a brother or sister by name and home, and nobody else’s', async () => {
    const { id } = await aFamily(desk)
    await aFamily(desk, { people: [aPerson({ name: 'Ida Holm', birth: '5/5/2012', address: '' })] })
    expect(await families('Wren Vale', { address: '4 Mill Lane SG14 1AB' })).toMatchObject([
      { familyId: id, kind: 'sibling' }
    ])
    expect(await families('Una Reed', { address: '1 High Street AL1 3JE' })).toEqual([])
  })

  it('of a restricted family only that there is one, by nothing but the child; another hub’s not at all', async () => {
    const { id, reference } = await aFamily(desk)
    await restrict(id)
    const adviser = desk.actor('adviser')
    expect(await families('Robyn Vale', { birth: '3/9/15' }, adviser)).toEqual([
      {
        familyId: id,
        reference,
        kind: 'child',
        strength: 'strong',
        why: ['Same date of birth', 'Same surname', 'Name sounds alike'],
        restricted: true,
        childNames: '',
        assessmentReference: '',
        keyworkerName: ''
      }
    ])
    expect(await families('Wren Vale', { address: '4 Mill Lane SG14 1AB' }, adviser)).toEqual([])
    expect(await families('Robin Vale', { birth: '3/9/15' }, elsewhere())).toEqual([])
  })
})

describe('a call’s children in the record', () => {
  const aCallAboutRobin = async () => {
    const draft = aKeyworkersCall({
      children: [{ id: newId(), name: 'Robin Vale', birth: '3/9/15', upn: '', relation: '', address: '' }]
    })
    await desk.does('call.file', draft)
    return { callId: draft.id, childId: draft.children[0]?.id ?? '' }
  }

  it('the call says who was chosen, that none was, or nothing once it is taken back', async () => {
    const { id, form } = await aFamily(desk)
    const { callId, childId } = await aCallAboutRobin()
    const robin = form.people[0]?.id ?? ''
    const choose = (personId: Id, shown: Id[], minute: number) =>
      desk.does(
        'person.choose',
        { id: newId(), about: 'call-child', aboutId: childId, personId, shown },
        { ...desk.first, now: `2026-11-23T10:${String(minute)}:00.000Z` }
      )
    const matches = async (actor?: Actor) => (await desk.does('call.read', { id: callId }, actor)).matches
    expect(await matches()).toEqual([])
    await choose(robin, [robin], 10)
    expect(await matches()).toMatchObject([
      { childId, byName: 'Morgan Ellis', person: { personId: robin, name: 'Robin Vale', families: [{ id }] } }
    ])
    await restrict(id)
    expect(await matches(desk.actor('adviser'))).toMatchObject([{ person: { name: '', restricted: true } }])
    await choose('', [robin], 11)
    expect(await matches()).toMatchObject([{ childId, person: undefined }])
    await choose('', [], 12)
    expect(await matches()).toEqual([])
  })

  it('of somebody whom the reader may not know of nothing is said', async () => {
    const { form } = await aFamily(desk)
    const coordinator = elsewhere()
    const draft = aKeyworkersCall({
      children: [{ id: newId(), name: 'Robin Vale', birth: '', upn: '', relation: '', address: '' }]
    })
    await desk.does('call.file', draft, coordinator)
    const robin = form.people[0]?.id ?? ''
    const about = { about: 'call-child' as const, aboutId: draft.children[0]?.id ?? '' }
    await desk.does('person.choose', { id: newId(), ...about, personId: robin, shown: [robin] })
    expect((await desk.does('call.read', { id: draft.id }, coordinator)).matches).toEqual([])
    expect((await desk.does('call.read', { id: draft.id })).matches).toHaveLength(1)
  })
})

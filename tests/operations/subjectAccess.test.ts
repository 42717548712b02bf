import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { RequestAct } from '../../shared/subjectAccess/request.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict } from '../fixtures/facts.ts'
import { aFamily } from '../fixtures/families.ts'
import { aRequestAct, aSubjectRequest } from '../fixtures/subjectAccess.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

async function robin() {
  const { id: familyId, form } = await aFamily(desk)
  return { familyId, personId: form.people[0]?.id ?? '' }
}
const read = (id: Id, actor?: Actor) => desk.does('subjectAccess.read', { id }, actor)
async function acted(id: Id, event: RequestAct['event'], changes: Partial<RequestAct> = {}) {
  await desk.does('subjectAccess.act', aRequestAct(await read(id), event, changes))
  return read(id)
}

describe('recording a request', () => {
  it('gives it a number, its day and whoever recorded it as its owner', async () => {
    const { personId } = await robin()
    const draft = aSubjectRequest(personId)
    expect(await desk.does('subjectAccess.record', draft)).toEqual({
      id: draft.id,
      reference: 'SAR-7KQ3-000001'
    })
    expect(await read(draft.id)).toMatchObject({
      ...{ name: 'Robin Vale', kind: 'subject-access', receivedOn: '2026-11-02', begins: '2026-11-03' },
      ...{ dueOn: '2026-12-03', state: 'open', isExtended: false, ownerId: desk.first.id },
      ...{ ownerName: 'Morgan Ellis', identityHow: 'Passport', lastId: draft.id, events: [], exports: [] },
      mayDo: ['assign', 'extend', 'withdraw', 'answer']
    })
  })

  it('ends its draft, answers the same again with the first result, and refuses another under its id', async () => {
    const { personId } = await robin()
    const draft = aSubjectRequest(personId)
    await desk.does('draft.save', { form: { kind: 'subject-access', body: draft }, savedBefore: 0 })
    const first = await desk.does('subjectAccess.record', draft)
    expect(await desk.does('draft.list', {})).toEqual([])
    expect(await desk.does('subjectAccess.record', draft)).toEqual(first)
    expect(await desk.run('subjectAccess.record', { ...draft, wanted: 'Only calls' })).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'clashing-id' }
    })
    expect((await desk.does('subjectAccess.list', { standing: 'open', after: '' })).rows).toHaveLength(1)
  })

  it('says beside each field what is missing', async () => {
    const { personId } = await robin()
    const bare = { kind: '', personId: '', requester: '', contact: '', receivedOn: '31/11/2026' } as const
    const answer = await desk.run('subjectAccess.record', aSubjectRequest(personId, bare))
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid' } })
    const fields = !answer.ok && answer.error.code === 'invalid' ? answer.error.fields : []
    expect(fields.map(({ path }) => path)).toEqual([
      ...['kind', 'receivedOn', 'personId', 'requester', 'contact']
    ])
  })

  it('asks of somebody else by what right, and of an order by when', async () => {
    const { personId } = await robin()
    const parent = aSubjectRequest(personId, { requester: 'parent', requesterName: 'Jo Vale' })
    expect(await desk.run('subjectAccess.record', parent)).toMatchObject({
      error: { fields: [{ path: 'entitledBy' }] }
    })
    const order = aSubjectRequest(personId, {
      ...{ kind: 'court-order', requester: 'court', requesterName: 'Family Court' },
      ...{ entitledBy: 'Order of 30 October', identityHow: '', identityOn: '' }
    })
    expect(await desk.run('subjectAccess.record', order)).toMatchObject({
      error: { fields: [{ path: 'answerBy' }] }
    })
    await desk.does('subjectAccess.record', { ...order, answerBy: '30/11/2026' })
    expect(await read(order.id)).toMatchObject({
      dueOn: '2026-11-30',
      mayDo: ['assign', 'withdraw', 'answer']
    })
  })

  it('is for advisers and triage managers: half an answer, as a coordinator would prepare it, is none', async () => {
    const { personId, familyId } = await robin()
    const draft = aSubjectRequest(personId)
    const { hubId } = await desk.does('family.read', { id: familyId })
    for (const role of ['coordinator', 'helpdesk', 'administrator', 'auditor'] as const) {
      const colleague = await aColleague(desk, role, role === 'coordinator' ? [hubId] : [])
      expect(await desk.run('subjectAccess.record', draft, colleague)).toEqual({
        ok: false,
        error: { code: 'not-allowed' }
      })
    }
    await desk.does('subjectAccess.record', draft, await aColleague(desk, 'triage-manager'))
    expect((await read(draft.id, await aColleague(desk, 'auditor'))).name).toBe('Robin Vale')
  })
})

describe('what happens to a request', () => {
  it('begins to count when whoever asks has proved who they are', async () => {
    const { personId } = await robin()
    const draft = aSubjectRequest(personId, { identityHow: '', identityOn: '' })
    await desk.does('subjectAccess.record', draft)
    expect(await read(draft.id)).toMatchObject({
      ...{ begins: '', dueOn: '', mayDo: ['assign', 'identified', 'withdraw'] }
    })
    expect(
      await acted(draft.id, 'identified', { on: '20/11/2026', words: 'Birth certificate' })
    ).toMatchObject({
      // Sunday 20 December is followed by a working day
      ...{ begins: '2026-11-20', dueOn: '2026-12-21', identityHow: 'Birth certificate' }
    })
  })

  it('is extended once, by two months, told within the first', async () => {
    const { personId } = await robin()
    const draft = aSubjectRequest(personId, { receivedOn: '20/10/2026', identityOn: '20/10/2026' })
    await desk.does('subjectAccess.record', draft)
    const before = await read(draft.id)
    expect(before.dueOn).toBe('2026-11-20')
    expect(
      await desk.run('subjectAccess.act', aRequestAct(before, 'extend', { on: '21/11/2026' }))
    ).toMatchObject({ error: { fields: [{ path: 'on' }] } })
    const extended = await acted(draft.id, 'extend', { on: '19/11/2026', words: 'Several large families' })
    expect(extended).toMatchObject({ isExtended: true, firstDueOn: '2026-11-20', dueOn: '2027-01-20' })
    expect(extended.mayDo).not.toContain('extend')
    expect(await desk.run('subjectAccess.act', aRequestAct(extended, 'extend'))).toMatchObject({
      error: { reason: 'step-not-possible' }
    })
  })

  it('is answered, and goes on after all', async () => {
    const { personId } = await robin()
    const draft = aSubjectRequest(personId)
    await desk.does('subjectAccess.record', draft)
    const answered = await acted(draft.id, 'answer', { words: 'Sent by tracked post' })
    expect(answered).toMatchObject({
      ...{ state: 'answered', mayDo: ['reopen'] },
      events: [{ event: 'answer', on: '2026-11-23', words: 'Sent by tracked post', byName: 'Morgan Ellis' }]
    })
    expect(await desk.does('subjectAccess.due', { whose: 'everyone' })).toEqual({ rows: [], total: '0' })
    expect((await desk.does('subjectAccess.list', { standing: 'done', after: '' })).rows).toHaveLength(1)
    expect((await acted(draft.id, 'reopen')).state).toBe('open')
    expect(await desk.does('subjectAccess.due', { whose: 'mine' })).toMatchObject({
      rows: [{ id: draft.id }]
    })
  })

  it('is refused where somebody else was at it, and answers the same again with the first result', async () => {
    const { personId } = await robin()
    const draft = aSubjectRequest(personId)
    await desk.does('subjectAccess.record', draft)
    const seen = await read(draft.id)
    const withdrawn = aRequestAct(seen, 'withdraw')
    await desk.does('subjectAccess.act', withdrawn)
    await desk.does('subjectAccess.act', withdrawn)
    expect((await read(draft.id)).events).toHaveLength(1)
    expect(await desk.run('subjectAccess.act', { ...withdrawn, words: 'Another' })).toMatchObject({
      error: { reason: 'clashing-id' }
    })
    expect(await desk.run('subjectAccess.act', aRequestAct(seen, 'answer'))).toMatchObject({
      error: { code: 'changed-since' }
    })
  })

  it('is given to an adviser or triage manager, and is then theirs', async () => {
    const { personId } = await robin()
    const draft = aSubjectRequest(personId)
    await desk.does('subjectAccess.record', draft)
    const helpdesk = await aColleague(desk, 'helpdesk')
    const boss = await aColleague(desk, 'triage-manager')
    expect(
      await desk.run('subjectAccess.act', aRequestAct(await read(draft.id), 'assign', { toId: helpdesk.id }))
    ).toMatchObject({ error: { fields: [{ path: 'toId' }] } })
    expect(await acted(draft.id, 'assign', { toId: boss.id })).toMatchObject({ ownerId: boss.id })
    expect(await desk.does('subjectAccess.due', { whose: 'mine' })).toEqual({ rows: [], total: '0' })
    expect(await desk.does('subjectAccess.due', { whose: 'mine' }, boss)).toMatchObject({
      rows: [{ id: draft.id }]
    })
  })
})

describe('what is due', () => {
  it('comes late first, and last what waits until somebody proves who they are', async () => {
    const { personId } = await robin()
    const dated = (day: string) => aSubjectRequest(personId, { receivedOn: day, identityOn: day })
    const waits = aSubjectRequest(personId, { receivedOn: '1/9/2026', identityHow: '', identityOn: '' })
    const [newer, late] = [dated('10/11/2026'), dated('1/10/2026')]
    for (const each of [waits, newer, late]) await desk.does('subjectAccess.record', each)
    const { rows: due } = await desk.does('subjectAccess.due', { whose: 'mine' })
    expect(due.map(({ id, dueOn }) => [id, dueOn])).toEqual([
      [late.id, '2026-11-02'],
      [newer.id, '2026-12-10'],
      [waits.id, '']
    ])
  })

  it('says how many there are where it shows the first hundred', async () => {
    const { personId } = await robin()
    for (let index = 0; index < 101; index += 1)
      await desk.does('subjectAccess.record', aSubjectRequest(personId))
    const { rows, total } = await desk.does('subjectAccess.due', { whose: 'mine' })
    expect([rows.length, total]).toEqual([100, '101'])
  })
})

describe('a restricted family', () => {
  it('opens a request with a reason only, and tells which one it is by its reference', async () => {
    const { personId, familyId } = await robin()
    const draft = aSubjectRequest(personId)
    await desk.does('subjectAccess.record', draft)
    const boss = await aColleague(desk, 'triage-manager')
    const named = await aColleague(desk, 'adviser')
    await restrict(desk, familyId, [named], boss)
    const { rows } = await desk.does('subjectAccess.list', { standing: 'open', after: '' })
    expect(rows).toMatchObject([{ id: draft.id, name: '' }])
    expect(await desk.run('subjectAccess.read', { id: draft.id })).toMatchObject({
      error: { reason: 'family-restricted' }
    })
    expect(await desk.does('subjectAccess.families', { id: draft.id })).toEqual([
      { id: familyId, reference: 'FAM-7KQ3-000001', isOpen: false }
    ])
    await desk.does('family.giveReason', { id: newId(), familyId, reason: 'They asked for it' })
    expect((await read(draft.id)).name).toBe('Robin Vale')
  })
})

describe('an account that is closed', () => {
  it('leaves its requests to somebody who may answer them', async () => {
    const { personId } = await robin()
    const boss = await aColleague(desk, 'triage-manager')
    const leaver = await aColleague(desk, 'adviser')
    const draft = aSubjectRequest(personId)
    await desk.does('subjectAccess.record', draft, leaver)
    await desk.record('account.stop', { id: leaver.id })
    const [work] = await desk.does('account.openWork', { id: leaver.id }, boss)
    expect(work).toMatchObject({ kind: 'subject-request', label: 'Subject access request SAR-7KQ3-000001' })
    const hand = { accountId: leaver.id, workId: draft.id, kind: 'subject-request' as const }
    await desk.does('account.takeOver', { ...hand, toId: desk.first.id }, boss)
    expect(await read(draft.id)).toMatchObject({ ownerId: desk.first.id })
    expect(await desk.does('account.openWork', { id: leaver.id }, boss)).toEqual([])
  })
})

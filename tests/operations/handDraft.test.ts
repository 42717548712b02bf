import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Actor, Role } from '../../shared/access/roles.ts'
import type { CallDraft } from '../../shared/call/call.ts'
import { newId } from '../../shared/ids.ts'
import { aKeyworkersCall } from '../fixtures/calls.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let desk: TestDesk
let jo: Actor
let lee: Actor
let manager: Actor

beforeEach(async () => {
  desk = await openTestDesk()
  jo = await person('Jo Marsh', 'adviser')
  lee = await person('Lee Frost', 'adviser')
  manager = await person('Ash Tran', 'triage-manager')
})
afterEach(() => {
  expect(desk.faults).toEqual([])
  desk.close()
})

async function person(name: string, role: Role): Promise<Actor> {
  const id = newId()
  const added = await desk.record('account.add', {
    id,
    name,
    roles: [role],
    profession: 'social-worker',
    hubIds: []
  })
  expect(added).toMatchObject({ ok: true })
  return { ...desk.first, id, roles: [role] }
}

/** Half typed by `owner`, last saved at `now`. */
async function draftOf(owner: Actor, changes: Partial<CallDraft> = {}, now = OPEN): Promise<CallDraft> {
  const draft = aKeyworkersCall({ ...changes, concern: 'Half a sen' })
  await desk.does('call.saveDraft', { draft, savedBefore: 0 }, { ...owner, now })
  return draft
}

const hand = (id: string, toId: string, actor = manager) => desk.run('call.handDraft', { id, toId }, actor)
const refusal = (result: { ok: boolean }) => ('error' in result ? result.error : undefined)
const audited = () =>
  desk.store.reader
    .prepare("SELECT subject_ids FROM audit WHERE operation = 'call.handDraft' AND result = 'done'")
    .pluck()
    .all()

it('lists everyone else’s unfinished calls with their owner, the last one touched first', async () => {
  const early = await draftOf(jo, { callerName: 'Sam Whitlock' })
  const late = await draftOf(lee, {}, '2026-11-23T11:00:00.000Z')
  const aside = await draftOf(lee)
  await desk.does('call.setAside', { id: aside.id, reason: 'Wrong number' }, lee)
  await draftOf(manager)

  const drafts = await desk.does('call.colleaguesDrafts', {}, manager)
  expect(drafts.map(({ id }) => id)).toEqual([late.id, early.id])
  expect(drafts.at(1)).toEqual({
    id: early.id,
    startedAt: OPEN,
    savedAt: OPEN,
    callerKind: 'keyworker',
    schoolText: '',
    callerName: 'Sam Whitlock',
    ownerId: jo.id,
    ownerName: 'Jo Marsh'
  })
})

it('gives the call as it was last saved to its new owner, and takes it from the old one', async () => {
  const draft = await draftOf(jo)
  expect(await hand(draft.id, lee.id)).toEqual({ ok: true, value: null })

  expect(await desk.does('call.drafts', {}, jo)).toEqual([])
  const opened = await desk.does('call.openDraft', { id: draft.id }, lee)
  expect(opened).toEqual({ draft, savedAt: OPEN, saves: 1 })
  const late = await desk.run('call.saveDraft', { draft: { ...draft, concern: 'late' }, savedBefore: 1 }, jo)
  expect(refusal(late)).toEqual({ code: 'refused', reason: 'not-your-draft' })
  expect(refusal(await desk.run('call.file', draft, jo))).toEqual({
    code: 'refused',
    reason: 'not-your-draft'
  })
  await desk.does('call.file', draft, lee)
  expect((await desk.does('call.read', { id: draft.id }, lee)).adviserName).toBe('Lee Frost')
})

it('is audited once, by ids alone, however often it is asked for', async () => {
  const draft = await draftOf(jo)
  expect(await hand(draft.id, lee.id)).toMatchObject({ ok: true })
  expect(await hand(draft.id, lee.id)).toMatchObject({ ok: true })
  expect(audited()).toEqual([`${draft.id} ${lee.id}`])
})

it('hands only to someone at work who takes calls', async () => {
  const draft = await draftOf(jo)
  const stopped = await person('Kim Ash', 'adviser')
  await desk.record('account.stop', { id: stopped.id })
  const helpdesk = await person('Kit Doyle', 'helpdesk')
  expect(refusal(await hand(draft.id, stopped.id))).toEqual({
    code: 'invalid',
    fields: [{ path: 'toId', message: 'Their access has been stopped. Choose someone else' }]
  })
  expect(refusal(await hand(draft.id, newId()))).toEqual({ code: 'not-found' })
  expect(refusal(await hand(draft.id, helpdesk.id))).toEqual({
    code: 'invalid',
    fields: [{ path: 'toId', message: 'Choose someone who takes calls' }]
  })
  expect((await desk.does('call.drafts', {}, jo)).map(({ id }) => id)).toEqual([draft.id])
})

it('does not hand on what is filed, set aside or not there', async () => {
  const filed = await draftOf(jo)
  await desk.does('call.file', filed, jo)
  const aside = await draftOf(jo)
  await desk.does('call.setAside', { id: aside.id, reason: 'Wrong number' }, jo)
  for (const id of [filed.id, aside.id, newId()]) {
    expect(refusal(await hand(id, lee.id))).toEqual({ code: 'not-found' })
  }
})

it.each(['adviser', 'coordinator', 'administrator', 'auditor'] as const)(
  'is a manager’s to do, not for %s',
  async (role) => {
    const draft = await draftOf(jo)
    const actor = desk.actor(role)
    expect(refusal(await hand(draft.id, lee.id, actor))).toEqual({ code: 'not-allowed' })
    expect(refusal(await desk.run('call.colleaguesDrafts', {}, actor))).toEqual({ code: 'not-allowed' })
  }
)

import { afterEach, beforeEach, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { everyCall, type CallFilter } from '../../shared/call/filter.ts'
import { newId } from '../../shared/ids.ts'
import { aCall, aKeyworkersCall, aSchool } from '../fixtures/calls.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let desk: TestDesk
let later = 0
beforeEach(async () => {
  desk = await openTestDesk()
  later = 0
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

/** The same person, a second later each time. */
function next(actor: Actor = desk.first): Actor {
  later += 1
  return { ...actor, now: new Date(Date.parse(desk.first.now) + later * 1000).toISOString() }
}
const mark = (callId: string, inError: boolean, reason = 'Logged twice') => ({
  id: newId(),
  callId,
  inError,
  reason
})
async function listed(changes: Partial<CallFilter> = {}): Promise<string[]> {
  const filter = { ...everyCall, ...changes }
  const { rows } = await desk.does('call.list', { filter, sort: 'newest', after: '' })
  return rows.map(({ id }) => id)
}
const loops = () => desk.store.reader.prepare('SELECT id FROM call_loop').pluck().all()

it('L23: a call leaves list, search and what is open, and stays on its page; put back, it is everywhere again', async () => {
  const draft = aKeyworkersCall({ outcome: 'call-back', concern: 'zebra' })
  await desk.does('call.file', draft)
  const before = desk.store.reader.prepare('SELECT * FROM call').all()
  await desk.does('call.markInError', mark(draft.id, true), next())
  expect(await listed()).toEqual([])
  expect(await listed({ search: 'zebra' })).toEqual([])
  expect(await listed({ inError: true })).toEqual([draft.id])
  expect(loops()).toEqual([])
  expect(await desk.does('call.read', { id: draft.id })).toMatchObject({
    inError: true,
    errors: [{ inError: true, reason: 'Logged twice', byName: 'Morgan Ellis' }]
  })

  await desk.does('call.markInError', mark(draft.id, false, 'Two calls after all'), next())
  expect(await listed()).toEqual([draft.id])
  expect(await listed({ inError: true })).toEqual([])
  expect(loops()).toEqual([`call-back/${draft.id}`])
  const { inError, errors } = await desk.does('call.read', { id: draft.id })
  expect(inError).toBe(false)
  expect(errors.map(({ reason }) => reason)).toEqual(['Logged twice', 'Two calls after all'])
  expect(desk.store.reader.prepare('SELECT * FROM call').all()).toEqual(before)
})

it('L6: the same again is done already; something else under the id is refused', async () => {
  const draft = aKeyworkersCall()
  await desk.does('call.file', draft)
  const first = mark(draft.id, true)
  await desk.does('call.markInError', first)
  expect(await desk.does('call.markInError', first)).toBeNull()
  const clashing = { error: { code: 'refused', reason: 'clashing-id' } }
  expect(await desk.run('call.markInError', { ...first, reason: 'other' })).toMatchObject(clashing)
  expect(await desk.run('call.markInError', first, desk.actor('triage-manager'))).toMatchObject(clashing)
  expect(await desk.does('call.read', { id: draft.id })).toMatchObject({
    errors: [{ reason: 'Logged twice' }]
  })
})

it('tells the second of two who do the same that it has changed', async () => {
  const draft = aKeyworkersCall()
  await desk.does('call.file', draft)
  const changed = { error: { code: 'changed-since' } }
  expect(await desk.run('call.markInError', mark(draft.id, false))).toMatchObject(changed)
  await desk.does('call.markInError', mark(draft.id, true))
  expect(
    await desk.run('call.markInError', mark(draft.id, true), desk.actor('triage-manager'))
  ).toMatchObject(changed)
})

it('is for its adviser, triage managers and the coordinators of its hub', async () => {
  const watford = await aSchool(desk, undefined, { name: 'Ridge School', district: 'E07000103' })
  const draft = aCall(watford.id)
  await desk.does('call.file', draft)
  const hub = desk.store.reader.prepare('SELECT hub_id FROM call').pluck().get() as string
  const coordinator = desk.actor('coordinator')
  const told = async (actor: Actor, inError: boolean) => {
    const answer = await desk.run('call.markInError', mark(draft.id, inError), next(actor))
    return answer.ok ? 'done' : answer.error.code
  }
  expect(await told(desk.actor('adviser'), true)).toBe('not-allowed')
  expect(await told({ ...coordinator, hubIds: [newId()] }, true)).toBe('not-found')
  expect(await told(desk.actor('auditor'), true)).toBe('not-allowed')
  expect(await told({ ...desk.actor('adviser', 'coordinator'), hubIds: [newId()] }, true)).toBe('not-allowed')
  expect(await told({ ...coordinator, hubIds: [hub] }, true)).toBe('done')
  expect(await told(desk.actor('triage-manager'), false)).toBe('done')
  expect(await told(desk.first, true)).toBe('done')
})

it('asks for a reason, and for a call that is there', async () => {
  const draft = aKeyworkersCall()
  await desk.does('call.file', draft)
  expect(await desk.run('call.markInError', mark(draft.id, true, '  '))).toMatchObject({
    error: { code: 'invalid', fields: [{ path: 'reason' }] }
  })
  expect(await desk.run('call.markInError', mark(newId(), true))).toMatchObject({
    error: { code: 'not-found' }
  })
})

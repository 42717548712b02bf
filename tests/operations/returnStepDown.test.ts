import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { newId } from '../../shared/ids.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague } from '../fixtures/facts.ts'
import { anAnswer, anIncompleteStepDown, aReceivedStepDown, aReturn } from '../fixtures/stepDowns.ts'

let desk: TestDesk
let triage: Actor
let form: ReturnType<typeof anIncompleteStepDown>
beforeEach(async () => {
  desk = await openTestDesk()
  triage = await aColleague(desk, 'triage-manager')
  form = anIncompleteStepDown()
  await desk.does('stepDown.receive', form)
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

const refused = (reason: string) => ({ ok: false, error: { code: 'refused', reason } })
const read = () => desk.does('stepDown.read', { id: form.stepDownId }, triage)

describe('sending a step-down back (C7)', () => {
  it('it waits for its sender, by their clock, and the letter is kept', async () => {
    const { letterId } = await desk.does('stepDown.return', aReturn(form), triage)
    const record = await read()
    // the close of the fifth working day
    expect(record).toMatchObject({ state: 'waiting', dueAt: '2026-11-30T17:00:00.000Z' })
    expect(record.returns).toEqual([
      expect.objectContaining({ sendingTeam: 'Assessment Team East', missing: ['agreement', 'last-plan'] })
    ])
    expect(record.letters).toEqual([
      expect.objectContaining({ id: letterId, kind: 'return', toName: 'Noor Haddad' })
    ])
  })

  it('the letter that is filled in names what is missing, and can be kept as it is', async () => {
    const { versionId, missing, words } = aReturn(form)
    const query = { kind: 'return', stepDownId: form.stepDownId, versionId, missing, words } as const
    const { subject, body } = await desk.does('stepDown.fillLetter', query, triage)
    expect(body).toContain('The last plan')
    await desk.does('stepDown.return', aReturn(form, { subject, body }), triage)
    expect((await read()).letters[0]).toMatchObject({ subject, body: body.trim() })
  })

  it('the sender’s answer leads to triage where it is complete, and back to the gate where it is not', async () => {
    await desk.does('stepDown.return', aReturn(form), triage)
    const half = anAnswer(form, { lastPlan: '' })
    expect((await desk.does('stepDown.receive', half)).missing).toEqual(['last-plan'])
    expect((await read()).state).toBe('received')
    await desk.does('stepDown.return', aReturn(half, { missing: ['last-plan'] }), triage)
    const whole = anAnswer(form, { basedOn: half.id })
    await desk.does('stepDown.receive', whole)
    const record = await read()
    expect(record.state).toBe('to-triage')
    expect(record.returns).toHaveLength(2)
  })

  it('asks why it goes back, and for a letter without an open field', async () => {
    const empty = aReturn(form, { missing: [], words: ' ', body: 'Dear {{worker}}' })
    const answer = await desk.run('stepDown.return', empty, triage)
    expect(answer).toMatchObject({
      error: { code: 'invalid', fields: [{ path: 'words' }, { path: 'body' }] }
    })
    expect(await read()).toMatchObject({ state: 'received', letters: [], returns: [] })
  })

  it('one that has everything may go back as well, with a reason alone', async () => {
    const { form: complete } = await aReceivedStepDown(desk)
    await desk.does('stepDown.return', aReturn(complete, { missing: [] }), triage)
    expect(await desk.does('stepDown.read', { id: complete.stepDownId }, triage)).toMatchObject({
      state: 'waiting'
    })
  })

  it('the same again answers with the first result; another content under its id is refused (L6)', async () => {
    const sent = aReturn(form)
    const first = await desk.does('stepDown.return', sent, triage)
    expect(await desk.does('stepDown.return', sent, triage)).toEqual(first)
    for (const other of [{ missing: [] }, { words: 'Another reason' }, { body: 'Dear Noor' }])
      expect(await desk.run('stepDown.return', { ...sent, ...other }, triage)).toEqual(refused('clashing-id'))
    expect((await read()).returns).toHaveLength(1)
  })

  it('is about the newest of what they told (L7), once, and by a triage manager', async () => {
    const answer = anAnswer(form, { lastPlan: '' })
    await desk.does('stepDown.receive', answer)
    expect(await desk.run('stepDown.return', aReturn(form), triage)).toEqual({
      ok: false,
      error: { code: 'changed-since' }
    })
    await desk.does('stepDown.return', aReturn(answer), triage)
    expect(await desk.run('stepDown.return', aReturn(answer), triage)).toEqual(refused('step-not-possible'))
    expect(await desk.run('stepDown.return', aReturn(answer))).toEqual({
      ok: false,
      error: { code: 'not-allowed' }
    })
  })

  it('ends its draft in the same act (L3)', async () => {
    const sent = aReturn(form, { id: newId() })
    await desk.does('draft.save', { form: { kind: 'return', body: sent }, savedBefore: 0 }, triage)
    expect(await desk.does('draft.list', {}, triage)).toHaveLength(1)
    await desk.does('stepDown.return', sent, triage)
    expect(await desk.does('draft.list', {}, triage)).toEqual([])
  })
})

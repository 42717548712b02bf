import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { stepDownNow, stepDownPerson, stepDownVersion } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { newId } from '../../shared/ids.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aReceivedStepDown, aStepDown, anAnswer, anIncompleteStepDown } from '../fixtures/stepDowns.ts'

let desk: TestDesk
let triage: Actor
beforeAll(async () => {
  desk = await openTestDesk()
  triage = desk.actor('triage-manager')
})
afterAll(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  desk.close()
})

const standing = (stepDownId: string) =>
  desk.store.read(async (db) => {
    const [row] = await db.select().from(stepDownNow).where(eq(stepDownNow.stepDownId, stepDownId))
    return row
  })
const versionsOf = (stepDownId: string) =>
  desk.store.read((db) => db.select().from(stepDownVersion).where(eq(stepDownVersion.stepDownId, stepDownId)))

describe('receiving a step-down (R47, C7)', () => {
  it('one that is complete goes to triage, and its clock runs from when it arrived', async () => {
    const { reference, missing, form } = await aReceivedStepDown(desk, {
      receivedOn: '23/11/2026',
      receivedAt: '09:05'
    })
    expect(reference).toMatch(/^STD-7KQ3-\d{6}$/)
    expect(missing).toEqual([])
    expect(await standing(form.stepDownId)).toMatchObject({
      state: 'to-triage',
      receivedAt: '2026-11-23T09:05:00.000Z',
      since: '2026-11-23T09:05:00.000Z',
      versionId: form.id,
      familyId: ''
    })
  })

  it('one that lacks something is received all the same, and says what is missing', async () => {
    const form = anIncompleteStepDown(['agreement', 'last-plan'])
    expect(await desk.does('stepDown.receive', form)).toMatchObject({ missing: ['agreement', 'last-plan'] })
    expect(await standing(form.stepDownId)).toMatchObject({ state: 'received' })
  })

  it('what cannot be read stands next to its field, and nothing is stored', async () => {
    const form = aStepDown({
      ...{ receivedOn: '24/11/2026', receivedAt: '09:00', workCompletedOn: '31/2/2026', workerPhone: '12' },
      people: aStepDown().people.map((person) => ({ ...person, upn: '123' }))
    })
    const refused = await desk.run('stepDown.receive', form)
    expect(refused).toMatchObject({ ok: false, error: { code: 'invalid' } })
    expect(
      !refused.ok && refused.error.code === 'invalid' && refused.error.fields.map(({ path }) => path)
    ).toEqual(['receivedOn', 'workerPhone', 'workCompletedOn', 'people.0.upn', 'people.1.upn'])
    expect(await standing(form.stepDownId)).toBeUndefined()
  })

  it('the hub is that of the district, or of the postcode where no district is said', async () => {
    const told = await aReceivedStepDown(desk)
    const byPostcode = await aReceivedStepDown(desk, { district: '' })
    expect((await versionsOf(byPostcode.stepDownId))[0]?.district).toBe('E07000242')
    expect((await standing(byPostcode.stepDownId))?.hubId).toBe((await standing(told.stepDownId))?.hubId)
  })

  it('the same form again answers with the first result; another content under its id is refused (L6)', async () => {
    const first = await aReceivedStepDown(desk)
    const { form, ...received } = first
    expect(await desk.does('stepDown.receive', form)).toEqual(received)
    const later = { ...desk.first, now: '2026-11-24T11:00:00.000Z' }
    expect(await desk.does('stepDown.receive', form, later)).toEqual(received)
    const changed = { ...form, tried: 'Something else' }
    const renamed = { ...form, people: form.people.map((person) => ({ ...person, name: 'Sky Marsh' })) }
    const moved = { ...form, receivedOn: '20/11/2026', receivedAt: '09:00' }
    for (const other of [changed, renamed, moved])
      expect(await desk.run('stepDown.receive', other)).toMatchObject({ error: { reason: 'clashing-id' } })
    expect(await desk.run('stepDown.receive', form, triage)).toMatchObject({
      error: { reason: 'clashing-id' }
    })
    expect(await versionsOf(form.stepDownId)).toHaveLength(1)
  })
})

describe('the sender’s answer', () => {
  it('is another version, and a complete one goes to triage; who a person is stays the same', async () => {
    const form = anIncompleteStepDown(['last-plan'])
    await desk.does('stepDown.receive', form)
    const answer = anAnswer(form)
    const later = { ...triage, now: '2026-11-23T15:00:00.000Z' }
    expect(await desk.does('stepDown.receive', answer, later)).toMatchObject({ missing: [] })
    expect(await standing(form.stepDownId)).toMatchObject({ state: 'to-triage', versionId: answer.id })
    const people = await desk.store.read((db) =>
      db.select().from(stepDownPerson).where(eq(stepDownPerson.versionId, answer.id))
    )
    expect(people.map(({ ofId }) => ofId).sort()).toEqual(form.people.map(({ id }) => id).sort())
  })

  it('one that was begun from an older version is told so, and nothing changes (L7)', async () => {
    const { form } = await aReceivedStepDown(desk)
    await desk.does('stepDown.receive', anAnswer(form), triage)
    expect(await desk.run('stepDown.receive', anAnswer(form))).toEqual({
      ok: false,
      error: { code: 'changed-since' }
    })
    expect(await versionsOf(form.stepDownId)).toHaveLength(2)
  })

  it('a clock that was set back does not make it older than what it answers', async () => {
    const { form } = await aReceivedStepDown(desk)
    const answer = anAnswer(form)
    await desk.does('stepDown.receive', answer, { ...triage, now: '2026-11-23T08:00:00.000Z' })
    expect(await standing(form.stepDownId)).toMatchObject({ versionId: answer.id })
  })

  it('of a step-down that nobody knows, or may not read, there is none', async () => {
    const { form } = await aReceivedStepDown(desk)
    const elsewhere = { ...desk.actor('coordinator'), hubIds: [newId()] }
    const unknown = { ...aStepDown(), basedOn: newId() }
    expect(await desk.run('stepDown.receive', unknown)).toMatchObject({ error: { code: 'not-found' } })
    expect(await desk.run('stepDown.receive', anAnswer(form), elsewhere)).toMatchObject({
      error: { code: 'not-found' }
    })
  })

  it('the helpdesk, an administrator and an auditor receive none', async () => {
    for (const role of ['helpdesk', 'administrator', 'auditor'] as const)
      expect(await desk.run('stepDown.receive', aStepDown(), desk.actor(role))).toMatchObject({
        error: { code: 'not-allowed' }
      })
  })
})

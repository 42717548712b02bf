import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { DraftForm } from '../../shared/draft/draft.ts'
import { emptyRecordedAgreement, emptyRegistration } from '../../shared/family/emptyForms.ts'
import type { RegistrationDraft } from '../../shared/family/family.ts'
import { newId } from '../../shared/ids.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict } from '../fixtures/facts.ts'
import { aFamily, aPerson, aPractitioner, aRegistration } from '../fixtures/families.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  desk.close()
})

const blank = () =>
  emptyRegistration({ familyId: newId(), episodeId: newId(), agreementId: newId(), personId: newId() }, OPEN)
const anAgreement = (agreementId: string, familyId: string) =>
  emptyRecordedAgreement({ agreementId, familyId, episodeId: newId() }, '')
const registration = (body: RegistrationDraft): DraftForm => ({ kind: 'registration', body })
const save = (form: DraftForm, savedBefore = 0, actor?: Actor) =>
  desk.run('draft.save', { form, savedBefore }, actor)
const refused = (reason: string) => ({ ok: false, error: { code: 'refused', reason } })
const titles = async (actor?: Actor) => (await desk.does('draft.list', {}, actor)).map(({ title }) => title)

describe('a form that is being typed', () => {
  it('is saved in any state and opens as it was (L1)', async () => {
    const body = { ...blank(), reason: 'Half a sent', people: [aPerson({ birth: '32/1' }), aPerson()] }
    expect(await save(registration(body))).toEqual({ ok: true, value: { savedAt: OPEN, saves: 1 } })
    expect(await desk.does('draft.open', { id: body.id })).toEqual({
      form: registration(body),
      savedAt: OPEN,
      saves: 1
    })
  })

  it('saved again with the same words is saved already', async () => {
    const body = blank()
    await save(registration(body))
    const later = { ...desk.first, now: '2026-11-23T10:05:00.000Z' }
    expect(await save(registration(body), 1, later)).toEqual({ ok: true, value: { savedAt: OPEN, saves: 1 } })
  })

  it('is never covered by an older save; one lost answer is let pass (L7)', async () => {
    const body = blank()
    const at = (reason: string, savedBefore: number) => save(registration({ ...body, reason }), savedBefore)
    await at('one', 0)
    expect(await at('two', 0)).toMatchObject({ value: { saves: 2 } })
    expect(await at('three', 2)).toMatchObject({ value: { saves: 3 } })
    expect(await at('from another window', 1)).toEqual({ ok: false, error: { code: 'changed-since' } })
    const { form } = await desk.does('draft.open', { id: body.id })
    expect(form).toMatchObject({ body: { reason: 'three' } })
  })

  it('is its owner’s alone (L2)', async () => {
    const body = { ...blank(), people: [aPerson({ name: 'Robin Vale' })] }
    await save(registration(body))
    const colleague = desk.actor('adviser')
    expect(await save(registration(body), 1, colleague)).toEqual(refused('not-your-draft'))
    expect(await desk.run('draft.open', { id: body.id }, colleague)).toMatchObject({
      error: { code: 'not-found' }
    })
    expect(await desk.run('draft.setAside', { id: body.id, reason: 'Not mine' }, colleague)).toMatchObject({
      error: { code: 'not-found' }
    })
    expect([await titles(colleague), await titles()]).toEqual([[], ['Robin Vale']])
  })

  it('stays of the kind that it is', async () => {
    const body = blank()
    await save(registration(body))
    const other: DraftForm = { kind: 'agreement', body: anAgreement(body.id, newId()) }
    expect(await save(other, 1)).toEqual(refused('clashing-id'))
  })

  it('is set aside with a reason, leaves the list and is not lost (L4)', async () => {
    const body = blank()
    await save(registration(body))
    expect(await desk.run('draft.setAside', { id: body.id, reason: ' ' })).toMatchObject({
      error: { code: 'invalid', fields: [{ path: 'reason' }] }
    })
    await desk.does('draft.setAside', { id: body.id, reason: 'They will ring back' })
    expect(await titles()).toEqual([])
    expect((await desk.does('draft.open', { id: body.id })).saves).toBe(1)
    await save(registration({ ...body, reason: 'They rang back' }), 1)
    expect(await titles()).toEqual([''])
  })

  it('leaves no audit row: nothing has been done yet (ADR 5)', async () => {
    await save(registration(blank()))
    const { rows } = await desk.does(
      'audit.list',
      { actorId: '', subjectId: '', operation: 'draft.save', from: '', to: '', after: '' },
      desk.actor('auditor')
    )
    expect(rows).toEqual([])
  })

  it('is for those who may file it', async () => {
    for (const role of ['auditor', 'administrator'] as const) {
      expect(await save(registration(blank()), 0, desk.actor(role))).toMatchObject({
        error: { code: 'not-allowed' }
      })
    }
    expect((await save(registration(blank()), 0, desk.actor('helpdesk'))).ok).toBe(true)
  })
})

describe('the list of unfinished forms', () => {
  it('says of each what it is known by, the last one touched first', async () => {
    const { id: familyId, reference } = await aFamily(desk, {
      practitionerId: (await aPractitioner(desk)).id
    })
    const at = (minute: string) => ({ ...desk.first, now: `2026-11-23T10:${minute}:00.000Z` })
    await save(registration({ ...blank(), people: [aPerson({ name: ' ' }), aPerson({ name: 'Ada Vale ' })] }))
    await save({ kind: 'agreement', body: anAgreement(newId(), familyId) }, 0, at('01'))
    await save(registration({ ...blank(), people: [] }), 0, at('02'))
    const rows = await desk.does('draft.list', {})
    expect(rows.map(({ kind, title, familyId: family }) => [kind, title, family])).toEqual([
      ['registration', '', ''],
      ['agreement', `Robin Vale, ${reference}`, familyId],
      ['registration', 'Ada Vale', '']
    ])
  })

  it('names nobody of a family that was restricted while the form was typed', async () => {
    const { id: familyId, reference } = await aFamily(desk)
    await save({ kind: 'agreement', body: anAgreement(newId(), familyId) })
    expect(await titles()).toEqual([`Robin Vale, ${reference}`])
    const manager = await aColleague(desk, 'triage-manager')
    await restrict(desk, familyId, [manager], manager)
    expect(await titles()).toEqual([reference])
  })
})

describe('filing (L3)', () => {
  it('takes the draft away in the same act, and no save brings it back', async () => {
    const form = aRegistration({ practitionerId: (await aPractitioner(desk)).id })
    await save(registration({ ...form, reason: 'Half' }))
    await desk.does('family.register', form)
    expect(await titles()).toEqual([])
    expect(await save(registration(form), 1)).toEqual(refused('form-already-filed'))
    const later: DraftForm = {
      kind: 'agreement',
      body: { ...anAgreement(form.agreement.id, form.id), decision: 'given' }
    }
    expect(await save(later)).toEqual(refused('form-already-filed'))
    expect(brokenInvariants(desk.store.reader)).toEqual([])
  })

  it('keeps the draft where it is refused', async () => {
    const form = aRegistration({ people: [] })
    await save(registration(form))
    expect((await desk.run('family.register', form)).ok).toBe(false)
    expect((await desk.does('draft.open', { id: form.id })).form).toEqual(registration(form))
  })
})

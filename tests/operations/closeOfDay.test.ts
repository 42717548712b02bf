import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor, Role } from '../../shared/access/roles.ts'
import type { CallDraft } from '../../shared/call/call.ts'
import type { Whose } from '../../shared/call/loop.ts'
import { newId } from '../../shared/ids.ts'
import { aKeyworkersCall } from '../fixtures/calls.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aFamily, aRegistration } from '../fixtures/families.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

const at = (now: string, actor: Actor = desk.first): Actor => ({ ...actor, now })
const FRIDAY_CLOSES = '2026-11-27T16:00:00.000Z'
const MONDAY_OPENS = '2026-11-30T09:00:00.000Z'
const sheet = (actor: Actor = at(FRIDAY_CLOSES), whose: Whose = 'mine') =>
  desk.does('call.closeOfDay', { whose }, actor)

async function person(name: string, roles: Role[]): Promise<Actor> {
  const id = newId()
  const added = await desk.record('account.add', {
    id,
    name,
    roles,
    profession: 'social-worker',
    hubIds: []
  })
  if (!added.ok) throw new Error(JSON.stringify(added.error))
  return { ...desk.first, id, roles }
}

async function filed(now: string, changes: Partial<CallDraft>, actor?: Actor): Promise<string> {
  const draft = aKeyworkersCall({ startedAt: now, outcome: 'advice-only', ...changes })
  await desk.does('call.file', draft, at(now, actor))
  return draft.id
}
const begun = (now: string, actor?: Actor) =>
  desk.does(
    'call.saveDraft',
    { draft: aKeyworkersCall({ startedAt: now, concern: 'Robin Vale, bruises' }), savedBefore: 0 },
    at(now, actor)
  )

describe('call.closeOfDay', () => {
  it('C11: says which day closes and when the desk opens again', async () => {
    expect(await sheet()).toMatchObject({ on: '2026-11-27', opens: MONDAY_OPENS })
    expect(await sheet(at('2026-12-24T17:00:00.000Z'))).toMatchObject({
      on: '2026-12-24',
      opens: '2026-12-29T09:00:00.000Z'
    })
  })

  it('C11: what was promised, agreed for the day that it opens, or agreed for no day, with its owner', async () => {
    const jo = await person('Jo Marsh', ['adviser'])
    const callBack = await filed('2026-11-27T15:00:00.000Z', { outcome: 'call-back' })
    const action = (what: string, byWhen: string, who = '') => ({ id: newId(), what, who, byWhen })
    await filed('2026-11-27T15:10:00.000Z', {
      actions: [
        action('Later in the week', '2026-12-01'),
        action('Over the weekend', '2026-11-29', 'Jo Marsh'),
        action('On Monday', '2026-11-30'),
        action('No day agreed', ''),
        action('Overdue', '2026-11-02')
      ]
    })
    const left = await sheet(at(FRIDAY_CLOSES), 'everyone')
    expect(left.callBacks.rows).toMatchObject([
      { callId: callBack, ownerName: 'Morgan Ellis', dueAt: '2026-11-30T17:00:00.000Z' }
    ])
    expect(left.actions.rows.map(({ what, ownerName }) => [what, ownerName])).toEqual([
      ['Overdue', 'Morgan Ellis'],
      ['Over the weekend', 'Jo Marsh'],
      ['On Monday', 'Morgan Ellis'],
      ['No day agreed', 'Morgan Ellis']
    ])
    const { itemId } = left.callBacks.rows[0]!
    await desk.does('call.handOver', { id: newId(), kind: 'call-back', itemId, toId: jo.id })
    expect((await sheet()).callBacks.rows).toEqual([])
    expect((await sheet(at(FRIDAY_CLOSES, jo))).callBacks.rows).toMatchObject([{ ownerName: 'Jo Marsh' }])
  })

  it('C6: "Did they refer?" that will be asked when the desk opens', async () => {
    const tenDays = await filed('2026-11-13T15:00:00.000Z', { outcome: 'contact-form' })
    await filed('2026-11-13T16:00:00.000Z', { outcome: 'contact-form' })
    const { referrals } = await sheet(at('2026-11-27T15:45:00.000Z'))
    expect(referrals.rows.map(({ callId, dueAt }) => [callId, dueAt])).toEqual([[tenDays, FRIDAY_CLOSES]])
    expect(
      (await desk.does('call.due', { whose: 'mine' }, at('2026-11-27T15:45:00.000Z'))).referrals.rows
    ).toEqual([])
  })

  it('L2: unfinished calls are mine; a triage manager hears of everyone’s, and of nothing typed in them', async () => {
    const jo = await person('Jo Marsh', ['adviser'])
    const manager = await person('Ash Tran', ['triage-manager'])
    await begun('2026-11-27T15:30:00.000Z')
    await begun('2026-11-27T15:20:00.000Z', jo)
    const owners = async (actor: Actor, whose: Whose) =>
      (await sheet(at(FRIDAY_CLOSES, actor), whose)).unfinished.map(({ ownerName }) => ownerName)
    expect(await owners(jo, 'mine')).toEqual(['Jo Marsh'])
    expect(await owners(jo, 'everyone')).toEqual(['Jo Marsh'])
    expect(await owners(manager, 'mine')).toEqual([])
    expect(await owners(manager, 'everyone')).toEqual(['Jo Marsh', 'Morgan Ellis'])
    const seen = await sheet(at(FRIDAY_CLOSES, manager), 'everyone')
    expect(seen.unfinished[0]).toMatchObject({ label: 'Call begun 15:20 on 27 November 2026' })
    expect(JSON.stringify(seen)).not.toContain('Robin Vale')
  })

  it('L2: unfinished forms too, by their kind alone', async () => {
    const jo = await person('Jo Marsh', ['adviser'])
    const manager = await person('Ash Tran', ['triage-manager'])
    const typed = (now: string, actor: Actor) =>
      desk.does(
        'draft.save',
        { form: { kind: 'registration', body: aRegistration() }, savedBefore: 0 },
        at(now, actor)
      )
    await typed('2026-11-27T15:20:00.000Z', jo)
    await typed('2026-11-27T15:10:00.000Z', desk.first)
    expect((await sheet(at(FRIDAY_CLOSES, jo), 'everyone')).forms).toMatchObject([{ ownerName: 'Jo Marsh' }])
    expect((await sheet(at(FRIDAY_CLOSES, manager))).forms).toEqual([])
    const seen = await sheet(at(FRIDAY_CLOSES, manager), 'everyone')
    expect(seen.forms).toMatchObject([
      { kind: 'registration', savedAt: '2026-11-27T15:10:00.000Z', ownerName: 'Morgan Ellis' },
      { kind: 'registration', savedAt: '2026-11-27T15:20:00.000Z', ownerName: 'Jo Marsh' }
    ])
    expect(JSON.stringify(seen)).not.toContain('Vale')
  })

  it('C11: what is due about families by the day that it opens, with who sees to it', async () => {
    const { id: familyId, form } = await aFamily(desk)
    const meeting = (dueOn: string, note: string) =>
      desk.does('episode.planDate', {
        ...{ id: newId(), familyId, episodeId: form.episodeId, kind: 'meeting', dueOn, note }
      })
    await meeting('2026-11-30', 'Round the table')
    await meeting('2026-12-01', 'Another')
    const { families } = await sheet()
    expect(families.map(({ kind, dueOn, note, ownerName }) => [kind, dueOn, note, ownerName])).toEqual([
      ['meeting', '2026-11-30', 'Round the table', 'Morgan Ellis']
    ])
    const elsewhere: Actor = { ...desk.first, id: newId(), roles: ['coordinator'], hubIds: [] }
    expect((await sheet(at(FRIDAY_CLOSES, elsewhere), 'everyone')).families).toEqual([])
  })

  it('one that is set aside or filed is not unfinished', async () => {
    const draft = aKeyworkersCall({ startedAt: '2026-11-27T15:30:00.000Z' })
    const actor = at('2026-11-27T15:30:00.000Z')
    await desk.does('call.saveDraft', { draft, savedBefore: 0 }, actor)
    await desk.does('call.setAside', { id: draft.id, reason: 'Wrong number' }, actor)
    expect((await sheet()).unfinished).toEqual([])
  })

  it('a desk with no opening set lists everything all the same', async () => {
    await filed('2026-11-27T15:10:00.000Z', {
      actions: [{ id: newId(), what: 'Ring', who: '', byWhen: '2026-12-24' }],
      outcome: 'call-back'
    })
    const never = {
      monday: null,
      tuesday: null,
      wednesday: null,
      thursday: null,
      friday: null,
      saturday: null,
      sunday: null
    }
    await desk.does(
      'setting.change',
      { id: newId(), kind: 'opening-hours', key: 'hub', value: never, validFrom: '2026-11-27', validTo: '' },
      at(FRIDAY_CLOSES)
    )
    const left = await sheet()
    expect(left.opens).toBe('')
    expect(left.actions.rows.map(({ what }) => what)).toEqual(['Ring'])
    expect(left.callBacks.rows).toMatchObject([{ dueAt: '' }])
  })
})

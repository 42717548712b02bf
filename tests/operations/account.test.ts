import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { roles as allRoles, type Actor, type Role } from '../../shared/access/roles.ts'
import type { Account } from '../../shared/account/account.ts'
import { emptyCall } from '../../shared/call/call.ts'
import type { Result } from '../../shared/errors.ts'
import { emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import { newId } from '../../shared/ids.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { restrict } from '../fixtures/facts.ts'
import { aFamily } from '../fixtures/families.ts'
import { anAction, anOutcome, progressOn } from '../fixtures/plans.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  desk.close()
})

const profession = 'social-worker'
const refused = (reason: string) => ({ ok: false, error: { code: 'refused', reason } })
const fieldsOf = (result: Result<unknown>) =>
  !result.ok && result.error.code === 'invalid' ? result.error.fields.map(({ path }) => path) : result

async function add(name: string, roles: Role[], hubIds: string[] = [], own = desk): Promise<Actor> {
  const id = newId()
  const result = await own.record('account.add', { id, name, roles, profession, hubIds })
  expect(result).toMatchObject({ ok: true, value: { id, name } })
  return { ...own.first, id, roles, hubIds }
}

async function person(id: string, own = desk): Promise<Account> {
  const found = (await own.does('account.list', {})).find((each) => each.id === id)
  if (!found) throw new Error('Nobody by that id')
  return found
}

const changeRoles = async (id: string, roles: Role[], hubIds: string[] = [], own = desk) => {
  const { rowVersion } = await person(id, own)
  return own.run('account.changeRoles', { id, rowVersion, roles, profession, hubIds })
}

describe('setting a record up', () => {
  it('makes the first person an administrator and what they chose', async () => {
    expect(await desk.does('account.list', {})).toMatchObject([
      { name: 'Morgan Ellis', roles: ['administrator', 'adviser'], status: 'active', openItems: 0 }
    ])
  })

  it('again by the same person changes nothing; by another is refused', async () => {
    const input = { name: 'Morgan Ellis', roles: ['adviser'], profession, hubIds: [] }
    expect(await desk.record('account.setUp', { ...input, accountId: desk.first.id })).toMatchObject({
      ok: true,
      value: { roles: ['administrator', 'adviser'] }
    })
    const other = await desk.record('account.setUp', { ...input, accountId: newId(), name: 'Ash Tran' })
    expect(other).toEqual(refused('already-set-up'))
  })
})

describe('adding a person', () => {
  it('refuses a name that someone at work or stopped has, however it is spelled', async () => {
    const { id } = await add('Siân O’Brien', ['helpdesk'])
    const again = { id: newId(), name: ' sian obrien ', roles: ['helpdesk'], profession, hubIds: [] }
    expect(await desk.record('account.add', again)).toEqual(refused('name-taken'))
    await desk.record('account.stop', { id })
    expect(await desk.record('account.add', again)).toEqual(refused('name-taken'))
    await desk.does('account.close', { id })
    expect(await desk.record('account.add', again)).toMatchObject({ ok: true })
    expect(await desk.does('account.names', {}, desk.actor('helpdesk'))).toHaveLength(3)
  })

  it('gives a coordinator at least one hub, of those there are', async () => {
    const input = { id: newId(), name: 'Jo Marsh', roles: ['coordinator'], profession, hubIds: [] }
    expect(fieldsOf(await desk.record('account.add', input))).toEqual(['hubIds'])
    expect(fieldsOf(await desk.record('account.add', { ...input, hubIds: [newId()] }))).toEqual(['hubIds'])
    await add('Jo Marsh', ['coordinator', 'adviser'], [COUNTY_HUB_ID])
  })

  it('R11: wants a profession of an adviser’s', async () => {
    const input = { id: newId(), name: 'Jo Marsh', roles: ['adviser'], profession: 'other', hubIds: [] }
    expect(fieldsOf(await desk.record('account.add', input))).toEqual(['profession'])
    expect(await desk.record('account.add', { ...input, roles: ['helpdesk'] })).toMatchObject({ ok: true })
    const changed = await desk.run('account.changeRoles', {
      ...{ id: input.id, rowVersion: 1, hubIds: [] },
      ...{ roles: ['adviser'], profession: 'other' }
    })
    expect(fieldsOf(changed)).toEqual(['profession'])
  })

  it('is an administrator’s, and so is all that main writes for one', async () => {
    const acts = {
      'account.add': { id: newId(), name: 'Jo Marsh', roles: ['helpdesk'], profession, hubIds: [] },
      'account.stop': { id: desk.first.id },
      'account.giveOneTimePassphrase': { id: desk.first.id },
      'account.changeDeskCode': {},
      'school.chooseImport': { path: 'schools.csv' }
    } as const
    for (const [name, input] of Object.entries(acts)) {
      const result = await desk.record(name as keyof typeof acts, input, desk.actor('adviser'))
      expect(result).toMatchObject({ error: { code: 'not-allowed' } })
    }
  })

  it('twice under one id adds one person', async () => {
    const input = { id: newId(), name: 'Jo Marsh', roles: ['adviser'], profession, hubIds: [] }
    expect(await desk.record('account.add', input)).toEqual(await desk.record('account.add', input))
    expect(await desk.record('account.add', { ...input, name: 'Lee Marsh' })).toEqual(refused('clashing-id'))
    expect(await desk.does('account.list', {})).toHaveLength(2)
    await desk.record('account.stop', { id: input.id })
    expect(await desk.record('account.add', input)).toEqual(refused('clashing-id'))
  })
})

describe('roles', () => {
  it('are taken away and given back', async () => {
    const { id } = await add('Jo Marsh', ['adviser', 'coordinator'], [COUNTY_HUB_ID])
    await changeRoles(id, ['triage-manager'])
    expect(await person(id)).toMatchObject({ roles: ['triage-manager'], hubIds: [], rowVersion: 2 })
    await changeRoles(id, ['adviser', 'coordinator'], [COUNTY_HUB_ID])
    expect(await person(id)).toMatchObject({ roles: ['adviser', 'coordinator'], hubIds: [COUNTY_HUB_ID] })
  })

  it('are not changed over someone else’s change', async () => {
    const { id } = await add('Jo Marsh', ['adviser'])
    const input = { id, rowVersion: 1, roles: ['auditor' as const], profession, hubIds: [] } as const
    const both = { ...input, roles: [...input.roles], hubIds: [] }
    expect(await desk.run('account.changeRoles', both)).toMatchObject({ ok: true })
    expect(await desk.run('account.changeRoles', both)).toMatchObject({ error: { code: 'changed-since' } })
  })

  it('leave an administrator at the desk', async () => {
    expect(await changeRoles(desk.first.id, ['adviser'])).toEqual(refused('last-administrator'))
    expect(await desk.record('account.stop', { id: desk.first.id })).toEqual(refused('last-administrator'))
    await add('Jo Marsh', ['administrator'])
    expect(await changeRoles(desk.first.id, ['adviser'])).toMatchObject({ ok: true })
  })

  it('are an administrator’s to give', async () => {
    for (const role of allRoles.filter((each) => each !== 'administrator')) {
      const actor = desk.actor(role)
      expect(await desk.run('account.list', {}, actor)).toMatchObject({ error: { code: 'not-allowed' } })
      const input = { id: actor.id, rowVersion: 1, roles: [...allRoles], profession, hubIds: [] } as const
      const result = await desk.run(
        'account.changeRoles',
        { ...input, roles: [...allRoles], hubIds: [] },
        actor
      )
      expect(result).toMatchObject({ error: { code: 'not-allowed' } })
    }
  })
})

describe('who is let in', () => {
  it('is a person at work; wrong passphrases before are audited at their own time, as nobody’s', async () => {
    const { id } = await add('Jo Marsh', ['adviser'])
    const failures = [
      { id: newId(), at: '2026-11-23T08:00:00.000Z', accountId: id, tried: 'passphrase' },
      { id: newId(), at: '2026-11-23T08:00:02.000Z', accountId: '', tried: 'passphrase' }
    ]
    const unlocking = { ...desk.first, id, now: '2026-11-23T09:00:00.000Z' }
    expect(await desk.record('account.unlock', { accountId: id, failures }, unlocking)).toMatchObject({
      ok: true,
      value: { id, name: 'Jo Marsh', roles: ['adviser'], profession, hubIds: [] }
    })
    const query = { actorId: '', subjectId: '', operation: 'account.unlock', from: '', to: '', after: '' }
    const { rows } = await desk.does('audit.list', query, desk.actor('auditor'))
    expect(rows).toMatchObject([
      { at: unlocking.now, actorId: id, result: 'done' },
      { at: failures[1]?.at, actorId: '', subjectIds: [], reason: 'wrong-passphrase', result: 'refused' },
      { at: failures[0]?.at, actorId: '', subjectIds: [id], reason: 'wrong-passphrase', result: 'refused' }
    ])
  })

  it('what was tried is audited once, although it is told of again, and a recovery key as what it is', async () => {
    const failure = { id: newId(), at: OPEN, accountId: '', tried: 'recovery-key' }
    for (const failures of [[failure], [failure]])
      await desk.record('account.unlock', { accountId: desk.first.id, failures })
    const query = { actorId: '', subjectId: '', operation: 'account.recover', from: '', to: '', after: '' }
    const { rows } = await desk.does('audit.list', query, desk.actor('auditor'))
    expect(rows).toMatchObject([{ id: failure.id, reason: 'recovery-key-wrong', result: 'refused' }])
  })

  it('is nobody whose access was stopped', async () => {
    const { id } = await add('Jo Marsh', ['administrator'])
    expect(await desk.record('account.giveOneTimePassphrase', { id })).toMatchObject({ ok: true })
    expect(await desk.record('account.recover', { name: 'Jo Marsh' })).toMatchObject({ ok: true })
    await desk.record('account.stop', { id })
    expect(await desk.record('account.unlock', { accountId: id, failures: [] })).toEqual(
      refused('person-stopped')
    )
    expect(await desk.record('account.giveOneTimePassphrase', { id })).toEqual(refused('person-stopped'))
    expect(await desk.record('account.recover', { name: 'Jo Marsh' })).toEqual(refused('recovery-key-wrong'))
  })

  it('the recovery key resets an administrator’s passphrase only', async () => {
    await add('Jo Marsh', ['adviser', 'auditor'])
    expect(await desk.record('account.recover', { name: 'Jo Marsh' })).toEqual(refused('recovery-key-wrong'))
  })
})

describe('stopping and closing', () => {
  const draftOf = async (owner: Actor) => {
    const draft = { ...emptyCall(newId(), newId(), OPEN), concern: 'Half typed' }
    await desk.does('call.saveDraft', { draft, savedBefore: 0 }, owner)
    return draft.id
  }
  const actionOf = async (owner: Actor) => {
    const action = { id: newId(), what: 'Ring the school back', who: '', byWhen: '2026-11-27' }
    const filed = await desk.does(
      'call.file',
      {
        ...emptyCall(newId(), newId(), OPEN),
        callerKind: 'keyworker',
        assessmentConfirmedBy: 'Ash Tran',
        callerName: 'Robin Vale',
        concern: 'A concern',
        advice: 'Advice',
        outcome: 'advice-only',
        actions: [action]
      },
      owner
    )
    return { id: action.id, reference: filed.reference }
  }

  it('stops at once, whatever is open, and closes once nobody’s work is handed on', async () => {
    const jo = await add('Jo Marsh', ['adviser'])
    const lee = await add('Lee Frost', ['adviser'])
    const manager = await add('Ash Tran', ['triage-manager'])
    const draftId = await draftOf(jo)
    const action = await actionOf(jo)
    expect(await person(jo.id)).toMatchObject({ unfinishedCalls: 1, openItems: 1 })
    expect(await desk.does('account.openWork', { id: jo.id })).toEqual([])

    expect(await desk.record('account.stop', { id: jo.id })).toMatchObject({ ok: true })
    expect(await desk.does('account.openWork', { id: jo.id }, manager)).toEqual([
      { kind: 'draft', id: draftId, label: 'Call begun 10:00 on 23 November 2026', since: OPEN },
      { kind: 'action', id: action.id, label: `Action from call ${action.reference}`, since: OPEN }
    ])
    expect(await desk.run('account.close', { id: jo.id })).toEqual(refused('open-work'))

    const hand = { accountId: jo.id, toId: lee.id }
    await desk.does('account.takeOver', { ...hand, kind: 'draft', workId: draftId }, manager)
    await desk.does('account.takeOver', { ...hand, kind: 'action', workId: action.id }, manager)
    expect((await desk.does('call.drafts', {}, lee)).map(({ id }) => id)).toEqual([draftId])
    expect(await person(lee.id)).toMatchObject({ unfinishedCalls: 1, openItems: 1 })
    await desk.does('account.close', { id: jo.id })
    expect(await person(jo.id)).toMatchObject({ status: 'closed' })
    expect(brokenInvariants(desk.store.reader)).toEqual([])
  })

  it('half a form is handed on as well, to somebody who may file it and open its family', async () => {
    const jo = await add('Jo Marsh', ['adviser'])
    const lee = await add('Lee Frost', ['adviser'])
    const helpdesk = await add('Kit Doyle', ['helpdesk'])
    const manager = await add('Ash Tran', ['triage-manager'])
    const family = await aFamily(desk)
    const body = emptyWithdrawal(newId(), family.id, family.form.agreement.id)
    await desk.does('draft.save', { form: { kind: 'withdrawal', body }, savedBefore: 0 }, jo)
    expect(await person(jo.id)).toMatchObject({ unfinishedCalls: 0, unfinishedForms: 1 })
    await desk.record('account.stop', { id: jo.id })
    expect(await desk.does('account.openWork', { id: jo.id }, manager)).toEqual([
      {
        ...{ kind: 'form', id: body.id, since: OPEN },
        label: 'Withdrawal of agreement, last saved 10:00 on 23 November 2026'
      }
    ])
    expect(await desk.run('account.close', { id: jo.id })).toEqual(refused('open-work'))

    const take = (toId: string) =>
      desk.run('account.takeOver', { accountId: jo.id, workId: body.id, kind: 'form', toId }, manager)
    expect(fieldsOf(await take(helpdesk.id))).toEqual(['toId'])
    await restrict(desk, family.id, [manager], manager)
    expect(fieldsOf(await take(lee.id))).toEqual(['toId'])
    expect(await take(manager.id)).toMatchObject({ ok: true })
    expect((await desk.does('draft.list', {}, manager)).map(({ id }) => id)).toEqual([body.id])
    await desk.does('account.close', { id: jo.id })
    expect(brokenInvariants(desk.store.reader)).toEqual([])
  })

  it('what is to be done of a plan is handed on as well, to somebody who may open the family', async () => {
    const jo = await add('Jo Marsh', ['adviser'])
    const lee = await add('Lee Frost', ['adviser'])
    const helpdesk = await add('Kit Doyle', ['helpdesk'])
    const manager = await add('Ash Tran', ['triage-manager'])
    const { id: familyId, form } = await aFamily(desk)
    const { episodeId } = form
    const outcome = anOutcome({ familyId, episodeId })
    const action = anAction(outcome, { owner: 'account', ownerId: jo.id, ownerName: 'Jo Marsh' })
    await desk.does('plan.saveOutcome', outcome, lee)
    await desk.does('plan.saveAction', action, lee)
    expect(await person(jo.id)).toMatchObject({ openItems: 1 })
    await desk.record('account.stop', { id: jo.id })
    const { reference } = await desk.does('episode.read', { id: episodeId }, lee)
    expect(await desk.does('account.openWork', { id: jo.id }, manager)).toEqual([
      { kind: 'plan-action', id: action.id, label: `Action from the plan of ${reference}`, since: OPEN }
    ])
    expect(await desk.run('account.close', { id: jo.id })).toEqual(refused('open-work'))
    const another = anAction(outcome, { owner: 'account', ownerId: jo.id, ownerName: 'Jo Marsh' })
    expect(fieldsOf(await desk.run('plan.saveAction', another, lee))).toEqual(['ownerId'])
    await desk.does('plan.saveAction', { ...action, dueOn: '2026-12-14', rowVersion: 1 }, lee)

    const hand = { accountId: jo.id, workId: action.id, kind: 'plan-action' as const }
    const take = (toId: string) => desk.run('account.takeOver', { ...hand, toId }, manager)
    expect(fieldsOf(await take(helpdesk.id))).toEqual(['toId'])
    await restrict(desk, familyId, [manager], manager)
    expect(fieldsOf(await take(lee.id))).toEqual(['toId'])
    expect(await take(manager.id)).toMatchObject({ ok: true })
    const actions = async () =>
      (await desk.does('plan.read', { episodeId }, manager)).outcomes.flatMap((each) => each.actions)
    expect(await actions()).toMatchObject([
      { owner: 'account', ownerId: manager.id, ownerName: 'Ash Tran', dueOn: '2026-12-14', rowVersion: 3 }
    ])
    await desk.does('account.close', { id: jo.id })
    expect(brokenInvariants(desk.store.reader)).toEqual([])
  })

  it('what was done of a plan and goes on after all is with nobody who has gone', async () => {
    const jo = await add('Jo Marsh', ['adviser'])
    const lee = await add('Lee Frost', ['adviser'])
    const { id: familyId, form } = await aFamily(desk)
    const { episodeId } = form
    const outcome = anOutcome({ familyId, episodeId })
    const action = anAction(outcome, { owner: 'account', ownerId: jo.id, ownerName: 'Jo Marsh' })
    await desk.does('plan.saveOutcome', outcome, lee)
    await desk.does('plan.saveAction', action, lee)
    await desk.does('plan.recordProgress', progressOn(action, { progress: 'done' }), jo)
    await desk.record('account.stop', { id: jo.id })
    await desk.does('account.close', { id: jo.id })
    await desk.does('plan.recordProgress', progressOn(action, { rowVersion: 2 }), lee)
    const { outcomes } = await desk.does('plan.read', { episodeId }, lee)
    expect(outcomes[0]?.actions).toMatchObject([{ ownerId: lee.id, ownerName: 'Lee Frost', endedOn: '' }])
    expect(brokenInvariants(desk.store.reader)).toEqual([])
  })

  it('closes nobody whose passphrase still works', async () => {
    const { id } = await add('Jo Marsh', ['adviser'])
    expect(await desk.run('account.close', { id })).toMatchObject({ error: { code: 'changed-since' } })
  })

  it('hands on nobody’s work only, and only to someone at work who takes calls', async () => {
    const jo = await add('Jo Marsh', ['adviser'])
    const stopped = await add('Lee Frost', ['adviser'])
    const helpdesk = await add('Kit Doyle', ['helpdesk'])
    const manager = await add('Ash Tran', ['triage-manager'])
    const workId = await draftOf(jo)
    const take = (toId: string, actor = manager) =>
      desk.run('account.takeOver', { accountId: jo.id, workId, kind: 'draft', toId }, actor)
    expect(await take(manager.id)).toEqual(refused('not-your-draft'))
    await desk.record('account.stop', { id: jo.id })
    await desk.record('account.stop', { id: stopped.id })
    expect(await take(stopped.id)).toEqual(refused('person-stopped'))
    expect(fieldsOf(await take(helpdesk.id))).toEqual(['toId'])
    expect(await take(desk.first.id, desk.first)).toMatchObject({ error: { code: 'not-allowed' } })
    expect(await take(manager.id)).toMatchObject({ ok: true })
    expect(await take(manager.id)).toMatchObject({ error: { code: 'not-found' } })
  })
})

it('no run of changes, stops and closings leaves the desk without an administrator', async () => {
  const someone = fc.nat(3)
  const step = fc.oneof(
    fc.record({ who: someone, do: fc.constantFrom('stop' as const, 'close' as const) }),
    fc.record({
      who: someone,
      do: fc.constant('roles' as const),
      roles: fc.uniqueArray(fc.constantFrom(...allRoles), { minLength: 1 })
    })
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
      const own = await openTestDesk()
      try {
        const people = [own.first.id]
        for (const [index, role] of (['administrator', 'adviser', 'auditor'] as const).entries()) {
          people.push((await add(`Person ${String(index)}`, [role], [], own)).id)
        }
        for (const each of steps) {
          const id = people[each.who] ?? ''
          if (each.do === 'roles') await changeRoles(id, each.roles, [COUNTY_HUB_ID], own)
          else if (each.do === 'stop') await own.record('account.stop', { id })
          else await own.run('account.close', { id })
        }
        const left = await own.does('account.list', {})
        expect(left.some(({ status, roles }) => status === 'active' && roles.includes('administrator'))).toBe(
          true
        )
        expect(brokenInvariants(own.store.reader)).toEqual([])
        expect(own.faults).toEqual([])
      } finally {
        own.close()
      }
    }),
    { numRuns: 15 }
  )
})

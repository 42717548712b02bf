import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor, Role } from '../../shared/access/roles.ts'
import type { CallDraft } from '../../shared/call/call.ts'
import type { OpenItemKind, Whose } from '../../shared/call/loop.ts'
import { newId } from '../../shared/ids.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { aCall, aKeyworkersCall, aSchool, callsWith } from '../fixtures/calls.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

const FRIDAY = '2026-11-20T12:00:00.000Z'
const SATURDAY = '2026-11-21T11:00:00.000Z'
const MONDAY_OPENS = '2026-11-23T09:00:00.000Z'
const notFound = { ok: false, error: { code: 'not-found' } }
const changedSince = { ok: false, error: { code: 'changed-since' } }
const clashingId = { ok: false, error: { code: 'refused', reason: 'clashing-id' } }
const wrong = (path: string) => ({ ok: false, error: { code: 'invalid', fields: [{ path }] } })

const at = (now: string, actor: Actor = desk.first): Actor => ({ ...actor, now })

/** A person in the record, as the actor that main makes of them. */
async function person(name: string, roles: Role[], hubIds: string[] = []): Promise<Actor> {
  const id = newId()
  const profession = 'social-worker' as const
  const added = await desk.record('account.add', { id, name, roles, profession, hubIds })
  if (!added.ok) throw new Error(JSON.stringify(added.error))
  return { ...desk.first, id, roles, profession, hubIds }
}
const stop = (id: string) => desk.record('account.stop', { id })

async function filed(changes: Partial<CallDraft> = {}, actor: Actor = desk.first): Promise<string> {
  const draft = aKeyworkersCall({ startedAt: actor.now, ...changes })
  await desk.does('call.file', draft, actor)
  return draft.id
}
const promised = (changes: Partial<CallDraft> = {}, actor?: Actor) =>
  filed({ outcome: 'call-back', advice: '', ...changes }, actor)
const action = (what: string, byWhen = '', who = '') => ({ id: newId(), what, who, byWhen })

const due = (whose: Whose = 'mine', actor: Actor = desk.first) => desk.does('call.due', { whose }, actor)
const callBacks = async (actor?: Actor) => (await due('mine', actor)).callBacks.rows
const actions = async (actor?: Actor) => (await due('mine', actor)).actions.rows.map(({ what }) => what)

const attempt = (
  callId: string,
  result: 'called-back' | 'no-answer' | 'left-message' = 'called-back',
  note = ''
) => ({ id: newId(), callId, result, note })

/** A second concern about one child, and the flag that it raised. */
async function flagged(actor: Actor = desk.first) {
  const robin = () => ({
    id: newId(),
    name: 'Robin Vale',
    birth: '03/09/2015',
    upn: '',
    relation: '',
    address: ''
  })
  const earlierCallId = await filed({ children: [robin()], outcome: 'advice-only' }, actor)
  const callId = await filed({ children: [robin()], outcome: 'advice-only' }, actor)
  const { rows } = (await due('everyone', actor)).flags
  return { earlierCallId, callId, flag: rows.find((row) => row.callId === callId)! }
}

/** A concern at the county's hub, a second one at a school's, and the flag that it raised. */
async function flaggedAcrossHubs() {
  const children = () => [
    { id: newId(), name: 'Robin Vale', birth: '03/09/2015', upn: '', relation: '', address: '' }
  ]
  await filed({ children: children(), outcome: 'advice-only' })
  const { id } = await aSchool(desk)
  const later = aCall(id, { children: children(), outcome: 'advice-only' })
  await desk.does('call.file', later)
  const { hubId } = await desk.does('call.read', { id: later.id })
  const [flag] = (await due('everyone')).flags.rows
  return { school: { hubId }, flag: flag! }
}

describe('call.due', () => {
  it('C4, L30: call-backs as the form promised them, the one due soonest first', async () => {
    const inHours = await promised({ callerName: 'Ann Dean', mayLeaveMessage: true }, at(FRIDAY))
    const message = await promised({}, at(SATURDAY))
    const { callBacks: list } = await due('mine', at(MONDAY_OPENS))
    expect(list.total).toBe('2')
    expect(list.rows).toMatchObject([
      { callId: message, dueAt: MONDAY_OPENS, promisedAt: SATURDAY, mayLeaveMessage: false },
      {
        kind: 'call-back',
        itemId: inHours,
        callId: inHours,
        reference: 'HUB-7KQ3-000001',
        callerName: 'Ann Dean',
        callerPhone: '01992 555555',
        mayLeaveMessage: true,
        ownerId: desk.first.id,
        ownerName: 'Morgan Ellis',
        promisedAt: FRIDAY,
        dueAt: '2026-11-23T17:00:00.000Z',
        attempts: []
      }
    ])
  })

  it('C6: asks "Did they refer?" once ten working days are over, and not before', async () => {
    const callId = await filed({}, at(OPEN))
    const asked = async (now: string) => (await due('mine', at(now))).referrals
    expect(await asked('2026-12-07T16:59:59.000Z')).toEqual({ rows: [], total: '0' })
    expect(await asked('2026-12-07T17:00:00.000Z')).toMatchObject({
      rows: [{ kind: 'referral', itemId: callId, advisedAt: OPEN, dueAt: '2026-12-07T17:00:00.000Z' }],
      total: '1'
    })
  })

  it('actions: overdue first, then those to come, then those without a day; none that is done', async () => {
    const done = action('Done already', '2026-11-01')
    await filed({
      outcome: 'advice-only',
      actions: [
        action('No day agreed'),
        action('To come', '2026-12-01'),
        action('Overdue', '2026-11-19'),
        done,
        action('Today', '2026-11-23')
      ]
    })
    await desk.does('call.finishAction', { id: done.id, done: true, note: '' })
    expect(await actions()).toEqual(['Overdue', 'Today', 'To come', 'No day agreed'])
    expect((await due()).actions.rows[0]).toMatchObject({ byWhen: '2026-11-19', ownerName: 'Morgan Ellis' })
  })

  it('L18, L22: an action that names someone who takes no calls, or may not read this one, waits for its adviser', async () => {
    const jo = await person('Jo Marsh', ['adviser'])
    await person('Kit Doyle', ['helpdesk'])
    await person('Ash Tran', ['coordinator'], [await aHub()])
    const named = ['Jo Marsh', 'Kit Doyle', 'Ash Tran'].map((who) => action(`Ask ${who}`, '', who))
    await filed({ outcome: 'advice-only', actions: named })
    expect(await actions()).toEqual(['Ask Kit Doyle', 'Ask Ash Tran'])
    expect(await actions(jo)).toEqual(['Ask Jo Marsh'])
  })

  it('shows a hundred rows and says how many there are, up to a thousand', async () => {
    const thirty = () => Array.from({ length: 30 }, () => action('Ring'))
    const listed = async () => {
      const { rows, total } = (await due()).actions
      return [rows.length, total]
    }
    for (let calls = 0; calls < 4; calls++) await filed({ outcome: 'advice-only', actions: thirty() })
    expect(await listed()).toEqual([100, '120'])
    for (let calls = 0; calls < 30; calls++) await filed({ outcome: 'advice-only', actions: thirty() })
    expect(await listed()).toEqual([100, 'more than 1,000'])
  })

  it('mine is what I own; everyone’s is all that I may read', async () => {
    const jo = await person('Jo Marsh', ['adviser'])
    await promised()
    await filed({ outcome: 'advice-only', actions: [action('Ring the lead', '', 'Jo Marsh')] })
    const { flag } = await flagged(jo)
    const seen = async (whose: Whose, actor: Actor) => {
      const { callBacks: backs, actions: agreed, flags } = await due(whose, actor)
      return [backs, agreed, flags].map(({ rows }) => rows.length)
    }
    expect(flag.ownerName).toBe('Jo Marsh')
    expect(await seen('mine', desk.first)).toEqual([1, 0, 0])
    expect(await seen('mine', jo)).toEqual([0, 1, 1])
    expect(await seen('everyone', desk.first)).toEqual([1, 1, 1])
  })

  it('L25: a coordinator hears of the calls of their hubs and of their own, and of no other', async () => {
    const school = await aSchool(desk)
    const elsewhere = await aSchool(desk, undefined, { name: 'Elm School', district: 'E07000103' })
    const callsOf = async (schoolId: string, actor?: Actor) => {
      for (const outcome of ['call-back', 'contact-form'] as const) {
        const draft = aCall(schoolId, { startedAt: FRIDAY, outcome, actions: [action('Ring')] })
        await desk.does('call.file', draft, at(FRIDAY, actor))
      }
    }
    await callsOf(school.id)
    await callsOf(elsewhere.id)
    const hubId = String(
      desk.store.reader.prepare('SELECT hub_id FROM call WHERE school_id = ?').pluck().get(school.id)
    )
    const coordinator = await person('Ash Tran', ['coordinator'], [hubId])
    const seen = async (actor: Actor) => {
      const waiting = await due('everyone', at('2026-12-14T10:00:00.000Z', actor))
      return [waiting.callBacks, waiting.actions, waiting.referrals].map(({ rows, total }) => [
        new Set(rows.map((row) => row.schoolName)).size,
        total
      ])
    }
    expect(await seen(coordinator)).toEqual([
      [1, '1'],
      [1, '2'],
      [1, '1']
    ])
    await callsOf(elsewhere.id, coordinator)
    expect(await seen(coordinator)).toEqual([
      [2, '2'],
      [2, '4'],
      [2, '2']
    ])
    const [today] = (await due('everyone', at(FRIDAY, coordinator))).byHour
    expect(today).toEqual({ hour: 12, calls: 4 })
  })

  it('L25: a flag does not tell of an earlier call that one may not read', async () => {
    const hub = COUNTY_HUB_ID
    const coordinator = await person('Ash Tran', ['coordinator'], [hub])
    const { flag, earlierCallId } = await flagged(coordinator)
    expect(flag).toMatchObject({ earlierCallId, earlierReference: 'HUB-7KQ3-000001' })
    const elsewhere = { ...coordinator, hubIds: [] }
    // both are the coordinator's own: still theirs to read, whatever hubs they have
    expect((await due('everyone', elsewhere)).flags.rows).toMatchObject([{ earlierCallId }])
    await desk.does('call.handOver', { id: newId(), kind: 'flag', itemId: flag.itemId, toId: desk.first.id })
    expect((await due('mine', elsewhere)).flags.rows).toEqual([])
  })

  it('L25: a flag is of two calls: who may read only the later one hears, answers and hands on nothing', async () => {
    const { school, flag } = await flaggedAcrossHubs()
    const one = await person('Ash Tran', ['coordinator'], [school.hubId])
    const other = await person('Pat Reed', ['coordinator'], [school.hubId, COUNTY_HUB_ID])
    for (const whose of ['mine', 'everyone'] as const) {
      expect((await due(whose, one)).flags).toEqual({ rows: [], total: '0' })
      expect((await desk.does('call.closeOfDay', { whose }, one)).flags).toEqual({ rows: [], total: '0' })
    }
    expect((await due('everyone', other)).flags.rows).toMatchObject([{ itemId: flag.itemId }])
    const give = (toId: string, actor?: Actor) =>
      desk.run('call.handOver', { id: newId(), kind: 'flag', itemId: flag.itemId, toId }, actor)
    expect(await give(one.id)).toMatchObject(wrong('toId'))
    expect(await give(desk.first.id, one)).toEqual(notFound)
    expect(await give(other.id)).toMatchObject({ ok: true })
    const answer = { id: flag.itemId, answer: 'Rang both schools' }
    expect(await desk.run('call.answerFlag', answer, one)).toEqual(notFound)
    expect(await desk.run('call.answerFlag', answer, other)).toMatchObject({ ok: true })

    expect((await desk.does('call.list', callsWith('rang'), one)).rows).toEqual([])
    const read = async (actor: Actor) => (await desk.does('call.read', { id: flag.callId }, actor)).flags
    expect(await read(one)).toEqual([])
    expect(await read(other)).toMatchObject([
      {
        earlierReference: flag.earlierReference,
        why: flag.why,
        answer: 'Rang both schools',
        answeredBy: 'Pat Reed'
      }
    ])
  })

  it('L23: a flag says when its earlier call was entered in error, and waits all the same: there may be another', async () => {
    const { earlierCallId } = await flagged()
    const mark = (inError: boolean, now: string) =>
      desk.does(
        'call.markInError',
        { id: newId(), callId: earlierCallId, inError, reason: 'Logged twice' },
        at(now)
      )
    const said = async () => (await due()).flags.rows.map(({ earlierInError }) => earlierInError)
    expect(await said()).toEqual([false])
    await mark(true, '2026-11-23T10:01:00.000Z')
    expect(await said()).toEqual([true])
    await mark(false, '2026-11-23T10:02:00.000Z')
    expect(await said()).toEqual([false])
  })

  it('L23: nothing waits of a call that was entered in error, until it is put back', async () => {
    const { callId } = await flagged()
    const promise = await promised({ actions: [action('Send the leaflet')] })
    const advised = await filed({}, at(FRIDAY))
    const now = '2026-12-14T10:00:00.000Z'
    const waiting = async () => {
      const { callBacks: backs, actions: agreed, referrals, flags } = await due('everyone', at(now))
      return [backs, agreed, referrals, flags].map(({ total }) => total)
    }
    const mark = (id: string, inError: boolean, minute: number) =>
      desk.does(
        'call.markInError',
        { id: newId(), callId: id, inError, reason: 'Test call' },
        at(`2026-12-14T09:0${String(minute)}:00.000Z`)
      )
    expect(await waiting()).toEqual(['1', '1', '1', '1'])
    for (const id of [callId, promise, advised]) await mark(id, true, 1)
    expect(await waiting()).toEqual(['0', '0', '0', '0'])
    for (const id of [callId, promise, advised]) await mark(id, false, 2)
    expect(await waiting()).toEqual(['1', '1', '1', '1'])
  })

  it('L17: comes out of indexes, however many calls there are', async () => {
    await promised()
    const asked = vi.spyOn(desk.store.reader, 'prepare')
    const coordinator = { ...desk.first, roles: ['coordinator' as const], hubIds: [COUNTY_HUB_ID] }
    for (const actor of [desk.first, coordinator])
      for (const whose of ['mine', 'everyone'] as const) await due(whose, actor)
    const queries = asked.mock.calls.map(([query]) => query)
    asked.mockRestore()
    const steps = queries.flatMap((query) => {
      const plan = desk.store.reader
        .prepare(`EXPLAIN QUERY PLAN ${query}`)
        .bind(...[...query.matchAll(/\?/g)].map(() => ''))
      return plan.all().map((step) => (step as { detail: string }).detail)
    })
    expect(steps.length).toBeGreaterThan(40)
    // the settings are few, and read whole
    expect(steps.filter((step) => /^SCAN (?!setting|\()|MULTI-INDEX/.test(step))).toEqual([])
    const loopIndexes = steps.filter((step) => step.startsWith('SEARCH call_loop '))
    expect(new Set(loopIndexes.map((step) => / (call_loop_\w+|\w+autoindex\w+) /.exec(step)?.[1]))).toEqual(
      new Set(['call_loop_owner', 'call_loop_since'])
    )
  })

  it('counts the calls of today by the hour of a clock in London', async () => {
    const startedAt = (time: string) => filed({ outcome: 'advice-only' }, at(`2026-07-02T${time}:00.000Z`))
    for (const time of ['08:05', '08:55', '09:00', '22:59', '23:01']) await startedAt(time)
    await startedAt('00:10')
    const hours = async (now: string) => (await due('mine', at(now))).byHour
    expect(await hours('2026-07-02T22:59:30.000Z')).toEqual([
      { hour: 1, calls: 1 },
      { hour: 9, calls: 2 },
      { hour: 10, calls: 1 },
      { hour: 23, calls: 1 }
    ])
    expect(await hours('2026-07-02T23:05:00.000Z')).toEqual([{ hour: 0, calls: 1 }])
  })
})

describe('call.recordAttempt', () => {
  it('L22, L30: no answer and a message leave the promise open, calling back closes it', async () => {
    const jo = await person('Jo Marsh', ['adviser'])
    const callId = await promised({}, at(FRIDAY))
    await desk.does('call.recordAttempt', attempt(callId, 'no-answer'), at(MONDAY_OPENS))
    await desk.does('call.recordAttempt', attempt(callId, 'left-message', 'With Kit'), at(OPEN, jo))
    expect((await callBacks())[0]?.attempts).toEqual([
      { result: 'no-answer', at: MONDAY_OPENS, byName: 'Morgan Ellis', note: '' },
      { result: 'left-message', at: OPEN, byName: 'Jo Marsh', note: 'With Kit' }
    ])
    await desk.does('call.recordAttempt', attempt(callId), at(OPEN))
    expect(await callBacks()).toEqual([])
  })

  it('L30: the action that the form proposed is the same promise: asked for once, closed with it', async () => {
    const proposed = action('Call back', '2026-11-23', 'Morgan Ellis')
    const callId = await promised({ actions: [proposed, action('Send the leaflet')] })
    expect(await actions()).toEqual(['Send the leaflet'])
    await desk.does('call.recordAttempt', attempt(callId, 'no-answer'))
    expect(await actions()).toEqual(['Send the leaflet'])
    await desk.does('call.recordAttempt', attempt(callId, 'called-back', 'Spoke to the lead'))
    expect(await actions()).toEqual(['Send the leaflet'])
    const closed = desk.store.reader
      .prepare('SELECT done_at, done_note, row_version FROM call_action WHERE id = ?')
      .get(proposed.id)
    expect(closed).toEqual({ done_at: OPEN, done_note: 'Spoke to the lead', row_version: 2 })
  })

  it('L21: one that names a colleague is theirs to see, until somebody has called back', async () => {
    const jo = await person('Jo Marsh', ['adviser'])
    const callId = await promised({ actions: [action('Call back', '', 'Jo Marsh')] })
    expect(await actions(jo)).toEqual(['Call back'])
    await desk.does('call.recordAttempt', attempt(callId))
    expect(await actions(jo)).toEqual([])
  })

  it('is a no-op the second time, and refuses something else under its id', async () => {
    const callId = await promised()
    const first = attempt(callId, 'no-answer')
    await desk.does('call.recordAttempt', first)
    expect(await desk.run('call.recordAttempt', first)).toEqual({ ok: true, value: null })
    expect(await desk.run('call.recordAttempt', { ...first, result: 'called-back' })).toEqual(clashingId)
    expect((await callBacks())[0]?.attempts).toHaveLength(1)
  })

  it('L22: what was noted on the proposed action before stays, and the note of the call-back joins it', async () => {
    const proposed = action('Call back', '2026-11-23')
    const callId = await promised({ actions: [proposed] })
    const finish = (done: boolean, note: string) =>
      desk.does('call.finishAction', { id: proposed.id, done, note })
    await finish(true, 'Spoke to Kit')
    await finish(false, 'It was another Kit')
    await desk.does('call.recordAttempt', attempt(callId, 'called-back', 'Reached Ann Dean'))
    const [kept] = (await desk.does('call.read', { id: callId })).actions
    expect(kept?.doneNote).toBe('Spoke to Kit\nIt was another Kit\nReached Ann Dean')
  })

  it('keeps what a second person did who rang as well', async () => {
    const callId = await promised()
    await desk.does('call.recordAttempt', attempt(callId))
    await desk.does('call.recordAttempt', attempt(callId, 'no-answer'))
    expect((await desk.does('call.read', { id: callId })).attempts).toHaveLength(2)
    expect(await callBacks()).toEqual([])
  })

  it('belongs to a call that promised one, and that one may read', async () => {
    const callId = await promised()
    const other = await filed({ outcome: 'advice-only' })
    const stranger = desk.actor('coordinator')
    expect(await desk.run('call.recordAttempt', attempt(other))).toEqual(notFound)
    expect(await desk.run('call.recordAttempt', attempt(newId()))).toEqual(notFound)
    expect(await desk.run('call.recordAttempt', attempt(callId), stranger)).toEqual(notFound)
    expect(await callBacks()).toHaveLength(1)
  })
})

describe('call.answerReferral', () => {
  const answered = (callId: string, changes: object = {}) => ({
    id: newId(),
    callId,
    answer: 'yes' as const,
    referredOn: '2026-11-24',
    reason: '',
    ...changes
  })
  const LATER = '2026-12-14T10:00:00.000Z'
  const asked = async () => (await due('mine', at(LATER))).referrals.rows.length

  it('C6: the first answer closes the question; a later one counts instead, and both stay', async () => {
    const callId = await filed()
    expect(await asked()).toBe(1)
    const no = answered(callId, { answer: 'no', referredOn: '2026-11-24', reason: 'The family moved' })
    await desk.does('call.answerReferral', no, at(LATER))
    expect(await asked()).toBe(0)
    await desk.does('call.answerReferral', answered(callId), at('2026-12-15T10:00:00.000Z'))
    const { referrals } = await desk.does('call.read', { id: callId })
    expect(referrals).toMatchObject([
      { answer: 'no', referredOn: '', reason: 'The family moved' },
      { answer: 'yes', referredOn: '2026-11-24' }
    ])
  })

  it.each([
    ['yes', { referredOn: '' }, 'referredOn'],
    ['no', { answer: 'no', referredOn: '' }, 'reason'],
    ['in the future', { referredOn: '2026-12-15' }, 'referredOn'],
    ['before the call', { referredOn: '2026-11-22' }, 'referredOn']
  ])('asks for what belongs to the answer: %s', async (_name, changes, path) => {
    const callId = await filed()
    expect(await desk.run('call.answerReferral', answered(callId, changes), at(LATER))).toMatchObject(
      wrong(path)
    )
    expect(await asked()).toBe(1)
  })

  it('takes the day of the call and today', async () => {
    const callId = await filed()
    for (const referredOn of ['2026-11-23', '2026-12-14'])
      await desk.does('call.answerReferral', answered(callId, { referredOn }), at(LATER))
    expect((await desk.does('call.read', { id: callId })).referrals).toHaveLength(2)
  })

  it('is a no-op the second time, refuses another answer under its id, and a call that asked for none', async () => {
    const callId = await filed()
    const first = answered(callId)
    await desk.does('call.answerReferral', first, at(LATER))
    expect(await desk.run('call.answerReferral', first, at(LATER))).toEqual({ ok: true, value: null })
    expect(await desk.run('call.answerReferral', { ...first, referredOn: '2026-11-25' }, at(LATER))).toEqual(
      clashingId
    )
    const other = await filed({ outcome: 'advice-only' })
    expect(await desk.run('call.answerReferral', answered(other), at(LATER))).toEqual(notFound)
    const stranger = desk.actor('coordinator')
    expect(await desk.run('call.answerReferral', answered(callId), at(LATER, stranger))).toEqual(notFound)
  })
})

describe('call.finishAction', () => {
  it('L22: is done with a note, opened again by mistake, and every note stays', async () => {
    const agreed = action('Ring the lead')
    const callId = await filed({ outcome: 'advice-only', actions: [agreed] })
    const finish = (done: boolean, note: string) =>
      desk.run('call.finishAction', { id: agreed.id, done, note })
    expect(await finish(true, 'Spoke to Kit')).toMatchObject({ ok: true })
    expect(await actions()).toEqual([])
    expect(await finish(false, 'It was another Kit')).toMatchObject({ ok: true })
    expect(await actions()).toEqual(['Ring the lead'])
    const [kept] = (await desk.does('call.read', { id: callId })).actions
    expect(kept?.doneNote).toBe('Spoke to Kit\nIt was another Kit')
  })

  it('is a no-op the second time, and tells whoever comes second with another note', async () => {
    const agreed = action('Ring the lead')
    await filed({ outcome: 'advice-only', actions: [agreed] })
    const done = { id: agreed.id, done: true, note: 'Spoke to Kit' }
    await desk.does('call.finishAction', done)
    expect(await desk.run('call.finishAction', done)).toEqual({ ok: true, value: null })
    expect(await desk.run('call.finishAction', { ...done, note: 'Left it' })).toEqual(changedSince)
    expect(await desk.run('call.finishAction', { ...done, note: '' })).toEqual({ ok: true, value: null })
    const version = desk.store.reader.prepare('SELECT row_version FROM call_action').pluck().get()
    expect(version).toBe(2)
  })

  it('is found only by those who may read its call', async () => {
    const agreed = action('Ring the lead')
    await filed({ outcome: 'advice-only', actions: [agreed] })
    const done = { id: agreed.id, done: true, note: '' }
    expect(await desk.run('call.finishAction', done, desk.actor('coordinator'))).toEqual(notFound)
    expect(await desk.run('call.finishAction', { ...done, id: newId() })).toEqual(notFound)
  })
})

describe('call.answerFlag', () => {
  it('C5, L22: closes with what was decided; a second answer does not overwrite it', async () => {
    const { flag } = await flagged()
    const answer = { id: flag.itemId, answer: 'Rang the school lead' }
    await desk.does('call.answerFlag', answer)
    expect((await due()).flags).toEqual({ rows: [], total: '0' })
    expect(await desk.run('call.answerFlag', answer)).toEqual({ ok: true, value: null })
    expect(await desk.run('call.answerFlag', { ...answer, answer: 'Nothing to do' })).toEqual(changedSince)
    expect(await desk.run('call.answerFlag', answer, desk.actor('adviser'))).toEqual(changedSince)
  })

  it('needs words, and a call that one may read', async () => {
    const { flag } = await flagged()
    const answer = { id: flag.itemId, answer: 'Rang the school lead' }
    expect(await desk.run('call.answerFlag', { ...answer, answer: ' ' })).toMatchObject(wrong('answer'))
    expect(await desk.run('call.answerFlag', answer, desk.actor('coordinator'))).toEqual(notFound)
    expect(await desk.run('call.answerFlag', { ...answer, id: newId() })).toEqual(notFound)
  })
})

/** One open item of each kind, owned by whoever files it. */
async function oneOfEach(owner: Actor): Promise<Record<OpenItemKind, string>> {
  const agreed = action('Send the leaflet')
  const callBack = await promised({}, owner)
  const referral = await filed({ actions: [agreed] }, owner)
  return { 'call-back': callBack, referral, action: agreed.id, flag: (await flagged(owner)).flag.itemId }
}
const kinds = ['call-back', 'referral', 'action', 'flag'] as const
const ownedBy = async (actor: Actor) => {
  const waiting = await due('mine', at('2026-12-14T10:00:00.000Z', actor))
  return [waiting.callBacks, waiting.referrals, waiting.actions, waiting.flags].flatMap(({ rows }) =>
    rows.map(({ kind, itemId }) => `${kind} ${itemId}`)
  )
}

describe('call.handOver', () => {
  it('L19, L21: each kind goes to its one new owner, and back again', async () => {
    const jo = await person('Jo Marsh', ['adviser'])
    const items = await oneOfEach(desk.first)
    const all = kinds.map((kind) => `${kind} ${items[kind]}`)
    const give = async (toId: string, now: string) => {
      for (const kind of kinds)
        await desk.does('call.handOver', { id: newId(), kind, itemId: items[kind], toId }, at(now))
    }
    await give(jo.id, '2026-11-23T11:00:00.000Z')
    expect([await ownedBy(desk.first), await ownedBy(jo)]).toEqual([[], all])
    await give(desk.first.id, '2026-11-23T12:00:00.000Z')
    expect([await ownedBy(desk.first), await ownedBy(jo)]).toEqual([all, []])
  })

  it('L30: the proposed action goes along with its call-back', async () => {
    const jo = await person('Jo Marsh', ['adviser'])
    const itemId = await promised({ actions: [action('Call back', '2026-11-23')] })
    await desk.does('call.handOver', { id: newId(), kind: 'call-back', itemId, toId: jo.id })
    expect(await actions()).toEqual([])
    expect(await ownedBy(jo)).toEqual([`call-back ${itemId}`])
  })

  it.each(kinds)('goes only to someone at work who takes calls and may read it: %s', async (kind) => {
    const items = await oneOfEach(desk.first)
    const give = (toId: string) => desk.run('call.handOver', { id: newId(), kind, itemId: items[kind], toId })
    const stopped = await person('Lee Frost', ['adviser'])
    await stop(stopped.id)
    const helpdesk = await person('Kit Doyle', ['helpdesk'])
    const elsewhere = await person('Ash Tran', ['coordinator'], [await aHub()])
    for (const { id } of [stopped, helpdesk, elsewhere]) expect(await give(id)).toMatchObject(wrong('toId'))
    expect(await give(newId())).toEqual(notFound)
    expect(await ownedBy(desk.first)).toContain(`${kind} ${items[kind]}`)
  })

  it('is a no-op the second time, and refuses something else under its id', async () => {
    const jo = await person('Jo Marsh', ['adviser'])
    const items = await oneOfEach(desk.first)
    for (const kind of kinds) {
      const given = { id: newId(), kind, itemId: items[kind], toId: jo.id }
      await desk.does('call.handOver', given)
      expect(await desk.run('call.handOver', given)).toEqual({ ok: true, value: null })
      if (kind === 'call-back')
        expect(await desk.run('call.handOver', { ...given, toId: desk.first.id })).toEqual(clashingId)
    }
    const rows = desk.store.reader.prepare('SELECT count(*) FROM call_hand_over').pluck().get()
    expect(rows).toBe(2)
  })

  it('finds nothing that is closed, or that one may not read', async () => {
    const jo = await person('Jo Marsh', ['adviser'])
    const items = await oneOfEach(desk.first)
    const give = (kind: OpenItemKind, actor = desk.first) =>
      desk.run('call.handOver', { id: newId(), kind, itemId: items[kind], toId: jo.id }, actor)
    for (const kind of kinds) expect(await give(kind, desk.actor('coordinator'))).toEqual(notFound)
    await desk.does('call.recordAttempt', attempt(items['call-back']))
    await desk.does('call.answerReferral', {
      id: newId(),
      callId: items.referral,
      answer: 'not-known',
      referredOn: '',
      reason: ''
    })
    await desk.does('call.finishAction', { id: items.action, done: true, note: '' })
    await desk.does('call.answerFlag', { id: items.flag, answer: 'Nothing to do' })
    for (const kind of kinds) expect(await give(kind)).toEqual(notFound)
  })
})

/** A hub of the county to which no call of a keyworker belongs. */
async function aHub(): Promise<string> {
  const { settings } = await desk.does('setting.list', {})
  return settings.find(({ kind, key }) => kind === 'local-hub' && key !== COUNTY_HUB_ID)?.key ?? ''
}

describe('L18: nobody’s work', () => {
  it('is listed by name, holds the account open, and is handed on', async () => {
    const jo = await person('Jo Marsh', ['adviser'])
    const lee = await person('Lee Frost', ['adviser'])
    const manager = await person('Ash Tran', ['triage-manager'])
    const items = await oneOfEach({ ...jo, now: OPEN })
    // a flag goes to the triage manager first: hand it on, so that each kind is Jo's
    await desk.does('call.handOver', { id: newId(), kind: 'flag', itemId: items.flag, toId: jo.id })
    await stop(jo.id)
    const left = await desk.does('account.openWork', { id: jo.id }, manager)
    expect(left.map(({ kind, id, label }) => [kind, id, label])).toEqual([
      ['call-back', items['call-back'], 'Call-back promised in call HUB-7KQ3-000001'],
      ['referral', items.referral, '“Did they refer?” after call HUB-7KQ3-000002'],
      ['action', items.action, 'Action from call HUB-7KQ3-000002'],
      ['flag', items.flag, 'Flag on call HUB-7KQ3-000004']
    ])
    const [account] = (await desk.does('account.list', {})).filter(({ id }) => id === jo.id)
    expect(account).toMatchObject({ unfinishedCalls: 0, openItems: 4 })

    const take = ({ kind, id }: (typeof left)[number], toId: string) =>
      desk.run('account.takeOver', { accountId: jo.id, workId: id, kind, toId }, manager)
    const elsewhere = await person('Kit Doyle', ['coordinator'], [await aHub()])
    for (const each of left) {
      expect(await desk.run('account.close', { id: jo.id })).toMatchObject({
        error: { reason: 'open-work' }
      })
      expect(await take(each, elsewhere.id)).toMatchObject(wrong('toId'))
      expect(await take(each, lee.id)).toEqual({ ok: true, value: null })
      expect(await take(each, lee.id)).toEqual(notFound)
    }
    await desk.does('account.close', { id: jo.id })
    expect(await ownedBy(lee)).toEqual(kinds.map((kind) => `${kind} ${items[kind]}`))
  })

  it('L23: what a call that is put back leaves open for someone who has gone goes to whoever put it back', async () => {
    const jo = await person('Jo Marsh', ['adviser'])
    const manager = await person('Ash Tran', ['triage-manager'])
    const callId = await promised({ actions: [action('Call back'), action('Send the leaflet')] }, jo)
    const mark = (inError: boolean, now: string) =>
      desk.does('call.markInError', { id: newId(), callId, inError, reason: 'Twice' }, at(now, manager))
    await mark(true, '2026-11-23T11:00:00.000Z')
    await stop(jo.id)
    await desk.does('account.close', { id: jo.id })
    await mark(false, '2026-11-23T12:00:00.000Z')
    const waiting = await due('mine', manager)
    expect(waiting.callBacks.rows.map((row) => row.callId)).toEqual([callId])
    expect(waiting.actions.rows.map(({ what }) => what)).toEqual(['Send the leaflet'])
  })

  it('what opens again for someone who has gone goes to whoever opened it', async () => {
    const jo = await person('Jo Marsh', ['adviser'])
    const agreed = action('Ring the lead')
    const callId = await filed({ outcome: 'advice-only', actions: [agreed] }, jo)
    await desk.does('call.finishAction', { id: agreed.id, done: true, note: '' }, jo)
    await stop(jo.id)
    await desk.does('account.close', { id: jo.id })
    await desk.does('call.finishAction', { id: agreed.id, done: false, note: '' })
    expect(await ownedBy(desk.first)).toEqual([`action ${agreed.id}`])
    expect((await desk.does('call.read', { id: callId })).actions[0]?.ownerName).toBe('Morgan Ellis')
  })
})

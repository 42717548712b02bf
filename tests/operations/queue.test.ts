import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { queueAges, everyStepDown, type QueueFilter, type QueueRow } from '../../shared/stepDown/record.ts'
import { risks, stepDownSources, stepDownStates, type StepDownAct } from '../../shared/stepDown/stepDown.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict } from '../fixtures/facts.ts'
import { aFamily } from '../fixtures/families.ts'
import { aDecided, aDecision } from '../fixtures/decisions.ts'
import { anOutcomeOf, aRequest, someOutcomes } from '../fixtures/stepUps.ts'
import { aReceivedStepDown, anIncompleteStepDown, aStepDownPerson } from '../fixtures/stepDowns.ts'

let desk: TestDesk
let boss: Actor
let other: Actor
beforeAll(async () => {
  desk = await openTestDesk()
  boss = await aColleague(desk, 'triage-manager')
  other = await aColleague(desk, 'triage-manager')
})
afterAll(() => {
  expect(desk.faults).toEqual([])
  desk.close()
})

const later = (minutes: number) => new Date(Date.parse(OPEN) + minutes * 60_000).toISOString()
const at = (actor: Actor, minutes: number): Actor => ({ ...actor, now: later(minutes) })

async function queue(filter: Partial<QueueFilter> = {}, actor = boss): Promise<QueueRow[]> {
  const rows: QueueRow[] = []
  let after = ''
  do {
    const page = await desk.does('stepDown.queue', { filter: { ...everyStepDown, ...filter }, after }, actor)
    rows.push(...page.rows)
    after = page.next
  } while (after !== '')
  return rows
}
const counts = (filter: Partial<QueueFilter> = {}, actor = boss) =>
  desk.does('stepDown.count', { filter: { ...everyStepDown, ...filter } }, actor)
const rowOf = async (id: Id, filter: Partial<QueueFilter> = {}, actor = boss) =>
  (await queue(filter, actor)).find((row) => row.id === id)

type Taken<A> = A extends StepDownAct ? Omit<A, 'id' | 'stepDownId' | 'basedOn'> : never
/** What an act says was read is what the queue says now. */
async function act(stepDownId: Id, taken: Taken<StepDownAct>, actor = boss) {
  const { lastId } = await desk.does('stepDown.last', { id: stepDownId }, actor)
  return desk.run('stepDown.act', { id: newId(), stepDownId, basedOn: lastId, ...taken }, actor)
}

describe('the queue', () => {
  it('by risk, then by the working time that is left; what nobody said of its risk stands with the high ones', async () => {
    const day = (date: string) => ({ receivedOn: date, receivedAt: '10:00' })
    const low = await aReceivedStepDown(desk, { risk: 'low', ...day('16/11/2026') }, boss)
    const medium = await aReceivedStepDown(desk, { risk: 'medium' }, boss)
    const high = await aReceivedStepDown(desk, { risk: 'high' }, boss)
    const olderHigh = await aReceivedStepDown(desk, { risk: 'high', ...day('19/11/2026') }, boss)
    const unsaid = await aReceivedStepDown(desk, { risk: '', ...day('20/11/2026') }, boss)
    const order = [olderHigh, unsaid, high, medium, low].map(({ reference }) => reference)
    expect((await queue()).map(({ reference }) => reference)).toEqual(order)
    expect(await rowOf(low.stepDownId)).toMatchObject({
      ...{ childNames: 'Rowan Marsh', state: 'to-triage', risk: 'low', source: 'child-in-need' },
      ...{ sendingTeam: 'Assessment Team East', dueAt: '2026-11-18T17:00:00.000Z', isOverdue: true },
      ...{ hubName: 'Broxbourne and East Herts', ownerName: '', practitionerName: '', restricted: false }
    })
  })

  it('a child who is not born yet stands there as such, with a name or without', async () => {
    const unborn = aStepDownPerson({ role: 'unborn', name: '', birth: '', expected: '15/2/2027' })
    const sibling = aStepDownPerson({ name: 'Wren Reed' })
    const { stepDownId } = await aReceivedStepDown(desk, { people: [unborn, sibling] }, boss)
    expect(await rowOf(stepDownId)).toMatchObject({ childNames: 'Unborn child, Wren Reed' })
    const named = { ...unborn, id: newId(), name: 'Baby Lark' }
    const second = await aReceivedStepDown(desk, { people: [named] }, boss)
    expect(await rowOf(second.stepDownId)).toMatchObject({ childNames: 'Baby Lark' })
  })

  it('every count matches the rows, under every filter', async () => {
    await desk.does('stepDown.receive', anIncompleteStepDown(['agreement'], { risk: 'low' }), boss)
    const ended = await aReceivedStepDown(desk, { source: 'assessment' }, boss)
    expect(
      await act(ended.stepDownId, { act: 'end', reason: 'withdrawn-by-sender', words: '' })
    ).toMatchObject({ ok: true })
    const taken = await aReceivedStepDown(desk, { source: 'child-protection' }, boss)
    expect(await act(taken.stepDownId, { act: 'take', toId: boss.id })).toMatchObject({ ok: true })
    const [someHub = ''] = (await queue()).map(({ hubName }) => hubName)
    expect(someHub).not.toBe('')
    const filters: Partial<QueueFilter>[] = [
      {},
      { overdue: true },
      { mine: true },
      { mine: true, overdue: true },
      ...risks.map((risk) => ({ risk })),
      ...stepDownSources.map((source) => ({ source })),
      ...queueAges.map((age) => ({ age })),
      { hubId: newId() }
    ]
    for (const filter of filters) {
      const counted = await counts(filter)
      const listed = await Promise.all(
        stepDownStates.map(async (state) => {
          const rows = await queue({ ...filter, state })
          return { state, count: rows.length, overdue: rows.filter(({ isOverdue }) => isOverdue).length }
        })
      )
      expect([filter, counted]).toEqual([filter, listed])
      const waiting = counted.filter(({ state }) => state !== 'done')
      expect(await queue(filter)).toHaveLength(waiting.reduce((sum, { count }) => sum + count, 0))
    }
    expect((await queue({ mine: true })).map(({ id }) => id)).toEqual([taken.stepDownId])
    expect((await queue({ age: 'older' })).length).toBe(0)
    expect((await queue({ state: 'done' })).map(({ id }) => id)).toEqual([ended.stepDownId])
  })

  it('pages go on where the one before ended, none twice and none left out', async () => {
    for (let index = 0; index < 55; index++)
      await aReceivedStepDown(
        desk,
        { people: [aStepDownPerson()], agreedById: '', agreedBy: 'Her mother' },
        boss
      )
    const all = await queue()
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(all.length).toBe(
      (await counts()).reduce((sum, { state, count }) => sum + (state === 'done' ? 0 : count), 0)
    )
    const { rows } = await desk.does('stepDown.queue', { filter: everyStepDown, after: '' }, boss)
    expect(rows).toEqual(all.slice(0, 50))
  })

  it('a page goes on where the one before ended, although what stood there has moved since', async () => {
    const page = (after: string, state: QueueFilter['state']) =>
      desk.does('stepDown.queue', { filter: { ...everyStepDown, state }, after }, boss)
    const all = await queue({ state: 'to-triage' })
    const first = await page('', 'to-triage')
    const [last, moved] = [first.rows.at(-1), all[50]]
    await act(last?.id ?? '', { act: 'end', reason: 'moved-away', words: '' })
    const second = await page(first.next, 'to-triage')
    expect(second.rows.map(({ id }) => id)).toEqual(all.slice(50).map(({ id }) => id))
    expect(second.rows[0]?.id).toBe(moved?.id)
    expect(moved).toBeDefined()
  })
})

describe('L18: whoever looks after a step-down and leaves', () => {
  it('closes only once another triage manager, who may open its family, looks after it', async () => {
    const leaving = await aColleague(desk, 'triage-manager')
    const adviser = await aColleague(desk, 'adviser')
    const accountOf = async () =>
      (await desk.does('account.list', {})).find(({ id }) => id === leaving.id)?.openItems
    const { stepDownId, reference } = await aReceivedStepDown(desk, {}, boss)
    const { form: family } = await aFamily(desk, {}, boss)
    const match = { id: newId(), stepDownId, basedOn: '', familyId: family.id, words: '' }
    await desk.does('stepDown.match', match, boss)
    await restrict(desk, family.id, [boss], boss)
    expect(await act(stepDownId, { act: 'take', toId: leaving.id })).toMatchObject({ ok: true })
    expect(await accountOf()).toBe(1)

    await desk.record('account.stop', { id: leaving.id })
    expect(await desk.does('account.openWork', { id: leaving.id }, boss)).toMatchObject([
      { kind: 'step-down', id: stepDownId, label: `Step-down ${reference}` }
    ])
    expect(await desk.run('account.close', { id: leaving.id })).toMatchObject({
      error: { code: 'refused', reason: 'open-work' }
    })
    const hand = { accountId: leaving.id, workId: stepDownId, kind: 'step-down' as const }
    for (const toId of [adviser.id, other.id])
      expect(await desk.run('account.takeOver', { ...hand, toId }, boss)).toMatchObject({
        error: { code: 'invalid', fields: [{ path: 'toId' }] }
      })
    await desk.does('account.takeOver', { ...hand, toId: boss.id }, boss)
    expect(await rowOf(stepDownId, { mine: true })).toMatchObject({ ownerId: boss.id })
    expect(await accountOf()).toBe(0)
    await desk.does('account.close', { id: leaving.id })
    expect(brokenInvariants(desk.store.reader)).toEqual([])
  })

  it('half a form about it goes only to somebody who may open its family; outcomes to who may open every one', async () => {
    const leaving = await aColleague(desk, 'triage-manager')
    const { stepDownId } = await aReceivedStepDown(desk, {}, boss)
    const { form: family } = await aFamily(desk, {}, boss)
    const match = { id: newId(), stepDownId, basedOn: '', familyId: family.id, words: '' }
    await desk.does('stepDown.match', match, boss)
    const decision = aDecision(stepDownId, { rationale: 'What the father said' })
    await desk.does('draft.save', { form: { kind: 'decision', body: decision }, savedBefore: 0 }, leaving)
    const request = aRequest(family)
    await desk.does('stepUp.request', request)
    const outcomes = someOutcomes(newId(), [anOutcomeOf(request.id, 'not-accept')])
    await desk.does('draft.save', { form: { kind: 'outcomes', body: outcomes }, savedBefore: 0 }, leaving)
    await restrict(desk, family.id, [boss], boss)
    await desk.record('account.stop', { id: leaving.id })
    for (const workId of [decision.id, outcomes.id]) {
      const hand = { accountId: leaving.id, workId, kind: 'form' as const }
      expect(await desk.run('account.takeOver', { ...hand, toId: other.id }, boss)).toMatchObject({
        error: { code: 'invalid', fields: [{ path: 'toId' }] }
      })
      await desk.does('account.takeOver', { ...hand, toId: boss.id }, boss)
    }
    await desk.does('account.close', { id: leaving.id })
  })

  it('what was done and goes on after all is with nobody who has gone', async () => {
    const leaving = await aColleague(desk, 'triage-manager')
    const [ended, elsewhere] = [
      await aReceivedStepDown(desk, {}, boss),
      await aReceivedStepDown(desk, {}, boss)
    ]
    for (const { stepDownId } of [ended, elsewhere])
      expect(await act(stepDownId, { act: 'take', toId: leaving.id })).toMatchObject({ ok: true })
    await act(ended.stepDownId, { act: 'end', reason: 'moved-away', words: '' })
    const universal = { route: 'universal', level: 'universal', signposting: 'The family centre' } as const
    const first = await aDecided(desk, elsewhere.stepDownId, universal, boss)
    await desk.record('account.stop', { id: leaving.id })
    await desk.does('account.close', { id: leaving.id })
    // a revision that leaves it done is nobody's to do
    const second = await aDecided(desk, elsewhere.stepDownId, { ...universal, basedOn: first.id }, boss)

    expect(await act(ended.stepDownId, { act: 'reopen', words: 'They are back' })).toMatchObject({ ok: true })
    await aDecided(desk, elsewhere.stepDownId, { basedOn: second.id }, boss)
    for (const { stepDownId } of [ended, elsewhere])
      expect(await rowOf(stepDownId)).toMatchObject({ ownerId: '', ownerName: '' })
    expect(brokenInvariants(desk.store.reader)).toEqual([])
  })
})

describe('who may know of it (L25)', () => {
  it('a coordinator sees their hubs’ and what they received; another’s is not there', async () => {
    const { stepDownId } = await aReceivedStepDown(desk, {}, boss)
    const { hubId } = await desk.does('stepDown.read', { id: stepDownId }, boss)
    const here = await aColleague(desk, 'coordinator', [hubId])
    const elsewhere = await aColleague(desk, 'coordinator', [COUNTY_HUB_ID])
    const own = await aReceivedStepDown(desk, {}, elsewhere)
    expect(await rowOf(stepDownId, {}, here)).toMatchObject({ childNames: 'Rowan Marsh' })
    expect((await queue({}, elsewhere)).map(({ id }) => id)).toEqual([own.stepDownId])
    for (const operation of ['stepDown.read', 'stepDown.last'] as const) {
      expect(await desk.run(operation, { id: stepDownId }, elsewhere)).toMatchObject({
        error: { code: 'not-found' }
      })
      expect(await desk.run(operation, { id: stepDownId }, here)).toMatchObject({ ok: true })
    }
  })

  it('of a restricted family neither list nor page names anybody; the family’s own people see it', async () => {
    const { stepDownId } = await aReceivedStepDown(desk, {}, boss)
    const { form: family } = await aFamily(desk, {}, boss)
    await desk.does(
      'stepDown.match',
      { id: newId(), stepDownId, basedOn: '', familyId: family.id, words: '' },
      boss
    )
    await restrict(desk, family.id, [boss], boss)
    expect(await rowOf(stepDownId, {}, other)).toMatchObject({ childNames: '', restricted: true })
    expect(await rowOf(stepDownId)).toMatchObject({ childNames: 'Rowan Marsh', restricted: false })
    for (const operation of ['stepDown.read', 'stepDown.last'] as const)
      expect(await desk.run(operation, { id: stepDownId }, other)).toMatchObject({
        error: { code: 'refused', reason: 'family-restricted' }
      })
    expect(await act(stepDownId, { act: 'take', toId: boss.id })).toMatchObject({ ok: true })
  })
})

describe('acts', () => {
  it('the second of two who read the same is told that it has changed, and nothing is recorded', async () => {
    const { stepDownId } = await aReceivedStepDown(desk, {}, boss)
    const { lastId } = await desk.does('stepDown.last', { id: stepDownId }, boss)
    const take = (actor: Actor) => ({
      ...{ id: newId(), stepDownId, basedOn: lastId, act: 'take' as const, toId: actor.id }
    })
    const first = take(boss)
    expect(await desk.run('stepDown.act', first, at(boss, 1))).toEqual({ ok: true, value: null })
    expect(await desk.run('stepDown.act', take(other), at(other, 2))).toMatchObject({
      error: { code: 'changed-since' }
    })
    // the same once more is nothing new (L6)
    expect(await desk.run('stepDown.act', first, at(boss, 3))).toEqual({ ok: true, value: null })
    expect(await desk.run('stepDown.act', { ...first, toId: other.id }, boss)).toMatchObject({
      error: { reason: 'clashing-id' }
    })
    const { events, ownerId } = await desk.does('stepDown.read', { id: stepDownId }, other)
    expect(events.map(({ event }) => event)).toEqual(['complete', 'take'])
    expect(ownerId).toBe(boss.id)
    expect(await desk.does('stepDown.last', { id: stepDownId }, other)).toMatchObject({ byId: boss.id })
  })

  it('a clock that was set back makes no act older than what it comes after', async () => {
    const { stepDownId } = await aReceivedStepDown(desk, {}, at(boss, 60))
    expect(await act(stepDownId, { act: 'end', reason: 'in-error', words: '' }, boss)).toMatchObject({
      ok: true
    })
    const { state, events } = await desk.does('stepDown.read', { id: stepDownId }, boss)
    expect(state).toBe('done')
    expect(events[1]?.recordedAt).toBe(new Date(Date.parse(events[0]?.recordedAt ?? '') + 1).toISOString())
  })

  it('it ends with a reason, and goes on with one', async () => {
    const { stepDownId } = await aReceivedStepDown(desk, {}, boss)
    expect(await act(stepDownId, { act: 'end', reason: 'duplicate', words: '' })).toMatchObject({
      error: { code: 'invalid', fields: [{ path: 'words' }] }
    })
    expect(
      await act(stepDownId, { act: 'end', reason: 'duplicate', words: 'STD-7KQ3-000001' })
    ).toMatchObject({ ok: true })
    expect(await act(stepDownId, { act: 'take', toId: boss.id })).toMatchObject({
      error: { reason: 'step-not-possible' }
    })
    expect(await act(stepDownId, { act: 'reopen', words: 'It was not the same' })).toMatchObject({ ok: true })
    expect(await rowOf(stepDownId)).toMatchObject({ state: 'to-triage' })
  })

  it('only a triage manager who works here takes it', async () => {
    const { stepDownId } = await aReceivedStepDown(desk, {}, boss)
    const coordinator = await aColleague(desk, 'coordinator', [COUNTY_HUB_ID])
    for (const toId of [coordinator.id, newId()])
      expect(await act(stepDownId, { act: 'take', toId })).toMatchObject({
        error: { code: 'invalid', fields: [{ path: 'toId' }] }
      })
    expect(await act(stepDownId, { act: 'take', toId: other.id })).toMatchObject({ ok: true })
    expect(await rowOf(stepDownId)).toMatchObject({ ownerId: other.id })
    expect(await act(stepDownId, { act: 'take', toId: '' })).toMatchObject({ ok: true })
    expect(await rowOf(stepDownId)).toMatchObject({ ownerId: '' })
  })
})

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { triageCsv } from '../../electron/report/writeTriage.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { ExportProgress } from '../../shared/export/export.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { triageFigures, triageMeasures, type TriageReport } from '../../shared/report/triage.ts'
import { triageTable, type Opens, type TriageCell } from '../../shared/report/triageTable.ts'
import { rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import type { StepDownDraft } from '../../shared/stepDown/stepDown.ts'
import { aKeyworker, anAcceptance, aProposed, aRefusal, WATFORD } from '../fixtures/allocations.ts'
import { aDecided } from '../fixtures/decisions.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { anOtherDay } from '../fixtures/episodes.ts'
import { aColleague, restrict } from '../fixtures/facts.ts'
import { aFamily, aRegistration } from '../fixtures/families.ts'
import { aReceivedStepDown, aStepDownPerson, anIncompleteStepDown } from '../fixtures/stepDowns.ts'
import { anImpactMeeting, aRequest } from '../fixtures/stepUps.ts'

/** Three weeks of November, from the Monday after the clocks went back. */
const range = { from: '2026-10-26', to: '2026-11-15' }

let desk: TestDesk
let manager: Actor
let rules: Rules
beforeEach(async () => {
  desk = await openTestDesk()
  manager = await aColleague(desk, 'triage-manager')
  rules = rulesOn((await desk.does('setting.list', {})).settings, '2026-11-23')
})
afterEach(() => {
  expect(desk.faults).toEqual([])
  desk.close()
})

const at = (instant: string, actor = manager): Actor => ({ ...actor, now: `${instant}:00.000Z` })
const before = { workCompletedOn: '16/10/2026', agreedOn: '15/10/2026' }
const received = (instant: string, changes = {}) =>
  aReceivedStepDown(desk, { ...before, ...changes }, at(instant))
const lastOf = async (id: Id) => (await desk.does('stepDown.read', { id }, manager)).lastId

async function receivedIncomplete(instant: string, changes = {}) {
  const form = anIncompleteStepDown(['last-plan'], { ...before, ...changes })
  return { ...(await desk.does('stepDown.receive', form, at(instant))), form }
}

async function act(stepDownId: Id, instant: string, done: { act: 'keep' | 'reopen' } | { act: 'end' }) {
  const about = { id: newId(), stepDownId, basedOn: await lastOf(stepDownId), words: 'As the team told us' }
  const said =
    done.act === 'end' ? { ...about, act: done.act, reason: 'duplicate' as const } : { ...about, ...done }
  await desk.does('stepDown.act', said, at(instant))
}

async function sendBack(instant: string, { stepDownId, form }: { stepDownId: Id; form: StepDownDraft }) {
  await desk.does(
    'stepDown.return',
    {
      ...{ id: newId(), stepDownId, versionId: form.id, missing: ['last-plan'], words: 'The plan, please' },
      ...{ subject: 'More is needed', body: 'Please send us the last plan.' }
    },
    at(instant)
  )
}

const register = (
  { stepDownId, form }: { stepDownId: Id; form: StepDownDraft },
  instant: string
): Promise<unknown> =>
  desk.does(
    'stepDown.registerFamily',
    {
      ...{ id: newId(), stepDownId, basedOn: '', versionId: form.id, agreementId: newId() },
      people: form.people.map(({ id }) => ({ id, personId: '' as const, noneOf: [] }))
    },
    at(instant)
  )

/** What is counted under nobody: no team is named, no district known, and a keyworker works in none and holds a family. */
async function ofNobody(): Promise<void> {
  const form = anIncompleteStepDown(['last-plan', 'sending-team'], before)
  const { stepDownId } = await desk.does('stepDown.receive', form, at('2026-11-04T09:00'))
  await sendBack('2026-11-04T11:00', { stepDownId, form })
  const anywhere = await aKeyworker(desk, 'Ash Lowe', { districts: [] })
  const agreement = { ...aRegistration().agreement, decidedOn: '1/11/2026' }
  await aFamily(desk, { agreement, practitionerId: anywhere }, at('2026-11-04T11:30', desk.first))
  const placeless = await received('2026-11-04T12:00', { district: '', address: '' })
  await register(placeless, '2026-11-04T12:30')
  await aDecided(desk, placeless.stepDownId, {}, at('2026-11-04T13:00'))
  const reasons = { outsideReason: 'Nobody knows where they live' }
  const proposal = await aProposed(desk, placeless.stepDownId, anywhere, at('2026-11-04T14:00'), reasons)
  await desk.does('stepDown.answer', aRefusal(proposal, { on: '2026-11-04' }), at('2026-11-04T15:00'))
}

interface History {
  hubId: Id
  watfordHubId: Id
  returned: Id
  declinedBy: Id
}

/** Three weeks, counted by hand below. Times are UTC; London is an hour ahead until 25 October. */
async function history(): Promise<History> {
  const kit = await aKeyworker(desk, 'Kit Amory')
  const wren = await aKeyworker(desk, 'Wren Okoro', {
    districts: [WATFORD],
    weekdays: '1',
    fullTimeFamilies: 1
  })

  // A: Thursday 22 October 10:00 in London, decided on Monday at 9:00: 7 h and 7 h, and the last day of two
  const a = await received('2026-10-22T09:00')
  await aDecided(
    desk,
    a.stepDownId,
    { route: 'universal', signposting: 'The family centre' },
    at('2026-10-26T09:00')
  )
  // F: half past midnight on the Sunday on which the clocks go back; nobody looks at it
  await received('2026-10-24T23:30')
  // B: sent back, and no answer
  const b = await receivedIncomplete('2026-11-02T09:00')
  await sendBack('2026-11-02T11:00', b)
  // C: decided a day late, declined, accepted by somebody above what they can hold, of another hub
  const c = await received('2026-11-03T10:00')
  await register(c, '2026-11-03T10:30')
  await aDecided(desk, c.stepDownId, {}, at('2026-11-06T10:00'))
  const first = await aProposed(desk, c.stepDownId, kit, at('2026-11-09T09:00'))
  await desk.does('stepDown.answer', aRefusal(first, { on: '2026-11-10' }), at('2026-11-10T09:00'))
  const reasons = { overReason: 'Nobody else has room', outsideReason: 'They know the school' }
  const second = await aProposed(desk, c.stepDownId, wren, at('2026-11-11T09:00'), reasons)
  await desk.does('stepDown.answer', anAcceptance(second, { on: '2026-11-12' }), at('2026-11-12T09:00'))
  // D: goes on although something is missing
  const d = await receivedIncomplete('2026-11-11T10:00')
  await act(d.stepDownId, '2026-11-11T11:00', { act: 'keep' })
  // E: ended, and opened again
  const e = await received('2026-11-12T10:00')
  await act(e.stepDownId, '2026-11-12T12:00', { act: 'end' })
  await act(e.stepDownId, '2026-11-13T12:00', { act: 'reopen' })
  // H: of another hub
  const h = await received('2026-11-10T10:00', {
    district: WATFORD,
    address: '1 The Parade, Watford WD17 1LQ'
  })
  // G: the day after
  await received('2026-11-16T00:00')

  // a step-up with old notes, and another day than the rule's
  const agreement = { ...aRegistration().agreement, decidedOn: '1/11/2026' }
  const family = await aFamily(desk, { agreement }, at('2026-11-02T10:00', desk.first))
  const request = aRequest({ id: family.form.id, episodeId: family.form.episodeId })
  await desk.does('stepUp.request', request, at('2026-11-13T10:00', desk.first))
  await desk.does('episode.overrideDue', anOtherDay(family.form), at('2026-11-13T11:00'))

  const hubOf = async (id: Id) => (await desk.does('stepDown.read', { id }, manager)).hubId
  return {
    ...{ hubId: await hubOf(b.stepDownId), watfordHubId: await hubOf(h.stepDownId) },
    ...{ returned: b.stepDownId, declinedBy: kit }
  }
}

const report = (actor = manager, hubId = ''): Promise<TriageReport> =>
  desk.does('report.triage', { range, hubId, step: 'week' }, actor)
const some = <Row extends { count: number }>(rows: readonly Row[]) => rows.filter(({ count }) => count > 0)

describe('report.triage', () => {
  it('counts three weeks by hand', async () => {
    const { hubId, declinedBy } = await history()
    const counted = await report()
    expect(counted.flow).toEqual([
      { from: '2026-10-26', to: '2026-11-01', received: 0, reopened: 0, done: 1, waiting: 1 },
      { from: '2026-11-02', to: '2026-11-08', received: 2, reopened: 0, done: 0, waiting: 3 },
      { from: '2026-11-09', to: '2026-11-15', received: 3, reopened: 1, done: 2, waiting: 5 }
    ])
    expect(counted.endings).toEqual([
      { key: 'accepted', count: 1 },
      { key: 'elsewhere', count: 1 },
      { key: 'ended', count: 1 }
    ])
    expect(counted.ages).toEqual([
      { key: 'today', count: 0 },
      { key: 'week', count: 3 },
      { key: 'fortnight', count: 1 },
      { key: 'older', count: 1 }
    ])
    expect(counted.clocks).toEqual([
      // A: 14 h in time. C: 7 h, 8 h, 8 h and 1 h, late
      { clock: 'clock-triage', target: 2, inTime: 1, late: 1, half: 840, nineInTen: 1_440 },
      // C: from the decision on Friday at 10:00 until the second was asked: 6 h, 8 h and 8 h
      { clock: 'clock-allocation', target: 5, inTime: 1, late: 0, half: 1_320, nineInTen: 1_320 },
      { clock: 'clock-answer', target: 2, inTime: 2, late: 0, half: 480, nineInTen: 480 }
    ])
    expect(counted.returns).toEqual([{ key: 'assessment team east', name: 'Assessment Team East', count: 1 }])
    expect(counted.declinesByKeyworker).toEqual([{ key: declinedBy, name: 'Kit Amory', count: 1 }])
    expect(counted.declinesByHub).toEqual([{ key: hubId, count: 1 }])
    expect(some(counted.stepUps)).toEqual([{ key: 'submitted', count: 1 }])
    expect(some(counted.overrides)).toEqual([
      { key: 'kept-incomplete', count: 1 },
      { key: 'over-full', count: 1 },
      { key: 'outside-hub', count: 1 },
      { key: 'old-notes', count: 1 },
      { key: 'R31', count: 1 }
    ])
    // of today: one family of one that could be held on Mondays in five weeks
    expect(counted.keyworkers[0]).toMatchObject({ name: 'Wren Okoro', load: { held: 1, percent: 500 } })
  })

  it('L25: every number has as many rows, for a manager, a coordinator, an auditor and one hub', async () => {
    const { hubId, watfordHubId } = await history()
    await ofNobody()
    const coordinator = await aColleague(desk, 'coordinator', [hubId])
    const asked: [Actor, string][] = [
      [manager, ''],
      [manager, watfordHubId],
      [coordinator, ''],
      [await aColleague(desk, 'auditor'), hubId]
    ]
    for (const [actor, ofHub] of asked) {
      const counted = await report(actor, ofHub)
      for (const figure of triageFigures)
        for (const { name, cells } of triageTable(figure, counted, rules).lines)
          for (const cell of cells)
            if (typeof cell === 'object' && 'rows' in cell.opens)
              expect(await rowsOf(cell.opens, ofHub, actor), `${figure}: ${name}`).toBe(cell.count)
    }
    const whole = await report()
    const under = (figure: (typeof triageFigures)[number]) =>
      triageTable(figure, whole, rules).lines.map(({ name }) => name)
    expect(under('returns')).toContain('No team named')
    expect(under('declines-hub')).toContain('County')
    const [, , last] = (await report(coordinator)).flow
    expect(last).toMatchObject({ received: 2, waiting: 5 })
    expect((await report(manager, watfordHubId)).flow.at(-1)).toMatchObject({ received: 1, waiting: 1 })
    expect((await report({ ...coordinator, id: newId(), hubIds: [] })).flow.at(-1)).toMatchObject({
      waiting: 0
    })
  })

  it('each number of today’s load has as many keyworkers, or families, behind it', async () => {
    const { hubId, watfordHubId } = await history()
    await ofNobody()
    const coordinator = await aColleague(desk, 'coordinator', [hubId])
    const asked: [Actor, string][] = [
      [manager, ''],
      [manager, watfordHubId],
      [coordinator, ''],
      [await aColleague(desk, 'auditor'), '']
    ]
    for (const [actor, ofHub] of asked) {
      const counted = await report(actor, ofHub)
      for (const { name, cells } of triageTable('load-hubs', counted, rules).lines)
        expect(await behindHub(cells, actor), name).toEqual(countsIn(cells))
      for (const { name, cells } of triageTable('load-keyworkers', counted, rules).lines)
        expect(await behindKeyworker(cells, actor), name).toEqual(countsIn(cells))
    }
    const [, ofNone] = triageTable('load-hubs', await report(), rules).lines.filter(
      ({ name }) => name !== 'Broxbourne and East Herts'
    )
    expect(ofNone).toMatchObject({ name: 'No local hub', cells: [{ count: 2 }, { count: 2 }, '24', '8%'] })
  })

  const countsIn = (cells: readonly TriageCell[]) =>
    cells.flatMap((cell) => (typeof cell === 'object' ? [cell.count] : []))

  /** The keyworkers of a hub, or of none, and the families of all of them. */
  async function behindHub([cell]: readonly TriageCell[], actor: Actor): Promise<number[]> {
    if (typeof cell !== 'object' || !('hubId' in cell.opens)) throw new Error('This number opens no hub')
    const { rows, total } = await desk.does(
      'keyworker.list',
      { text: '', hubId: cell.opens.hubId, employerId: '', hasLeft: false, sort: 'load', after: '' },
      actor
    )
    return [total, rows.reduce((sum, { load }) => sum + load.held, 0)]
  }

  async function behindKeyworker([cell]: readonly TriageCell[], actor: Actor): Promise<number[]> {
    if (typeof cell !== 'object' || !('keyworkerId' in cell.opens))
      throw new Error('This number opens nobody')
    const { holds, hidden } = await desk.does('keyworker.read', { id: cell.opens.keyworkerId }, actor)
    return [holds.length + hidden]
  }

  async function rowsOf(opens: Extract<Opens, { rows: object }>, hubId: Id, actor: Actor): Promise<number> {
    const { rows, total } = await desk.does('report.triageRows', { ...opens.rows, hubId, after: '' }, actor)
    expect(rows).toHaveLength(total)
    return total
  }

  it.each(['adviser', 'helpdesk', 'administrator'] as const)('%s counts nothing of triage', async (role) => {
    const actor = desk.actor(role)
    for (const asked of [
      desk.run('report.triage', { range, hubId: '', step: 'week' }, actor),
      desk.run('report.triageRows', { range, hubId: '', measure: 'received', key: '', after: '' }, actor),
      desk.run('stepDown.home', {}, actor)
    ])
      expect(await asked).toMatchObject({ error: { code: 'not-allowed' } })
  })
})

describe('report.triageRows', () => {
  it('of a team that nobody named are its own, not those of all', async () => {
    for (const missing of [['last-plan'], ['last-plan', 'sending-team']] as const) {
      const form = anIncompleteStepDown(missing, before)
      const { stepDownId } = await desk.does('stepDown.receive', form, at('2026-11-02T09:00'))
      await sendBack('2026-11-02T11:00', { stepDownId, form })
    }
    const { returns } = await report()
    expect(returns.map(({ name, count }) => ({ name, count }))).toEqual([
      { name: '', count: 1 },
      { name: 'Assessment Team East', count: 1 }
    ])
    const asked = { range, hubId: '' as const, measure: 'returns' as const, after: '' }
    const { total } = await desk.does('report.triageRows', { ...asked, key: returns[0]?.key ?? '' }, manager)
    expect(total).toBe(1)
  })

  const rows = (measure: (typeof triageMeasures)[number], actor = manager, after = '') =>
    desk.does('report.triageRows', { range, hubId: '', measure, key: '', after }, actor)

  it('tell which, whose, who was asked and what was said, the newest first', async () => {
    await history()
    expect((await rows('declines-keyworker')).rows).toMatchObject([
      {
        ...{ about: 'step-down', childNames: 'Rowan Marsh', who: 'Kit Amory' },
        ...{ words: 'On a course until January', at: '2026-11-10T09:00:00.000Z', isRestricted: false }
      }
    ])
    expect((await rows('returns')).rows).toMatchObject([
      { who: 'Assessment Team East', words: 'The plan, please' }
    ])
    expect((await rows('overrides')).rows.map(({ about, words, who }) => [about, words, who])).toEqual([
      ['assessment', expect.any(String), ''],
      ['step-up', 'The assessment began today', ''],
      ['step-down', 'As the team told us', ''],
      ['step-down', 'Nobody else has room\nThey know the school', 'Wren Okoro'],
      ['step-down', 'Nobody else has room\nThey know the school', 'Wren Okoro']
    ])
  })

  it('nobody hears a name, a keyworker or a word of a family that is restricted', async () => {
    const { returned } = await history()
    const named = await aColleague(desk, 'triage-manager')
    const { form } = await aFamily(desk)
    const match = { id: newId(), stepDownId: returned, basedOn: '' as const, familyId: form.id, words: '' }
    await desk.does('stepDown.match', match, manager)
    await restrict(desk, form.id, [named], manager)
    expect((await rows('returns')).rows).toMatchObject([
      { aboutId: returned, isRestricted: true, childNames: '', who: '', words: '' }
    ])
    expect((await rows('returns', named)).rows).toMatchObject([
      { isRestricted: false, childNames: 'Rowan Marsh', words: 'The plan, please' }
    ])
  })

  it('come 50 at a time, each once', async () => {
    for (let n = 0; n < 53; n++) await received('2026-11-03T09:00')
    const first = await rows('received')
    expect([first.rows.length, first.total]).toEqual([50, 53])
    const second = await rows('received', manager, first.next)
    expect([second.rows.length, second.next]).toEqual([3, ''])
    expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(53)
  })
})

describe('report.saveTriage', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'triage-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })
  const save = (figure: (typeof triageFigures)[number], path: string, actor = manager) =>
    desk.record('report.saveTriage', { range, hubId: '', step: 'week', figure, path }, actor) as Promise<{
      ok: boolean
      value: ExportProgress
    }>
  const audits = () =>
    desk.store.reader
      .prepare(`SELECT result, reason FROM audit WHERE operation = 'report.saveTriage' ORDER BY sequence`)
      .all()

  it('writes the numbers of a picture as they stand on the screen, and tells the audit', async () => {
    await history()
    const path = join(folder, 'clocks.csv')
    const saved = await save('clocks', path)
    expect(saved).toMatchObject({ ok: true, value: { stage: 'done', count: 3, fileName: 'clocks.csv' } })
    expect(readFileSync(path, 'utf8').split('\n')).toEqual([
      '\uFEFFClock,Target,Ended,In time,Late,Share in time,Half took,Nine in ten took',
      'Until the decision,2 working days,2,1,1,50%,14 h,24 h',
      'Until the keyworker who accepted was asked,5 working days,1,1,0,100%,22 h,22 h',
      'Until the keyworker answered,2 working days,2,2,0,100%,8 h,8 h',
      ''
    ])
    expect(audits()).toEqual([
      { result: 'begun', reason: '' },
      { result: 'done', reason: expect.stringMatching(/^clocks count=3 sha256=[0-9a-f]{64}$/) as string }
    ])
  })

  it('says what is wrong with the place', async () => {
    expect(await save('flow', join(folder, 'none', 'flow.csv'))).toMatchObject({
      value: { stage: 'failed', reason: 'file-folder-gone' }
    })
    expect(audits().at(-1)).toEqual({ result: 'failed', reason: 'flow file-folder-gone' })
  })

  it('L26: no name of a team becomes a formula', () => {
    const line = { key: 'x', name: '  =HYPERLINK("http://x")', cells: ['+1', '-2'] }
    expect(triageCsv({ columns: ['Team', 'A', 'B'], lines: [line] })).toBe(
      `\uFEFFTeam,A,B\n"'=HYPERLINK(""http://x"")",'+1,'-2\n`
    )
  })

  it.each(['auditor', 'adviser'] as const)('%s saves nothing', async (role) => {
    expect(await save('flow', join(folder, 'flow.csv'), desk.actor(role))).toMatchObject({
      error: { code: 'not-allowed' }
    })
  })
})

describe('stepDown.home', () => {
  it('tells what waits: each list, the oldest, the next, step-ups and meetings', async () => {
    const { hubId, returned } = await history()
    const family = await aFamily(desk)
    const request = aRequest({ id: family.form.id, episodeId: family.form.episodeId })
    await desk.does('stepUp.request', request)
    const meeting = anImpactMeeting(manager.id, hubId, { stepUpIds: [request.id] })
    await desk.does('stepUp.planMeeting', meeting, manager)

    const home = await desk.does('stepDown.home', {}, manager)
    // F, D, E, H and G; of all the clock has run out but of G, which came on Monday 16 and runs until Wednesday
    expect(home.lists).toEqual([
      { state: 'received', count: 0, overdue: 0 },
      { state: 'waiting', count: 1, overdue: 1 },
      { state: 'to-triage', count: 5, overdue: 5 },
      { state: 'to-allocate', count: 0, overdue: 0 },
      { state: 'allocated', count: 0, overdue: 0 }
    ])
    expect(home.oldest).toMatchObject({ receivedAt: '2026-10-24T23:30:00.000Z' })
    expect(home.next).toHaveLength(3)
    expect(home.next[0]).toMatchObject({ receivedAt: '2026-10-24T23:30:00.000Z', isOverdue: true })
    expect(home.stepUps).toEqual([
      { state: 'planned', count: 1 },
      { state: 'submitted', count: 1 }
    ])
    expect(home.meetings).toMatchObject([{ id: meeting.id, onDay: '2026-11-30', requests: 1 }])

    const queue = await desk.does(
      'stepDown.queue',
      {
        filter: { state: '', hubId: '', age: '', risk: '', source: '', overdue: false, mine: false },
        after: ''
      },
      manager
    )
    expect(home.next.map(({ id }) => id)).toEqual(queue.rows.slice(0, 3).map(({ id }) => id))
    expect(queue.rows.map(({ id }) => id)).toContain(returned)
  })

  it('L25: a coordinator is told of their hubs only', async () => {
    const { watfordHubId } = await history()
    const coordinator = await aColleague(desk, 'coordinator', [watfordHubId])
    const home = await desk.does('stepDown.home', {}, coordinator)
    expect(home.lists.filter(({ count }) => count > 0)).toEqual([
      { state: 'to-triage', count: 1, overdue: 1 }
    ])
    expect(home).toMatchObject({ stepUps: [], meetings: [] })
    expect(home.next).toHaveLength(1)
  })

  it('tells nothing where nothing waits', async () => {
    expect(await desk.does('stepDown.home', {}, manager)).toMatchObject({
      ...{ oldest: undefined, next: [], stepUps: [], meetings: [] }
    })
  })

  it('names nobody of a family that is restricted', async () => {
    const { stepDownId } = await aReceivedStepDown(
      desk,
      { people: [aStepDownPerson({ name: 'Zephyrine' })] },
      manager
    )
    const { form } = await aFamily(desk)
    await desk.does(
      'stepDown.match',
      { id: newId(), stepDownId, basedOn: '', familyId: form.id, words: '' },
      manager
    )
    const named = await aColleague(desk, 'triage-manager')
    await restrict(desk, form.id, [named], manager)
    expect(JSON.stringify(await desk.does('stepDown.home', {}, manager))).not.toContain('Zephyrine')
    expect(JSON.stringify(await desk.does('stepDown.home', {}, named))).toContain('Zephyrine')
  })
})

describe('C11: the close-of-day sheet', () => {
  const sheet = (instant: string, whose: 'mine' | 'everyone' = 'everyone', actor = manager) =>
    desk.does('call.closeOfDay', { whose }, at(instant, actor))

  it('has the step-downs that run out by the end of the next open day, each with whoever has it', async () => {
    // Monday 2 November at 10:00 runs until Wednesday 17:00, Tuesday until Thursday 17:00
    const monday = await received('2026-11-02T10:00')
    const tuesday = await received('2026-11-03T10:00')
    const about = { id: newId(), stepDownId: monday.stepDownId, basedOn: await lastOf(monday.stepDownId) }
    await desk.does('stepDown.act', { ...about, act: 'take', toId: manager.id }, at('2026-11-03T11:00'))
    const { stepDowns } = await sheet('2026-11-03T17:00')
    expect(stepDowns).toMatchObject({
      rows: [
        {
          ...{ id: monday.stepDownId, childNames: 'Rowan Marsh', state: 'to-triage' },
          ...{ dueAt: '2026-11-04T17:00:00.000Z', ownerId: manager.id }
        }
      ],
      total: '1'
    })
    const ids = async (...asked: Parameters<typeof sheet>) =>
      (await sheet(...asked)).stepDowns.rows.map(({ id }) => id)
    expect(await ids('2026-11-04T17:00')).toEqual([monday.stepDownId, tuesday.stepDownId])
    expect(await ids('2026-11-04T17:00', 'mine')).toEqual([monday.stepDownId])
    const elsewhere = desk.actor('coordinator')
    expect(await ids('2026-11-04T17:00', 'everyone', elsewhere)).toEqual([])
  })
})

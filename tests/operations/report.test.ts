import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countedCalls } from '../../electron/report/reportCalls.ts'
import { figuresOf, heatHours, cellOf, weeksFigure } from '../../renderer/report/figures.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { lines, otherKinds, outcomes, type CallDraft } from '../../shared/call/call.ts'
import { everyCall, type CallFilter } from '../../shared/call/filter.ts'
import { newId } from '../../shared/ids.ts'
import type { CallReport } from '../../shared/report/report.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { aCall, aKeyworkersCall, aSchool } from '../fixtures/calls.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(desk.faults).toEqual([])
  desk.close()
})

/** Files a call that was taken at an instant. */
async function fileAt(startedAt: string, draft: CallDraft, actor = desk.first): Promise<string> {
  await desk.does('call.file', { ...draft, startedAt }, { ...actor, now: startedAt })
  return draft.id
}

const turnedAwayCall = (otherKind: CallDraft['otherKind']) =>
  aKeyworkersCall({
    callerKind: 'someone-else',
    otherKind,
    assessmentConfirmedBy: '',
    outcome: 'turned-away'
  })

const answer = (callId: string, said: 'yes' | 'no' | 'not-known', now: string) =>
  desk.does(
    'call.answerReferral',
    {
      id: newId(),
      callId,
      answer: said,
      referredOn: said === 'yes' ? '2026-11-20' : '',
      reason: said === 'no' ? 'The parents refused' : ''
    },
    { ...desk.first, now }
  )

const markInError = (callId: string, inError: boolean, now = OPEN) =>
  desk.does(
    'call.markInError',
    { id: newId(), callId, inError, reason: 'Entered twice' },
    { ...desk.actor('triage-manager'), now }
  )

const report = (from: string, to: string, actor?: Actor) => desk.does('report.calls', { from, to }, actor)

const found = ({ byLine, byOutcome, byLevel, turnedAwayByKind }: CallReport) =>
  [...byLine, ...byOutcome, ...byLevel, ...turnedAwayByKind].filter(({ calls }) => calls > 0)

describe('report.calls', () => {
  it('counts a month by hand', async () => {
    const watford = await aSchool(desk, undefined, { name: 'Ridge School', district: 'E07000103' })
    const oakfield = await aSchool(desk)
    // Monday 2 November, 9:15
    const yes = await fileAt('2026-11-02T09:15:00.000Z', aCall(watford.id))
    // Tuesday 3 November, 9:59 and 11:00
    const twice = await fileAt('2026-11-03T09:59:59.999Z', aCall(watford.id))
    const unknown = await fileAt(
      '2026-11-03T11:00:00.000Z',
      aCall(oakfield.id, { level: 'targeted', levelWhy: 'Two needs' })
    )
    // Tuesday 10 November, 11:30: on the advice line, by a keyworker
    await fileAt('2026-11-10T11:30:00.000Z', aKeyworkersCall({ line: 'advice-line', outcome: 'advice-only' }))
    // Saturday 14 November: out of hours
    await fileAt('2026-11-14T22:00:00.000Z', aCall(watford.id))
    // two turned away on Monday 16 November
    await fileAt('2026-11-16T10:00:00.000Z', turnedAwayCall('public'))
    await fileAt('2026-11-16T10:30:00.000Z', turnedAwayCall('health'))
    // entered in error, and one that was put back
    await markInError(await fileAt('2026-11-17T10:00:00.000Z', aCall(watford.id)), true)
    const back = await fileAt('2026-11-17T10:00:00.000Z', aKeyworkersCall({ outcome: 'signposted' }))
    await markInError(back, true)
    await markInError(back, false, '2026-11-23T11:00:00.000Z')
    // before and after
    await fileAt('2026-10-31T10:00:00.000Z', aCall(watford.id))
    await fileAt('2026-12-01T00:00:00.000Z', aCall(watford.id))
    await answer(yes, 'yes', '2026-11-20T10:00:00.000Z')
    await answer(twice, 'not-known', '2026-11-20T10:00:00.000Z')
    await answer(twice, 'no', '2026-11-20T11:00:00.000Z')
    await answer(unknown, 'not-known', '2026-11-20T10:00:00.000Z')

    const counted = await report('2026-11-01', '2026-11-30')
    expect(counted).toEqual({
      from: '2026-11-01',
      to: '2026-11-30',
      total: 8,
      byWeek: [
        { monday: '2026-10-26', calls: 0 },
        { monday: '2026-11-02', calls: 3 },
        { monday: '2026-11-09', calls: 2 },
        { monday: '2026-11-16', calls: 3 },
        { monday: '2026-11-23', calls: 0 },
        { monday: '2026-11-30', calls: 0 }
      ],
      byHour: [
        { weekday: 1, hour: 9, calls: 1 },
        { weekday: 1, hour: 10, calls: 2 },
        { weekday: 2, hour: 9, calls: 1 },
        { weekday: 2, hour: 10, calls: 1 },
        { weekday: 2, hour: 11, calls: 2 },
        { weekday: 6, hour: 22, calls: 1 }
      ],
      byLine: [
        { line: 'consultation-hub', calls: 7 },
        { line: 'advice-line', calls: 1 },
        { line: 'coordinator', calls: 0 }
      ],
      bySchool: [
        { schoolId: watford.id, name: 'Ridge School', town: 'Hertford', calls: 3 },
        { schoolId: oakfield.id, name: 'Oakfield School', town: 'Hertford', calls: 1 }
      ],
      byDistrict: [
        { district: '', calls: 4 },
        { district: 'E07000103', calls: 3 },
        { district: 'E07000242', calls: 1 }
      ],
      byLevel: [
        { level: '', calls: 7 },
        { level: 'targeted', calls: 1 }
      ],
      byOutcome: [
        { outcome: 'advice-only', calls: 1 },
        { outcome: 'contact-form', calls: 4 },
        { outcome: 'urgent-referral', calls: 0 },
        { outcome: 'families-first-assessment', calls: 0 },
        { outcome: 'signposted', calls: 1 },
        { outcome: 'turned-away', calls: 2 },
        { outcome: 'call-back', calls: 0 }
      ],
      inHours: 7,
      outOfHours: 1,
      turnedAway: 2,
      turnedAwayByKind: [
        { otherKind: 'early-years', calls: 0 },
        { otherKind: 'health', calls: 1 },
        { otherKind: 'school-outside-county', calls: 0 },
        { otherKind: 'keyworker-without-assessment', calls: 0 },
        { otherKind: 'public', calls: 1 },
        { otherKind: 'other', calls: 0 }
      ],
      referrals: { yes: 1, no: 1, notKnown: 1, unanswered: 1 }
    })
  })

  it('L28: a call at 23:30 UTC in summer is of the next London day', async () => {
    await fileAt('2026-06-30T23:30:00.000Z', aKeyworkersCall())
    expect((await report('2026-06-30', '2026-06-30')).total).toBe(0)
    const wednesday = await report('2026-07-01', '2026-07-01')
    expect(wednesday.byHour).toEqual([{ weekday: 3, hour: 0, calls: 1 }])
    expect(wednesday.byWeek).toEqual([{ monday: '2026-06-29', calls: 1 }])
  })

  it('counts the Sundays on which the clocks change', async () => {
    for (const at of ['2026-03-29T00:30:00.000Z', '2026-03-29T01:30:00.000Z', '2026-03-29T23:10:00.000Z'])
      await fileAt(at, aKeyworkersCall())
    expect((await report('2026-03-29', '2026-03-29')).byHour).toEqual([
      { weekday: 7, hour: 0, calls: 1 },
      { weekday: 7, hour: 2, calls: 1 }
    ])
    for (const at of ['2026-10-24T23:30:00.000Z', '2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'])
      await fileAt(at, aKeyworkersCall())
    expect((await report('2026-10-25', '2026-10-25')).byHour).toEqual([
      { weekday: 7, hour: 0, calls: 1 },
      { weekday: 7, hour: 1, calls: 2 }
    ])
  })

  it('R12: counts a call from paper when it took place', async () => {
    await fileAt(
      OPEN,
      aKeyworkersCall({
        tookPlaceDate: '2026-11-06',
        tookPlaceTime: '15:10',
        setBackReason: 'The computer was down'
      })
    )
    expect((await report('2026-11-23', '2026-11-23')).total).toBe(0)
    expect((await report('2026-11-06', '2026-11-06')).byHour).toEqual([{ weekday: 5, hour: 15, calls: 1 }])
  })

  it('counts a school in the district and by the name that it has today', async () => {
    const moved = await aSchool(desk, undefined, { district: 'E07000242' })
    await fileAt(OPEN, aCall(moved.id))
    const { id, name, typeGroup, typeName, address, town, postcode, phone, leadName } = moved
    await desk.does(
      'school.change',
      {
        ...{ id, typeGroup, typeName, address, town, postcode, phone, leadName },
        name: `${name} Academy`,
        district: 'E07000103',
        status: 'open',
        versionId: newId(),
        basedOn: moved.versionId
      },
      { ...desk.actor('triage-manager'), now: '2026-11-23T11:00:00.000Z' }
    )
    const counted = await report('2026-11-23', '2026-11-23')
    expect(counted.byDistrict).toEqual([{ district: 'E07000103', calls: 1 }])
    expect(counted.bySchool[0]?.name).toBe('Oakfield School Academy')
  })

  it('L25: counts for a coordinator their hubs’ and their own calls', async () => {
    const watford = await aSchool(desk, undefined, { district: 'E07000103' })
    await fileAt(OPEN, aCall(watford.id))
    const hub = desk.store.reader.prepare('SELECT hub_id FROM call').pluck().get() as string
    const coordinator = { ...desk.actor('coordinator'), hubIds: [hub] }
    await fileAt(OPEN, aKeyworkersCall({ outcome: 'signposted' }), coordinator)
    await fileAt(OPEN, aKeyworkersCall())
    expect(found(await report('2026-11-23', '2026-11-23', coordinator))).toEqual([
      { line: 'consultation-hub', calls: 2 },
      { outcome: 'contact-form', calls: 1 },
      { outcome: 'signposted', calls: 1 },
      { level: '', calls: 2 }
    ])
    expect(
      (await report('2026-11-23', '2026-11-23', { ...coordinator, id: newId(), hubIds: [] })).total
    ).toBe(0)
    expect((await report('2026-11-23', '2026-11-23', desk.actor('auditor'))).total).toBe(3)
  })

  it.each(['helpdesk', 'administrator'] as const)('%s counts no call', async (role) => {
    const asked = await desk.run('report.calls', { from: '2026-11-23', to: '2026-11-23' }, desk.actor(role))
    expect(asked).toMatchObject({ error: { code: 'not-allowed' } })
  })

  it('leaves an audit row where an auditor asks, and none else', async () => {
    const asked = () =>
      desk.store.reader.prepare(`SELECT count(*) FROM audit WHERE operation = 'report.calls'`).pluck().get()
    await report('2026-11-23', '2026-11-23')
    expect(asked()).toBe(0)
    await report('2026-11-23', '2026-11-23', desk.actor('auditor'))
    expect(asked()).toBe(1)
  })

  it('counts every call once, however many parts it takes', async () => {
    await fileAt('2026-11-02T10:00:00.000Z', aKeyworkersCall())
    const names = desk.store.reader
      .prepare(`SELECT name FROM pragma_table_info('call')`)
      .pluck()
      .all() as string[]
    // 2,500 a minute apart, then 2,500 in one and the same millisecond
    const values: Record<string, string> = {
      id: `'copy-' || n`,
      created_at: `strftime('%Y-%m-%dT%H:%M:%fZ', '2026-11-21', n || ' seconds')`,
      took_place_at: `iif(n < 2500, strftime('%Y-%m-%dT%H:%M:%fZ', '2026-11-03', n || ' minutes'),
        '2026-11-20T10:00:00.000Z')`
    }
    const columns = names.map((name) => values[name] ?? name)
    await desk.store.write((tx) =>
      Promise.resolve(
        void tx.run(
          sql.raw(`INSERT INTO call SELECT ${columns.join(', ')} FROM call,
            (WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 4999)
             SELECT n FROM numbers)`)
        )
      )
    )
    const counted = await report('2026-11-01', '2026-11-30')
    expect(counted.total).toBe(5_001)
    expect(counted.byHour.find(({ weekday, hour }) => weekday === 5 && hour === 10)?.calls).toBe(2_500)
  })

  it.each(['adviser', 'coordinator'] as const)('reads no whole call, whoever asks: %s', async (role) => {
    const actor = { ...desk.actor(role), hubIds: [newId(), newId()] }
    const plan = await desk.store.read((db) =>
      Promise.resolve(
        db.all<{ detail: string }>(
          sql`EXPLAIN QUERY PLAN ${countedCalls('2026-01-01T00:00:00.000Z', '2026-12-31T00:00:00.000Z', actor)}`
        )
      )
    )
    const steps = plan.map(({ detail }) => detail).filter((detail) => /\b(call|own)\b/.test(detail))
    expect(steps[0]).toMatch(/^SEARCH call USING COVERING INDEX call_figures \(took_place_at>/)
    expect(steps.filter((step) => !step.includes('COVERING INDEX'))).toEqual([])
  })
})

describe('every number opens its rows', () => {
  const schools: string[] = []
  beforeEach(async () => {
    schools.length = 0
    for (const district of ['E07000103', 'E07000242', ''])
      schools.push((await aSchool(desk, undefined, { name: `School ${district}`, district })).id)
  })

  const rowsOf = async (filter: Partial<CallFilter>, actor: Actor) =>
    Number((await desk.does('call.count', { filter: { ...everyCall, ...filter } }, actor)).total)

  const taken = fc.record({
    minute: fc.integer({ min: 0, max: 14 * 24 * 60 }),
    line: fc.constantFrom(...lines),
    caller: fc.constantFrom(0, 1, 2, 'keyworker' as const, ...otherKinds),
    outcome: fc.constantFrom(...outcomes.filter((outcome) => outcome !== 'turned-away')),
    level: fc.constantFrom('', 'targeted', 'intensive'),
    answers: fc.array(fc.constantFrom('yes' as const, 'no' as const, 'not-known' as const), { maxLength: 2 }),
    inError: fc.boolean(),
    byOther: fc.boolean()
  })

  it('for any calls, for a manager and for a coordinator', async () => {
    const settings = (await desk.does('setting.list', {})).settings
    const rules = rulesOn(settings, '2026-11-23')
    const other = desk.actor('coordinator')
    await fc.assert(
      fc.asyncProperty(fc.array(taken, { minLength: 12, maxLength: 12 }), async (calls) => {
        for (const { minute, caller, answers, inError, byOther, ...changes } of calls) {
          // across the Sunday on which the clocks go back
          const at = new Date(Date.parse('2026-10-18T20:00:00.000Z') + minute * 60_000).toISOString()
          const draft =
            typeof caller === 'number'
              ? aCall(schools[caller] ?? '', changes)
              : caller === 'keyworker'
                ? aKeyworkersCall(changes)
                : { ...turnedAwayCall(caller), ...changes }
          draft.levelWhy = 'As discussed'
          const id = await fileAt(at, draft, byOther ? other : desk.first)
          if (changes.outcome === 'contact-form')
            for (const [index, said] of answers.entries())
              await answer(id, said, new Date(Date.parse(OPEN) + index).toISOString())
          if (inError) await markInError(id, true)
        }
        const hub = desk.store.reader.prepare(`SELECT hub_id FROM call LIMIT 1`).pluck().get() as string
        for (const actor of [desk.actor('triage-manager'), { ...other, hubIds: [hub] }]) {
          const counted = await report('2026-10-20', '2026-10-31', actor)
          const counts = [
            ...weeksFigure(counted).counts,
            ...figuresOf(counted, rules).flatMap((figure) => figure.counts),
            ...heatHours(counted).flatMap((hour) =>
              [1, 2, 3, 4, 5, 6, 7].map((weekday) => cellOf(counted, weekday, hour))
            )
          ]
          expect(counted.total).toBe(await rowsOf({ from: counted.from, to: counted.to }, actor))
          for (const { key, name, calls, filter } of counts)
            expect(await rowsOf(filter, actor), `${name} (${key})`).toBe(calls)
        }
      }),
      { numRuns: 3, endOnFailure: true }
    )
  }, 60_000)
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../shared/access/roles.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { withdrawAgreement } from '../fixtures/assessments.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { anOtherDay, withPlanAgreed } from '../fixtures/episodes.ts'
import { aColleague, restrict } from '../fixtures/facts.ts'
import { aFamily, aPractitioner, aRegistration } from '../fixtures/families.ts'
import { aMeeting, aRecord } from '../fixtures/meetings.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(desk.faults).toEqual([])
  desk.close()
})

const at = (now: string, actor: Actor = desk.first): Actor => ({ ...actor, now })
const on = (day: string, actor?: Actor) => at(`${day}T10:00:00.000Z`, actor)
const query = (changes: Partial<Input<'episode.calendar'>> = {}) => ({
  ...{ from: '2026-11-23', to: '2027-01-24', hubId: '' as const, practitionerId: '' as const },
  ...changes
})
/** A line an entry: `2026-12-14 due R31`, and what else is to be seen. */
async function lines(changes: Partial<Input<'episode.calendar'>> = {}, actor?: Actor) {
  const { rows } = await desk.does('episode.calendar', query(changes), actor)
  return rows.map(({ on: day, what, rule, isDone, isOverdue }) =>
    [day, what, rule, isDone && 'done', isOverdue && 'overdue'].filter(Boolean).join(' ')
  )
}

async function theFamily(changes: Parameters<typeof aFamily>[1] = {}, actor?: Actor) {
  const { id: familyId, form } = await aFamily(desk, changes, actor)
  const of = { familyId, episodeId: form.episodeId }
  const [keyworker] = (await desk.does('meeting.team', { episodeId: of.episodeId }, actor)).members
  return {
    ...{ of, mother: form.people[1]?.id ?? '', ofFamily: { id: familyId, episodeId: of.episodeId } },
    ...{ keyworker: keyworker?.ofId ?? '', practitionerId: keyworker?.practitionerId ?? '' }
  }
}

describe('episode.calendar', () => {
  it('has meetings, what is planned, actions, reviews of agreement and due dates, the first day first', async () => {
    const { of, ofFamily } = await theFamily()
    await withPlanAgreed(desk, ofFamily)
    await desk.does('meeting.arrange', aMeeting(of, { on: '2026-12-03' }))
    await desk.does('episode.planDate', {
      ...{ id: newId(), ...of, kind: 'transfer', dueOn: '2026-12-03', note: '' }
    })
    expect(await lines()).toEqual([
      '2026-12-03 meeting',
      '2026-12-03 transfer',
      '2026-12-07 action',
      '2026-12-14 due R31',
      '2027-01-04 agreement-review',
      '2027-01-04 due R34-first'
    ])
    const { rows, isWhole } = await desk.does('episode.calendar', query())
    expect(isWhole).toBe(true)
    expect(rows.find(({ what }) => what === 'meeting')).toMatchObject({
      ...{ startsAt: '14:30', place: 'Hertford Family Centre', childNames: 'Robin Vale' },
      ...{ keyworkerName: 'Priya Shah', episodeId: of.episodeId, familyId: of.familyId }
    })
  })

  it('of several families each has the review of its own agreement', async () => {
    const first = await theFamily()
    const second = await theFamily()
    const { rows } = await desk.does('episode.calendar', query())
    const reviews = rows.filter(({ what }) => what === 'agreement-review')
    expect(reviews.map(({ familyId }) => familyId).toSorted()).toEqual(
      [first.of.familyId, second.of.familyId].toSorted()
    )
  })

  it('section D: a registration of 10 August 2026 is due on the bank holiday of 31 August and on 21 September', async () => {
    const agreement = { ...aRegistration().agreement, byPersonId: '', byName: 'Jo Vale' }
    await theFamily({ agreement: { ...agreement, decidedOn: '10/8/2026' } }, on('2026-08-10'))
    const span = { from: '2026-08-10', to: '2026-10-01' }
    expect((await lines(span, on('2026-08-10'))).filter((line) => line.includes('due'))).toEqual([
      '2026-08-31 due R31',
      '2026-09-21 due R34-first'
    ])
    expect((await lines(span, on('2026-09-01')))[0]).toBe('2026-08-31 due R31 overdue')
    expect((await lines(span, on('2026-08-31')))[0]).toBe('2026-08-31 due R31')
  })

  it('section D: a meeting on Thursday 24 December 2026 wants its record by the 31st, its copy by 5 January', async () => {
    const { of, keyworker } = await theFamily()
    const meeting = aMeeting(of, { on: '2026-12-24' })
    await desk.does('meeting.arrange', meeting)
    const span = { from: '2026-12-24', to: '2027-02-10' }
    // nobody has said that it was held: its day has come
    expect(await lines(span, on('2026-12-24'))).toContain('2026-12-31 due R34-record')
    await desk.does(
      'meeting.record',
      aRecord({ ...of, meetingId: meeting.id }, [keyworker]),
      on('2026-12-29')
    )
    expect(await lines(span, on('2027-01-06'))).toEqual([
      '2026-12-24 meeting done',
      '2027-01-04 agreement-review overdue',
      '2027-01-05 due R34-copy overdue',
      '2027-02-04 due R34-review'
    ])
    const copy = { id: newId(), ...of, meetingId: meeting.id, on: '2027-01-05', toWhom: 'Jo', how: 'By hand' }
    await desk.does('meeting.giveCopy', copy, on('2027-01-05'))
    expect(await lines(span, on('2027-01-06'))).not.toContain('2027-01-05 due R34-copy overdue')
  })

  it('a meeting stands on the day it was held, arranged or not; one that was cancelled nowhere', async () => {
    const { of, keyworker } = await theFamily()
    const late = aMeeting(of, { on: '2026-11-30' })
    const cancelled = aMeeting(of, { on: '2026-12-01' })
    await desk.does('meeting.arrange', late)
    await desk.does('meeting.arrange', cancelled)
    const ends = { id: cancelled.id, familyId: of.familyId, ending: 'cancelled', why: 'Ill' } as const
    await desk.does('episode.endDate', { ...ends, rowVersion: 1 })
    const record = (meetingId: Id, changes: Parameters<typeof aRecord>[2]) =>
      desk.does('meeting.record', aRecord({ ...of, meetingId }, [keyworker], changes), on('2026-12-05'))
    await record(late.id, { heldOn: '2/12/2026' })
    await record(newId(), { kind: 'other', heldOn: '4/12/2026' })
    const meetings = (await lines({ from: '2026-12-01', to: '2026-12-31' })).filter((line) =>
      line.includes('meeting')
    )
    expect(meetings).toEqual(['2026-12-02 meeting done', '2026-12-04 meeting done'])
  })

  it('another day that a manager gave counts instead of the rule’s, also from outside the span (C12)', async () => {
    const manager = await aColleague(desk, 'triage-manager')
    const { ofFamily } = await theFamily()
    await desk.does('episode.overrideDue', anOtherDay(ofFamily, { dueOn: '2027-03-01' }), manager)
    expect(await lines({ from: '2026-12-14', to: '2026-12-14' })).toEqual([])
    expect(await lines({ from: '2027-03-01', to: '2027-03-01' })).toEqual(['2027-03-01 due R31'])
  })

  it('a meeting that was held before the day it was arranged for wants its copy from then on', async () => {
    const { of, keyworker } = await theFamily()
    const meeting = aMeeting(of, { on: '2026-12-10' })
    await desk.does('meeting.arrange', meeting)
    const record = aRecord({ ...of, meetingId: meeting.id }, [keyworker], { heldOn: '2/12/2026' })
    await desk.does('meeting.record', record, on('2026-12-02'))
    const copies = (await lines({}, on('2026-12-03'))).filter((line) => line.includes('R34-copy'))
    expect(copies).toEqual(['2026-12-09 due R34-copy'])
  })

  it('a record that a manager put off for months is there on its day (C12)', async () => {
    const manager = await aColleague(desk, 'triage-manager')
    const { of, ofFamily } = await theFamily()
    const meeting = aMeeting(of, { on: '2026-11-23' })
    await desk.does('meeting.arrange', meeting)
    const putOff = { rule: 'R34-record' as const, aboutId: meeting.id, dueOn: '2027-04-01' }
    await desk.does('episode.overrideDue', anOtherDay(ofFamily, putOff), manager)
    expect(await lines({ from: '2027-04-01', to: '2027-04-01' }, on('2027-03-31'))).toEqual([
      '2027-04-01 due R34-record'
    ])
  })

  it('a withdrawal leaves nothing in it (L29)', async () => {
    const { of, mother } = await theFamily()
    await desk.does('meeting.arrange', aMeeting(of))
    await withdrawAgreement(desk, of.familyId, mother)
    expect(await lines()).toEqual([])
  })

  it('is narrowed to a hub and to a keyworker', async () => {
    const mine = await theFamily()
    const other = await aPractitioner(desk)
    await theFamily({ practitionerId: other.id })
    const { hubId } = await desk.does('family.read', { id: mine.of.familyId })
    const found = async (changes: Partial<Input<'episode.calendar'>>) =>
      new Set((await desk.does('episode.calendar', query(changes))).rows.map(({ episodeId }) => episodeId))
    expect((await found({})).size).toBe(2)
    expect((await found({ hubId })).size).toBe(2)
    expect((await found({ hubId: COUNTY_HUB_ID })).size).toBe(0)
    expect([...(await found({ practitionerId: mine.practitionerId }))]).toEqual([mine.of.episodeId])
  })

  it('tells of a restricted family neither names nor place, and not by its keyworker', async () => {
    const { of, practitionerId } = await theFamily()
    await desk.does('meeting.arrange', aMeeting(of, { on: '2026-12-03' }))
    const manager = await aColleague(desk, 'triage-manager')
    await restrict(desk, of.familyId, [manager], manager)
    const { rows } = await desk.does('episode.calendar', query())
    expect(rows).toHaveLength(4)
    for (const row of rows) expect(row).toMatchObject({ childNames: '', keyworkerName: '', place: '' })
    expect(await lines({ practitionerId })).toEqual([])
    expect(await lines({ practitionerId }, manager)).toHaveLength(4)
    // a coordinator of another hub does not even hear that there is something
    expect(await lines({}, await aColleague(desk, 'coordinator', [COUNTY_HUB_ID]))).toEqual([])
  })

  it('is of two months at most, and of days in their order', async () => {
    const refused = { error: { code: 'invalid', fields: [{ path: 'to' }] } }
    expect(await desk.run('episode.calendar', query({ to: '2027-01-25' }))).toMatchObject(refused)
    expect(await desk.run('episode.calendar', query({ to: '2026-11-22' }))).toMatchObject(refused)
  })

  it('goes by the setting of the day on which each clock began, over 29 February and the change of the clocks', async () => {
    await theFamily({}, at('2028-02-08T10:00:00.000Z'))
    const span = { from: '2028-02-09', to: '2028-04-01' }
    expect(
      (await lines(span, at('2028-02-08T10:00:00.000Z'))).filter((line) => line.includes('due'))
    ).toEqual(['2028-02-29 due R31', '2028-03-21 due R34-first'])
    // registered on 13 February: six weeks later the clocks go forward
    await theFamily({}, at('2028-02-13T23:30:00.000Z'))
    expect(await lines({ from: '2028-03-26', to: '2028-03-26' })).toEqual(['2028-03-26 due R34-first'])
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import { newId, type CivilDate, type Id } from '../../shared/ids.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import type { StepUp } from '../../shared/stepUp/record.ts'
import { addDays } from '../../shared/time/london.ts'
import { entrySaid } from '../../shared/words/chronology.ts'
import { anAssessment, anEntry } from '../fixtures/assessments.ts'
import { aClosing, aReopening, aStepUp } from '../fixtures/closing.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict, wholeChronology } from '../fixtures/facts.ts'
import { aFamily, aPractitioner } from '../fixtures/families.ts'
import { aMeeting, aRecord } from '../fixtures/meetings.ts'
import { aNote } from '../fixtures/notes.ts'
import { anAction, anOutcome } from '../fixtures/plans.ts'
import {
  anImpactMeeting,
  anOutcomeOf,
  aRequest,
  aStepUpStep,
  decidedRequest,
  someOutcomes
} from '../fixtures/stepUps.ts'
import { acceptedTransfer, aTransferStep } from '../fixtures/transfers.ts'

let desk: TestDesk
let boss: Actor
let jo: Id
let family: Awaited<ReturnType<typeof newFamily>>
beforeEach(async () => {
  desk = await openTestDesk()
  boss = await aColleague(desk, 'triage-manager')
  jo = (await aPractitioner(desk)).id
  family = await newFamily()
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

async function newFamily() {
  const { form } = await aFamily(desk, { practitionerId: jo })
  const { hubId } = await desk.does('family.read', { id: form.id })
  return { ...form, hubId }
}

const on = (day: CivilDate, actor: Actor = desk.first): Actor => ({ ...actor, now: `${day}T16:00:00.000Z` })
const refused = (reason: string) => ({ ok: false, error: { code: 'refused', reason } })
const notFound = { ok: false, error: { code: 'not-found' } }
const notAllowed = { ok: false, error: { code: 'not-allowed' } }
const changedSince = { ok: false, error: { code: 'changed-since' } }
const invalidAt = (...paths: string[]) => ({
  ok: false,
  error: { code: 'invalid', fields: paths.map((path) => ({ path, message: expect.any(String) as string })) }
})

const list = (actor?: Actor) => desk.does('stepUp.list', { episodeId: family.episodeId }, actor)
async function theOne(actor?: Actor): Promise<StepUp> {
  const [first] = await list(actor)
  if (!first) throw new Error('No step-up was requested')
  return first
}
const meetingOf = (id: Id, actor: Actor = boss) => desk.does('stepUp.meeting', { id }, actor)
const due = async (actor: Actor, whose: 'mine' | 'everyone' = 'mine') =>
  (await desk.does('family.due', { whose }, actor))
    .filter(({ kind }) => kind.startsWith('step-up'))
    .map(({ kind, dueOn, ownerName }) => ({ kind, dueOn, ownerName }))

/** A request on the agenda of a meeting of this morning. */
async function planned(changes: Parameters<typeof anImpactMeeting>[2] = {}) {
  const request = aRequest(family)
  await desk.does('stepUp.request', request)
  const meeting = anImpactMeeting(boss.id, family.hubId, {
    ...{ onDay: '2026-11-23', startsAt: '09:00', stepUpIds: [request.id] },
    ...changes
  })
  await desk.does('stepUp.planMeeting', meeting, boss)
  return { request, meeting }
}

const withdrawal = async (actor?: Actor) => {
  const { agreements } = await desk.does('family.read', { id: family.id }, actor)
  return {
    ...emptyWithdrawal(newId(), family.id, agreements[0]?.id ?? ''),
    ...({
      byName: 'Jo Vale',
      relation: 'mother',
      capacity: 'parental-responsibility',
      route: 'phone'
    } as const),
    ...({ standing: 'none-remains', withdrawalReason: 'Enough', deniedNote: 'Form filled in' } as const),
    ...{ closureReason: 'No agreement', adviceSought: true, signposted: true }
  }
}

describe('R42 to R46: a step-up is requested', () => {
  it('is kept word for word, has an owner and a next act, and its unfinished form goes', async () => {
    const draft = aRequest(family)
    await desk.does('draft.save', { form: { kind: 'step-up', body: draft }, savedBefore: 0 })
    expect(await desk.does('stepUp.request', draft)).toEqual({ reference: 'SUP-7KQ3-000001' })
    expect(await theOne()).toMatchObject({
      ...{ state: 'submitted', isOpen: true, requestedOn: '2026-11-23', childNames: 'Robin Vale' },
      answers: { tried: draft.tried, advice: draft.advice },
      ...{ next: { act: 'plan-meeting', owner: 'triage' }, ownerName: 'The triage managers' },
      oldNotesReason: 'The assessment began today'
    })
    expect(await desk.does('draft.list', {})).toEqual([])
    expect(await due(boss)).toEqual([
      { kind: 'step-up-to-plan', dueOn: '2026-11-23', ownerName: 'The triage managers' }
    ])
    expect(await due(desk.first)).toEqual([])
  })

  it('L6: sent again it is one; other words under its id are refused', async () => {
    const draft = aRequest(family)
    const first = await desk.does('stepUp.request', draft)
    expect(await desk.does('stepUp.request', draft)).toEqual(first)
    expect(await list()).toHaveLength(1)
    expect(await desk.run('stepUp.request', { ...draft, tried: 'Other' })).toEqual(refused('clashing-id'))
  })

  it('R44: with an immediate concern nothing is submitted, whatever else is typed', async () => {
    const draft = aRequest(family, { immediateConcern: 'yes', advice: '' })
    expect(await desk.run('stepUp.request', draft)).toEqual(invalidAt('immediateConcern'))
    expect(await list()).toEqual([])
  })

  it('R43: every one of the six questions is answered', async () => {
    const blank = { unmetNeeds: ' ', tried: '', withinResources: '', impact: '', evidence: '', advice: '' }
    expect(await desk.run('stepUp.request', aRequest(family, blank))).toEqual(
      invalidAt('unmetNeeds', 'tried', 'withinResources', 'impact', 'evidence', 'advice')
    )
  })

  it('R46: the last case note is at most as old as the setting, or it is said why that will do', async () => {
    const without = { oldNotesReason: '' }
    expect(await desk.run('stepUp.request', aRequest(family, without))).toEqual(invalidAt('oldNotesReason'))
    await desk.does('note.add', aNote(family))
    // an addition to a note is no newer note
    const late = addDays('2026-11-23', 15)
    expect(await desk.run('stepUp.request', aRequest(family, without), on(late))).toEqual(
      invalidAt('oldNotesReason')
    )
    await desk.does('stepUp.request', aRequest(family, without), on(addDays('2026-11-23', 14)))
    expect(await theOne()).toMatchObject({ lastNoteOn: '2026-11-23', oldNotesReason: '' })
  })

  it('one without feedback per assessment; another after it was withdrawn', async () => {
    const draft = aRequest(family)
    await desk.does('stepUp.request', draft)
    expect(await desk.run('stepUp.request', aRequest(family))).toEqual(refused('step-up-waits'))
    await desk.does('stepUp.takeStep', aStepUpStep(draft, 'withdraw'))
    await desk.does('stepUp.request', aRequest(family))
    expect((await list()).map(({ state }) => state).toSorted()).toEqual(['submitted', 'withdrawn'])
  })

  it('none in an assessment that has closed, nor in another family’s', async () => {
    await desk.does('episode.close', aClosing(family))
    expect(await desk.run('stepUp.request', aRequest(family))).toEqual(refused('assessment-closed'))
    const other = await newFamily()
    const mixed = { ...aRequest(other), episodeId: family.episodeId }
    expect(await desk.run('stepUp.request', mixed)).toEqual(notFound)
  })
})

describe('R45, C10: until there is feedback nothing ends', () => {
  it('neither closing nor stepping up, no outcome ends and no action is dropped; what was done was done', async () => {
    const of = { familyId: family.id, episodeId: family.episodeId }
    const outcome = anOutcome(of)
    const action = anAction(outcome)
    await desk.does('plan.saveOutcome', outcome)
    await desk.does('plan.saveAction', action)
    const { request } = await planned()
    expect(await desk.run('episode.close', aClosing(family))).toEqual(refused('step-up-waits'))
    expect(await desk.run('episode.close', aStepUp(family))).toEqual(refused('step-up-waits'))
    const ended = {
      id: outcome.id,
      ...of,
      ending: 'met' as const,
      on: '2026-11-23',
      why: 'He goes',
      rowVersion: 1
    }
    expect(await desk.run('plan.endOutcome', ended)).toEqual(refused('step-up-waits'))
    const progress = {
      ...{ id: newId(), ...of, actionId: action.id, progress: 'dropped' as const, on: '2026-11-23' },
      ...{ words: 'Nobody came', evidence: '', memberId: '' as const, rowVersion: 1 }
    }
    expect(await desk.run('plan.recordProgress', progress)).toEqual(refused('step-up-waits'))
    await desk.does('plan.recordProgress', { ...progress, progress: 'done' })
    await desk.does('stepUp.takeStep', aStepUpStep(request, 'withdraw'))
    await desk.does('plan.endOutcome', ended)
    await desk.does('episode.close', aClosing(family))
  })

  it('a hand-over to another authority waits too, for it closes the assessment', async () => {
    const transfer = await acceptedTransfer(desk, family, '', '2026-11-23', {
      ...{ kind: 'out-of-county', reason: 'out-of-county', authority: 'luton' }
    })
    const { request } = await planned()
    const handOver = aTransferStep(transfer, 'hand-over')
    expect(await desk.run('transfer.takeStep', handOver)).toEqual(refused('step-up-waits'))
    await desk.does('stepUp.takeStep', aStepUpStep(request, 'withdraw'))
    await desk.does('transfer.takeStep', handOver)
  })

  it('feedback that it is not accepted lets the work be ended', async () => {
    await decidedRequest(desk, family, 'not-accept', boss)
    expect(await theOne()).toMatchObject({ state: 'not-accepted', isOpen: false, ownerName: '' })
    await desk.does('episode.close', aClosing(family))
  })

  it('a request for more information is no feedback yet: it is answered and waits for a meeting again', async () => {
    const request = await decidedRequest(desk, family, 'more-information', boss)
    expect(await desk.run('episode.close', aClosing(family))).toEqual(refused('step-up-waits'))
    expect(await due(desk.first)).toMatchObject([{ kind: 'step-up-information', ownerName: 'Morgan Ellis' }])
    await desk.does('stepUp.takeStep', aStepUpStep(request, 'inform'))
    expect(await theOne()).toMatchObject({ state: 'submitted', next: { act: 'plan-meeting' } })
    expect(await desk.run('stepUp.takeStep', aStepUpStep(request, 'inform'))).toEqual(
      refused('step-not-possible')
    )
  })
})

describe('R42: Action and Impact Meetings', () => {
  it('plans one of a hub with its chair and agenda, in the order that was chosen', async () => {
    const other = await newFamily()
    const requests = [aRequest(family), aRequest(other)]
    for (const request of requests) await desk.does('stepUp.request', request)
    const ids = requests.map(({ id }) => id).toReversed()
    const meeting = anImpactMeeting(boss.id, family.hubId, { stepUpIds: ids })
    expect(await desk.does('stepUp.planMeeting', meeting, boss)).toEqual({ rowVersion: 1 })
    expect(await desk.does('stepUp.planMeeting', meeting, boss)).toEqual({ rowVersion: 1 })
    const read = await meetingOf(meeting.id)
    expect(read).toMatchObject({
      onDay: '2026-11-30',
      startsAt: '14:00',
      chairId: boss.id,
      cases: 2,
      rowVersion: 1
    })
    expect(read.stepUps.map(({ id }) => id)).toEqual(ids)

    const turned = { ...meeting, stepUpIds: ids.toReversed(), rowVersion: 1 }
    await desk.does('stepUp.planMeeting', turned, boss)
    expect((await meetingOf(meeting.id)).stepUps.map(({ id }) => id)).toEqual(ids.toReversed())
    const events = (await theOne()).events.filter(({ event }) => event === 'plan')
    await desk.does('stepUp.planMeeting', { ...turned, place: 'Room 3', rowVersion: 2 }, boss)
    expect((await theOne()).events.filter(({ event }) => event === 'plan')).toHaveLength(events.length)
    expect(await desk.run('stepUp.planMeeting', { ...turned, place: 'Room 4' }, boss)).toEqual(changedSince)
    await desk.does('stepUp.planMeeting', { ...turned, stepUpIds: [ids[0] ?? ''], rowVersion: 3 }, boss)
    expect(await desk.does('stepUp.open', { hubId: family.hubId }, boss)).toMatchObject([
      { id: ids[1], state: 'submitted' },
      { id: ids[0], state: 'planned' }
    ])
    expect(await desk.does('stepUp.meetings', { hubId: '', when: 'coming', after: '' }, boss)).toMatchObject({
      rows: [{ id: meeting.id, cases: 1, ending: '' }],
      next: ''
    })
  })

  it('is chaired by a triage manager who is at work, of a hub of the county, and of the hub of its families', async () => {
    const request = aRequest(family)
    await desk.does('stepUp.request', request)
    const meeting = anImpactMeeting(boss.id, family.hubId, { stepUpIds: [request.id] })
    const plan = (changes: Partial<typeof meeting>) =>
      desk.run('stepUp.planMeeting', { ...meeting, ...changes }, boss)
    expect(await plan({ chairId: desk.first.id })).toEqual(invalidAt('chairId'))
    expect(await plan({ hubId: newId() })).toMatchObject(invalidAt('hubId', 'stepUpIds'))
    expect(await plan({ onDay: '2028-01-01' })).toEqual(invalidAt('onDay'))
    expect(await plan({ onDay: '2026-10-01' })).toEqual(invalidAt('onDay'))
    const coordinator = await aColleague(desk, 'coordinator', [family.hubId])
    expect(await desk.run('stepUp.planMeeting', meeting, coordinator)).toEqual(notAllowed)
    expect((await desk.does('stepUp.chairs', {}, boss)).map(({ id }) => id)).toEqual([boss.id])
  })

  it('takes no request that another meeting has', async () => {
    const { request } = await planned()
    const second = anImpactMeeting(boss.id, family.hubId, { stepUpIds: [request.id] })
    expect(await desk.run('stepUp.planMeeting', second, boss)).toEqual(invalidAt('stepUpIds'))
  })

  it('cancelled with a reason, its requests wait for another one', async () => {
    const { meeting } = await planned()
    const cancelled = { id: meeting.id, rowVersion: 1, why: 'Snow' }
    await desk.does('stepUp.cancelMeeting', cancelled, boss)
    await desk.does('stepUp.cancelMeeting', cancelled, boss)
    expect(await theOne()).toMatchObject({
      state: 'submitted',
      meetingId: '',
      ownerName: 'The triage managers'
    })
    expect(await meetingOf(meeting.id)).toMatchObject({ ending: 'cancelled', endedWhy: 'Snow', cases: 0 })
    const record = someOutcomes(meeting.id, [])
    expect(await desk.run('stepUp.recordOutcomes', record, boss)).toEqual(refused('step-not-possible'))
    const again = { ...meeting, rowVersion: 2 }
    expect(await desk.run('stepUp.planMeeting', again, boss)).toEqual(refused('step-not-possible'))
  })

  it('records every outcome in one act; minutes are a case note of the family that they are of', async () => {
    const other = await newFamily()
    const requests = [aRequest(family), aRequest(other)]
    for (const request of requests) await desk.does('stepUp.request', request)
    const [first = '', second = ''] = requests.map(({ id }) => id)
    const meeting = anImpactMeeting(boss.id, family.hubId, {
      ...{ onDay: '2026-11-23', startsAt: '09:00', stepUpIds: [first, second] }
    })
    await desk.does('stepUp.planMeeting', meeting, boss)
    const half = someOutcomes(meeting.id, [anOutcomeOf(first, 'accept')])
    await desk.does('draft.save', { form: { kind: 'outcomes', body: half }, savedBefore: 0 }, boss)
    expect(await desk.run('stepUp.recordOutcomes', half, boss)).toEqual(invalidAt('items'))
    expect(await theOne()).toMatchObject({ state: 'planned' })
    expect(await desk.does('draft.list', {}, boss)).toMatchObject([
      { kind: 'outcomes', meetingId: meeting.id }
    ])

    const restricted = { familyMaySee: 'no' as const, restrictedWhy: 'It names a neighbour' }
    const whole = {
      ...half,
      items: [
        anOutcomeOf(first, 'accept', { minutes: 'Robin is at risk.' }),
        anOutcomeOf(second, 'take-off', { minutes: 'There was no time.', ...restricted })
      ]
    }
    const twice = { ...whole, items: [...whole.items, ...whole.items.slice(1)] }
    expect(await desk.run('stepUp.recordOutcomes', twice, boss)).toEqual(invalidAt('items.2.outcome'))
    await desk.does('stepUp.recordOutcomes', whole, boss)
    await desk.does('stepUp.recordOutcomes', whole, boss)
    const otherMinutes = { ...whole, items: whole.items.map((item) => ({ ...item, minutes: 'Other' })) }
    expect(await desk.run('stepUp.recordOutcomes', otherMinutes, boss)).toEqual(refused('clashing-id'))
    expect(await desk.does('draft.list', {}, boss)).toEqual([])
    expect(await theOne()).toMatchObject({
      ...{ state: 'accepted', next: { act: 'confirm', owner: 'requester' }, ownerName: 'Morgan Ellis' },
      events: [{ event: 'plan' }, { event: 'accept', who: 'Dana Whitfield, social worker', on: '2026-11-23' }]
    })
    expect(await meetingOf(meeting.id)).toMatchObject({ ending: 'held' })
    const query = {
      episodeId: '' as const,
      noteId: '' as const,
      kinds: [],
      personId: '' as const,
      text: '',
      after: ''
    }
    const notes = await desk.does('note.list', { ...query, familyId: family.id })
    expect(notes.rows).toMatchObject([
      {
        ...{ kind: 'meeting', happenedAt: '2026-11-23T09:00:00.000Z', familyMaySee: true },
        words:
          'Action and Impact Meeting of 23 November 2026: Accepted by statutory services.\n\nRobin is at risk.'
      }
    ])
    const others = await desk.does('note.list', { ...query, familyId: other.id })
    expect(others.rows).toMatchObject([{ familyMaySee: false, restrictedWhy: 'It names a neighbour' }])
    expect(others.rows[0]?.words).toContain('There was no time.')
    expect(await desk.does('stepUp.open', { hubId: '' }, boss)).toMatchObject([
      { id: second, state: 'submitted' }
    ])
  })

  it.each([
    ['no outcome', { outcome: '' } as const, 'outcome'],
    ['accepted by nobody', { who: ' ' }, 'who'],
    ['accepted in the future', { on: '24/11/2026' }, 'on'],
    ['accepted before it was asked for', { on: '22/11/2026' }, 'on'],
    ['accepted on no day', { on: 'soon' }, 'on'],
    ['no direction', { outcome: 'not-accept', words: '' } as const, 'words'],
    ['nothing asked for', { outcome: 'more-information', words: '' } as const, 'words'],
    ['minutes that do not say who may see them', { familyMaySee: '' } as const, 'familyMaySee'],
    ['minutes withheld for no reason', { familyMaySee: 'no' } as const, 'restrictedWhy']
  ])('an outcome with %s is refused beside it', async (_name, changes, path) => {
    const { request, meeting } = await planned()
    const record = someOutcomes(meeting.id, [anOutcomeOf(request.id, 'accept', changes)])
    expect(await desk.run('stepUp.recordOutcomes', record, boss)).toEqual(invalidAt(`items.0.${path}`))
  })

  it('none before its day, and none of a request that is on the agenda no more', async () => {
    const { request, meeting } = await planned({ onDay: '2026-11-30' })
    const record = someOutcomes(meeting.id, [anOutcomeOf(request.id, 'not-accept')])
    expect(await desk.run('stepUp.recordOutcomes', record, boss)).toEqual(invalidAt(''))
    await desk.does('stepUp.takeStep', aStepUpStep(request, 'withdraw'))
    const late = on('2026-11-30', boss)
    expect(await desk.run('stepUp.recordOutcomes', record, late)).toEqual(invalidAt('items.0.outcome'))
    await desk.does('stepUp.recordOutcomes', { ...record, items: [] }, late)
  })
})

describe('C10: agreement is withdrawn while a step-up waits', () => {
  it('is never refused: it closes at once, and the request stays open with its chair', async () => {
    const { request, meeting } = await planned()
    const draft = await withdrawal()
    const first = await desk.does('agreement.withdraw', draft)
    expect(first.ended.map(({ what }) => what)).toEqual(['step-up', 'assessment'])
    expect(await desk.does('agreement.withdraw', draft)).toEqual(first)
    expect(await theOne()).toMatchObject({
      ...{ state: 'without-agreement', isOpen: true, ownerId: boss.id },
      next: { act: 'decide-without-agreement', owner: 'chair' }
    })
    expect(await due(boss)).toMatchObject([{ kind: 'step-up-without-agreement', dueOn: '2026-11-23' }])
    expect((await meetingOf(meeting.id)).stepUps).toMatchObject([
      { id: request.id, state: 'without-agreement' }
    ])
    const refer = aStepUpStep(request, 'refer')
    expect(await desk.run('stepUp.takeStep', refer)).toEqual(notAllowed)
    await desk.does('stepUp.takeStep', refer, boss)
    expect(await theOne()).toMatchObject({ state: 'referred', isOpen: false, next: undefined })
    expect(await due(boss, 'everyone')).toEqual([])
  })

  it('with no meeting yet it is the triage managers’, and may be withdrawn', async () => {
    const request = aRequest(family)
    await desk.does('stepUp.request', request)
    await desk.does('agreement.withdraw', await withdrawal())
    expect(await theOne()).toMatchObject({ ownerId: '', ownerName: 'The triage managers' })
    expect(await due(boss)).toHaveLength(1)
    await desk.does('stepUp.takeStep', aStepUpStep(request, 'withdraw'), boss)
    expect(await theOne()).toMatchObject({ state: 'withdrawn' })
  })
})

describe('R59: what continues is confirmed', () => {
  it('before an accepted step-up ends the assessment, with whom or why nobody is in doubt', async () => {
    const request = await decidedRequest(desk, family, 'accept', boss)
    expect(await desk.run('episode.close', aStepUp(family))).toEqual(refused('step-up-not-confirmed'))
    expect(await desk.run('episode.close', aClosing(family))).toEqual(refused('step-up-not-confirmed'))
    expect(await due(desk.first)).toMatchObject([{ kind: 'step-up-to-confirm', ownerName: 'Morgan Ellis' }])
    await desk.does('stepUp.takeStep', aStepUpStep(request, 'confirm', { who: '', words: 'All is agreed' }))
    const confirm = aStepUpStep(request, 'confirm')
    await desk.does('stepUp.takeStep', confirm)
    await desk.does('stepUp.takeStep', confirm)
    expect(await desk.run('stepUp.takeStep', { ...confirm, words: 'Other' })).toEqual(refused('clashing-id'))
    expect(await desk.run('stepUp.takeStep', aStepUpStep(request, 'confirm', { on: '2026-11-24' }))).toEqual(
      invalidAt('on')
    )
    expect((await theOne()).confirmed).toEqual({
      ...{ on: '2026-11-23', who: 'Dana Whitfield, social worker', words: 'The breakfast club goes on' }
    })
    expect(await due(desk.first)).toMatchObject([{ kind: 'step-up-to-end' }])
    await desk.does('episode.close', aStepUp(family))
    expect(await due(desk.first, 'everyone')).toEqual([])
  })
})

describe('who may know', () => {
  it('L25: a coordinator sees their hubs’ meetings and requests, and no other’s', async () => {
    const { meeting } = await planned()
    const theirs = await aColleague(desk, 'coordinator', [family.hubId])
    const elsewhere = await aColleague(desk, 'coordinator', [COUNTY_HUB_ID])
    expect(await desk.does('stepUp.open', { hubId: '' }, theirs)).toHaveLength(1)
    expect((await meetingOf(meeting.id, theirs)).stepUps).toHaveLength(1)
    expect(await desk.does('stepUp.open', { hubId: '' }, elsewhere)).toEqual([])
    expect(await desk.run('stepUp.meeting', { id: meeting.id }, elsewhere)).toEqual(notFound)
    const meetings = { hubId: '' as const, when: 'coming' as const, after: '' }
    expect((await desk.does('stepUp.meetings', meetings, elsewhere)).rows).toEqual([])
    expect(await desk.run('stepUp.list', { episodeId: family.episodeId }, elsewhere)).toEqual(notFound)
    expect(await desk.run('stepUp.evidence', { episodeId: family.episodeId }, elsewhere)).toEqual(notFound)
  })

  it('a restricted family has no name on the agenda, and nothing is written of it without a reason', async () => {
    const { request, meeting } = await planned()
    const named = await aColleague(desk, 'adviser')
    await restrict(desk, family.id, [named], boss)
    const [shown] = (await meetingOf(meeting.id)).stepUps
    expect(shown).toMatchObject({ isHidden: true, childNames: '', answers: { tried: '' } })
    const record = someOutcomes(meeting.id, [anOutcomeOf(request.id, 'not-accept')])
    expect(await desk.run('stepUp.recordOutcomes', record, boss)).toEqual(invalidAt('items.0.outcome'))
    await desk.does('family.giveReason', { id: newId(), familyId: family.id, reason: 'The chair' }, boss)
    await desk.does('stepUp.recordOutcomes', record, boss)
    expect((await theOne(named)).state).toBe('not-accepted')
  })
})

describe('L18: a chair who leaves', () => {
  it('closes only once somebody else chairs what is to come', async () => {
    const { meeting } = await planned()
    const second = await aColleague(desk, 'triage-manager')
    await desk.record('account.stop', { id: boss.id })
    expect(await theOne()).toMatchObject({ ownerId: '', ownerName: 'The triage managers' })
    expect(await desk.does('account.openWork', { id: boss.id })).toMatchObject([
      {
        kind: 'impact-meeting',
        id: meeting.id,
        label: 'Chair of the Action and Impact Meeting on 23 November 2026'
      }
    ])
    expect(await desk.run('account.close', { id: boss.id })).toEqual(refused('open-work'))
    const hand = { accountId: boss.id, workId: meeting.id, kind: 'impact-meeting' as const }
    expect(await desk.run('account.takeOver', { ...hand, toId: desk.first.id }, second)).toEqual(
      invalidAt('toId')
    )
    await desk.does('account.takeOver', { ...hand, toId: second.id }, second)
    expect(await theOne()).toMatchObject({ ownerId: second.id })
    await desk.does('account.close', { id: boss.id })
  })

  it('and whoever is a triage manager no more: what they chair is with those who are (R42)', async () => {
    await planned()
    expect(await theOne()).toMatchObject({ ownerId: boss.id })
    const accounts = await desk.does('account.list', {})
    const { rowVersion = 0 } = accounts.find(({ id }) => id === boss.id) ?? {}
    const roles = { roles: ['adviser' as const], profession: 'social-worker' as const, hubIds: [] }
    await desk.does('account.changeRoles', { id: boss.id, rowVersion, ...roles })
    expect(await theOne()).toMatchObject({ ownerId: '', ownerName: 'The triage managers' })
    const second = await aColleague(desk, 'triage-manager')
    expect(await due(second)).toMatchObject([{ kind: 'step-up-meeting' }])
  })
})

describe('the evidence', () => {
  it('is assembled from the record: needs, plan, meetings, notes, keyworkers and levels', async () => {
    const of = { familyId: family.id, episodeId: family.episodeId }
    const child = family.people[0]?.id ?? ''
    const entries = [anEntry(child, 'education', { needs: 'He is out of school' })]
    await desk.does('assessment.save', anAssessment({ ...of, entries }))
    const outcome = anOutcome(of)
    await desk.does('plan.saveOutcome', outcome)
    await desk.does('plan.saveAction', anAction(outcome))
    const { members } = await desk.does('meeting.team', { episodeId: of.episodeId })
    const meeting = aMeeting(of, { on: '2026-11-23' })
    await desk.does('meeting.arrange', meeting)
    await desk.does('meeting.record', aRecord({ ...of, meetingId: meeting.id }, [members[0]?.ofId ?? '']))
    await desk.does('note.add', aNote(family))
    const evidence = await desk.does('stepUp.evidence', { episodeId: of.episodeId })
    expect(evidence).toMatchObject({
      needs: [{ personName: 'Robin Vale', needs: 'He is out of school', on: '2026-11-23' }],
      outcomes: [{ words: outcome.words, actions: [expect.anything()] }],
      meetings: [{ on: '2026-11-23', attendance: [{ attendance: 'came' }] }],
      notes: { count: 1, lastOn: '2026-11-23' },
      keyworkers: [{ validFrom: '2026-11-23', isCover: false }],
      ...{ transfers: [], levels: [] }
    })
    expect(evidence.meetings[0]?.attendance[0]?.name).not.toBe('')
  })

  it('asks the record at most three questions', async () => {
    const prepare = vi.spyOn(desk.store.reader, 'prepare')
    await desk.does('stepUp.evidence', { episodeId: family.episodeId })
    const asked = prepare.mock.calls.length
    prepare.mockRestore()
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThanOrEqual(3)
  })
})

describe('the chronology', () => {
  it('tells of the request and of each thing that became of it', async () => {
    const request = await decidedRequest(desk, family, 'accept', boss)
    await desk.does('stepUp.takeStep', aStepUpStep(request, 'confirm'))
    const told = (await wholeChronology(desk, family.id))
      .filter(({ kind }) => kind === 'step-up')
      .map((row) => entrySaid(row, { person: () => '', agency: () => '' } as never).what)
    expect(told.toSorted()).toEqual([
      'Step-up accepted by statutory services: Dana Whitfield, social worker',
      'Step-up put on the agenda of an Action and Impact Meeting',
      'Step-up requested as SUP-7KQ3-000001',
      'What continues after the step-up was confirmed with Dana Whitfield, social worker'
    ])
  })
})

describe('an assessment that goes on after all', () => {
  it('may be stepped up again once it is reopened', async () => {
    await decidedRequest(desk, family, 'not-accept', boss)
    const closing = aClosing(family)
    await desk.does('episode.close', closing)
    await desk.does('episode.reopen', aReopening(family, closing.id))
    await desk.does('stepUp.request', aRequest(family))
    expect(await list()).toHaveLength(2)
  })
})

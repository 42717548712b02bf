import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { emptyRecordedAgreement, emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import type { Fact } from '../../shared/family/fact.ts'
import { newId, type CivilDate, type Id } from '../../shared/ids.ts'
import {
  aKeyworker,
  anAcceptance,
  aProposal,
  aProposed,
  aRefusal,
  aStepDownToAllocate,
  aTakingBack,
  BROXBOURNE,
  WATFORD
} from '../fixtures/allocations.ts'
import { aSchool } from '../fixtures/calls.ts'
import { aDecided, aDecision } from '../fixtures/decisions.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, aFact, restrict } from '../fixtures/facts.ts'
import { aFamily, aRegistration } from '../fixtures/families.ts'
import { aMember } from '../fixtures/meetings.ts'
import { anAnswer, aReceivedStepDown, aStepDownPerson } from '../fixtures/stepDowns.ts'
import { aTransfer } from '../fixtures/transfers.ts'

let desk: TestDesk
let manager: Actor
let priya: Id
beforeEach(async () => {
  desk = await openTestDesk()
  manager = await aColleague(desk, 'triage-manager')
  priya = await aKeyworker(desk, 'Priya Shah')
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

const on = (day: CivilDate, actor: Actor = manager, time = '10:14'): Actor => ({
  ...actor,
  now: `${day}T${time}:00.000Z`
})
const read = (id: Id, actor = manager) => desk.does('stepDown.read', { id }, actor)
const candidates = async (stepDownId: Id, otherHubs = false, actor = manager) =>
  (await desk.does('stepDown.candidates', { stepDownId, otherHubs, after: '' }, actor)).rows
const names = async (stepDownId: Id, otherHubs = false) =>
  (await candidates(stepDownId, otherHubs)).map(({ name }) => name)
const refused = (reason: string) => ({ ok: false, error: { code: 'refused', reason } })
const notFound = { ok: false, error: { code: 'not-found' } }
const changedSince = { ok: false, error: { code: 'changed-since' } }
const invalidAt = (...paths: string[]) => ({
  ok: false,
  error: { code: 'invalid', fields: paths.map((path) => expect.objectContaining({ path }) as object) }
})

/** A family of the record with an assessment that Jo Adeyemi has had since Friday, and its step-down, decided. */
async function ofOpenAssessment(practitionerId: Id) {
  const { agreement } = aRegistration()
  const earlier = { practitionerId, agreement: { ...agreement, decidedOn: '20/11/2026' } }
  const { form } = await aFamily(desk, earlier, on('2026-11-20', desk.first))
  const { name, birth } = form.people[0] ?? { name: '', birth: '' }
  const people = [aStepDownPerson({ name, birth })]
  const agreed = { agreedById: '', agreedBy: 'Jo Vale' }
  const { stepDownId, reference } = await aReceivedStepDown(desk, { people, ...agreed }, manager)
  await desk.does(
    'stepDown.match',
    { id: newId(), stepDownId, basedOn: '', familyId: form.id, words: '' },
    manager
  )
  await aDecided(desk, stepDownId, {}, manager)
  return { stepDownId, reference, familyId: form.id, episodeId: form.episodeId, form }
}

describe('stepDown.candidates', () => {
  it('C8, R23: whoever may hold the family; own hub first, others behind, unsaid among the first', async () => {
    await aKeyworker(desk, 'Bea Near', { districts: [BROXBOURNE] })
    await aKeyworker(desk, 'Cal Far', { districts: [WATFORD] })
    await aKeyworker(desk, 'Dee Unsaid', { districts: [] })
    await aKeyworker(desk, 'Eve Untrained', {}, { trainedOn: '', registeredOn: '' })
    await aKeyworker(desk, 'Fay Later', {}, { registeredOn: '2026-11-24' })
    const { stepDownId } = await aStepDownToAllocate(desk, manager)
    expect((await candidates(stepDownId)).map(({ name, near }) => `${name}: ${near}`)).toEqual([
      'Priya Shah: district',
      'Bea Near: hub',
      'Dee Unsaid: hub-unknown'
    ])
    expect(await names(stepDownId, true)).toEqual(['Priya Shah', 'Bea Near', 'Dee Unsaid', 'Cal Far'])
    const { others, total } = await desk.does(
      'stepDown.candidates',
      { stepDownId, otherHubs: false, after: '' },
      manager
    )
    expect({ others, total }).toEqual({ others: 1, total: 3 })
  })

  it('come 10 at a time, each once, also where the last of a page has dropped out meanwhile', async () => {
    for (let at = 0; at < 13; at++) await aKeyworker(desk, `Keyworker ${String(at).padStart(2, '0')}`)
    await aKeyworker(desk, 'Cal Far', { districts: [WATFORD] })
    const { stepDownId } = await aStepDownToAllocate(desk, manager)
    const ask = (after: string, otherHubs = false) =>
      desk.does('stepDown.candidates', { stepDownId, otherHubs, after }, manager)
    const first = await ask('')
    const second = await ask(first.next)
    expect([first.rows.length, second.rows.length, second.next, second.total]).toEqual([10, 4, '', 14])
    const last = first.rows.at(-1)?.practitionerId ?? ''
    await desk.does(
      'keyworker.close',
      { practitionerId: last, leftOn: '2026-11-20', why: 'Another post', rowVersion: 1 },
      manager
    )
    const idsOf = ({ rows }: Awaited<ReturnType<typeof ask>>) =>
      rows.map(({ practitionerId }) => practitionerId)
    expect(idsOf(await ask(first.next))).toEqual(idsOf(second))
    const everybody = [...idsOf(await ask('', true)), ...idsOf(await ask((await ask('', true)).next, true))]
    expect([everybody.length, new Set(everybody).size]).toEqual([14, 14])
  })

  it('whoever left is none, and whom the family asked not to have', async () => {
    const bea = await aKeyworker(desk, 'Bea Near')
    const cal = await aKeyworker(desk, 'Cal Gone')
    const { stepDownId, familyId } = await aStepDownToAllocate(desk, manager)
    const against: Fact = {
      kind: 'asked-against',
      value: { practitionerId: bea, name: 'Bea Near', why: 'Neighbours' }
    }
    await desk.does('family.recordFact', aFact(familyId, familyId, against, { validFrom: '2026-11-23' }))
    const gone = { practitionerId: cal, leftOn: '2026-11-20', why: 'Another post' }
    await desk.does('keyworker.close', { ...gone, rowVersion: 1 }, manager)
    expect(await names(stepDownId, true)).toEqual(['Priya Shah'])
    const proposal = await aProposal(desk, stepDownId, bea, manager)
    expect(await desk.run('stepDown.propose', proposal, manager)).toEqual(invalidAt('practitionerId'))
  })

  it('knows the family: its keyworker, who held it before and its team, wherever they work', async () => {
    const held = await aKeyworker(desk, 'Han Held', { districts: [WATFORD] })
    const team = await aKeyworker(desk, 'Tam Team', { districts: [WATFORD] })
    const { stepDownId, familyId, episodeId } = await ofOpenAssessment(held)
    await desk.does('meeting.saveMember', aMember({ familyId, episodeId }, { practitionerId: team }))
    expect(await names(stepDownId)).toEqual(['Han Held', 'Tam Team', 'Priya Shah'])
    expect((await candidates(stepDownId))[0]).toMatchObject({
      isKeyworker: true,
      load: { held: 1, percent: 8 },
      after: { held: 1, percent: 8 }
    })
  })

  it('who works at a school of the children comes before the others of the district', async () => {
    const { id: schoolId } = await aSchool(desk)
    const child = aStepDownPerson({ schoolId, school: 'Oakfield School' })
    await aKeyworker(desk, 'Ash First')
    await aKeyworker(desk, 'Zoe School', {}, { employer: 'school', employerId: schoolId })
    const { stepDownId } = await aStepDownToAllocate(desk, manager, {
      people: [child],
      agreedById: '',
      agreedBy: 'Dana Marsh'
    })
    expect(await names(stepDownId)).toEqual(['Zoe School', 'Ash First', 'Priya Shah'])
  })

  it('counts what waits for an answer, and what was given lately', async () => {
    const first = await aStepDownToAllocate(desk, manager)
    const second = await aStepDownToAllocate(desk, manager)
    await aProposed(desk, first.stepDownId, priya, manager)
    const find = async () =>
      (await candidates(second.stepDownId)).find((each) => each.practitionerId === priya)
    expect(await find()).toMatchObject({
      asked: 1,
      load: { held: 0 },
      after: { held: 2 },
      allocatedLately: 0
    })
    const { allocations } = await read(first.stepDownId)
    await desk.does(
      'stepDown.answer',
      anAcceptance({ ...allocations[0]!, stepDownId: first.stepDownId }),
      manager
    )
    expect(await find()).toMatchObject({
      asked: 0,
      load: { held: 1 },
      after: { held: 2 },
      allocatedLately: 1
    })
  })

  it('away for the week of a due date: behind those who are in', async () => {
    const absence = { kind: 'leave' as const, fromDay: '2026-12-01', toDay: '2027-01-08', note: '' }
    await desk.does('keyworker.bookAbsence', { id: newId(), practitionerId: priya, ...absence }, manager)
    await aKeyworker(desk, 'Bea Near', { districts: [BROXBOURNE] })
    const { stepDownId } = await aStepDownToAllocate(desk, manager)
    const rows = await candidates(stepDownId)
    expect(rows.map(({ name }) => name)).toEqual(['Bea Near', 'Priya Shah'])
    expect(rows.find((row) => row.practitionerId === priya)?.notIn).toEqual([
      { what: 'finalise', on: '2026-12-14' },
      { what: 'meeting', on: '2027-01-04' }
    ])
  })

  it('L25: of a restricted family nobody is listed who is not named; other roles have no list', async () => {
    const { stepDownId, familyId } = await aStepDownToAllocate(desk, manager)
    const named = await aColleague(desk, 'triage-manager')
    await restrict(desk, familyId, [named], named)
    const ask = { stepDownId, otherHubs: true, after: '' }
    expect(await desk.run('stepDown.candidates', ask, manager)).toEqual(refused('family-restricted'))
    expect(await desk.run('stepDown.candidates', ask, named)).toMatchObject({ ok: true })
    const adviser = await aColleague(desk, 'adviser')
    expect(await desk.run('stepDown.candidates', ask, adviser)).toMatchObject({
      error: { code: 'not-allowed' }
    })
    expect(await desk.run('stepDown.candidates', { ...ask, stepDownId: newId() }, manager)).toEqual(notFound)
  })
})

describe('stepDown.propose', () => {
  it('asks somebody and changes nothing else: loads, place and reasons are kept', async () => {
    const { stepDownId, familyId } = await aStepDownToAllocate(desk, manager)
    const proposal = await aProposed(desk, stepDownId, priya, manager)
    const record = await read(stepDownId)
    expect(record).toMatchObject({
      state: 'allocated',
      practitionerId: priya,
      practitionerName: 'Priya Shah'
    })
    expect(record.allocations).toEqual([
      expect.objectContaining({
        ...{ id: proposal.id, loadBefore: 0, loadAfter: 8, place: 1, overReason: '', outsideReason: '' },
        why: ['district', 'room']
      })
    ])
    expect((await desk.does('family.read', { id: familyId })).episodes).toEqual([])
  })

  it('C8: the second manager hears who was first, and nothing changes', async () => {
    const { stepDownId } = await aStepDownToAllocate(desk, manager)
    const second = await aColleague(desk, 'triage-manager')
    const bea = await aKeyworker(desk, 'Bea Near')
    const theirs = await aProposal(desk, stepDownId, bea, second)
    await aProposed(desk, stepDownId, priya, on('2026-11-23'))
    const before = await read(stepDownId)
    const words = 'Already allocated to Priya Shah, 10:14'
    expect(await desk.run('stepDown.propose', theirs, on('2026-11-23', second, '10:15'))).toEqual({
      ok: false,
      error: { code: 'invalid', fields: [{ path: '', message: words }] }
    })
    expect(await desk.run('stepDown.propose', theirs, on('2026-11-24', second))).toMatchObject({
      error: { fields: [{ message: 'Already allocated to Priya Shah, 23 November 2026, 10:14' }] }
    })
    expect(await read(stepDownId)).toEqual(before)
  })

  it('C8: above what they can hold and outside the hub only with a reason, which is kept', async () => {
    const cal = await aKeyworker(desk, 'Cal Far', {
      districts: [WATFORD],
      fullTimeFamilies: 1,
      weekdays: '123'
    })
    const { stepDownId } = await aStepDownToAllocate(desk, manager)
    const proposal = await aProposal(desk, stepDownId, cal, manager)
    expect(await desk.run('stepDown.propose', proposal, manager)).toEqual(
      invalidAt('overReason', 'outsideReason')
    )
    const reasons = { overReason: 'One family ends on Friday', outsideReason: 'Speaks Polish' }
    await desk.does('stepDown.propose', { ...proposal, ...reasons }, manager)
    expect((await read(stepDownId)).allocations[0]).toMatchObject({ ...reasons, loadAfter: 167, place: 2 })
  })

  it('a reason that nothing asked for is not kept; sent again it is one, with other words it clashes (L6)', async () => {
    const { stepDownId } = await aStepDownToAllocate(desk, manager)
    const proposal = await aProposed(desk, stepDownId, priya, manager, { overReason: 'None needed' })
    expect((await read(stepDownId)).allocations[0]?.overReason).toBe('')
    await desk.does('stepDown.propose', proposal, manager)
    expect((await read(stepDownId)).allocations).toHaveLength(1)
    const other = { ...proposal, note: 'Other words' }
    expect(await desk.run('stepDown.propose', other, manager)).toEqual(refused('clashing-id'))
  })

  it('L7: whoever has not read the newest is told so; nothing is proposed before a decision', async () => {
    const { stepDownId } = await aStepDownToAllocate(desk, manager)
    const proposal = await aProposal(desk, stepDownId, priya, manager, { basedOn: newId() })
    expect(await desk.run('stepDown.propose', proposal, manager)).toEqual(changedSince)
    const { stepDownId: undecided } = await aReceivedStepDown(desk, {}, manager)
    const early = await aProposal(desk, undecided, priya, manager)
    expect(await desk.run('stepDown.propose', early, manager)).toEqual(refused('step-not-possible'))
    const adviser = await aColleague(desk, 'adviser')
    expect(await desk.run('stepDown.propose', early, adviser)).toMatchObject({
      error: { code: 'not-allowed' }
    })
  })
})

describe('stepDown.answer: no, and taken back', () => {
  it('a no touches no assessment and gives it back with its age; the reason stands on their row', async () => {
    const { stepDownId, familyId } = await aStepDownToAllocate(desk, manager)
    const { since } = await read(stepDownId)
    const proposal = await aProposed(desk, stepDownId, priya, on('2026-11-24'))
    await desk.does('stepDown.answer', aRefusal(proposal, { on: '2026-11-25' }), on('2026-11-25'))
    expect(await read(stepDownId)).toMatchObject({ state: 'to-allocate', since, practitionerId: '' })
    expect((await desk.does('family.read', { id: familyId })).episodes).toEqual([])
    const rows = await candidates(stepDownId, true, on('2026-11-25'))
    expect(rows.at(-1)).toMatchObject({
      ...{ practitionerId: priya, declinedOn: '2026-11-25', declinedWhy: 'On a course until January' }
    })
  })

  it('taken back before they answer; a late answer to it is told that something has changed', async () => {
    const { stepDownId } = await aStepDownToAllocate(desk, manager)
    const first = await aProposed(desk, stepDownId, priya, manager)
    await desk.does('stepDown.answer', aTakingBack(first), manager)
    expect(await read(stepDownId)).toMatchObject({ state: 'to-allocate' })
    expect(await desk.run('stepDown.answer', anAcceptance(first), manager)).toEqual(
      refused('step-not-possible')
    )
    await aProposed(desk, stepDownId, await aKeyworker(desk, 'Bea Near'), manager)
    expect(await desk.run('stepDown.answer', anAcceptance(first), manager)).toEqual(changedSince)
  })

  it('not before they were asked, and not in the future', async () => {
    const { stepDownId } = await aStepDownToAllocate(desk, manager)
    const proposal = await aProposed(desk, stepDownId, priya, manager)
    for (const day of ['2026-11-22', '2026-11-24'])
      expect(await desk.run('stepDown.answer', aRefusal(proposal, { on: day }), manager)).toEqual(
        invalidAt('on')
      )
  })
})

describe('stepDown.answer: yes', () => {
  it('opens the assessment with them, the level, the needs and the clocks; it is final', async () => {
    const { stepDownId, familyId, reference, form } = await aStepDownToAllocate(desk, manager)
    const proposal = await aProposed(desk, stepDownId, priya, manager)
    const yes = anAcceptance(proposal)
    expect(await desk.does('stepDown.answer', yes, manager)).toEqual({ episodeId: yes.episodeId })
    expect(await read(stepDownId)).toMatchObject({ state: 'done', ending: 'accepted', practitionerId: priya })
    const assessment = await desk.does('episode.read', { id: yes.episodeId })
    expect(assessment).toMatchObject({ familyId, registeredOn: '2026-11-23' })
    expect(assessment.keyworkers).toEqual([
      expect.objectContaining({ practitionerId: priya, validFrom: '2026-11-23' })
    ])
    expect(assessment.levels[0]).toMatchObject({ level: 'intensive', levelName: 'Intensive' })
    expect(assessment.needs).toContain(reference)
    expect(assessment.due.map(({ rule, dueOn }) => `${rule} ${dueOn}`)).toContain('R31 2026-12-14')
    const { entries } = await desk.does('assessment.read', { episodeId: yes.episodeId })
    expect(entries).toEqual([
      expect.objectContaining({
        ...{ personId: form.people[0]?.id, domain: 'safety' },
        needs: expect.stringContaining('Sleeps badly and is often late for school') as string
      })
    ])
    const { rows } = await desk.does('note.list', {
      ...{ familyId, episodeId: yes.episodeId, noteId: '', kinds: [], personId: '', text: '', after: '' }
    })
    for (const told of [form.areas, form.tried, form.lastPlan, form.risks])
      expect(rows[0]?.words).toContain(told)
    const take = { ...aRefusal(proposal), id: newId() }
    expect(await desk.run('stepDown.answer', take, manager)).toEqual(refused('step-not-possible'))
    // sent again it is one; other words under its id clash
    expect(await desk.does('stepDown.answer', yes, manager)).toEqual({ episodeId: yes.episodeId })
    expect(await desk.run('stepDown.answer', { ...yes, who: 'Somebody else' }, manager)).toEqual(
      refused('clashing-id')
    )
  })

  it('R30: agreement is due for review until the family says yes again', async () => {
    const { stepDownId, familyId, form } = await aStepDownToAllocate(desk, manager)
    await desk.does(
      'stepDown.answer',
      anAcceptance(await aProposed(desk, stepDownId, priya, manager)),
      manager
    )
    const due = async () =>
      (await desk.does('family.due', { whose: 'mine' }, manager)).filter(
        ({ kind }) => kind === 'step-down-agreement'
      )
    expect(await due()).toEqual([expect.objectContaining({ familyId, dueOn: '2026-11-23' })])
    const { agreements } = await desk.does('family.read', { id: familyId }, manager)
    const ids = { agreementId: newId(), familyId, episodeId: newId() }
    await desk.does(
      'agreement.record',
      {
        ...emptyRecordedAgreement(ids, agreements[0]?.id ?? ''),
        ...{ decision: 'given', byPersonId: form.people[1]?.id ?? '', relation: 'mother', takePart: true },
        ...{ capacity: 'parental-responsibility', route: 'in-person', reviewOn: '4/1/2027' }
      },
      manager
    )
    expect(await due()).toEqual([])
  })

  it('R24: only while the family has agreed to take part, and only once it is known which family', async () => {
    const { stepDownId } = await aReceivedStepDown(desk, {}, manager)
    await aDecided(desk, stepDownId, {}, manager)
    const proposal = await aProposed(desk, stepDownId, priya, manager)
    expect(await desk.run('stepDown.answer', anAcceptance(proposal), manager)).toEqual(
      refused('step-down-without-family')
    )
    const { form } = await aFamily(desk, {
      agreement: { ...aRegistration().agreement, decision: 'not-asked', byPersonId: '', reviewOn: '' }
    })
    const match = { id: newId(), stepDownId, basedOn: '', familyId: form.id, words: '' }
    await desk.does('stepDown.match', match, manager)
    expect(await desk.run('stepDown.answer', anAcceptance(proposal), manager)).toEqual(
      refused('not-taking-part')
    )
    expect(await read(stepDownId)).toMatchObject({ state: 'allocated' })
  })

  it('R20: of an open assessment the old keyworker stays until the day of the yes, and a transfer says why', async () => {
    const jo = await aKeyworker(desk, 'Jo Adeyemi')
    const { stepDownId, episodeId, familyId, reference } = await ofOpenAssessment(jo)
    const proposal = await aProposed(desk, stepDownId, priya, manager)
    const yes = anAcceptance(proposal, { on: '2026-11-24' })
    expect(await desk.run('stepDown.answer', yes, on('2026-11-25'))).toEqual(invalidAt('agreedOn'))
    const agreed = { ...yes, agreedOn: '2026-11-24' }
    expect(await desk.does('stepDown.answer', agreed, on('2026-11-25'))).toEqual({ episodeId })
    const { keyworkers } = await desk.does('episode.read', { id: episodeId })
    expect(
      keyworkers.map(({ practitionerId, validFrom, validTo }) => [practitionerId, validFrom, validTo])
    ).toEqual(
      expect.arrayContaining([
        [jo, '2026-11-20', '2026-11-23'],
        [priya, '2026-11-24', '']
      ])
    )
    const [transfer] = await desk.does('transfer.list', { episodeId }, on('2026-11-25'))
    expect(transfer).toMatchObject({
      ...{ state: 'accepted', reason: 'step-down', changeoverOn: '2026-11-24', isWaiting: false },
      ...{ toName: 'Priya Shah', note: `Step-down ${reference}` }
    })
    const kinds = (await desk.does('family.due', { whose: 'everyone' }, on('2026-11-25')))
      .filter((each) => each.familyId === familyId)
      .map(({ kind }) => kind)
    expect(kinds).toContain('transfer-agreement')
    expect(kinds).not.toContain('step-down-agreement')
    expect(
      await desk.run('stepDown.answer', { ...agreed, agreedOn: '2026-11-23' }, on('2026-11-25'))
    ).toEqual(refused('clashing-id'))
  })

  it('the keyworker of the open assessment says yes: nobody changes, and no transfer is made', async () => {
    const { stepDownId, episodeId } = await ofOpenAssessment(priya)
    await desk.does(
      'stepDown.answer',
      anAcceptance(await aProposed(desk, stepDownId, priya, manager)),
      manager
    )
    expect(await desk.does('transfer.list', { episodeId })).toEqual([])
    expect(await desk.does('episode.read', { id: episodeId })).toMatchObject({
      keyworkers: [{ practitionerId: priya, validFrom: '2026-11-20' }],
      levels: [{ level: 'intensive' }]
    })
  })

  it('while another transfer waits nothing is given away: it comes first', async () => {
    const jo = await aKeyworker(desk, 'Jo Adeyemi')
    const { stepDownId, form } = await ofOpenAssessment(jo)
    await desk.does('transfer.request', aTransfer(form))
    const proposal = await aProposed(desk, stepDownId, priya, manager)
    const yes = anAcceptance(proposal, { agreedOn: '2026-11-23' })
    expect(await desk.run('stepDown.answer', yes, manager)).toEqual(refused('transfer-waits'))
    expect(await read(stepDownId)).toMatchObject({ state: 'allocated' })
  })

  it('what stands under safety already stays, with the needs beneath it', async () => {
    const { stepDownId, episodeId, familyId, form } = await ofOpenAssessment(priya)
    const rowan = form.people[0]!
    await desk.does('assessment.save', {
      ...{ id: newId(), familyId, episodeId, basedOn: '', note: '' },
      entries: [
        {
          personId: rowan.id,
          domain: 'safety',
          strengths: 'A safe home',
          needs: 'A lock on the gate',
          views: ''
        }
      ]
    })
    await desk.does(
      'stepDown.answer',
      anAcceptance(await aProposed(desk, stepDownId, priya, manager)),
      manager
    )
    const { entries } = await desk.does('assessment.read', { episodeId })
    expect(entries).toEqual([expect.objectContaining({ personId: rowan.id, strengths: 'A safe home' })])
    expect(entries[0]?.needs).toMatch(/^A lock on the gate\n\nTold with step-down .*: Sleeps badly/)
  })
})

describe('which family a proposal is of', () => {
  it('stays what it was while somebody is asked: nobody says yes to another one than they were asked about', async () => {
    const { stepDownId } = await aStepDownToAllocate(desk, manager)
    const { form: other } = await aFamily(desk)
    const matches = async () => {
      const { matchId: basedOn } = await read(stepDownId)
      return { id: newId(), stepDownId, basedOn, familyId: other.id, words: '' }
    }
    const proposal = await aProposed(desk, stepDownId, priya, manager)
    expect(await desk.run('stepDown.match', await matches(), manager)).toEqual(refused('step-not-possible'))
    await desk.does('stepDown.answer', aTakingBack(proposal), manager)
    await desk.does('stepDown.match', await matches(), manager)
    expect((await read(stepDownId)).family).toMatchObject({ familyId: other.id })
  })
})

describe('R28, L29: agreement is withdrawn', () => {
  it('what is to be allocated and what is allocated goes back to triage, and is told', async () => {
    const first = await aStepDownToAllocate(desk, manager)
    const { stepDownId } = await aReceivedStepDown(desk, {}, manager)
    const match = { id: newId(), stepDownId, basedOn: '', familyId: first.familyId, words: '' }
    await desk.does('stepDown.match', match, manager)
    await aDecided(desk, stepDownId, {}, manager)
    const proposal = await aProposed(desk, stepDownId, priya, manager)
    const { stepDownId: undecided } = await aReceivedStepDown(desk, {}, manager)
    await desk.does('stepDown.match', { ...match, id: newId(), stepDownId: undecided }, manager)

    const { agreements } = await desk.does('family.read', { id: first.familyId }, manager)
    const withdrawal = {
      ...emptyWithdrawal(newId(), first.familyId, agreements[0]?.id ?? ''),
      ...{
        byPersonId: first.form.people[1]?.id ?? '',
        relation: 'mother',
        standing: 'none-remains' as const
      },
      ...{ capacity: 'parental-responsibility' as const, route: 'in-person' as const },
      ...{
        withdrawalReason: 'They manage by themselves',
        deniedNote: 'Said on the phone',
        closureReason: 'No'
      },
      ...{ adviceSought: true, signposted: true }
    }
    const ended = await desk.does('agreement.withdraw', withdrawal, manager)
    expect(ended.ended).toHaveLength(2)
    expect(ended.ended).toEqual(
      expect.arrayContaining([
        { what: 'step-down', id: first.stepDownId },
        { what: 'step-down', id: stepDownId }
      ])
    )
    expect(await desk.does('agreement.withdraw', withdrawal, manager)).toEqual(ended)
    for (const id of [first.stepDownId, stepDownId, undecided])
      expect(await read(id)).toMatchObject({ state: 'to-triage', practitionerId: '' })
    expect((await read(stepDownId)).events.at(-1)).toMatchObject({
      ...{ event: 'withdraw-agreement', aboutId: withdrawal.id, words: 'Agreement was withdrawn' }
    })
    expect(await desk.run('stepDown.answer', anAcceptance(proposal), manager)).toEqual(
      refused('step-not-possible')
    )

    // nobody is asked to take the family before it agrees anew, whatever was told of the time before
    const decision = aDecision(undecided)
    expect(await desk.run('stepDown.decide', decision, manager)).toEqual(invalidAt('route'))
    const { versions, decisions } = await read(first.stepDownId)
    const told = { ...first.form, id: versions.at(-1)?.id ?? '' }
    const another = anAnswer(told, { risks: 'His father came back' })
    await desk.does('stepDown.receive', another, manager)
    const anew = aDecision(first.stepDownId, { basedOn: decisions.at(-1)?.id ?? '' })
    expect(await desk.run('stepDown.decide', anew, manager)).toEqual(invalidAt('route'))
    expect((await read(first.stepDownId)).isAgreed).toBe(false)
    await desk.does('stepDown.receive', anAnswer(another, { agreedOn: '23/11/2026' }), manager)
    expect((await read(first.stepDownId)).isAgreed).toBe(true)
    await desk.does('stepDown.decide', anew, manager)

    // or it says so itself, and its record has it
    const { familyId } = first
    const newest = (await desk.does('family.read', { id: familyId }, manager)).agreements[0]?.id ?? ''
    const ids = { agreementId: newId(), familyId, episodeId: newId() }
    const yes = {
      ...emptyRecordedAgreement(ids, newest),
      ...{ byPersonId: withdrawal.byPersonId, relation: 'mother', capacity: withdrawal.capacity },
      ...{ route: withdrawal.route, decision: 'given' as const, takePart: true, starts: 'no' as const },
      reviewOn: '4/1/2027'
    }
    await desk.does('agreement.record', yes, manager)
    expect((await read(undecided)).isAgreed).toBe(true)
    await desk.does('stepDown.decide', decision, manager)
    expect(await read(undecided)).toMatchObject({ state: 'to-allocate' })
  })
})

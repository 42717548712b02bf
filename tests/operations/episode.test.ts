import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { beginEpisode } from '../../electron/episode/beginEpisode.ts'
import { writtenBy } from '../../electron/family/written.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { stepKinds } from '../../shared/episode/episode.ts'
import type { Result } from '../../shared/errors.ts'
import type { RegistrationDraft } from '../../shared/family/family.ts'
import { newId } from '../../shared/ids.ts'
import { aClosing, aReopening, aStepUp } from '../fixtures/closing.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import {
  aLevel,
  aNewEpisode,
  anOtherDay,
  aStart,
  aStep,
  begun,
  withPlanAgreed
} from '../fixtures/episodes.ts'
import { aColleague, restrict, wholeChronology } from '../fixtures/facts.ts'
import { aCompleteRegistration, aFamily, aPerson, aPractitioner, detailsOf } from '../fixtures/families.ts'
import { aRecord } from '../fixtures/meetings.ts'
import { anAction, anOutcome } from '../fixtures/plans.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  desk.close()
})

const paths = (result: Result<unknown>) =>
  !result.ok && result.error.code === 'invalid' ? result.error.fields.map(({ path }) => path) : result
const refusalOf = (result: Result<unknown>) =>
  !result.ok && result.error.code === 'refused' ? result.error.reason : result
const rows = (sql: string) => desk.store.reader.prepare(sql).all() as Record<string, unknown>[]
const read = (id: string, actor?: Actor) => desk.does('episode.read', { id }, actor)
const family = async (changes: Partial<RegistrationDraft> = {}) => {
  const { form } = await aFamily(desk, changes)
  return { id: form.id, episodeId: form.episodeId, form }
}

describe('episode.takeStep', () => {
  it('goes from registration to the plan, each step with its day, its words and who recorded it', async () => {
    const of = await family()
    expect(await read(of.episodeId)).toMatchObject({
      state: 'registered',
      mayDo: ['set-up', 'close', 'step-up']
    })
    await begun(desk, of)
    await desk.does('episode.takeStep', aStep(of, 'finalise', { note: 'Signed by Jo Vale' }))
    const record = await read(of.episodeId)
    expect(record).toMatchObject({
      state: 'assessing',
      mayDo: ['agree-plan', 'close', 'step-up'],
      steps: [
        { step: 'set-up', on: '2026-11-23', byName: 'Morgan Ellis' },
        { step: 'start', severalAgencies: 'yes', progressingWell: 'no', alreadyIdentified: 'no' },
        { step: 'finalise', note: 'Signed by Jo Vale' }
      ]
    })
    expect(record.due.find(({ rule }) => rule === 'R31')).toMatchObject({
      dueOn: '2026-12-14',
      doneOn: '2026-11-23'
    })
  })

  it('R32: the plan is agreed once it has an outcome with an action, before or after it is finalised', async () => {
    const of = await family()
    await begun(desk, of)
    expect(refusalOf(await desk.run('episode.takeStep', aStep(of, 'agree-plan')))).toBe('plan-without-action')
    const other = await family({ people: [aPerson({ name: 'Ada Frost' })] })
    await withPlanAgreed(desk, other)
    await desk.does('episode.takeStep', aStep(other, 'finalise'))
    expect(await read(other.episodeId)).toMatchObject({ state: 'plan-agreed' })
  })

  it('a meeting after the day on which the plan was agreed is a review, though that was recorded later', async () => {
    const of = await family()
    await begun(desk, of)
    const outcome = anOutcome({ familyId: of.id, episodeId: of.episodeId })
    await desk.does('plan.saveOutcome', outcome)
    await desk.does('plan.saveAction', anAction(outcome))
    const later = { ...desk.first, now: '2026-12-01T10:00:00.000Z' }
    const { members } = await desk.does('meeting.team', { episodeId: of.episodeId })
    const held = { familyId: of.id, episodeId: of.episodeId, meetingId: newId() }
    const record = aRecord(held, [members[0]!.ofId], { kind: 'review', heldOn: '30/11/2026' })
    await desk.does('meeting.record', record, later)
    const agreed = aStep(of, 'agree-plan', { on: '2026-11-27' })
    await desk.does('episode.takeStep', agreed, { ...later, now: '2026-12-01T11:00:00.000Z' })
    expect(await read(of.episodeId)).toMatchObject({ state: 'reviewing' })
  })

  it('R32: a plan of which every outcome was dropped is none that could be agreed', async () => {
    const of = await family()
    await begun(desk, of)
    const outcome = anOutcome({ familyId: of.id, episodeId: of.episodeId })
    await desk.does('plan.saveOutcome', outcome)
    await desk.does('plan.saveAction', anAction(outcome))
    const { id, familyId, episodeId } = outcome
    const dropped = {
      id,
      familyId,
      episodeId,
      ending: 'dropped',
      on: '2026-11-23',
      why: 'Another way'
    } as const
    await desk.does('plan.endOutcome', { ...dropped, rowVersion: 1 })
    expect(refusalOf(await desk.run('episode.takeStep', aStep(of, 'agree-plan')))).toBe('plan-without-action')
    await desk.does('plan.endOutcome', { ...dropped, ending: '', rowVersion: 2 })
    await desk.does('episode.takeStep', aStep(of, 'agree-plan'))
  })

  it('R22: no step before the one before it, and none twice', async () => {
    const of = await family()
    for (const step of ['start', 'finalise', 'agree-plan'] as const)
      expect(refusalOf(await desk.run('episode.takeStep', aStep(of, step)))).toBe('step-not-possible')
    await begun(desk, of)
    for (const step of ['set-up', 'start'] as const)
      expect(refusalOf(await desk.run('episode.takeStep', aStep(of, step)))).toBe('step-not-possible')
  })

  it('a day that is not in the future, nor before the step that it follows', async () => {
    const of = await family()
    expect(paths(await desk.run('episode.takeStep', aStep(of, 'set-up', { on: '2026-11-24' })))).toEqual([
      'on'
    ])
    expect(paths(await desk.run('episode.takeStep', aStep(of, 'set-up', { on: '2026-11-22' })))).toEqual([
      'on'
    ])
    const later = { ...desk.first, now: '2026-12-01T10:00:00.000Z' }
    await desk.does('episode.takeStep', aStep(of, 'set-up', { on: '2026-11-25' }), later)
    const early = await desk.run('episode.takeStep', aStart(of, { on: '2026-11-24' }), later)
    expect(early).toMatchObject({
      error: { fields: [{ message: expect.stringContaining('25 November 2026') as string }] }
    })
  })

  it('L6: the same step again changes nothing, and another under its id is refused', async () => {
    const of = await family()
    const step = aStep(of, 'set-up')
    await desk.does('episode.takeStep', step)
    await desk.does('episode.takeStep', step)
    expect(rows('SELECT id FROM episode_step')).toHaveLength(1)
    expect(refusalOf(await desk.run('episode.takeStep', { ...step, note: 'Other' }))).toBe('clashing-id')
  })

  it('a step stays in the order of its recording when the clock of this computer was set back', async () => {
    const of = await family()
    await desk.does('episode.takeStep', aStep(of, 'set-up'))
    const back = { ...desk.first, now: '2026-11-23T09:00:00.000Z' }
    await desk.does('episode.takeStep', aStart(of), back)
    expect((await read(of.episodeId)).state).toBe('assessing')
  })

  it('nothing is done in one that has closed, and it goes on where it stood once it is reopened', async () => {
    const of = await family()
    await begun(desk, of)
    const closing = aClosing(of)
    await desk.does('episode.close', closing)
    expect(refusalOf(await desk.run('episode.takeStep', aStep(of, 'finalise')))).toBe('assessment-closed')
    expect(refusalOf(await desk.run('episode.changeLevel', aLevel(of)))).toBe('assessment-closed')
    expect(await read(of.episodeId)).toMatchObject({ state: 'closed', mayDo: ['reopen'], due: [] })
    await desk.does('episode.reopen', aReopening(of, closing.id))
    expect(await read(of.episodeId)).toMatchObject({ state: 'assessing' })
  })

  it('an assessment of another family is not there', async () => {
    const of = await family()
    const other = await family({ people: [aPerson({ name: 'Ada Frost' })] })
    const crossed = aStep({ id: of.id, episodeId: other.episodeId }, 'set-up')
    expect(await desk.run('episode.takeStep', crossed)).toMatchObject({ error: { code: 'not-found' } })
  })
})

describe('C12: a rule is overridden by a manager, with the reason, and counted', () => {
  it('R2, R3: an adviser is told who may let it start; a triage manager lets it, and each rule counts once', async () => {
    const of = await family()
    await desk.does('episode.takeStep', aStep(of, 'set-up'))
    const blocked = aStart(of, {
      ...{ severalAgencies: 'no', progressingWell: 'yes', alreadyIdentified: 'yes' },
      overrideReason: 'The school asked for it'
    })
    expect(paths(await desk.run('episode.takeStep', blocked))).toEqual([
      'severalAgencies',
      'progressingWell',
      'alreadyIdentified'
    ])
    const manager = await aColleague(desk, 'triage-manager')
    expect(paths(await desk.run('episode.takeStep', { ...blocked, overrideReason: ' ' }, manager))).toEqual([
      'overrideReason'
    ])
    await desk.does('episode.takeStep', blocked, manager)
    await desk.does('episode.takeStep', blocked, manager)
    const other = { ...blocked, overrideReason: 'Something else' }
    expect(refusalOf(await desk.run('episode.takeStep', other, manager))).toBe('clashing-id')
    expect(await desk.does('episode.overrides', {}, manager)).toEqual([
      { rule: 'R2', count: 1 },
      { rule: 'R3', count: 1 }
    ])
    const told = (await wholeChronology(desk, of.id)).filter(({ kind }) => kind === 'override')
    expect(told.map(({ body }) => body)).toMatchObject([
      { reason: 'The school asked for it', dueOn: '' },
      { reason: 'The school asked for it', dueOn: '' }
    ])
  })

  it('another day than the rule’s, today or later, for what is due and waits', async () => {
    const of = await family()
    const manager = await aColleague(desk, 'triage-manager')
    expect(await desk.run('episode.overrideDue', anOtherDay(of))).toMatchObject({
      error: { code: 'not-allowed' }
    })
    const past = anOtherDay(of, { dueOn: '2026-11-22' })
    expect(paths(await desk.run('episode.overrideDue', past, manager))).toEqual(['dueOn'])
    const day = anOtherDay(of)
    await desk.does('episode.overrideDue', day, manager)
    await desk.does('episode.overrideDue', day, manager)
    expect((await read(of.episodeId)).due).toMatchObject([
      { rule: 'R34-first', dueOn: '2027-01-04', overriddenBy: '' },
      { rule: 'R31', ruleDay: '2026-12-14', dueOn: '2027-01-11', overrideReason: day.reason }
    ])
    expect(await desk.does('episode.overrides', {}, manager)).toEqual([{ rule: 'R31', count: 1 }])
    const nothing = anOtherDay(of, { rule: 'R34-review' })
    expect(await desk.run('episode.overrideDue', nothing, manager)).toMatchObject({
      error: { code: 'not-found' }
    })
  })

  it('the day that a manager gave last counts, also where the clock of this computer was set back', async () => {
    const of = await family()
    const manager = await aColleague(desk, 'triage-manager')
    await desk.does('episode.overrideDue', anOtherDay(of), manager)
    const back = { ...manager, now: '2026-11-23T07:00:00.000Z' }
    await desk.does('episode.overrideDue', anOtherDay(of, { dueOn: '2027-02-01' }), back)
    expect((await read(of.episodeId)).due).toContainEqual(
      expect.objectContaining({ rule: 'R31', dueOn: '2027-02-01' })
    )
  })

  it('what was done is due no more', async () => {
    const of = await family()
    await begun(desk, of)
    await desk.does('episode.takeStep', aStep(of, 'finalise'))
    const manager = await aColleague(desk, 'triage-manager')
    expect(await desk.run('episode.overrideDue', anOtherDay(of), manager)).toMatchObject({
      error: { code: 'not-found' }
    })
  })

  it('a coordinator counts what was overridden in families that they may know of, and no other', async () => {
    const of = await family()
    await desk.does('episode.overrideDue', anOtherDay(of), await aColleague(desk, 'triage-manager'))
    const { hubId } = await read(of.episodeId)
    const here = await aColleague(desk, 'coordinator', [hubId])
    const elsewhere = { ...desk.actor('coordinator'), hubIds: [newId()] }
    expect(await desk.does('episode.overrides', {}, here)).toEqual([{ rule: 'R31', count: 1 }])
    expect(await desk.does('episode.overrides', {}, elsewhere)).toEqual([])
  })
})

describe('episode.changeLevel (R10)', () => {
  it('up and down, each with its reason, the newest first; what changed since is said', async () => {
    const of = await family()
    const first = aLevel(of)
    await desk.does('episode.changeLevel', first)
    expect(await desk.run('episode.changeLevel', aLevel(of, { level: 'intensive' }))).toMatchObject({
      error: { code: 'changed-since' }
    })
    await desk.does('episode.changeLevel', aLevel(of, { level: 'intensive', basedOn: first.id }))
    await desk.does('episode.changeLevel', first)
    expect((await read(of.episodeId)).levels).toMatchObject([
      { level: 'intensive', levelName: 'Intensive' },
      { level: 'targeted', levelName: 'Targeted', rationale: first.rationale }
    ])
    const told = (await wholeChronology(desk, of.id)).filter(({ kind }) => kind === 'level')
    expect(told.map(({ body }) => body)).toMatchObject([
      { levelName: 'Intensive' },
      { levelName: 'Targeted' }
    ])
  })

  it('a level of the settings, with a reason, on a day that is not in the future', async () => {
    const of = await family()
    const refused = (changes: Parameters<typeof aLevel>[1]) =>
      desk.run('episode.changeLevel', aLevel(of, changes))
    expect(paths(await refused({ level: 'seven' }))).toEqual(['level'])
    expect(paths(await refused({ rationale: ' ' }))).toEqual(['rationale'])
    expect(paths(await refused({ on: '2026-11-24' }))).toEqual(['on'])
    expect(paths(await refused({ on: '2025-11-23' }))).toEqual(['on'])
    const level = aLevel(of)
    await desk.does('episode.changeLevel', level)
    expect(refusalOf(await refused({ id: level.id, level: 'intensive' }))).toBe('clashing-id')
  })
})

describe('episode.register', () => {
  it('R20: a second one is refused with the keyworker’s name and contact; after closure it is linked', async () => {
    const of = await family()
    const { practitionerId } = of.form
    const refused = await desk.run('episode.register', aNewEpisode(of.id, practitionerId))
    expect(paths(refused)).toEqual(['familyId'])
    expect(JSON.stringify(refused)).toMatch(/Priya Shah, Lantern Trust, 07700 900123/)
    await desk.does('episode.close', aStepUp(of))
    const again = aNewEpisode(of.id, practitionerId)
    const { reference } = await desk.does('episode.register', again)
    expect(await desk.does('episode.register', again)).toEqual({ id: again.id, reference })
    expect(await read(again.id)).toMatchObject({
      state: 'registered',
      needs: again.needs,
      previous: { id: of.episodeId, closedOn: '2026-11-23' },
      keyworkers: [{ name: 'Priya Shah' }]
    })
    expect(await read(of.episodeId)).toMatchObject({ following: { id: again.id, reference } })
    const unasked = { ...again, goesOnBecause: 'Nothing asks for it' }
    expect(await desk.does('episode.register', unasked)).toEqual({ id: again.id, reference })
    const other = { ...again, needs: 'Something else' }
    expect(refusalOf(await desk.run('episode.register', other))).toBe('clashing-id')
  })

  it('R24: not where the family has not agreed to take part; R23: with a keyworker who may be given it', async () => {
    const refused = await aCompleteRegistration(desk, { people: [aPerson({ name: 'Ada Frost' })] })
    await desk.does('family.register', {
      ...refused,
      agreement: { ...refused.agreement, takePart: false }
    })
    expect(
      refusalOf(await desk.run('episode.register', aNewEpisode(refused.id, refused.practitionerId)))
    ).toBe('not-taking-part')
    const of = await family()
    await desk.does('episode.close', aClosing(of))
    expect(paths(await desk.run('episode.register', aNewEpisode(of.id, '')))).toEqual(['practitionerId'])
  })
})

describe('R20: a child who is in another family with an open assessment', () => {
  async function twoHomes() {
    const first = await family()
    const [child] = (await desk.does('family.read', { id: first.id })).members.filter(
      ({ role }) => role === 'child'
    )
    const childId = child?.personId ?? ''
    const father = aPerson({ role: 'parent-carer', name: 'Sam Frost', birth: '' })
    const form = await aCompleteRegistration(desk, {
      people: [aPerson({ personId: childId, name: '', birth: '', address: '', district: '' }), father],
      goesOnBecause: ''
    })
    return { first, childId, form }
  }
  const asked = (familyId: string, personId: string, actor?: Actor) =>
    desk.does('episode.elsewhere', { familyId, personIds: [personId] }, actor)

  it('is shown with whose it is, before another one is registered', async () => {
    const { first, childId } = await twoHomes()
    expect(await asked('', childId)).toMatchObject([
      {
        episodeId: first.episodeId,
        familyId: first.id,
        childNames: 'Robin Vale',
        keyworkerName: 'Priya Shah',
        personIds: [childId],
        askName: ''
      }
    ])
    expect(await asked(first.id, childId)).toEqual([])
  })

  it('a registration goes on with the reason, which is kept and told; without it, it is refused', async () => {
    const { form } = await twoHomes()
    expect(paths(await desk.run('family.register', form))).toEqual(['goesOnBecause'])
    await desk.does('family.register', { ...form, goesOnBecause: 'Two homes, two plans' })
    expect(await read(form.episodeId)).toMatchObject({ goesOnBecause: 'Two homes, two plans' })
    const told = (await wholeChronology(desk, form.id)).find(({ kind }) => kind === 'episode')
    expect(told?.body).toMatchObject({ goesOnBecause: 'Two homes, two plans' })
  })

  it('so does a new one of a family of the record, and an agreement that starts one', async () => {
    const { first, form } = await twoHomes()
    await desk.does('family.register', { ...form, goesOnBecause: 'Two homes' })
    await desk.does('episode.close', aClosing(form))
    const again = aNewEpisode(form.id, form.practitionerId)
    expect(paths(await desk.run('episode.register', again))).toEqual(['goesOnBecause'])
    await desk.does('episode.register', { ...again, goesOnBecause: 'Two homes still' })
    expect((await read(again.id)).goesOnBecause).toBe('Two homes still')
    expect((await read(first.episodeId)).goesOnBecause).toBe('')
  })

  it('a reason that nothing asks for is not kept', async () => {
    const of = await family({ goesOnBecause: 'Nothing' })
    expect((await read(of.episodeId)).goesOnBecause).toBe('')
  })

  it('of a restricted family only that there is one, and whom to ask', async () => {
    const { first, childId } = await twoHomes()
    const manager = await aColleague(desk, 'triage-manager')
    await restrict(desk, first.id, [manager], manager)
    const [told] = await asked('', childId, await aColleague(desk, 'adviser'))
    expect(told).toMatchObject({ childNames: '', keyworkerName: '' })
    expect(told?.askName).toMatch(/^Colleague/)
  })

  it('nothing to the helpdesk, nor of a hub that somebody does not belong to', async () => {
    const { childId } = await twoHomes()
    expect(await asked('', childId, await aColleague(desk, 'helpdesk'))).toEqual([])
    expect(await asked('', childId, { ...desk.actor('coordinator'), hubIds: [newId()] })).toEqual([])
  })
})

describe('episode.nameKeyworker (R33, L18, L19)', () => {
  /** As one that came from another system. */
  const ownerless = async () => {
    const of = await family()
    await desk.does('episode.close', aClosing(of))
    const { hubId } = await read(of.episodeId)
    const begins = { id: newId(), familyId: of.id, reason: 'Mornings', practitionerId: '', goesOnBecause: '' }
    await desk.store.write((tx) => beginEpisode(tx, begins, desk.first, writtenBy(desk.first, hubId)))
    return { ...of, episodeId: begins.id }
  }
  const naming = (of: { id: string; episodeId: string }, practitionerId: string, from = '2026-11-23') => ({
    ...{ id: newId(), familyId: of.id, episodeId: of.episodeId },
    ...{ practitionerId, from }
  })

  it('gives one that nobody owns a keyworker, and no second one', async () => {
    const of = await ownerless()
    const named = naming(of, of.form.practitionerId)
    await desk.does('episode.nameKeyworker', named)
    await desk.does('episode.nameKeyworker', named)
    expect((await read(of.episodeId)).keyworkers).toMatchObject([{ name: 'Priya Shah', validTo: '' }])
    const second = naming(of, of.form.practitionerId)
    expect(refusalOf(await desk.run('episode.nameKeyworker', second))).toBe('keyworker-named')
    const other = { ...named, from: '2026-11-22' }
    expect(refusalOf(await desk.run('episode.nameKeyworker', other))).toBe('clashing-id')
  })

  it('R23: trained and registered, from a day between the registration and today', async () => {
    const of = await ownerless()
    const refused = async (...about: [string, string?]) =>
      paths(await desk.run('episode.nameKeyworker', naming(of, ...about)))
    const untrained = { ...detailsOf(await aPractitioner(desk)), id: newId(), trainedOn: '', rowVersion: 0 }
    await desk.does('practitioner.save', untrained)
    expect(await refused(untrained.id)).toEqual(['practitionerId'])
    expect(await refused(of.form.practitionerId, '2026-11-24')).toEqual(['from'])
    expect(await refused(of.form.practitionerId, '2026-11-22')).toEqual(['from'])
  })
})

describe('episode.read', () => {
  it('names the people of the family, those who left after those who are here', async () => {
    const of = await family()
    const [child] = (await read(of.episodeId)).people
    expect(child).toMatchObject({ name: 'Robin Vale', role: 'child', isHere: true })
    expect(child?.personIds).toEqual([child?.keptId])
  })

  it('what one may not open is not there, and a restricted family asks for a reason', async () => {
    const of = await family()
    const elsewhere = { ...desk.actor('coordinator'), hubIds: [newId()] }
    expect(await desk.run('episode.read', { id: of.episodeId }, elsewhere)).toMatchObject({
      error: { code: 'not-found' }
    })
    const manager = await aColleague(desk, 'triage-manager')
    await restrict(desk, of.id, [manager], manager)
    const adviser = await aColleague(desk, 'adviser')
    expect(refusalOf(await desk.run('episode.read', { id: of.episodeId }, adviser))).toBe('family-restricted')
    for (const step of stepKinds)
      expect(refusalOf(await desk.run('episode.takeStep', aStep(of, step), adviser))).toBe(
        'family-restricted'
      )
  })

  it('is audited with the id alone', async () => {
    const of = await family()
    await read(of.episodeId)
    const [row] = rows("SELECT * FROM audit WHERE operation = 'episode.read' ORDER BY sequence DESC LIMIT 1")
    expect(JSON.stringify(row)).toContain(of.episodeId)
    expect(JSON.stringify(row)).not.toContain('Robin')
  })
})

describe('R20, R33: after any sequence of acts', () => {
  type Act =
    | 'set-up'
    | 'start'
    | 'finalise'
    | 'plan'
    | 'agree-plan'
    | 'level'
    | 'close'
    | 'step-up'
    | 'reopen'
    | 'register'
  const acts: Act[] = [
    'set-up',
    'start',
    'finalise',
    'plan',
    'agree-plan',
    'level',
    'close',
    'step-up',
    'reopen',
    'register'
  ]

  it('a family has one open assessment at most with one keyworker, the record agrees with the machine, and the chronology loses nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...acts), { maxLength: 12 }), async (sequence) => {
        const of = await family()
        let now = Date.parse(desk.first.now)
        let known: string[] = []
        for (const act of sequence) {
          now += 60_000
          await attempt(act, of, { ...desk.first, now: new Date(now).toISOString() })
          expect(brokenInvariants(desk.store.reader)).toEqual([])
          const ids = (await wholeChronology(desk, of.id)).map(({ id }) => id).reverse()
          expect(ids.filter((id) => known.includes(id))).toEqual(known)
          known = ids
        }
        const { episodes } = await desk.does('family.read', { id: of.id })
        expect(episodes.filter(({ closure }) => !closure).length).toBeLessThan(2)
        for (const { id, closure, keyworkers } of episodes) {
          const record = await read(id)
          expect(record.state === 'closed' || record.state === 'stepped-up').toBe(closure !== undefined)
          expect(rows(`SELECT state FROM episode_now WHERE episode_id = '${id}'`)).toEqual([
            { state: record.state }
          ])
          if (!closure) expect(keyworkers.filter(({ validTo }) => validTo === '')).toHaveLength(1)
        }
      }),
      { numRuns: 8 }
    )
  }, 60_000)

  async function attempt(act: Act, of: Awaited<ReturnType<typeof family>>, actor: Actor) {
    const { episodes } = await desk.does('family.read', { id: of.id })
    const newest = { id: of.id, episodeId: episodes[0]?.id ?? '' }
    const { closures, levels } = await read(newest.episodeId)
    if (act === 'register')
      return desk.run('episode.register', aNewEpisode(of.id, of.form.practitionerId), actor)
    if (act === 'close') return desk.run('episode.close', aClosing(newest), actor)
    if (act === 'step-up') return desk.run('episode.close', aStepUp(newest), actor)
    if (act === 'reopen')
      return desk.run('episode.reopen', aReopening(newest, closures[0]?.id ?? newId()), actor)
    if (act === 'level')
      return desk.run('episode.changeLevel', aLevel(newest, { basedOn: levels[0]?.id ?? '' }), actor)
    if (act === 'plan') {
      const outcome = anOutcome({ familyId: newest.id, episodeId: newest.episodeId })
      await desk.run('plan.saveOutcome', outcome, actor)
      return desk.run('plan.saveAction', anAction(outcome), actor)
    }
    return desk.run('episode.takeStep', aStep(newest, act), actor)
  }
})

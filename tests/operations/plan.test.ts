import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { newId } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { withdrawAgreement } from '../fixtures/assessments.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict, wholeChronology } from '../fixtures/facts.ts'
import { aFamily } from '../fixtures/families.ts'
import { anAction, anOutcome, aScore, progressOn } from '../fixtures/plans.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

async function theFamily() {
  const { id, form } = await aFamily(desk)
  const [child = '', mother = ''] = form.people.map((person) => person.id)
  return { familyId: id, episodeId: form.episodeId, child, mother }
}
type Family = Awaited<ReturnType<typeof theFamily>>

/** A plan with one outcome and one action for it. */
async function thePlan() {
  const family = await theFamily()
  const outcome = anOutcome(family, { personId: family.child })
  const action = anAction(outcome)
  await desk.does('plan.saveOutcome', outcome)
  await desk.does('plan.saveAction', action)
  return { family, outcome, action }
}
const read = (family: Family) => desk.does('plan.read', { episodeId: family.episodeId })
const onlyAction = async (family: Family) => (await read(family)).outcomes[0]?.actions[0]
const told = async (family: Family) =>
  (await wholeChronology(desk, family.familyId)).filter(({ kind }) => kind === 'plan').map(({ body }) => body)
const stale = { error: { code: 'changed-since' } }
const clashing = { error: { reason: 'clashing-id' } }
const invalidAt = (...paths: string[]) => ({
  error: { code: 'invalid', fields: paths.map((path) => ({ path })) }
})

describe('outcomes and actions', () => {
  it('an outcome and its action stand in the plan and in the chronology', async () => {
    const { family, outcome, action } = await thePlan()
    expect((await read(family)).outcomes).toEqual([
      {
        ...{ id: outcome.id, words: outcome.words, personId: family.child, ending: '', endedOn: '' },
        ...{ endedWhy: '', rowVersion: 1, scores: [] },
        actions: [
          {
            ...{ id: action.id, words: action.words, owner: 'name', ownerId: '', ownerName: 'Aunt Bea' },
            ...{ dueOn: '2026-12-07', endedOn: '', rowVersion: 1, progress: [] }
          }
        ]
      }
    ])
    expect(await told(family)).toEqual(
      expect.arrayContaining([
        { of: 'outcome', isNew: true, words: outcome.words, ending: '', why: '' },
        { of: 'action', isNew: true, words: action.words, ownerName: 'Aunt Bea', dueOn: '2026-12-07' }
      ])
    )
  })

  it('what is put better leaves what it said before in the chronology', async () => {
    const { family, outcome, action } = await thePlan()
    await desk.does('plan.saveOutcome', { ...outcome, words: 'In school every day', rowVersion: 1 })
    await desk.does('plan.saveAction', { ...action, dueOn: '2026-12-21', rowVersion: 1 })
    expect((await read(family)).outcomes).toMatchObject([
      { words: 'In school every day', rowVersion: 2, actions: [{ dueOn: '2026-12-21', rowVersion: 2 }] }
    ])
    const all = await told(family)
    expect(all).toHaveLength(4)
    expect(all).toContainEqual(expect.objectContaining({ of: 'outcome', isNew: true, words: outcome.words }))
    expect(all).toContainEqual(expect.objectContaining({ of: 'action', isNew: true, dueOn: '2026-12-07' }))
  })

  it('the same again is done already, the same id with something else is refused (L6)', async () => {
    const { family, outcome, action } = await thePlan()
    await desk.does('plan.saveOutcome', outcome)
    await desk.does('plan.saveAction', action)
    expect(await desk.run('plan.saveOutcome', { ...outcome, words: 'Else' })).toMatchObject(clashing)
    expect(await desk.run('plan.saveAction', { ...action, words: 'Else' })).toMatchObject(clashing)
    const better = { ...outcome, words: 'Put better', rowVersion: 1 }
    await desk.does('plan.saveOutcome', better)
    await desk.does('plan.saveOutcome', better)
    expect(await told(family)).toHaveLength(3)
  })

  it('nothing changed is nothing written', async () => {
    const { family, outcome, action } = await thePlan()
    await desk.does('plan.saveOutcome', { ...outcome, rowVersion: 1 })
    await desk.does('plan.saveAction', { ...action, rowVersion: 1 })
    expect((await read(family)).outcomes).toMatchObject([{ rowVersion: 1, actions: [{ rowVersion: 1 }] }])
    expect(await told(family)).toHaveLength(2)
  })

  it('what somebody else changed meanwhile is not covered (L7)', async () => {
    const { outcome, action } = await thePlan()
    const colleague = await aColleague(desk, 'adviser')
    await desk.does('plan.saveOutcome', { ...outcome, words: 'Theirs', rowVersion: 1 }, colleague)
    await desk.does('plan.saveAction', { ...action, words: 'Theirs', rowVersion: 1 }, colleague)
    expect(await desk.run('plan.saveOutcome', { ...outcome, words: 'Mine', rowVersion: 1 })).toMatchObject(
      stale
    )
    expect(await desk.run('plan.saveAction', { ...action, words: 'Mine', rowVersion: 1 })).toMatchObject(
      stale
    )
    expect(await desk.run('plan.recordProgress', progressOn(action))).toMatchObject(stale)
  })

  it('nothing of it has a day before the assessment was registered, or to come', async () => {
    const { outcome, action } = await thePlan()
    const { id, familyId, episodeId } = outcome
    const ends = { id, familyId, episodeId, ending: 'met', why: 'In school', rowVersion: 1 } as const
    for (const on of ['2025-11-23', '2026-11-22', '2026-11-24']) {
      expect(await desk.run('plan.recordProgress', progressOn(action, { on }))).toMatchObject(invalidAt('on'))
      expect(await desk.run('plan.score', aScore(outcome, { on }))).toMatchObject(invalidAt('on'))
      expect(await desk.run('plan.endOutcome', { ...ends, on })).toMatchObject(invalidAt('on'))
    }
  })

  it('of two people of one name it is the one who was chosen', async () => {
    const { family, outcome } = await thePlan()
    const [one, other] = [await aColleague(desk, 'adviser'), await aColleague(desk, 'adviser')]
    const of = { owner: 'account', ownerName: 'Jo Marsh' } as const
    const action = anAction(outcome, { ...of, ownerId: one.id })
    await desk.does('plan.saveAction', action)
    await desk.does('plan.saveAction', action)
    expect(await desk.run('plan.saveAction', { ...action, ownerId: other.id })).toMatchObject(clashing)
    const handed = { ...action, ownerId: other.id, rowVersion: 1 }
    await desk.does('plan.saveAction', handed)
    await desk.does('plan.saveAction', handed)
    expect(await desk.run('plan.saveAction', { ...handed, ownerId: one.id })).toMatchObject(stale)
    const { actions } = (await read(family)).outcomes[0]!
    expect(actions.find(({ id }) => id === action.id)).toMatchObject({ ownerId: other.id, rowVersion: 2 })
  })

  it('an action belongs to somebody who is there (L18)', async () => {
    const { family, outcome } = await thePlan()
    const { members } = await desk.does('meeting.team', { episodeId: family.episodeId })
    const keyworker = members[0]
    for (const [owner, ownerId] of [
      ['member', keyworker?.ofId ?? ''],
      ['person', family.mother],
      ['account', desk.first.id]
    ] as const) {
      await desk.does('plan.saveAction', anAction(outcome, { owner, ownerId, ownerName: 'Somebody' }))
      const stranger = anAction(outcome, { owner, ownerId: newId(), ownerName: 'Nobody' })
      expect(await desk.run('plan.saveAction', stranger)).toMatchObject(invalidAt('ownerId'))
      const nobody = anAction(outcome, { owner, ownerId: '', ownerName: 'Nobody' })
      expect(await desk.run('plan.saveAction', nobody)).toMatchObject(invalidAt('ownerId'))
    }
    const stranger = anOutcome(family, { personId: newId() })
    expect(await desk.run('plan.saveOutcome', stranger)).toMatchObject({ error: { code: 'not-found' } })
  })

  it('of one assessment, by its family: another one’s ids are not found', async () => {
    const { outcome, action } = await thePlan()
    const other = await theFamily()
    const here = { familyId: other.familyId, episodeId: other.episodeId }
    const asks: [Parameters<TestDesk['run']>[0], object][] = [
      ['plan.saveAction', { ...anAction(outcome), ...here }],
      ['plan.recordProgress', { ...progressOn(action), ...here }],
      ['plan.score', { ...aScore(outcome), ...here }],
      ['plan.endOutcome', { ...ending(outcome), ...here }]
    ]
    for (const [name, input] of asks) {
      expect(await desk.run(name, input as never)).toMatchObject({ error: { code: 'not-found' } })
    }
  })
})

const ending = (
  { id, familyId, episodeId }: Input<'plan.saveOutcome'>,
  changes: Partial<Input<'plan.endOutcome'>> = {}
): Input<'plan.endOutcome'> => ({
  ...{ id, familyId, episodeId, ending: 'met', on: '2026-11-23', why: 'In school for six weeks' },
  rowVersion: 1,
  ...changes
})

describe('plan.recordProgress (R57)', () => {
  it('is recorded on behalf of a member, with who wrote it, and is never lost', async () => {
    const { family, action } = await thePlan()
    const { members } = await desk.does('meeting.team', { episodeId: family.episodeId })
    const memberId = members[0]?.ofId ?? ''
    const begun = progressOn(action, { progress: 'under-way', words: 'Rang the school', memberId })
    await desk.does('plan.recordProgress', begun)
    await desk.does('plan.recordProgress', begun)
    expect(await desk.run('plan.recordProgress', { ...begun, words: 'Else' })).toMatchObject(clashing)
    const done = progressOn(action, { progress: 'done', evidence: 'Letter of the school', rowVersion: 2 })
    await desk.does('plan.recordProgress', done)
    expect(await onlyAction(family)).toMatchObject({
      ...{ endedOn: '2026-11-23', rowVersion: 3 },
      progress: [
        { progress: 'done', evidence: 'Letter of the school', memberName: '', byName: 'Morgan Ellis' },
        { progress: 'under-way', memberName: 'Priya Shah', byName: 'Morgan Ellis' }
      ]
    })
    // "done" is taken back by going on: both stay
    await desk.does(
      'plan.recordProgress',
      progressOn(action, { progress: 'under-way', words: 'Not quite', rowVersion: 3 })
    )
    expect(await onlyAction(family)).toMatchObject({
      endedOn: '',
      progress: [{ words: 'Not quite' }, { progress: 'done' }, { progress: 'under-way' }]
    })
    expect(await told(family)).toContainEqual({
      ...{ of: 'progress', action: action.words, progress: 'under-way', words: 'Rang the school' },
      ...{ evidence: '', memberName: 'Priya Shah' }
    })
  })

  it('is of today or before, of somebody of the team, and says why something is dropped', async () => {
    const { action } = await thePlan()
    for (const [changes, path] of [
      [{ on: '2026-11-24' }, 'on'],
      [{ memberId: newId() }, 'memberId'],
      [{ progress: 'dropped', words: '' }, 'words']
    ] as const) {
      expect(await desk.run('plan.recordProgress', progressOn(action, changes))).toMatchObject(
        invalidAt(path)
      )
    }
    await desk.does('plan.recordProgress', progressOn(action, { progress: 'dropped', words: 'They moved' }))
    const changed = { ...action, words: 'Another', rowVersion: 2 }
    expect(await desk.run('plan.saveAction', changed)).toMatchObject(invalidAt(''))
  })
})

describe('plan.score', () => {
  it('stands beside the scores before it, in the order of their days', async () => {
    const { family, outcome } = await thePlan()
    const later = { ...desk.first, now: '2026-12-14T10:00:00.000Z' }
    const now = aScore(outcome, { score: 7, on: '2026-12-14' })
    await desk.does('plan.score', now, later)
    await desk.does('plan.score', now, later)
    await desk.does('plan.score', aScore(outcome, { score: 0 }), later)
    await desk.does('plan.score', aScore(outcome, { score: 10, on: '2026-12-14' }), later)
    expect((await read(family)).outcomes[0]?.scores.map(({ on, score }) => [on, score])).toEqual([
      ['2026-11-23', 0],
      ['2026-12-14', 7],
      ['2026-12-14', 10]
    ])
    expect(await desk.run('plan.score', { ...now, score: 8 })).toMatchObject(clashing)
  })

  it('is from 0 to 10, of a day that has come, at a meeting of this assessment', async () => {
    const { outcome } = await thePlan()
    for (const [changes, path] of [
      [{ score: -1 }, 'score'],
      [{ score: 11 }, 'score'],
      [{ score: 1.5 }, 'score'],
      [{ on: '2026-11-24' }, 'on'],
      [{ meetingId: newId() }, 'meetingId']
    ] as const) {
      expect(await desk.run('plan.score', aScore(outcome, changes))).toMatchObject(invalidAt(path))
    }
  })

  it('at a review names it', async () => {
    const { family, outcome } = await thePlan()
    const review = newId()
    await desk.does('meeting.arrange', {
      ...{ id: review, familyId: family.familyId, episodeId: family.episodeId, kind: 'review' },
      ...{ on: '2026-11-23', startsAt: '', place: '', agenda: '', invited: [] }
    })
    await desk.does('plan.score', aScore(outcome, { meetingId: review }))
    expect((await read(family)).outcomes[0]?.scores).toMatchObject([{ meetingId: review }])
  })
})

describe('plan.endOutcome', () => {
  it('ends with how one knows, and its open actions are dropped with it', async () => {
    const { family, outcome, action } = await thePlan()
    const done = anAction(outcome, { words: 'Done before' })
    await desk.does('plan.saveAction', done)
    await desk.does('plan.recordProgress', progressOn(done, { progress: 'done' }))
    expect(await desk.run('plan.endOutcome', ending(outcome, { why: ' ' }))).toMatchObject(invalidAt('why'))
    expect(await desk.run('plan.endOutcome', ending(outcome, { on: '2026-11-24' }))).toMatchObject(
      invalidAt('on')
    )
    await desk.does('plan.endOutcome', ending(outcome))
    await desk.does('plan.endOutcome', ending(outcome))
    expect((await read(family)).outcomes).toMatchObject([
      {
        ...{ ending: 'met', endedOn: '2026-11-23', endedWhy: 'In school for six weeks', rowVersion: 2 },
        actions: [
          { id: action.id, endedOn: '2026-11-23', progress: [{ progress: 'dropped' }] },
          { id: done.id, endedOn: '2026-11-23', progress: [{ progress: 'done' }] }
        ]
      }
    ])
    expect(await told(family)).toContainEqual({
      ...{ of: 'outcome', isNew: false, words: outcome.words, ending: 'met', why: 'In school for six weeks' }
    })
    for (const refused of [
      await desk.run('plan.saveAction', anAction(outcome)),
      await desk.run('plan.score', aScore(outcome)),
      await desk.run('plan.saveOutcome', { ...outcome, words: 'More', rowVersion: 2 }),
      await desk.run('plan.recordProgress', progressOn(action, { rowVersion: 2 }))
    ])
      expect(refused).toMatchObject(invalidAt(''))
  })

  it('goes on after all, with why; what was dropped with it stays so', async () => {
    const { family, outcome, action } = await thePlan()
    await desk.does('plan.endOutcome', ending(outcome, { ending: 'not-met', why: 'He is at home again' }))
    expect(await desk.run('plan.endOutcome', ending(outcome, { rowVersion: 2 }))).toMatchObject(
      invalidAt('ending')
    )
    const goesOn = ending(outcome, { ending: '', why: 'A place was found', rowVersion: 2 })
    expect(await desk.run('plan.endOutcome', { ...goesOn, why: '' })).toMatchObject(invalidAt('why'))
    await desk.does('plan.endOutcome', goesOn)
    expect((await read(family)).outcomes).toMatchObject([
      { ending: '', endedOn: '', actions: [{ endedOn: '2026-11-23' }] }
    ])
    expect(await desk.run('plan.endOutcome', { ...goesOn, rowVersion: 3 })).toMatchObject(invalidAt('ending'))
    await desk.does('plan.recordProgress', progressOn(action, { rowVersion: 2 }))
    expect(await told(family)).toContainEqual(
      expect.objectContaining({ of: 'outcome', ending: '', why: 'A place was found' })
    )
  })
})

describe('who may, and until when', () => {
  const everyWrite = (
    { outcome, action }: Pick<Awaited<ReturnType<typeof thePlan>>, 'outcome' | 'action'>,
    actor: Actor
  ) => [
    desk.run('plan.saveOutcome', { ...outcome, words: 'Else', rowVersion: 1 }, actor),
    desk.run('plan.saveAction', anAction(outcome), actor),
    desk.run('plan.recordProgress', progressOn(action), actor),
    desk.run('plan.score', aScore(outcome), actor),
    desk.run('plan.endOutcome', ending(outcome), actor)
  ]

  it('nothing is written once the assessment has closed, and everything is read', async () => {
    const plan = await thePlan()
    await withdrawAgreement(desk, plan.family.familyId, plan.family.mother)
    for (const answer of await Promise.all(everyWrite(plan, desk.first)))
      expect(answer).toMatchObject({ error: { reason: 'assessment-closed' } })
    expect((await read(plan.family)).outcomes).toMatchObject([
      { words: plan.outcome.words, actions: [{ words: plan.action.words }] }
    ])
    // sent again after it closed, it was saved before
    await desk.does('plan.saveOutcome', plan.outcome)
    await desk.does('plan.saveAction', plan.action)
  })

  it('a coordinator of another hub finds nothing, a restricted family asks for a reason', async () => {
    const plan = await thePlan()
    const elsewhere = await aColleague(desk, 'coordinator', [COUNTY_HUB_ID])
    const boss = await aColleague(desk, 'triage-manager')
    const asks = async (actor: Actor) => [
      await desk.run('plan.read', { episodeId: plan.family.episodeId }, actor),
      ...(await Promise.all(everyWrite(plan, actor)))
    ]
    for (const answer of await asks(elsewhere)) expect(answer).toMatchObject({ error: { code: 'not-found' } })
    await restrict(desk, plan.family.familyId, [await aColleague(desk, 'adviser')], boss)
    for (const answer of await asks(boss))
      expect(answer).toMatchObject({ error: { reason: 'family-restricted' } })
  })
})

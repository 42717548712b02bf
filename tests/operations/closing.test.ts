import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { episode } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { openLists, type ClosingDraft, type OpenList } from '../../shared/episode/episode.ts'
import { emptyRecordedAgreement, emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import { newId, type CivilDate, type Id } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { addDays } from '../../shared/time/london.ts'
import { aClosing, aReopening, aStepUp } from '../fixtures/closing.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict, wholeChronology } from '../fixtures/facts.ts'
import { aFamily, aPractitioner, detailsOf } from '../fixtures/families.ts'
import { aMeeting } from '../fixtures/meetings.ts'
import { anAction, anOutcome } from '../fixtures/plans.ts'

let desk: TestDesk
let practitionerId: Id
beforeEach(async () => {
  desk = await openTestDesk()
  practitionerId = (await aPractitioner(desk)).id
})
afterEach(() => desk.close())

type Form = Awaited<ReturnType<typeof theFamily>>
const theFamily = async () => (await aFamily(desk, { practitionerId })).form

const on = (day: string, actor: Actor = desk.first): Actor => ({ ...actor, now: `${day}T10:00:00.000Z` })
const rows = (sql: string) => desk.store.reader.prepare(sql).all() as Record<string, unknown>[]
const holds = () => expect(brokenInvariants(desk.store.reader)).toEqual([])
const read = (family: Form, actor?: Actor) => desk.does('episode.read', { id: family.episodeId }, actor)
const refused = (reason: string) => ({ ok: false, error: { code: 'refused', reason } })
const invalidAt = (...paths: string[]) => ({
  ok: false,
  error: { code: 'invalid', fields: paths.map((path) => ({ path, message: expect.any(String) as string })) }
})
const list = async (which: OpenList, actor?: Actor, hubId = '') =>
  desk.does('episode.open', { list: which, hubId, after: '' }, actor)
const familiesIn = async (which: OpenList, actor?: Actor) =>
  (await list(which, actor)).rows.map(({ familyId }) => familyId)
const isOnADueList = async (family: Form, actor = on('2027-06-01')) => {
  const due = await desk.does('family.due', { whose: 'everyone' }, actor)
  const planned = due.filter(({ kind }) => kind !== 'agreement-review')
  const open = await Promise.all(openLists.map((which) => familiesIn(which, actor)))
  const calendar = rows(`SELECT due_on FROM episode_date WHERE ending = ''
    UNION ALL SELECT due_on FROM plan_action WHERE ended_on = ''`)
  return (
    [...planned.map(({ familyId }) => familyId), ...open.flat()].includes(family.id) || calendar.length > 0
  )
}

/** An assessment that came from another desk, whose keyworker has yet to come. */
async function fromAnotherDesk({ id: familyId }: Form, registeredOn: CivilDate): Promise<Id> {
  const id = newId()
  const row = {
    ...{ id, familyId, registeredOn, hubId: COUNTY_HUB_ID, reference: 'FFA-8ABC-000001', reason: 'Needs' },
    ...{
      createdAt: `${registeredOn}T10:00:00.000Z`,
      createdBy: desk.first.id,
      deviceId: newId(),
      previousId: ''
    }
  }
  await desk.store.write(async (tx) => {
    await tx.insert(episode).values(row)
  })
  return id
}

/** A plan with two outcomes, an action for each, and a meeting of the team that is yet to come. */
async function plan({ id: familyId, episodeId }: Form) {
  const of = { familyId, episodeId }
  const outcomes = [anOutcome(of), anOutcome(of, { words: 'Jo sleeps' })]
  const actions = outcomes.map((outcome) => anAction(outcome))
  for (const outcome of outcomes) await desk.does('plan.saveOutcome', outcome)
  for (const action of actions) await desk.does('plan.saveAction', action)
  const meeting = aMeeting(of)
  await desk.does('meeting.arrange', meeting)
  return { outcomes, actions, meeting }
}
const results = (outcomes: readonly { id: Id }[]): ClosingDraft['outcomes'] =>
  outcomes.map(({ id }, index) => ({
    outcomeId: id,
    result: index === 0 ? 'met' : 'partly',
    words: 'Four days of five'
  }))

async function withdraw(family: Form, actor?: Actor) {
  const [agreed] = (await desk.does('family.read', { id: family.id }, actor)).agreements
  return desk.run(
    'agreement.withdraw',
    {
      ...emptyWithdrawal(newId(), family.id, agreed?.id ?? ''),
      ...{ byName: 'Jo Vale', relation: 'mother', capacity: 'parental-responsibility', route: 'phone' },
      ...{ standing: 'none-remains', withdrawalReason: 'Enough', deniedNote: 'Form filled in' },
      ...{ closureReason: 'No agreement', adviceSought: true, signposted: true }
    },
    actor
  )
}

async function agree(family: Form, actor?: Actor) {
  const [agreed] = (await desk.does('family.read', { id: family.id }, actor)).agreements
  const ids = { agreementId: newId(), familyId: family.id, episodeId: newId() }
  return desk.run(
    'agreement.record',
    {
      ...emptyRecordedAgreement(ids, agreed?.id ?? ''),
      ...{ decision: 'given', byName: 'Jo Vale', relation: 'mother', capacity: 'parental-responsibility' },
      ...{ route: 'phone', takePart: true, share: true, reviewOn: '1/6/2027', starts: 'no' }
    },
    actor
  )
}

describe('episode.close', () => {
  it('keeps the reason, what became of the plan, the advice and who is told, and ends all that waits (L29)', async () => {
    const family = await theFamily()
    const { outcomes, meeting } = await plan(family)
    const draft = aClosing(family, { outcomes: results(outcomes) })
    await desk.does('draft.save', { form: { kind: 'closing', body: draft }, savedBefore: 0 })
    await desk.does('episode.close', draft)

    const closed = await read(family)
    expect(closed).toMatchObject({ state: 'closed', due: [] })
    expect(closed.closures).toMatchObject([
      {
        ...{ id: draft.id, kind: 'closed', closedOn: '2026-11-23', closureReason: draft.closureReason },
        ...{ couldTransfer: 'no', transferNote: draft.transferNote, stepOutAdvice: draft.stepOutAdvice },
        parts: [
          { kind: 'outcome', aboutId: outcomes[0]?.id, result: 'met' },
          { kind: 'outcome', aboutId: outcomes[1]?.id, result: 'partly' },
          { kind: 'told', who: 'Jo Vale', words: 'By telephone' }
        ]
      }
    ])
    const [first, second] = (await desk.does('plan.read', { episodeId: family.episodeId })).outcomes
    expect(first).toMatchObject({ ending: 'met', endedOn: '2026-11-23', endedWhy: 'Four days of five' })
    expect(second?.actions).toMatchObject([
      { endedOn: '2026-11-23', progress: [{ progress: 'dropped', words: 'The assessment was closed' }] }
    ])
    const team = await desk.does('meeting.team', { episodeId: family.episodeId })
    expect(team.meetings).toMatchObject([
      { id: meeting.id, ending: 'cancelled', endedWhy: 'The assessment was closed' }
    ])
    expect(await isOnADueList(family)).toBe(false)
    expect(await desk.does('draft.list', {})).toEqual([])
    holds()
  })

  it('once, although it is sent again; with other words its id is taken (L6)', async () => {
    const family = await theFamily()
    const draft = aClosing(family)
    await desk.does('episode.close', draft)
    await desk.does('episode.close', draft, on('2026-11-24'))
    expect(rows('SELECT id FROM episode_closure')).toHaveLength(1)
    expect(rows(`SELECT id FROM closure_part`)).toHaveLength(1)
    const told = [{ who: 'Jo Vale', words: 'By letter' }]
    for (const changes of [{ closureReason: 'Another' }, { told }])
      expect(await desk.run('episode.close', { ...draft, ...changes })).toEqual(refused('clashing-id'))
    expect(await desk.run('episode.close', draft, desk.actor('adviser'))).toEqual(refused('clashing-id'))
    expect(await desk.run('episode.close', aClosing(family))).toEqual(refused('assessment-closed'))
  })

  it('is refused next to the field, and the form stays (R35)', async () => {
    const family = await theFamily()
    const { outcomes } = await plan(family)
    const draft = aClosing(family, { couldTransfer: '', outcomes: results(outcomes.slice(1)) })
    await desk.does('draft.save', { form: { kind: 'closing', body: draft }, savedBefore: 0 })
    expect(await desk.run('episode.close', draft)).toEqual(invalidAt('couldTransfer', 'outcomes'))
    expect(await desk.does('draft.list', {})).toMatchObject([{ id: draft.id, episodeId: family.episodeId }])
    expect((await read(family)).closures).toEqual([])
    holds()
  })

  it('somebody else’s unfinished form is theirs to file (L2)', async () => {
    const family = await theFamily()
    const draft = aClosing(family)
    await desk.does('draft.save', { form: { kind: 'closing', body: draft }, savedBefore: 0 })
    expect(await desk.run('episode.close', draft, desk.actor('adviser'))).toEqual(refused('not-your-draft'))
  })

  it('what one may not read is not found, and a restricted family asks for a reason (L25)', async () => {
    const family = await theFamily()
    const elsewhere: Actor = { ...desk.actor('coordinator'), hubIds: [newId()] }
    const closing = aClosing(family)
    const reopening = aReopening(family, closing.id)
    const notFound = { ok: false, error: { code: 'not-found' } }
    expect(await desk.run('episode.close', closing, elsewhere)).toEqual(notFound)
    const another = await theFamily()
    expect(await desk.run('episode.close', { ...closing, familyId: another.id })).toEqual(notFound)
    await desk.does('episode.close', closing)
    expect(await desk.run('episode.reopen', reopening, elsewhere)).toEqual(notFound)
    expect(await desk.run('episode.reopen', { ...reopening, familyId: another.id })).toEqual(notFound)
    const manager = await aColleague(desk, 'triage-manager')
    await restrict(desk, family.id, [manager], manager)
    expect(await desk.run('episode.reopen', reopening)).toEqual(refused('family-restricted'))
  })
})

describe('stepping up', () => {
  it('R45: lists the work that goes on; what is not listed is dropped, and nothing stays due here', async () => {
    const family = await theFamily()
    const { outcomes, actions } = await plan(family)
    const goesOn = [
      { actionId: actions[0]?.id ?? '', who: 'Aunt Bea', words: 'Walk with Robin to school' },
      { actionId: '' as const, who: 'School', words: 'Breakfast club' }
    ]
    const draft = aStepUp(family, { goesOn, outcomes: results(outcomes) })
    await desk.does('episode.close', draft)
    const steppedUp = await read(family)
    expect(steppedUp.state).toBe('stepped-up')
    expect(steppedUp.closures[0]?.parts.filter(({ kind }) => kind === 'goes-on')).toMatchObject(
      goesOn.map(({ actionId, who, words }) => ({ aboutId: actionId, who, words }))
    )
    const [kept, dropped] = (await desk.does('plan.read', { episodeId: family.episodeId })).outcomes
    expect(kept?.actions).toMatchObject([{ endedOn: '2026-11-23', progress: [] }])
    expect(dropped?.actions).toMatchObject([
      { progress: [{ progress: 'dropped', words: 'The assessment was stepped up' }] }
    ])
    expect(await isOnADueList(family)).toBe(false)
    holds()
  })

  it('is an end: it is not reopened, and a later step-down begins a new one that is linked', async () => {
    const family = await theFamily()
    const draft = aStepUp(family)
    await desk.does('episode.close', draft)
    expect(await desk.run('episode.reopen', aReopening(family, draft.id))).toEqual(refused('stepped-up'))
    const next = newId()
    await desk.does('episode.register', {
      ...{ id: next, familyId: family.id, needs: 'Stepped down', practitionerId, goesOnBecause: '' }
    })
    expect((await desk.does('episode.read', { id: next })).previous).toMatchObject({ id: family.episodeId })
    holds()
  })
})

describe('episode.reopen', () => {
  async function closed() {
    const family = await theFamily()
    const { meeting } = await plan(family)
    const { outcomes } = await desk.does('plan.read', { episodeId: family.episodeId })
    const draft = aClosing(family, { closedOn: '23/11/2026', outcomes: results(outcomes) })
    await desk.does('episode.close', draft)
    return { family, meeting, closureId: draft.id }
  }

  it('goes on where it stood, with the closure readable and what it cancelled still cancelled', async () => {
    const { family, closureId, meeting } = await closed()
    const reopening = aReopening(family, closureId)
    await desk.does('episode.reopen', reopening)
    await desk.does('episode.reopen', reopening)
    const open = await read(family)
    expect(open.state).toBe('registered')
    expect(open.closures).toMatchObject([
      {
        id: closureId,
        reopened: { on: '2026-11-23', reason: 'Robin asked to go on', byName: 'Morgan Ellis' }
      }
    ])
    const team = await desk.does('meeting.team', { episodeId: family.episodeId })
    expect(team.meetings).toMatchObject([{ id: meeting.id, ending: 'cancelled' }])
    expect(await familiesIn('no-next-action')).toEqual([family.id])
    expect(await desk.run('episode.reopen', { ...reopening, reason: 'Another' })).toEqual(
      refused('clashing-id')
    )
    holds()
  })

  it('closed again on a day since it was reopened, and reopened again', async () => {
    const { family, closureId } = await closed()
    await desk.does('episode.reopen', aReopening(family, closureId, { on: '2026-11-25' }), on('2026-11-25'))
    const again = aClosing(family, { closedOn: '24/11/2026' })
    expect(await desk.run('episode.close', again, on('2026-11-26'))).toEqual(invalidAt('closedOn'))
    await desk.does('episode.close', { ...again, closedOn: '' }, on('2026-11-26'))
    const stale = aReopening(family, closureId, { on: '2026-11-26' })
    expect(await desk.run('episode.reopen', stale, on('2026-11-26'))).toEqual({
      ok: false,
      error: { code: 'changed-since' }
    })
    await desk.does('episode.reopen', { ...stale, closureId: again.id }, on('2026-11-26'))
    expect((await read(family)).closures).toHaveLength(2)
    holds()
  })

  it('on a day from the closure to today', async () => {
    const { family, closureId } = await closed()
    for (const day of ['2026-11-22', '2026-11-24'])
      expect(await desk.run('episode.reopen', aReopening(family, closureId, { on: day }))).toEqual(
        invalidAt('on')
      )
  })

  it('R24: not where the family no longer takes part; once they agree again, it may', async () => {
    const family = await theFamily()
    await withdraw(family)
    const [closure] = (await read(family)).closures
    const reopening = aReopening(family, closure?.id ?? '')
    expect(await desk.run('episode.reopen', reopening)).toEqual(refused('not-taking-part'))
    expect((await agree(family, on('2026-11-24'))).ok).toBe(true)
    await desk.does('episode.reopen', reopening, on('2026-11-24'))
    holds()
  })

  it('R20: not while another of the family is open', async () => {
    const { family, closureId } = await closed()
    await desk.does('episode.register', {
      ...{ id: newId(), familyId: family.id, needs: 'New needs', practitionerId, goesOnBecause: '' }
    })
    expect(await desk.run('episode.reopen', aReopening(family, closureId))).toEqual(
      refused('another-assessment-open')
    )
    holds()
  })

  it('R23: not with a keyworker who is no longer registered; with none, it stands among those nobody owns', async () => {
    const { family, closureId } = await closed()
    const [keyworker] = (await desk.does('practitioner.list', { text: '', after: '' })).rows
    await desk.does('practitioner.save', { ...detailsOf(keyworker!), registeredOn: '' })
    expect(await desk.run('episode.reopen', aReopening(family, closureId))).toEqual(
      refused('keyworker-not-registered')
    )
    const unowned = await fromAnotherDesk(family, '2026-11-23')
    const second = aClosing({ id: family.id, episodeId: unowned })
    await desk.does('episode.close', second)
    await desk.does('episode.reopen', aReopening({ id: family.id, episodeId: unowned }, second.id))
    expect(await familiesIn('unowned')).toEqual([family.id])
    holds()
  })
})

describe('a withdrawal (R28, L29; section D)', () => {
  it('ends the plan, the meeting, the transfer and the funding request, and says so again when it is sent again', async () => {
    const family = await theFamily()
    await plan(family)
    const { id: familyId, episodeId } = family
    for (const kind of ['transfer', 'funding'] as const) {
      const date = { id: newId(), familyId, episodeId, kind, dueOn: '2026-12-01', note: '' }
      await desk.does('episode.planDate', date)
    }
    const [agreed] = (await desk.does('family.read', { id: family.id })).agreements
    const draft: Input<'agreement.withdraw'> = {
      ...emptyWithdrawal(newId(), family.id, agreed?.id ?? ''),
      ...{ byName: 'Jo Vale', relation: 'mother', capacity: 'parental-responsibility', route: 'phone' },
      ...{ standing: 'none-remains', withdrawalReason: 'Enough', deniedNote: 'Form filled in' },
      ...{ closureReason: 'No agreement', adviceSought: true, signposted: true }
    }
    const first = await desk.does('agreement.withdraw', draft)
    const counts = (what: string) => first.ended.filter((each) => each.what === what).length
    expect(['meeting', 'transfer', 'funding', 'outcome', 'action', 'assessment'].map(counts)).toEqual([
      1, 1, 1, 2, 2, 1
    ])
    expect(await desk.does('agreement.withdraw', draft)).toEqual(first)
    const { outcomes } = await desk.does('plan.read', { episodeId })
    expect(outcomes.map(({ ending }) => ending)).toEqual(['dropped', 'dropped'])
    expect(await isOnADueList(family)).toBe(false)
    expect(await desk.does('family.due', { whose: 'everyone' }, on('2027-06-01'))).toEqual([])
    holds()
  })
})

describe('the chronology', () => {
  it('tells of the end with who was told and what goes on, and of its reopening', async () => {
    const family = await theFamily()
    const closing = aClosing(family)
    await desk.does('episode.close', closing)
    await desk.does('episode.reopen', aReopening(family, closing.id))
    await desk.does('episode.close', aStepUp(family))
    const told = (await wholeChronology(desk, family.id)).filter(({ kind }) =>
      ['episode', 'closing', 'reopening'].includes(kind)
    )
    expect(told.map(({ kind }) => kind).toSorted()).toEqual([
      ...['closing', 'closing', 'closing', 'episode', 'episode', 'episode', 'reopening']
    ])
    const bodies = told.map(({ body }) => body)
    expect(bodies).toContainEqual({ part: 'goes-on', who: 'School', words: 'Breakfast club' })
    expect(bodies).toContainEqual({ episodeId: family.episodeId, reason: 'Robin asked to go on' })
    expect(bodies).toContainEqual(expect.objectContaining({ closureKind: 'stepped-up' }))
    expect(bodies).toContainEqual(
      expect.objectContaining({ couldTransfer: 'no', stepOutAdvice: 'Ring the school nurse first' })
    )
  })
})

describe('L18: nothing open is lost (episode.open)', () => {
  it('nobody owns it, nothing is planned next, something is overdue; the longest open first, with how many', async () => {
    const family = await theFamily()
    const bare = await theFamily()
    const familyId = bare.id
    await desk.does('episode.close', aClosing(bare))
    const unowned = await fromAnotherDesk(bare, '2026-11-24')
    expect(await list('unowned')).toMatchObject({
      rows: [{ episodeId: unowned, keyworkerName: '' }],
      total: 1
    })
    expect(await list('no-next-action')).toMatchObject({
      rows: [{ familyId: family.id, keyworkerName: 'Priya Shah' }, { familyId }],
      total: 2
    })
    await plan(family)
    expect(await familiesIn('no-next-action')).toEqual([familyId])
    expect(await familiesIn('overdue')).toEqual([])
    // registered on 23 November: finalised by 14 December, met by 4 January
    expect(await list('overdue', on('2026-12-15'))).toMatchObject({
      rows: [{ familyId: family.id, overdue: [{ rule: 'R31', dueOn: '2026-12-14' }] }]
    })
    expect((await list('overdue', on('2027-01-05'))).rows[0]?.overdue).toEqual([
      { rule: 'R31', dueOn: '2026-12-14' },
      { rule: 'R34-first', dueOn: '2027-01-04' }
    ])
  })

  it('another day that a manager gave counts, earlier or later (C12)', async () => {
    const family = await theFamily()
    const manager = on('2026-11-23', desk.actor('triage-manager'))
    const give = async (dueOn: string, actor: Actor) =>
      desk.does(
        'episode.overrideDue',
        {
          ...{ id: newId(), familyId: family.id, episodeId: family.episodeId, rule: 'R31' },
          ...{ aboutId: '', dueOn, reason: 'Both parents are away' }
        },
        actor
      )
    await give('2026-11-30', manager)
    expect(await familiesIn('overdue', on('2026-12-01'))).toEqual([family.id])
    await give('2026-12-28', on('2026-12-01', manager))
    expect(await familiesIn('overdue', on('2026-12-15'))).toEqual([])
    expect((await list('overdue', on('2026-12-29'))).rows[0]?.overdue).toEqual([
      { rule: 'R31', dueOn: '2026-12-28' }
    ])
  })

  it('by hub, and only of families that one may know of; a restricted one has no names', async () => {
    const family = await theFamily()
    const { hubId } = await desk.does('family.read', { id: family.id })
    const here: Actor = { ...desk.actor('coordinator'), hubIds: [hubId] }
    const elsewhere: Actor = { ...desk.actor('coordinator'), hubIds: [newId()] }
    expect(await familiesIn('no-next-action', here)).toEqual([family.id])
    expect(await list('no-next-action', elsewhere)).toEqual({ rows: [], next: '', total: 0 })
    expect((await list('no-next-action', desk.first, newId())).total).toBe(0)
    expect((await list('no-next-action', desk.first, hubId)).total).toBe(1)

    const manager = await aColleague(desk, 'triage-manager')
    await restrict(desk, family.id, [manager], manager)
    expect((await list('no-next-action', desk.actor('adviser'))).rows).toMatchObject([
      { familyId: family.id, childNames: '', keyworkerName: '', overdue: [], lastNoteAt: '' }
    ])
    expect((await list('no-next-action', manager)).rows).toMatchObject([{ childNames: 'Robin Vale' }])
  })

  it('page after page, each once', async () => {
    const families = []
    for (let index = 0; index < 12; index++) families.push(await theFamily())
    const first = await list('no-next-action')
    const second = await desk.does('episode.open', { list: 'no-next-action', hubId: '', after: first.next })
    expect([first.rows.length, first.total, second.rows.length, second.next]).toEqual([10, 12, 2, ''])
    const seen = [...first.rows, ...second.rows].map(({ familyId }) => familyId)
    expect(seen.toSorted()).toEqual(families.map(({ id }) => id).toSorted())
  }, 30_000)
})

type Act = 'close' | 'step-up' | 'reopen' | 'withdraw' | 'agree' | 'register' | 'plan'

describe('whatever is done, in whatever order', () => {
  it('one open assessment at most, nothing due in what has ended, nothing lost of the chronology (seed 4713)', async () => {
    const acts = fc.array(
      fc.constantFrom<Act>('close', 'step-up', 'reopen', 'withdraw', 'agree', 'register', 'plan'),
      { minLength: 1, maxLength: 8 }
    )
    await fc.assert(
      fc.asyncProperty(acts, async (sequence) => {
        const family = await theFamily()
        let day = '2026-11-23'
        let told: Id[] = []
        for (const act of sequence) {
          day = addDays(day, 1)
          await take(act, family, on(day))
          const chronology = (await wholeChronology(desk, family.id, on(day))).map(({ id }) => id)
          expect(chronology).toEqual(expect.arrayContaining(told))
          // and in the order in which they stood
          expect(chronology.filter((id) => told.includes(id))).toEqual(told)
          told = chronology
          const { episodes } = await desk.does('family.read', { id: family.id }, on(day))
          const open = episodes.filter(({ closure }) => !closure)
          expect(open.length).toBeLessThan(2)
          holds()
          const waiting =
            rows(`SELECT episode_id FROM episode_date WHERE ending = '' AND family_id = '${family.id}'
            UNION ALL SELECT episode_id FROM plan_action WHERE ended_on = '' AND family_id = '${family.id}'
            UNION ALL SELECT episode_id FROM plan_outcome WHERE ending = '' AND family_id = '${family.id}'`)
          expect(waiting.filter((row) => row['episode_id'] !== open[0]?.id)).toEqual([])
        }
      }),
      { numRuns: 25, seed: 4713 }
    )
  }, 120_000)

  async function take(act: Act, { id: familyId }: Form, actor: Actor): Promise<void> {
    const { episodes } = await desk.does('family.read', { id: familyId }, actor)
    const [last] = episodes
    const episodeId = (episodes.find(({ closure }) => !closure) ?? last)?.id ?? ''
    const family = { id: familyId, episodeId } as Form
    const outcomes = (await desk.does('plan.read', { episodeId }, actor)).outcomes
      .filter(({ ending }) => ending === '')
      .map(({ id }) => ({ outcomeId: id, result: 'met' as const, words: 'So it was' }))
    switch (act) {
      case 'close':
        return void (await desk.run('episode.close', aClosing(family, { outcomes }), actor))
      case 'step-up':
        return void (await desk.run('episode.close', aStepUp(family, { outcomes }), actor))
      case 'reopen': {
        const [closure] = (await desk.does('episode.read', { id: episodeId }, actor)).closures
        const reopening = aReopening(family, closure?.id ?? newId(), { on: actor.now.slice(0, 10) })
        return void (await desk.run('episode.reopen', reopening, actor))
      }
      case 'withdraw':
        return void (await withdraw(family, actor))
      case 'agree':
        return void (await agree(family, actor))
      case 'register': {
        const begun = { id: newId(), familyId, needs: 'Needs', practitionerId, goesOnBecause: '' }
        return void (await desk.run('episode.register', begun, actor))
      }
      case 'plan': {
        const outcome = anOutcome(
          family.episodeId === '' ? { familyId, episodeId: newId() } : { familyId, episodeId }
        )
        await desk.run('plan.saveOutcome', outcome, actor)
        await desk.run(
          'plan.saveAction',
          anAction(outcome, { dueOn: addDays(actor.now.slice(0, 10), 9) }),
          actor
        )
        await desk.run(
          'meeting.arrange',
          aMeeting({ familyId, episodeId }, { on: addDays(actor.now.slice(0, 10), 9) }),
          actor
        )
      }
    }
  }
})

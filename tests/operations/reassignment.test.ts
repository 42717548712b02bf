import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { LAST_DAY } from '../../shared/keyworker/spans.ts'
import type { ReassignmentDraft } from '../../shared/reassignment/reassignment.ts'
import { aClosing } from '../fixtures/closing.ts'
import { aCover, anotherPractitioner, aReassignment, spansOf } from '../fixtures/covers.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict } from '../fixtures/facts.ts'
import { aFamily, aPractitioner } from '../fixtures/families.ts'
import { acceptedTransfer, aTransferStep, readyTransfer } from '../fixtures/transfers.ts'

let desk: TestDesk
let manager: Actor
let priya: Id
let sam: Id
let ada: Id
beforeEach(async () => {
  desk = await openTestDesk()
  manager = await aColleague(desk, 'triage-manager')
  const first = await aPractitioner(desk)
  priya = first.id
  sam = await anotherPractitioner(desk, first, 'Sam Reed')
  ada = await anotherPractitioner(desk, first, 'Ada Brook')
})
afterEach(() => {
  expect(desk.faults).toEqual([])
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  desk.close()
})

const theFamily = async (practitionerId = priya) => {
  const { form } = await aFamily(desk, { practitionerId })
  return { familyId: form.id, episodeId: form.episodeId, id: form.id }
}
const rows = (sql: string) => desk.store.reader.prepare(sql).all() as Record<string, unknown>[]
const refused = (reason: string) => ({ ok: false, error: { code: 'refused', reason } })
const invalidAt = (...paths: string[]) => ({
  ok: false,
  error: { code: 'invalid', fields: paths.map((path) => ({ path, message: expect.any(String) as string })) }
})
const make = (draft: ReassignmentDraft, actor = manager) => desk.run('reassignment.make', draft, actor)
const made = (draft: ReassignmentDraft) => desk.does('reassignment.make', draft, manager)
const preview = (fromDay = '2026-12-01') =>
  desk.does('reassignment.preview', { practitionerId: priya, fromDay }, manager)
const transfersOf = (episodeId: Id) => desk.does('transfer.list', { episodeId }, manager)
const close = (leftOn: string) =>
  desk.does('practitioner.list', { text: 'Priya', after: '' }).then(({ rows: found }) =>
    desk.run(
      'keyworker.close',
      {
        practitionerId: priya,
        leftOn,
        why: 'A post elsewhere',
        rowVersion: found.find(({ id }) => id === priya)?.rowVersion ?? 0
      },
      manager
    )
  )
const nothing = () => {
  expect(rows('SELECT id FROM reassignment UNION ALL SELECT id FROM transfer')).toEqual([])
  expect(rows("SELECT id FROM episode_keyworker WHERE kind = 'transfer'")).toEqual([])
}

describe('reassignment.make', () => {
  it('makes others keyworkers of every family from the day on, and the worker can leave', async () => {
    const [one, two] = [await theFamily(), await theFamily()]
    await theFamily(ada)
    const draft = aReassignment(priya, sam, [one, two])
    draft.parts = draft.parts.map((part) =>
      part.episodeId === two.episodeId ? { ...part, practitionerId: ada, toldOn: '23/11/2026' } : part
    )
    await desk.does('draft.save', { form: { kind: 'reassignment', body: draft }, savedBefore: 0 }, manager)
    expect(await close('2026-11-30')).toMatchObject({ ok: false })
    expect(await made(draft)).toEqual({ id: draft.id, families: 2 })
    expect(spansOf(desk, one.episodeId)).toEqual([
      { from: '2026-11-23', to: '2026-11-30', who: priya, isCover: 0 },
      { from: '2026-12-01', to: LAST_DAY, who: sam, isCover: 0 }
    ])
    expect(spansOf(desk, two.episodeId)).toMatchObject([{ who: priya }, { from: '2026-12-01', who: ada }])
    expect(rows('SELECT id FROM form_draft')).toEqual([])
    expect(await close('2026-11-30')).toMatchObject({ ok: true })
  })

  it('is a transfer of each family that was accepted; agreement is reviewed after it (R30)', async () => {
    const family = await theFamily()
    const draft = aReassignment(priya, sam, [family])
    const parts = draft.parts.map((part) => ({ ...part, toldOn: '23/11/2026' }))
    // the family said yes the day before
    const later = { ...manager, now: '2026-11-24T10:00:00.000Z' }
    await desk.does('reassignment.make', { ...draft, parts }, later)
    expect(await transfersOf(family.episodeId)).toMatchObject([
      {
        ...{ kind: 'in-county', reason: 'job-change', state: 'accepted', toName: 'Sam Reed' },
        ...{ changeoverOn: '2026-12-01', familyToldOn: '2026-11-23', agreementReviewedOn: '' },
        note: 'A post elsewhere',
        steps: [{ step: 'tell-family' }, { step: 'propose' }, { step: 'accept' }]
      }
    ])
  })

  it('sent twice is done once, and with other content is refused', async () => {
    const families = [await theFamily(), await theFamily(sam)]
    await desk.does('cover.arrange', aCover(sam, priya, families.slice(1)), manager)
    const draft = aReassignment(priya, ada, families)
    const first = await made(draft)
    const audit = rows('SELECT id FROM audit')
    expect(await made(draft)).toEqual(first)
    expect(rows('SELECT id FROM audit')).toEqual(audit)
    const [one, ...others] = draft.parts
    const other = { ...draft, parts: one ? [{ ...one, practitionerId: sam }, ...others] : [] }
    expect(await make(other)).toMatchObject(refused('clashing-id'))
    expect(await make({ ...draft, why: 'Another reason' })).toMatchObject(refused('clashing-id'))
    expect(await make(draft, { ...manager, id: newId() })).toMatchObject(refused('clashing-id'))
  })

  it('has what they stand in for, for the rest of its days, and returns it to its keyworker', async () => {
    const ofSam = await theFamily(sam)
    const cover = aCover(sam, priya, [ofSam], { fromDay: '28/11/2026', toDay: '10/12/2026' })
    await desk.does('cover.arrange', cover, manager)
    expect((await preview()).families).toMatchObject([
      { ...{ days: [{ from: '2026-12-01', to: '2026-12-10', isForGood: false }] }, familyId: ofSam.id }
    ])
    expect(await make(aReassignment(priya, sam, [ofSam]))).toMatchObject(invalidAt('parts.0.practitionerId'))
    await made(aReassignment(priya, ada, [ofSam]))
    expect(spansOf(desk, ofSam.episodeId)).toMatchObject([
      { who: sam },
      { from: '2026-11-28', to: '2026-11-30', who: priya },
      { from: '2026-12-01', to: '2026-12-10', who: ada },
      { from: '2026-12-11', who: sam }
    ])
    expect(await transfersOf(ofSam.episodeId)).toEqual([])
    const back = { id: newId(), coverId: cover.id, lastDay: '2026-12-05', reason: 'Back' }
    await desk.does('cover.return', back, manager)
    expect(spansOf(desk, ofSam.episodeId).at(-1)).toMatchObject({ from: '2026-12-06', who: sam })
  })

  it('takes a family over from whoever stands in for them, and whoever does can be given it', async () => {
    const family = await theFamily()
    await desk.does('cover.arrange', aCover(priya, sam, [family]), manager)
    const { families } = await preview('2026-12-05')
    expect(families).toMatchObject([
      {
        days: [{ from: '2026-12-05', to: LAST_DAY, isForGood: true }],
        standIns: [{ practitionerId: sam, from: '2026-12-05', to: '2026-12-10' }]
      }
    ])
    await made(aReassignment(priya, sam, [family], { fromDay: '5/12/2026' }))
    expect(spansOf(desk, family.episodeId)).toMatchObject([
      { who: priya },
      { from: '2026-12-01', to: '2026-12-04', who: sam, isCover: 1 },
      { from: '2026-12-05', who: sam, isCover: 0 }
    ])
  })

  it('leaves a transfer to another keyworker as it was agreed, until its day', async () => {
    const family = await theFamily()
    await acceptedTransfer(desk, family, ada, '2026-12-10')
    await made(aReassignment(priya, sam, [family]))
    expect(spansOf(desk, family.episodeId)).toMatchObject([
      { who: priya },
      { from: '2026-12-01', to: '2026-12-09', who: sam },
      { from: '2026-12-10', who: ada }
    ])
  })

  it('gives a family that was to come to them to somebody else from the day it comes', async () => {
    const family = await theFamily(ada)
    const coming = await acceptedTransfer(desk, family, priya, '2026-12-10')
    await made(aReassignment(priya, sam, [family]))
    expect(spansOf(desk, family.episodeId)).toMatchObject([
      { to: '2026-12-09', who: ada },
      { from: '2026-12-10', who: sam }
    ])
    expect((await transfersOf(family.episodeId)).find(({ id }) => id === coming.id)).toMatchObject({
      state: 'cancelled'
    })
  })

  it('cancels what waits to be accepted between keyworkers, and lets one out of the county go on', async () => {
    const [asked, leaving] = [await theFamily(), await theFamily()]
    const waits = await readyTransfer(desk, asked)
    await desk.does(
      'transfer.takeStep',
      aTransferStep(waits, 'propose', { practitionerId: ada, on: '2026-12-03' })
    )
    const out = await readyTransfer(desk, leaving, {
      kind: 'out-of-county',
      reason: 'out-of-county',
      authority: 'luton'
    })
    await made(aReassignment(priya, sam, [asked, leaving]))
    const stateOf = async (episodeId: Id, id: Id) =>
      (await transfersOf(episodeId)).find((transfer) => transfer.id === id)?.state
    expect(await stateOf(asked.episodeId, waits.id)).toBe('cancelled')
    expect(await stateOf(leaving.episodeId, out.id)).toBe('requested')
  })

  it('gives nothing where anything is wrong', async () => {
    const families = [await theFamily(), await theFamily()]
    const draft = (changes: Partial<ReassignmentDraft> = {}) => aReassignment(priya, sam, families, changes)
    const changed = { ok: false, error: { code: 'changed-since' } }
    expect(await make(aReassignment(priya, sam, families.slice(1)))).toMatchObject(changed)
    expect(await make(draft({ fromDay: '', why: '' }))).toMatchObject(invalidAt('fromDay', 'why'))
    expect(await make(draft({ fromDay: '1/12/2062' }))).toMatchObject(invalidAt('fromDay'))
    expect(await make(aReassignment(priya, priya, families))).toMatchObject(
      invalidAt('parts.0.practitionerId', 'parts.1.practitionerId')
    )
    expect(await make(aReassignment(ada, sam, []))).toMatchObject(invalidAt('fromDay'))
    const told = draft()
    told.parts = told.parts.map((part) => ({ ...part, toldOn: '24/11/2026' }))
    expect(await make(told)).toMatchObject(invalidAt('parts.0.toldOn', 'parts.1.toldOn'))
    const other = await aColleague(desk, 'triage-manager')
    await restrict(desk, families[0]?.id ?? '', [other], other)
    expect(await preview()).toMatchObject({ hidden: 1 })
    expect(await make(draft())).toMatchObject(refused('families-hidden'))
    nothing()
  })

  it('leaves assessments that have closed with whom they closed', async () => {
    const [open, closed] = [await theFamily(), await theFamily()]
    await desk.does('episode.close', aClosing(closed))
    await made(aReassignment(priya, sam, [open]))
    expect(spansOf(desk, closed.episodeId)).toMatchObject([{ who: priya, to: LAST_DAY }])
    expect(await close('2026-11-30')).toMatchObject({ ok: true })
  })

  it.each([
    ['the day itself', '23/11/2026', '2026-11-23'],
    ['a leap day', '29/2/2028', '2028-02-29'],
    ['a day that has gone by', '20/11/2026', '2026-11-23']
  ])('begins on %s', async (_name, fromDay, first) => {
    const family = await theFamily()
    const actor = first > '2027' ? { ...manager, now: '2028-02-01T10:00:00.000Z' } : manager
    expect(await make(aReassignment(priya, sam, [family], { fromDay }), actor)).toMatchObject({ ok: true })
    expect(spansOf(desk, family.episodeId).at(-1)).toMatchObject({ from: first, who: sam })
  })
})

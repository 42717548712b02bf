import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { LAST_DAY } from '../../shared/keyworker/spans.ts'
import { aClosing, aReopening } from '../fixtures/closing.ts'
import { aCover, anotherPractitioner, aReturn, spansOf } from '../fixtures/covers.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague } from '../fixtures/facts.ts'
import { aFamily, aPractitioner } from '../fixtures/families.ts'
import { acceptedTransfer, aTransferStep } from '../fixtures/transfers.ts'

/** What happens to a family when two acts that were each in order meet: a transfer, a cover, an end, somebody who leaves. */

let desk: TestDesk
let manager: Actor
let employerId: Id
let priya: Id
let sam: Id
let ada: Id
beforeEach(async () => {
  desk = await openTestDesk()
  manager = await aColleague(desk, 'triage-manager')
  const first = await aPractitioner(desk)
  employerId = first.employerId
  priya = first.id
  sam = await anotherPractitioner(desk, first, 'Sam Reed')
  ada = await anotherPractitioner(desk, first, 'Ada Brook')
})
afterEach(() => {
  expect(desk.faults).toEqual([])
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  desk.close()
})

const on = (day: CivilDate): Actor => ({ ...manager, now: `${day}T10:00:00.000Z` })
const refused = (reason: string) => ({ ok: false, error: { code: 'refused', reason } })
const theFamily = async (practitionerId = priya) => {
  const { form } = await aFamily(desk, { practitionerId })
  return { id: form.id, familyId: form.id, episodeId: form.episodeId }
}
const rowOf = async (id: Id) => {
  const { rows } = await desk.does('practitioner.list', { text: '', after: '' })
  const row = rows.find((each) => each.id === id)
  if (!row) throw new Error('They are not in the directory')
  return row
}
async function leaves(practitionerId: Id, leftOn: CivilDate) {
  const { rowVersion } = await rowOf(practitionerId)
  return desk.run('keyworker.close', { practitionerId, leftOn, why: 'A post elsewhere', rowVersion }, manager)
}
async function changed(id: Id, changes: Partial<Input<'practitioner.save'>>) {
  const { name, role, employer, phone, email, trainedOn, standardsOn, registeredOn, rowVersion } =
    await rowOf(id)
  const kept = {
    id,
    name,
    role,
    employer,
    employerId,
    phone,
    email,
    trainedOn,
    standardsOn,
    registeredOn,
    rowVersion
  }
  return desk.run('practitioner.save', { ...kept, ...changes })
}
const lapses = (id: Id) => changed(id, { trainedOn: '' })
const renamed = (id: Id, name: string) => changed(id, { name })
const close = async (family: { id: Id; episodeId: Id }): Promise<Id> => {
  const closing = aClosing(family)
  await desk.does('episode.close', closing)
  return closing.id
}

describe('a keyworker who has left does not get a family back', () => {
  it('by a transfer that is taken back', async () => {
    const family = await theFamily()
    const transfer = await acceptedTransfer(desk, family, sam, '2026-12-03')
    expect(await leaves(priya, '2026-12-02')).toMatchObject({ ok: true })
    const cancel = await desk.run('transfer.takeStep', aTransferStep(transfer, 'cancel'))
    expect(cancel).toMatchObject(refused('keyworker-gone'))
    expect(spansOf(desk, family.episodeId)).toMatchObject([{ who: priya, to: '2026-12-02' }, { who: sam }])
  })

  it('by an assessment that is reopened while others stand in', async () => {
    const family = await theFamily()
    await desk.does('cover.arrange', aCover(priya, sam, [family]), manager)
    const closure = await close(family)
    expect(await leaves(priya, '2026-11-30')).toMatchObject({ ok: true })
    const reopen = await desk.run(
      'episode.reopen',
      aReopening(family, closure, { on: '2026-12-05' }),
      on('2026-12-05')
    )
    expect(reopen).toMatchObject(refused('keyworker-not-registered'))
  })

  it('nor whoever was to stand in and left', async () => {
    const family = await theFamily()
    await desk.does('cover.arrange', aCover(priya, sam, [family]), manager)
    const closure = await close(family)
    expect(await leaves(sam, '2026-11-30')).toMatchObject({ ok: true })
    const reopen = await desk.run('episode.reopen', aReopening(family, closure))
    expect(reopen).toMatchObject(refused('keyworker-not-registered'))
  })

  it('nor whoever is no longer trained, where a transfer hid that they stand in (R23)', async () => {
    const family = await theFamily()
    const cover = aCover(priya, sam, [family], { fromDay: '5/12/2026' })
    await desk.does('cover.arrange', cover, manager)
    const transfer = await acceptedTransfer(desk, family, ada, '2026-12-03')
    expect(await lapses(sam)).toMatchObject({ ok: true })
    const cancel = await desk.run('transfer.takeStep', aTransferStep(transfer, 'cancel'))
    expect(cancel).toMatchObject(refused('keyworker-gone'))
  })

  it('an assessment whose former keyworker is no longer trained can be reopened', async () => {
    const family = await theFamily()
    await acceptedTransfer(desk, family, sam, '2026-11-23')
    await acceptedTransfer(desk, family, ada, '2026-11-24')
    const closing = aClosing(family, { closedOn: '25/11/2026' })
    await desk.does('episode.close', closing, on('2026-11-25'))
    expect(await lapses(sam)).toMatchObject({ ok: true })
    await desk.does('episode.reopen', aReopening(family, closing.id, { on: '2026-11-26' }), on('2026-11-26'))
    expect(await renamed(sam, 'Sam Reed-Hall')).toMatchObject({ ok: true })
  })
})

describe('a keyworker who is back', () => {
  it('has the family, also where somebody stood in for whoever stood in', async () => {
    const family = await theFamily()
    const cover = aCover(priya, sam, [family])
    await desk.does('cover.arrange', cover, manager)
    const second = aCover(sam, ada, [family], { fromDay: '3/12/2026', toDay: '8/12/2026' })
    await desk.does('cover.arrange', second, manager)
    await desk.does('cover.return', aReturn(cover.id, { lastDay: '2026-12-05' }), manager)
    expect(spansOf(desk, family.episodeId)).toMatchObject([
      { who: priya },
      { from: '2026-12-01', to: '2026-12-02', who: sam },
      { from: '2026-12-03', to: '2026-12-05', who: ada },
      { from: '2026-12-06', to: LAST_DAY, who: priya }
    ])
  })

  it('leaves cover of another time as it was arranged', async () => {
    const family = await theFamily()
    const first = aCover(priya, sam, [family], { toDay: '4/12/2026' })
    await desk.does('cover.arrange', first, manager)
    const later = { fromDay: '7/12/2026', toDay: '12/12/2026' }
    await desk.does('cover.arrange', aCover(priya, sam, [family], later), manager)
    await desk.does('cover.arrange', aCover(sam, ada, [family], { ...later, toDay: '8/12/2026' }), manager)
    await desk.does('cover.return', aReturn(first.id, { lastDay: '2026-12-02' }), manager)
    expect(spansOf(desk, family.episodeId).slice(2)).toMatchObject([
      { from: '2026-12-03', who: priya },
      { from: '2026-12-07', who: ada },
      { from: '2026-12-09', who: sam },
      { from: '2026-12-13', who: priya }
    ])
  })
})

describe('cover that a transfer has ended', () => {
  it('is told nowhere as still to come', async () => {
    const family = await theFamily()
    await desk.does('cover.arrange', aCover(priya, sam, [family]), manager)
    await acceptedTransfer(desk, family, ada, '2026-11-30')
    const due = await desk.does('family.due', { whose: 'everyone' }, on('2026-11-30'))
    expect(due.filter(({ kind }) => kind.startsWith('cover'))).toEqual([])
    expect((await desk.does('cover.list', { after: '' }, manager)).rows).toEqual([])
  })

  it('ends on the day before the changeover', async () => {
    const family = await theFamily()
    await desk.does('cover.arrange', aCover(priya, sam, [family]), manager)
    await acceptedTransfer(desk, family, ada, '2026-12-04')
    const due = await desk.does('family.due', { whose: 'everyone' }, on('2026-12-04'))
    expect(due.filter(({ kind }) => kind.startsWith('cover'))).toEqual([])
    expect((await desk.does('cover.list', { after: '' }, on('2026-12-02'))).rows).toMatchObject([
      { toDay: '2026-12-03' }
    ])
  })

  it('asks for nobody any more once somebody was found after all', async () => {
    const family = await theFamily()
    const draft = aCover(priya, '', [family])
    const parts = draft.parts.map((part) => ({ ...part, nobodyFound: true }))
    await desk.does('cover.arrange', { ...draft, parts }, manager)
    const list = async () => (await desk.does('cover.list', { after: '' }, manager)).rows
    expect(await list()).toMatchObject([{ nobodyFound: 1 }])
    await desk.does('cover.arrange', aCover(priya, sam, [family]), manager)
    expect(await list()).toMatchObject([{ nobodyFound: 0, families: 1 }])
  })
})

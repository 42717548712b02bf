import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { Input, Output } from '../../shared/ipc/contract.ts'
import { NO_HUB } from '../../shared/keyworker/keyworker.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { aClosing } from '../fixtures/closing.ts'
import { aCover, aReassignment, anotherPractitioner } from '../fixtures/covers.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict } from '../fixtures/facts.ts'
import { aFamily, aPractitioner, detailsOf } from '../fixtures/families.ts'
import { acceptedTransfer, aTransferStep, readyTransfer } from '../fixtures/transfers.ts'

const TODAY = '2026-11-23'
/** The hub of Hertford, where the families of these tests live, and one of another hub. */
const HERTFORD = 'E07000242'
const WATFORD = 'E07000103'

let desk: TestDesk
let boss: Actor
let priya: Awaited<ReturnType<typeof aPractitioner>>
beforeEach(async () => {
  desk = await openTestDesk()
  boss = await aColleague(desk, 'triage-manager')
  priya = await aPractitioner(desk)
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

/** The hub of a district, as it is set up. */
const hubOf = (code: string): Id =>
  rulesOn(seedSettings(), TODAY).districts.find(({ key }) => key === code)?.hubId ?? ''

const everybody: Input<'keyworker.list'> = {
  ...{ text: '', hubId: '', employerId: '', hasLeft: false, sort: 'name', after: '' }
}
const list = (changes: Partial<Input<'keyworker.list'>> = {}, actor?: Actor) =>
  desk.does('keyworker.list', { ...everybody, ...changes }, actor)
const names = async (changes: Partial<Input<'keyworker.list'>> = {}) =>
  (await list(changes)).rows.map(({ name }) => name)
const read = (id: Id, actor: Actor = boss) => desk.does('keyworker.read', { id }, actor)
const another = (name: string, changes: Partial<Input<'practitioner.save'>> = {}) =>
  anotherPractitioner(desk, priya, name, changes)
const pattern = (changes: Partial<Input<'keyworker.savePattern'>> = {}): Input<'keyworker.savePattern'> => ({
  ...{ id: newId(), practitionerId: priya.id, validFrom: '2026-11-01', weekdays: '135' },
  ...{ termTimeOnly: false, fullTimeFamilies: 10, districts: [HERTFORD] },
  ...changes
})
const absence = (changes: Partial<Input<'keyworker.bookAbsence'>> = {}): Input<'keyworker.bookAbsence'> => ({
  ...{
    id: newId(),
    practitionerId: priya.id,
    kind: 'leave',
    fromDay: '2026-11-23',
    toDay: '2026-11-27',
    note: ''
  },
  ...changes
})
const leaving = (changes: Partial<Input<'keyworker.close'>> = {}): Input<'keyworker.close'> => ({
  ...{ practitionerId: priya.id, leftOn: TODAY, why: 'A post elsewhere', rowVersion: 1 },
  ...changes
})
const family = async (practitionerId: Id = priya.id) => (await aFamily(desk, { practitionerId })).form
const fieldsOf = async (answer: Promise<{ ok: boolean; error?: unknown }>) => {
  const { error } = (await answer) as {
    error?: { code: string; fields?: { path: string; message: string }[] }
  }
  return error?.fields ?? error?.code
}

describe('keyworker.list', () => {
  it('has everybody by name, with what is said of nobody yet', async () => {
    await another('Ann Dean')
    expect(await list()).toEqual({
      next: '',
      total: 2,
      rows: [
        expect.objectContaining({ name: 'Ann Dean' }),
        {
          ...{
            id: priya.id,
            name: 'Priya Shah',
            role: 'Family support worker',
            employerName: 'Lantern Trust'
          },
          ...{ hubNames: [], weekdays: '', termTimeOnly: false, isAtWork: true, leftOn: '', awayUntil: '' },
          ...{
            load: { held: 0, covering: 0, capacity: 12, percent: 0 },
            allocatedLately: 0,
            isGivable: true
          },
          ...{ coveredBy: [], covers: [] }
        }
      ]
    })
  })

  it('has the heaviest load first, by what each could hold', async () => {
    const ann = await another('Ann Dean')
    await another('Zoe Bright')
    await family()
    await family()
    await family(ann)
    expect(await names({ sort: 'load' })).toEqual(['Priya Shah', 'Ann Dean', 'Zoe Bright'])
    await desk.does(
      'keyworker.savePattern',
      pattern({ practitionerId: ann, weekdays: '1', fullTimeFamilies: 5 }),
      boss
    )
    expect((await list({ sort: 'load' })).rows.map(({ load }) => load.percent)).toEqual([100, 17, 0])
    expect(await names({ sort: 'load' })).toEqual(['Ann Dean', 'Priya Shah', 'Zoe Bright'])
  })

  it('comes in pages of 50, by name and by load, each person once', async () => {
    for (let at = 0; at < 54; at++) await another(`Keyworker ${String(at).padStart(2, '0')}`)
    await family()
    for (const sort of ['name', 'load'] as const) {
      const first = await list({ sort })
      expect([first.rows.length, first.total, first.next]).toEqual([50, 55, first.rows[49]?.id])
      const second = await list({ sort, after: first.next })
      expect([second.rows.length, second.total, second.next]).toEqual([5, 55, ''])
      expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(55)
    }
  })

  it('is narrowed by words, by hub and by where they work', async () => {
    const agency = await desk.does('agency.save', {
      ...{ id: newId(), name: 'Beacon Project', kind: '', phone: '', address: '', rowVersion: 0 }
    })
    await another('Ann Dean', { employerId: agency.id })
    await desk.does('keyworker.savePattern', pattern({ districts: [HERTFORD, WATFORD] }), boss)
    expect(await names({ text: 'priya' })).toEqual(['Priya Shah'])
    expect(await names({ text: 'beacon' })).toEqual(['Ann Dean'])
    expect(await names({ text: 'nobody' })).toEqual([])
    expect(await names({ employerId: agency.id })).toEqual(['Ann Dean'])
    expect(await names({ hubId: hubOf(HERTFORD) })).toEqual(['Priya Shah'])
    expect(await names({ hubId: hubOf(WATFORD), sort: 'load' })).toEqual(['Priya Shah'])
    expect(await names({ hubId: hubOf('E07000096') })).toEqual([])
    expect((await list()).rows[1]?.hubNames).toHaveLength(2)
    expect(await names({ hubId: NO_HUB })).toEqual(['Ann Dean'])
    const sam = await another('Sam Okoro')
    await desk.does('keyworker.savePattern', pattern({ practitionerId: sam, districts: [] }), boss)
    expect(await names({ hubId: NO_HUB, sort: 'load' })).toEqual(['Ann Dean', 'Sam Okoro'])
    expect((await list({ hubId: NO_HUB })).total).toBe(2)
  })

  it('goes by the pattern of today, not by one to come', async () => {
    await desk.does('keyworker.savePattern', pattern({ validFrom: '2026-11-24', weekdays: '2' }), boss)
    expect((await list()).rows[0]).toMatchObject({ weekdays: '', load: { capacity: 12 } })
    await desk.does('keyworker.savePattern', pattern({ validFrom: TODAY, weekdays: '234' }), boss)
    expect((await list()).rows[0]).toMatchObject({ weekdays: '234', isAtWork: false, load: { capacity: 6 } })
  })

  it('says who was given a family in the past seven days, for good', async () => {
    const ann = await another('Ann Dean')
    const first = await family()
    await desk.does(
      'cover.arrange',
      aCover(priya.id, ann, [first].map(idsOf), { fromDay: '23/11/2026', toDay: '25/11/2026' }),
      boss
    )
    const lately = async (now: string) =>
      (await list({}, { ...desk.first, now })).rows.map(({ allocatedLately }) => allocatedLately)
    // Ann only stands in; Priya was given one today, and is not given it again when she is back
    expect(await lately(OPEN)).toEqual([0, 1])
    expect(await lately('2026-11-29T10:00:00.000Z')).toEqual([0, 1])
    expect(await lately('2026-11-30T10:00:00.000Z')).toEqual([0, 0])
  })

  it('says who covers whom, and counts the family with whoever stands in', async () => {
    const ann = await another('Ann Dean')
    const first = await family()
    await desk.does(
      'cover.arrange',
      aCover(priya.id, ann, [first].map(idsOf), { fromDay: '23/11/2026', toDay: '25/11/2026' }),
      boss
    )
    const on = async (now: string) =>
      (await list({}, { ...desk.first, now })).rows.map(({ load, covers, coveredBy }) => ({
        ...{ held: load.held, covering: load.covering, covers, coveredBy }
      }))
    const back = { held: 1, covering: 0, covers: [], coveredBy: [] }
    expect(await on(OPEN)).toEqual([
      { held: 1, covering: 1, covers: ['Priya Shah'], coveredBy: [] },
      { held: 0, covering: 0, covers: [], coveredBy: ['Ann Dean'] }
    ])
    expect(await on('2026-11-26T10:00:00.000Z')).toEqual([{ ...back, held: 0 }, back])
  })

  it('has whoever left only where they are asked for, from the day after their last', async () => {
    await another('Ann Dean')
    await desk.does('keyworker.close', leaving(), boss)
    expect(await names()).toEqual(['Ann Dean', 'Priya Shah'])
    const tomorrow = { ...desk.first, now: '2026-11-24T10:00:00.000Z' }
    expect((await list({}, tomorrow)).rows.map(({ name }) => name)).toEqual(['Ann Dean'])
    expect((await list({ hasLeft: true }, tomorrow)).rows).toMatchObject([
      { name: 'Priya Shah', leftOn: TODAY }
    ])
    expect((await list({ hasLeft: true })).total).toBe(0)
  })

  it('says who cannot be given a family, and who is away until when', async () => {
    await another('Ann Dean', { trainedOn: '' })
    await desk.does('keyworker.bookAbsence', absence(), boss)
    expect((await list()).rows).toMatchObject([
      { name: 'Ann Dean', isGivable: false, awayUntil: '', isAtWork: true },
      { name: 'Priya Shah', isGivable: true, awayUntil: '2026-11-27', isAtWork: false }
    ])
    const [, shown] = (await desk.does('practitioner.list', { text: '', after: '' })).rows
    expect(shown?.awayUntil).toBe('2026-11-27')
  })
})

const idsOf = ({ id: familyId, episodeId }: { id: Id; episodeId: Id }) => ({ familyId, episodeId })

describe('keyworker.compare', () => {
  it('adds up hubs and agencies, the heaviest first; who works in two hubs counts in both', async () => {
    const ann = await another('Ann Dean')
    await family()
    await family(ann)
    await desk.does('keyworker.savePattern', pattern({ districts: [HERTFORD, WATFORD] }), boss)
    const { hubs, employers } = await desk.does('keyworker.compare', {})
    expect(employers).toEqual([
      {
        ...{ id: priya.employerId, name: 'Lantern Trust', keyworkers: 2 },
        load: { held: 2, covering: 0, capacity: 18, percent: 11 }
      }
    ])
    expect(hubs.map(({ name, keyworkers, load }) => [name === '', keyworkers, load.percent])).toEqual([
      [false, 1, 17],
      [false, 1, 17],
      [true, 1, 8]
    ])
  })

  it('leaves out whoever has left', async () => {
    await desk.does('keyworker.close', leaving({ leftOn: '2026-11-22' }), boss)
    expect(await desk.does('keyworker.compare', {})).toEqual({ hubs: [], employers: [] })
  })
})

describe('keyworker.savePattern', () => {
  it('adds a row, keeps the one before, and is done once', async () => {
    const first = pattern()
    await desk.does('keyworker.savePattern', first, boss)
    expect(await desk.does('keyworker.savePattern', first, boss)).toBeNull()
    await desk.does('keyworker.savePattern', pattern({ validFrom: '2026-12-01', weekdays: '12345' }), boss)
    const { patterns, load } = await read(priya.id)
    expect(
      patterns.map(({ validFrom, weekdays, districts, byName }) => ({
        validFrom,
        weekdays,
        districts,
        byName
      }))
    ).toEqual([
      { validFrom: '2026-12-01', weekdays: '12345', districts: [HERTFORD], byName: expect.any(String) },
      { validFrom: '2026-11-01', weekdays: '135', districts: [HERTFORD], byName: expect.any(String) }
    ])
    expect(load.capacity).toBe(6)
  })

  it('is refused with another content, for nobody, and in a district that there is not', async () => {
    const first = pattern()
    await desk.does('keyworker.savePattern', first, boss)
    expect(await desk.run('keyworker.savePattern', { ...first, weekdays: '1' }, boss)).toMatchObject({
      error: { reason: 'clashing-id' }
    })
    expect(
      await fieldsOf(desk.run('keyworker.savePattern', pattern({ practitionerId: newId() }), boss))
    ).toBe('not-found')
    expect(
      await fieldsOf(desk.run('keyworker.savePattern', pattern({ districts: ['E07000001'] }), boss))
    ).toEqual([{ path: 'districts', message: 'Choose districts from the list' }])
  })

  it('is for managers and coordinators', async () => {
    expect(await fieldsOf(desk.run('keyworker.savePattern', pattern()))).toBe('not-allowed')
    const coordinator = await aColleague(desk, 'coordinator', [hubOf(WATFORD)])
    await desk.does('keyworker.savePattern', pattern(), coordinator)
  })
})

describe('absences', () => {
  it('are booked once, never twice for one day, and are free again where they were taken back', async () => {
    const booked = absence()
    await desk.does('keyworker.bookAbsence', booked, boss)
    expect(await desk.does('keyworker.bookAbsence', booked, boss)).toBeNull()
    for (const days of [
      { fromDay: '2026-11-27', toDay: '2026-11-30' },
      { fromDay: '2026-11-20', toDay: '2026-11-23' },
      { fromDay: '2026-11-24', toDay: '2026-11-24' }
    ])
      expect(await fieldsOf(desk.run('keyworker.bookAbsence', absence(days), boss))).toEqual([
        { path: 'fromDay', message: expect.stringContaining('23 November 2026 to 27 November 2026') }
      ])
    await desk.does('keyworker.bookAbsence', absence({ fromDay: '2026-11-28', toDay: '2026-11-28' }), boss)
    const back = { id: booked.id, practitionerId: priya.id, why: 'Put off', rowVersion: 1 }
    await desk.does('keyworker.cancelAbsence', back, boss)
    expect(await desk.does('keyworker.cancelAbsence', back, boss)).toBeNull()
    await desk.does('keyworker.bookAbsence', absence({ kind: 'sickness' }), boss)
    expect(
      (await read(priya.id)).absences.map(({ fromDay, kind, cancelledWhy }) => [fromDay, kind, cancelledWhy])
    ).toEqual([
      ['2026-11-28', 'leave', ''],
      ['2026-11-23', 'sickness', ''],
      ['2026-11-23', 'leave', 'Put off']
    ])
  })

  it('are taken back only from the version that was read, and of the right person', async () => {
    const booked = absence()
    await desk.does('keyworker.bookAbsence', booked, boss)
    const back = { id: booked.id, practitionerId: priya.id, why: 'Put off', rowVersion: 1 }
    expect(
      await fieldsOf(desk.run('keyworker.cancelAbsence', { ...back, practitionerId: newId() }, boss))
    ).toBe('not-found')
    await desk.does('keyworker.cancelAbsence', back, boss)
    expect(await fieldsOf(desk.run('keyworker.cancelAbsence', { ...back, why: 'Another' }, boss))).toBe(
      'changed-since'
    )
  })

  it('are seen by whoever may book them; others learn until when somebody is away', async () => {
    await desk.does('keyworker.bookAbsence', absence({ kind: 'sickness', note: 'Broken leg' }), boss)
    expect((await read(priya.id)).absences).toHaveLength(1)
    const told = await read(priya.id, desk.first)
    expect([told.absences, told.awayUntil]).toEqual([[], '2026-11-27'])
    expect(JSON.stringify(told)).not.toContain('Broken')
    expect(JSON.stringify(await list())).not.toContain('sickness')
    expect(
      await fieldsOf(
        desk.run('keyworker.bookAbsence', absence({ fromDay: '2026-12-01', toDay: '2026-12-01' }))
      )
    ).toBe('not-allowed')
  })
})

describe('keyworker.read', () => {
  it('has the families of now, to come and before', async () => {
    const ann = await another('Ann Dean')
    const [held, going, ended] = [await family(), await family(), await family()]
    await desk.does('episode.close', aClosing({ id: ended.id, episodeId: ended.episodeId }))
    await acceptedTransfer(desk, going, ann)
    const mine = await read(priya.id)
    expect(mine.load.held).toBe(2)
    expect(
      mine.holds.map(({ familyId, from, to, childNames }) => ({ familyId, from, to, childNames }))
    ).toEqual([
      { familyId: held.id, from: TODAY, to: '', childNames: 'Robin Vale' },
      { familyId: going.id, from: TODAY, to: '2026-12-02', childNames: 'Robin Vale' }
    ])
    expect(mine.held).toMatchObject([{ familyId: ended.id, from: TODAY, to: TODAY, closedOn: TODAY }])
    expect((await read(ann)).holds).toMatchObject([{ familyId: going.id, from: '2026-12-03', to: '' }])
    const later = { ...boss, now: '2026-12-03T10:00:00.000Z' }
    expect((await read(priya.id, later)).held.map(({ familyId, to }) => [familyId, to])).toEqual([
      [going.id, '2026-12-02'],
      [ended.id, TODAY]
    ])
  })

  it('says for whom somebody stands in', async () => {
    const ann = await another('Ann Dean')
    const of = await family()
    await desk.does('cover.arrange', aCover(priya.id, ann, [idsOf(of)]), boss)
    expect((await read(ann)).holds).toMatchObject([
      { from: '2026-12-01', to: '2026-12-10', isCover: true, coveredName: 'Priya Shah' }
    ])
    expect((await read(priya.id)).holds).toMatchObject([
      { from: TODAY, to: '2026-11-30', isCover: false },
      { from: '2026-12-11', to: '', isCover: false }
    ])
  })

  it('has transfers that wait, to them and from them', async () => {
    const ann = await another('Ann Dean')
    const [first, second, third] = [await family(), await family(), await family()]
    const proposed = await readyTransfer(desk, first)
    await desk.does(
      'transfer.takeStep',
      aTransferStep(proposed, 'propose', { practitionerId: ann, on: '2026-12-03' })
    )
    await acceptedTransfer(desk, second, ann)
    const cancelled = await readyTransfer(desk, third)
    await desk.does('transfer.takeStep', aTransferStep(cancelled, 'cancel'))
    const waits = async (id: Id, actor?: Actor) =>
      (await read(id, actor)).transfers.map(({ familyId }) => familyId)
    expect((await waits(priya.id)).toSorted()).toEqual([first.id, second.id].toSorted())
    expect((await waits(ann)).toSorted()).toEqual([first.id, second.id].toSorted())
    expect(await waits(priya.id, { ...boss, now: '2026-12-03T10:00:00.000Z' })).toEqual([first.id])
  })

  it('counts, and does not name, families that are not open to whoever asks', async () => {
    const ann = await another('Ann Dean')
    const [first, second] = [await family(), await family()]
    await acceptedTransfer(desk, second, ann)
    await restrict(desk, second.id, [boss], boss)
    const told = await read(priya.id, desk.first)
    expect([told.load.held, told.hidden, told.holds.map(({ familyId }) => familyId)]).toEqual([
      2,
      1,
      [first.id]
    ])
    expect([told.transfers, told.held]).toEqual([[], []])
    expect(JSON.stringify(told)).not.toContain(second.episodeId)
    expect((await read(priya.id)).hidden).toBe(0)
    const elsewhere = await read(priya.id, await aColleague(desk, 'coordinator', [hubOf(WATFORD)]))
    expect([elsewhere.load.held, elsewhere.hidden, elsewhere.holds, elsewhere.transfers]).toEqual([
      2,
      2,
      [],
      []
    ])
  })

  it('is not found where there is nobody, and is audited', async () => {
    expect(await fieldsOf(desk.run('keyworker.read', { id: newId() }))).toBe('not-found')
    await read(priya.id)
    const audited = desk.store.reader
      .prepare("SELECT count(*) AS count FROM audit WHERE operation = 'keyworker.read' AND result = 'done'")
      .get()
    expect(audited).toEqual({ count: 1 })
  })
})

describe('keyworker.close (L18)', () => {
  it('is refused while they hold or will hold a family, says how many, and goes when they are with others', async () => {
    const ann = await another('Ann Dean')
    const [first, second] = [await family(), await family()]
    expect(await fieldsOf(desk.run('keyworker.close', leaving(), boss))).toEqual([
      { path: 'leftOn', message: 'They hold 2 families after that day. Give all families to others first' }
    ])
    await desk.does('reassignment.make', aReassignment(priya.id, ann, [first, second].map(idsOf)), boss)
    expect(await fieldsOf(desk.run('keyworker.close', leaving({ leftOn: '2026-11-29' }), boss))).toEqual([
      { path: 'leftOn', message: expect.stringContaining('2 families') }
    ])
    await desk.does('keyworker.close', leaving({ leftOn: '2026-11-30' }), boss)
    expect((await read(priya.id)).leftOn).toBe('2026-11-30')
  })

  it('is refused while they would be back after a cover, or stand in', async () => {
    const ann = await another('Ann Dean')
    const of = await family()
    await desk.does('cover.arrange', aCover(priya.id, ann, [idsOf(of)]), boss)
    const refused = { path: 'leftOn', message: expect.stringContaining('1 family after that day') }
    expect(await fieldsOf(desk.run('keyworker.close', leaving({ leftOn: '2026-12-05' }), boss))).toEqual([
      refused
    ])
    expect(
      await fieldsOf(
        desk.run('keyworker.close', leaving({ practitionerId: ann, leftOn: '2026-12-05' }), boss)
      )
    ).toEqual([refused])
    await desk.does('keyworker.close', leaving({ practitionerId: ann, leftOn: '2026-12-10' }), boss)
  })

  it('is refused while they are proposed, and not once somebody else is', async () => {
    const [ann, zoe] = [await another('Ann Dean'), await another('Zoe Bright')]
    const transfer = await readyTransfer(desk, await family())
    await desk.does(
      'transfer.takeStep',
      aTransferStep(transfer, 'propose', { practitionerId: ann, on: '2026-12-03' })
    )
    const gone = leaving({ practitionerId: ann })
    expect(await fieldsOf(desk.run('keyworker.close', gone, boss))).toEqual([
      { path: 'leftOn', message: expect.stringContaining('1 transfer to them waits') }
    ])
    await desk.does(
      'transfer.takeStep',
      aTransferStep(transfer, 'propose', { practitionerId: zoe, on: '2026-12-03' })
    )
    await desk.does('keyworker.close', gone, boss)
  })

  it('gives them no family any more, until they go on; is done once and from the version that was read', async () => {
    await desk.does('keyworker.close', leaving({ leftOn: '2026-12-31' }), boss)
    expect(await desk.does('keyworker.close', leaving({ leftOn: '2026-12-31' }), boss)).toBeNull()
    expect(await fieldsOf(desk.run('keyworker.close', leaving({ leftOn: '2026-12-01' }), boss))).toBe(
      'changed-since'
    )
    const { id } = await aFamily(desk, { practitionerId: priya.id }).catch(() => ({ id: '' }))
    expect(id).toBe('')
    const goesOn = leaving({ leftOn: '', why: 'Stays after all', rowVersion: 2 })
    await desk.does('keyworker.close', goesOn, boss)
    await family()
    expect(await read(priya.id)).toMatchObject({ leftOn: '', leftWhy: 'Stays after all', load: { held: 1 } })
    expect(await fieldsOf(desk.run('keyworker.close', { ...goesOn, rowVersion: 3 }))).toBe('not-allowed')
  })
})

describe('R23: whoever holds a family', () => {
  const dated = (dates: Partial<Input<'practitioner.save'>>) =>
    fieldsOf(desk.run('practitioner.save', { ...detailsOf(priya), ...dates }))

  it('stays trained and registered from their first day with it on', async () => {
    await family()
    const message = 'Enter 23 November 2026 or an earlier day: they hold a family from then on'
    expect(await dated({ trainedOn: '' })).toEqual([{ path: 'trainedOn', message }])
    expect(await dated({ registeredOn: '2026-11-24' })).toEqual([{ path: 'registeredOn', message }])
    expect(await dated({ trainedOn: '2026-11-24', registeredOn: '' })).toEqual([
      { path: 'trainedOn', message },
      { path: 'registeredOn', message }
    ])
    expect(await dated({ trainedOn: TODAY, registeredOn: TODAY, standardsOn: '' })).toBeUndefined()
  })

  it('is free to lapse where every assessment has ended', async () => {
    const of = await family()
    await desk.does('episode.close', aClosing({ id: of.id, episodeId: of.episodeId }))
    expect(await dated({ registeredOn: '' })).toBeUndefined()
  })

  it('counts a family to come as well', async () => {
    const ann = await another('Ann Dean')
    await acceptedTransfer(desk, await family(), ann)
    const rows: Output<'practitioner.list'>['rows'] = (
      await desk.does('practitioner.list', { text: 'Ann Dean', after: '' })
    ).rows
    const late = { ...detailsOf(rows[0] ?? priya), trainedOn: '2026-12-04' }
    expect(await fieldsOf(desk.run('practitioner.save', late))).toMatchObject([{ path: 'trainedOn' }])
    await desk.does('practitioner.save', { ...late, trainedOn: '2026-12-03' })
  })
})

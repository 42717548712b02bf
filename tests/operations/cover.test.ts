import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CoverDraft } from '../../shared/cover/cover.ts'
import { newId, type CivilDate, type Id } from '../../shared/ids.ts'
import { LAST_DAY } from '../../shared/keyworker/spans.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { aClosing } from '../fixtures/closing.ts'
import { aCover, anotherPractitioner, aReturn, spansOf } from '../fixtures/covers.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict, wholeChronology } from '../fixtures/facts.ts'
import { aFamily, aPractitioner } from '../fixtures/families.ts'
import { aMember } from '../fixtures/meetings.ts'
import { acceptedTransfer } from '../fixtures/transfers.ts'

let desk: TestDesk
let manager: Actor
let other: Actor
let priya: Id
let sam: Id
let ada: Id
beforeEach(async () => {
  desk = await openTestDesk()
  manager = await aColleague(desk, 'triage-manager')
  other = await aColleague(desk, 'triage-manager')
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

const on = (day: string, actor = manager): Actor => ({ ...actor, now: `${day}T10:00:00.000Z` })
const ids = ({ form }: Awaited<ReturnType<typeof aFamily>>) => ({
  familyId: form.id,
  episodeId: form.episodeId
})
const theFamily = async (practitionerId = priya) => ids(await aFamily(desk, { practitionerId }))
const rows = (sql: string) => desk.store.reader.prepare(sql).all() as Record<string, unknown>[]
const refused = (reason: string) => ({ ok: false, error: { code: 'refused', reason } })
const invalidAt = (...paths: string[]) => ({
  ok: false,
  error: { code: 'invalid', fields: paths.map((path) => ({ path, message: expect.any(String) as string })) }
})
const changed = { ok: false, error: { code: 'changed-since' } }
const arrange = (draft: CoverDraft, actor = manager) => desk.run('cover.arrange', draft, actor)
const arranged = (draft: CoverDraft, actor = manager) => desk.does('cover.arrange', draft, actor)
const preview = (fromDay = '2026-12-01', toDay = '2026-12-10', actor = manager, practitionerId = priya) =>
  desk.does('cover.preview', { practitionerId, fromDay, toDay }, actor)
const nothing = () => {
  expect(rows('SELECT id FROM cover UNION ALL SELECT id FROM cover_part')).toEqual([])
  expect(rows("SELECT id FROM episode_keyworker WHERE kind = 'cover'")).toEqual([])
}
const absent = (practitionerId: Id, fromDay: CivilDate, toDay: CivilDate) =>
  desk.does(
    'keyworker.bookAbsence',
    { id: newId(), practitionerId, kind: 'leave', fromDay, toDay, note: '' },
    manager
  )
/** A part of a draft that says something else. */
const withPart = (draft: CoverDraft, changes: Partial<CoverDraft['parts'][number]>): CoverDraft => ({
  ...draft,
  parts: draft.parts.map((part, index) => (index === 0 ? { ...part, ...changes } : part))
})

describe('cover.preview', () => {
  it('has what they hold on any of the days, by their own or by standing in, and nothing else', async () => {
    const own = await theFamily()
    const ofSam = await theFamily(sam)
    await theFamily(ada)
    await arranged(aCover(sam, priya, [ofSam], { fromDay: '5/12/2026', toDay: '20/12/2026' }))
    const { families, hidden } = await preview()
    expect(hidden).toBe(0)
    expect(families).toMatchObject([
      { ...own, days: [{ from: '2026-12-01', to: '2026-12-10', keyworkerId: priya, isForGood: false }] },
      { ...ofSam, days: [{ from: '2026-12-05', to: '2026-12-10', keyworkerId: sam }] }
    ])
    expect(families[0]?.childNames).toBe('Robin Vale')
  })

  it('has everybody else with their load, when it changes, and when they are away', async () => {
    await theFamily()
    const ofSam = await theFamily(sam)
    await theFamily(ada)
    await arranged(aCover(sam, ada, [ofSam], { fromDay: '3/12/2026', toDay: '5/12/2026' }))
    await absent(ada, '2026-12-09', '2026-12-24')
    const takers = (await preview()).takers.filter(({ practitionerId }) =>
      [ada, sam].includes(practitionerId)
    )
    expect(takers).toMatchObject([
      {
        load: { held: 1, covering: 0, capacity: 12, percent: 8 },
        changes: [
          { from: '2026-12-03', held: 2 },
          { from: '2026-12-06', held: 1 }
        ],
        away: [{ from: '2026-12-09', to: '2026-12-24' }],
        givableFrom: '2026-02-09'
      },
      { away: [{ from: '2026-12-03', to: '2026-12-05' }], load: { held: 1 } }
    ])
  })

  it('names the team of each family, as it is in these days', async () => {
    const family = await theFamily()
    await desk.does('meeting.saveMember', aMember(family, { practitionerId: sam }))
    await desk.does('meeting.saveMember', aMember(family, { practitionerId: ada, validTo: '2026-11-30' }))
    expect((await preview()).families[0]?.teamIds).toEqual([sam])
  })

  it('tells whoever may not open a family nothing but that there is one', async () => {
    const family = await theFamily()
    await restrict(desk, family.familyId, [other], other)
    expect(await preview()).toMatchObject({ families: [], hidden: 1 })
    const elsewhere = await aColleague(desk, 'coordinator', [COUNTY_HUB_ID])
    expect(await preview('2026-12-01', '2026-12-10', elsewhere)).toMatchObject({ families: [], hidden: 1 })
  })

  it('has no family that has closed, and knows nobody who is not in the directory', async () => {
    const family = await theFamily()
    await desk.does('episode.close', aClosing({ id: family.familyId, episodeId: family.episodeId }))
    expect((await preview()).families).toEqual([])
    const input = { practitionerId: newId(), fromDay: '2026-12-01', toDay: '2026-12-10' }
    expect(await desk.run('cover.preview', input, manager)).toMatchObject({ error: { code: 'not-found' } })
  })
})

describe('cover.arrange', () => {
  it('lets another stand in from the first day to the last, and the keyworker is back by themselves', async () => {
    const [one, two] = [await theFamily(), await theFamily()]
    const draft = aCover(priya, sam, [one, two])
    await desk.does('draft.save', { form: { kind: 'cover', body: draft }, savedBefore: 0 }, manager)
    expect(await arranged(draft)).toEqual({ id: draft.id, families: 2 })
    for (const { episodeId } of [one, two])
      expect(spansOf(desk, episodeId)).toEqual([
        { from: '2026-11-23', to: '2026-11-30', who: priya, isCover: 0 },
        { from: '2026-12-01', to: '2026-12-10', who: sam, isCover: 1 },
        { from: '2026-12-11', to: LAST_DAY, who: priya, isCover: 0 }
      ])
    expect(rows('SELECT id FROM form_draft')).toEqual([])
  })

  it('sent twice is done once, and with other content is refused', async () => {
    const family = await theFamily()
    const draft = aCover(priya, sam, [family])
    await arranged(draft)
    const written = rows('SELECT id FROM cover_part UNION ALL SELECT id FROM audit')
    expect(await arranged(draft)).toEqual({ id: draft.id, families: 1 })
    expect(rows('SELECT id FROM cover_part UNION ALL SELECT id FROM audit')).toEqual(written)
    expect(await arrange({ ...draft, toDay: '11/12/2026' })).toMatchObject(refused('clashing-id'))
    expect(await arrange(withPart(draft, { practitionerId: ada }))).toMatchObject(refused('clashing-id'))
    expect(await arrange(withPart(draft, { note: 'Rings first' }))).toMatchObject(refused('clashing-id'))
    expect(await arrange(draft, { ...manager, id: desk.first.id })).toMatchObject(refused('clashing-id'))
  })

  it('writes nothing where one family of several has nobody, and says which', async () => {
    const families = [await theFamily(), await theFamily()]
    const draft = withPart(aCover(priya, sam, families), { practitionerId: '' })
    expect(await arrange(draft)).toMatchObject(invalidAt('parts.0.practitionerId'))
    nothing()
  })

  it('writes nothing where a family came or went since it was looked at', async () => {
    const [one, two] = [await theFamily(), await theFamily()]
    expect(await arrange(aCover(priya, sam, [one]))).toMatchObject(changed)
    expect(await arrange(aCover(priya, sam, [one, two, await theFamily(ada)]))).toMatchObject(changed)
    expect(await arrange(aCover(priya, sam, [one, one]))).toMatchObject(changed)
    await desk.does('episode.close', aClosing({ id: two.familyId, episodeId: two.episodeId }))
    expect(await arrange(aCover(priya, sam, [one, two]))).toMatchObject(changed)
    nothing()
  })

  it('keeps that nobody was found: the keyworker stays named, and the part says so (R40)', async () => {
    const family = await theFamily()
    const draft = withPart(aCover(priya, '', [family]), { nobodyFound: true, note: 'Left with Rae Stone' })
    await arranged(draft)
    expect(rows('SELECT practitioner_id, row_id, note, from_day, to_day FROM cover_part')).toEqual([
      {
        ...{ practitioner_id: '', row_id: '', note: 'Left with Rae Stone' },
        ...{ from_day: '2026-12-01', to_day: '2026-12-10' }
      }
    ])
    expect(spansOf(desk, family.episodeId)).toHaveLength(1)
    expect((await desk.does('cover.list', { after: '' }, manager)).rows).toMatchObject([
      { families: 1, nobodyFound: 1, byWhom: [] }
    ])
  })

  it('asks when each family was told before, or why it was not (R40)', async () => {
    const family = await theFamily()
    const told = (toldOn: string, notToldWhy = '') =>
      arrange(withPart(aCover(priya, sam, [family]), { toldOn, notToldWhy }))
    expect(await told('')).toMatchObject(invalidAt('parts.0.toldOn'))
    expect(await told('yesterday')).toMatchObject(invalidAt('parts.0.toldOn'))
    expect(await told('24/11/2026')).toMatchObject(invalidAt('parts.0.toldOn'))
    nothing()
    expect(await told('', 'Taken ill in the night')).toMatchObject({ ok: true })
  })

  it('was not told before where it was told after cover began', async () => {
    const family = await theFamily()
    const draft = (toldOn: string) =>
      withPart(aCover(priya, sam, [family], { fromDay: '23/11/2026', toDay: '25/11/2026' }), { toldOn })
    expect(await arrange(draft('24/11/2026'), on('2026-11-24'))).toMatchObject(invalidAt('parts.0.toldOn'))
    expect(await arrange(draft('23/11/2026'), on('2026-11-24'))).toMatchObject({ ok: true })
  })

  it('lets nobody stand in who is untrained, has left, is away, or is stood in for themselves', async () => {
    const family = await theFamily()
    const { employerId } = (await desk.does('practitioner.list', { text: 'Priya', after: '' })).rows[0] ?? {
      employerId: ''
    }
    const trained = (trainedOn: string) =>
      anotherPractitioner(desk, { employerId }, 'Lee Hart', {
        trainedOn,
        standardsOn: '',
        registeredOn: trainedOn
      })
    const by = (id: Id) => arrange(aCover(priya, id, [family]))
    const notThey = invalidAt('parts.0.practitionerId')
    expect(await by(await trained(''))).toMatchObject(notThey)
    expect(await by(await trained('2026-12-02'))).toMatchObject(notThey)
    expect(await by(priya)).toMatchObject(notThey)
    expect(await by(newId())).toMatchObject(notThey)
    await absent(ada, '2026-12-10', '2026-12-12')
    expect(await by(ada)).toMatchObject(notThey)
    nothing()
    expect(await by(await trained('2026-12-01'))).toMatchObject({ ok: true })
  })

  it('lets nobody stand in while others stand in for them', async () => {
    const family = await theFamily()
    await arranged(aCover(sam, ada, [await theFamily(sam)], { fromDay: '28/11/2026', toDay: '1/12/2026' }))
    expect(await arrange(aCover(priya, sam, [family]))).toMatchObject(invalidAt('parts.0.practitionerId'))
    const later = { fromDay: '2/12/2026' }
    expect(await arrange(aCover(priya, sam, [family], later))).toMatchObject({ ok: true })
  })

  it('passes on what they stand in for, never back to its own keyworker', async () => {
    const ofSam = await theFamily(sam)
    await arranged(aCover(sam, priya, [ofSam]))
    const days = { fromDay: '4/12/2026', toDay: '20/12/2026' }
    expect(await arrange(aCover(priya, sam, [ofSam], days))).toMatchObject(
      invalidAt('parts.0.practitionerId')
    )
    await arranged(aCover(priya, ada, [ofSam], days))
    expect(spansOf(desk, ofSam.episodeId)).toMatchObject([
      { to: '2026-11-30', who: sam },
      { from: '2026-12-01', to: '2026-12-03', who: priya, isCover: 1 },
      { from: '2026-12-04', to: '2026-12-10', who: ada, isCover: 1 },
      { from: '2026-12-11', who: sam }
    ])
  })

  it('stops at a changeover within its days, and has a family from the day it comes', async () => {
    const [going, coming] = [await theFamily(), await theFamily(sam)]
    await acceptedTransfer(desk, { id: going.familyId, episodeId: going.episodeId }, ada, '2026-12-05')
    await acceptedTransfer(desk, { id: coming.familyId, episodeId: coming.episodeId }, priya, '2026-12-08')
    expect((await preview()).families).toMatchObject([
      { ...going, days: [{ from: '2026-12-01', to: '2026-12-04' }] },
      { ...coming, days: [{ from: '2026-12-08', to: '2026-12-10' }] }
    ])
    await arranged(aCover(priya, ada, [going, coming]))
    expect(spansOf(desk, coming.episodeId)).toMatchObject([
      { who: sam },
      { from: '2026-12-08', to: '2026-12-10', who: ada, isCover: 1 },
      { from: '2026-12-11', who: priya }
    ])
  })

  it('leaves days on which somebody stands in already as they are', async () => {
    const family = await theFamily()
    await arranged(aCover(priya, ada, [family], { fromDay: '4/12/2026', toDay: '6/12/2026' }))
    await arranged(aCover(priya, sam, [family]))
    expect(spansOf(desk, family.episodeId)).toMatchObject([
      { who: priya },
      { from: '2026-12-01', to: '2026-12-03', who: sam },
      { from: '2026-12-04', to: '2026-12-06', who: ada },
      { from: '2026-12-07', to: '2026-12-10', who: sam },
      { from: '2026-12-11', who: priya }
    ])
    expect(rows('SELECT DISTINCT cover_id FROM cover_part')).toHaveLength(2)
  })

  it('is stopped by a family that whoever arranges it may not open', async () => {
    const families = [await theFamily(), await theFamily()]
    await restrict(desk, families[1]?.familyId ?? '', [other], other)
    expect(await arrange(aCover(priya, sam, families))).toMatchObject(refused('families-hidden'))
    expect(await arrange(aCover(priya, sam, families.slice(0, 1)))).toMatchObject(refused('families-hidden'))
    nothing()
  })

  it('is for real days, a year at most, with a reason, and for somebody who holds families', async () => {
    const family = await theFamily()
    const days = (fromDay: string, toDay: string) => arrange(aCover(priya, sam, [family], { fromDay, toDay }))
    expect(await days('', '31/2/2027')).toMatchObject(invalidAt('fromDay', 'toDay'))
    expect(await days('2/12/2026', '1/12/2026')).toMatchObject(invalidAt('toDay'))
    expect(await days('2/12/2026', '3/12/2027')).toMatchObject(invalidAt('toDay'))
    expect(await arrange(aCover(priya, sam, [family], { why: ' ' }))).toMatchObject(invalidAt('why'))
    expect(await arrange(aCover(ada, sam, []))).toMatchObject(invalidAt('fromDay'))
    const gone = { absenceId: newId() }
    expect(await arrange(aCover(priya, sam, [family], gone))).toMatchObject(changed)
    nothing()
    expect(await days('29/2/2028', '29/2/2028')).toMatchObject({ ok: true })
  })

  it.each([
    ['one day', '23/11/2026', '23/11/2026', '2026-11-22', '2026-11-24'],
    ['the night the clocks go forward', '28/3/2027', '28/3/2027', '2027-03-27', '2027-03-29'],
    ['a leap day', '28/2/2028', '29/2/2028', '2028-02-27', '2028-03-01']
  ])('has no gap around %s', async (_name, fromDay, toDay, before, after) => {
    const family = await theFamily()
    await arranged(aCover(priya, sam, [family], { fromDay, toDay }))
    const who = (day: string) =>
      rows(
        `SELECT practitioner_id AS who FROM keyworker_span WHERE from_day <= '${day}' AND to_day >= '${day}'`
      )
    expect(who(after)).toEqual([{ who: priya }])
    if (before > '2026-11-22') expect(who(before)).toEqual([{ who: priya }])
  })

  it('may be written down afterwards, but never before the assessment had a keyworker', async () => {
    const family = await theFamily()
    const draft = aCover(priya, sam, [family], { fromDay: '20/11/2026', toDay: '24/11/2026' })
    await arranged(withPart(draft, { toldOn: '', notToldWhy: 'Taken ill' }), on('2026-11-26'))
    expect(spansOf(desk, family.episodeId)).toMatchObject([
      { from: '2026-11-23', to: '2026-11-24', who: sam },
      { from: '2026-11-25', who: priya }
    ])
  })

  it('is told in the chronology of each family', async () => {
    const family = await theFamily()
    await arranged(withPart(aCover(priya, sam, [family]), { toldOn: '', notToldWhy: 'Taken ill' }))
    const told = (await wholeChronology(desk, family.familyId)).filter(({ kind }) => kind === 'cover')
    expect(told).toMatchObject([
      {
        on: '2026-12-01',
        body: { practitionerName: 'Sam Reed', toDay: '2026-12-10', notToldWhy: 'Taken ill' }
      }
    ])
  })
})

describe('cover.return', () => {
  it('lets the keyworker be back of every family from the day after, and shortens the absence', async () => {
    const families = [await theFamily(), await theFamily()]
    const absenceId = newId()
    const booked = { id: absenceId, practitionerId: priya, kind: 'leave' as const, note: '' }
    await desk.does(
      'keyworker.bookAbsence',
      { ...booked, fromDay: '2026-12-01', toDay: '2026-12-10' },
      manager
    )
    const draft = aCover(priya, sam, families, { absenceId })
    await arranged(draft)
    const back = aReturn(draft.id)
    await desk.does('cover.return', back, manager)
    for (const { episodeId } of families)
      expect(spansOf(desk, episodeId)).toMatchObject([
        { who: priya },
        { from: '2026-12-01', to: '2026-12-05', who: sam },
        { from: '2026-12-06', to: LAST_DAY, who: priya }
      ])
    expect(rows('SELECT to_day FROM absence')).toEqual([{ to_day: '2026-12-05' }])

    await desk.does('cover.return', back, manager)
    expect(rows('SELECT id FROM keyworker_end')).toHaveLength(2)
    const other = { ...back, lastDay: '2026-12-04' }
    expect(await desk.run('cover.return', other, manager)).toMatchObject(refused('clashing-id'))
  })

  it('takes the whole cover back where they were never away', async () => {
    const family = await theFamily()
    const draft = aCover(priya, sam, [family])
    await arranged(draft)
    const days = (lastDay: string) => desk.run('cover.return', aReturn(draft.id, { lastDay }), manager)
    expect(await days('2026-11-29')).toMatchObject(invalidAt('lastDay'))
    expect(await days('2026-12-10')).toMatchObject(invalidAt('lastDay'))
    expect(await days('2026-11-30')).toMatchObject({ ok: true })
    expect(spansOf(desk, family.episodeId)).toHaveLength(1)
    expect((await desk.does('cover.list', { after: '' }, manager)).rows).toEqual([])
    expect(await days('2026-11-30')).toMatchObject(invalidAt('lastDay'))
  })

  it('is not there for whoever may not know of its families', async () => {
    const family = await theFamily()
    const draft = aCover(priya, sam, [family])
    await arranged(draft)
    const elsewhere = await aColleague(desk, 'coordinator', [COUNTY_HUB_ID])
    const notThere = { error: { code: 'not-found' } }
    expect(await desk.run('cover.return', aReturn(draft.id), elsewhere)).toMatchObject(notThere)
    expect(await desk.run('cover.return', aReturn(newId()), manager)).toMatchObject(notThere)
    await restrict(desk, family.familyId, [other], other)
    expect(await desk.run('cover.return', aReturn(draft.id), manager)).toMatchObject(
      refused('families-hidden')
    )
  })
})

describe('cover.list', () => {
  it('tells who covers whom as long as it lasts', async () => {
    const families = [await theFamily(), await theFamily()]
    const first = aCover(priya, sam, families)
    await arranged(withPart(first, { practitionerId: ada }))
    await arranged(aCover(ada, sam, [await theFamily(ada)], { fromDay: '11/12/2026', toDay: '12/12/2026' }))
    const list = async (actor = manager) => (await desk.does('cover.list', { after: '' }, actor)).rows
    expect(await list()).toMatchObject([
      {
        ...{ practitionerName: 'Priya Shah', fromDay: '2026-12-01', toDay: '2026-12-10', families: 2 },
        byWhom: [
          { name: 'Ada Brook', families: 1 },
          { name: 'Sam Reed', families: 1 }
        ]
      },
      { practitionerName: 'Ada Brook', toDay: '2026-12-12', families: 1 }
    ])
    expect(await list(on('2026-12-11'))).toHaveLength(1)
    expect(await list(on('2026-12-13'))).toEqual([])
    expect(await list(await aColleague(desk, 'coordinator', [COUNTY_HUB_ID]))).toEqual([])
  })
})

describe('family.due', () => {
  it('reminds of cover that begins and of a keyworker who is back, a week ahead', async () => {
    const family = await theFamily()
    const draft = aCover(priya, sam, [family])
    await arranged(draft)
    const due = async (day: string, actor = manager) =>
      (await desk.does('family.due', { whose: 'everyone' }, on(day, actor))).filter(({ kind }) =>
        kind.startsWith('cover')
      )
    expect(await due('2026-11-23')).toEqual([])
    expect(await due('2026-11-24')).toMatchObject([
      { kind: 'cover-begins', familyId: family.familyId, dueOn: '2026-12-01', familyName: 'Robin Vale' }
    ])
    expect(await due('2026-12-02')).toEqual([])
    expect(await due('2026-12-04')).toMatchObject([{ kind: 'cover-ends', dueOn: '2026-12-11' }])
    await desk.does('cover.return', aReturn(draft.id), manager)
    expect(await due('2026-12-04')).toMatchObject([{ kind: 'cover-ends', dueOn: '2026-12-06' }])
    expect(await due('2026-12-07')).toEqual([])
  })
})

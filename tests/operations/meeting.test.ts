import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { Attendance, MeetingDraft, TeamMember } from '../../shared/meeting/meeting.ts'
import { teamOn } from '../../shared/meeting/team.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, aFact, restrict, wholeChronology } from '../fixtures/facts.ts'
import { aFamily, aPractitioner } from '../fixtures/families.ts'
import { aMeeting, aMember, aRecord } from '../fixtures/meetings.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

const on = (day: string, actor: Actor = desk.first): Actor => ({ ...actor, now: `${day}T10:00:00.000Z` })
const invalidAt = (...paths: string[]) => ({
  error: { code: 'invalid', fields: paths.map((path) => ({ path })) }
})
const refused = (reason: string) => ({ ok: false, error: { code: 'refused', reason } })
const team = (episodeId: Id, actor?: Actor) => desk.does('meeting.team', { episodeId }, actor)
const here = async (episodeId: Id, day = '2026-11-23') =>
  teamOn((await team(episodeId)).members, day).here.map(({ name }) => name)

/** A mother and her child with an open assessment, whose keyworker is Priya Shah. */
async function theFamily() {
  const family = await aFamily(desk)
  const of = { familyId: family.id, episodeId: family.form.episodeId }
  const [keyworker] = (await team(of.episodeId)).members
  const [child, mother] = family.form.people
  return {
    of,
    keyworker: keyworker?.ofId ?? '',
    keyworkersPractitioner: keyworker?.practitionerId ?? '',
    child: child?.id ?? '',
    mother: mother?.id ?? '',
    agreementId: family.form.agreement.id
  }
}
type Family = Awaited<ReturnType<typeof theFamily>>

async function withdraw({ of, mother, agreementId }: Family) {
  await desk.does('agreement.withdraw', {
    ...emptyWithdrawal(newId(), of.familyId, agreementId),
    ...{ byPersonId: mother, relation: 'mother', capacity: 'parental-responsibility', route: 'phone' },
    ...{ standing: 'none-remains', withdrawalReason: 'Enough', deniedNote: 'Form' },
    ...{ closureReason: 'No agreement', adviceSought: true, signposted: true }
  })
}

describe('meeting.saveMember (R33, L19)', () => {
  it('the keyworker is in the team by itself, and never twice', async () => {
    const { of, keyworkersPractitioner } = await theFamily()
    expect((await team(of.episodeId)).members).toMatchObject([
      {
        ...{ name: 'Priya Shah', role: 'Family support worker', agencyName: 'Lantern Trust' },
        ...{ phone: '07700 900123', email: 'priya@lantern.example', isKeyworker: true },
        ...{ validFrom: '2026-11-23', validTo: '', byName: 'Morgan Ellis' }
      }
    ])
    const again = aMember(of, { practitionerId: keyworkersPractitioner })
    expect(await desk.run('meeting.saveMember', again)).toMatchObject({
      error: { fields: [{ path: 'practitionerId', message: 'Priya Shah is in the team already' }] }
    })
  })

  it('people of the family, of the directory, and others join it with what is known of them', async () => {
    const { of, mother } = await theFamily()
    const harbour = { name: 'Harbour Centre', kind: 'Charity', phone: '', address: '', rowVersion: 0 }
    const { id: agencyId } = await desk.does('agency.save', { id: newId(), ...harbour })
    const other = await aPractitioner(desk)
    await desk.does('meeting.saveMember', aMember(of, { personId: mother }))
    await desk.does('meeting.saveMember', aMember(of, { practitionerId: other.id, role: 'Mentor' }))
    const coach = { name: 'Ash Tran', role: 'Coach', phone: '01992 555 111', email: 'ash@harbour.example' }
    await desk.does('meeting.saveMember', aMember(of, { ...coach, employer: 'agency', employerId: agencyId }))
    expect((await team(of.episodeId)).members.slice(1)).toMatchObject([
      { personId: mother, name: 'Jo Vale', role: '', agencyName: '' },
      { practitionerId: other.id, name: 'Priya Shah', role: 'Mentor', agencyName: 'Lantern Trust' },
      { ...coach, personId: '', practitionerId: '', agencyName: 'Harbour Centre' }
    ])
  })

  it('of somebody of the family nothing may be typed that their own record has, and nothing withheld is told', async () => {
    const { of, child, mother } = await theFamily()
    const phone = (number: string, withheldFrom: Id[] = []) =>
      aFact(of.familyId, mother, {
        kind: 'phone',
        value: { number, note: '', mayLeaveMessage: false, maySayWho: false, withheldFrom }
      })
    await desk.does('family.recordFact', phone('07700 900777', [child]))
    const typed = aMember(of, { personId: mother, phone: '07700 900777' })
    expect(await desk.run('meeting.saveMember', typed)).toMatchObject(invalidAt('phone'))
    await desk.does('meeting.saveMember', aMember(of, { personId: mother }))
    expect((await team(of.episodeId)).members.at(-1)).toMatchObject({ name: 'Jo Vale', phone: '' })
    await desk.does('family.recordFact', phone('01992 555 200'))
    expect((await team(of.episodeId)).members.at(-1)).toMatchObject({ phone: '01992 555 200' })
  })

  it('asks who it is, for one alone, and knows whom it names', async () => {
    const { of, mother, keyworkersPractitioner } = await theFamily()
    const run = (changes: Parameters<typeof aMember>[1]) =>
      desk.run('meeting.saveMember', aMember(of, changes))
    expect(await run({})).toMatchObject(invalidAt('name'))
    expect(await run({ name: 'Jo', personId: mother })).toMatchObject(invalidAt('name'))
    expect(await run({ personId: newId() })).toMatchObject(invalidAt('personId'))
    expect(await run({ practitionerId: newId() })).toMatchObject(invalidAt('practitionerId'))
    expect(await run({ name: 'Ash', employer: 'agency' })).toMatchObject(invalidAt('employerId'))
    expect(await run({ name: 'Ash', employer: 'school', employerId: newId() })).toMatchObject(
      invalidAt('employerId')
    )
    expect(await run({ name: 'Ash', validTo: '2026-11-22' })).toMatchObject(invalidAt('validTo'))
    expect(await here(of.episodeId)).toEqual(['Priya Shah'])
    expect(keyworkersPractitioner).not.toBe('')
  })

  it('leaving is a version with its reason; the version before stays, and one that was not read is found out (L7)', async () => {
    const { of } = await theFamily()
    const joins = aMember(of, { name: 'Ash Tran', role: 'Coach' })
    await desk.does('meeting.saveMember', joins)
    const leaves = { ...joins, id: newId(), basedOn: joins.id, validTo: '2026-12-01' }
    expect(await desk.run('meeting.saveMember', leaves)).toMatchObject(invalidAt('reason'))
    await desk.does('meeting.saveMember', { ...leaves, reason: 'A new post' })
    expect(await here(of.episodeId, '2026-12-01')).toEqual(['Priya Shah', 'Ash Tran'])
    expect(await here(of.episodeId, '2026-12-02')).toEqual(['Priya Shah'])
    const late = { ...leaves, id: newId(), reason: 'Again', inError: true }
    expect(await desk.run('meeting.saveMember', late)).toMatchObject({ error: { code: 'changed-since' } })
    expect((await team(of.episodeId)).members.map(({ validTo }) => validTo)).toEqual(['', '', '2026-12-01'])
    // gone, they may come back
    const back = aMember(of, { name: 'Ash Tran', validFrom: '2027-01-04' })
    await desk.does('meeting.saveMember', back)
    expect(await here(of.episodeId, '2027-01-04')).toEqual(['Priya Shah', 'Ash Tran'])
  })

  it('the same again writes nothing; something else under its id is refused (L6)', async () => {
    const { of } = await theFamily()
    const joins = aMember(of, { name: 'Ash Tran' })
    await desk.does('meeting.saveMember', joins)
    await desk.does('meeting.saveMember', joins)
    expect((await team(of.episodeId)).members).toHaveLength(2)
    expect(await desk.run('meeting.saveMember', { ...joins, role: 'Coach' })).toEqual(refused('clashing-id'))
  })

  it('who it is never changes', async () => {
    const { of, mother, child } = await theFamily()
    const joins = aMember(of, { personId: mother })
    await desk.does('meeting.saveMember', joins)
    const changed = { ...joins, id: newId(), basedOn: joins.id, personId: child, reason: 'Somebody else' }
    expect(await desk.run('meeting.saveMember', changed)).toMatchObject(invalidAt('name'))
  })
})

describe('meeting.arrange (R34, L28, L29)', () => {
  it('is a planned date with the invitation and agenda of a meeting, in one act', async () => {
    const { of, keyworker } = await theFamily()
    const meeting = aMeeting(of, { invited: [{ memberId: keyworker, how: 'E-mail' }] })
    await desk.does('meeting.arrange', meeting)
    await desk.does('meeting.arrange', meeting)
    expect((await team(of.episodeId)).meetings).toMatchObject([
      {
        ...{ id: meeting.id, kind: 'first', on: '2026-12-03', startsAt: '14:30', wasArranged: true },
        ...{ place: 'Hertford Family Centre', agenda: 'What the family wants', ending: '', rowVersion: 1 },
        ...{ invited: [{ memberId: keyworker, how: 'E-mail', on: '2026-11-23' }], records: [], copies: [] }
      }
    ])
    const [episode] = (await desk.does('family.read', { id: of.familyId })).episodes
    expect(episode?.planned).toMatchObject([
      { id: meeting.id, kind: 'meeting', dueOn: '2026-12-03', note: '14:30, Hertford Family Centre' }
    ])
    for (const changes of [{ startsAt: '15:00' }, { kind: 'review' as const }, { invited: [] }]) {
      expect(await desk.run('meeting.arrange', { ...meeting, ...changes })).toEqual(refused('clashing-id'))
    }
  })

  it('is for today or later by London’s calendar, whatever the clocks do', async () => {
    const { of } = await theFamily()
    const at = (now: string, day: string) =>
      desk.run('meeting.arrange', aMeeting(of, { on: day }), { ...desk.first, now })
    // half past midnight in London, in summer time, is still the day before in UTC
    expect(await at('2027-06-30T23:30:00.000Z', '2027-06-30')).toMatchObject(invalidAt('on'))
    expect(await at('2027-06-30T23:30:00.000Z', '2027-07-01')).toMatchObject({ ok: true })
    expect(await at('2027-03-28T00:30:00.000Z', '2027-03-28')).toMatchObject({ ok: true })
    expect(await at('2028-02-29T23:59:00.000Z', '2028-02-29')).toMatchObject({ ok: true })
    expect(await at('2028-03-01T00:00:00.000Z', '2028-02-29')).toMatchObject(invalidAt('on'))
  })

  it('invites the team, each of them once', async () => {
    const { of, keyworker } = await theFamily()
    const asks = (...ids: Id[]) =>
      desk.run(
        'meeting.arrange',
        aMeeting(of, { invited: ids.map((memberId) => ({ memberId, how: 'Letter' })) })
      )
    expect(await asks(newId())).toMatchObject(invalidAt('invited'))
    expect(await asks(keyworker, keyworker)).toMatchObject(invalidAt('invited'))
  })

  it('is never moved: it is cancelled with the reason, and arranged anew', async () => {
    const { of } = await theFamily()
    const meeting = aMeeting(of)
    await desk.does('meeting.arrange', meeting)
    const ends = { id: meeting.id, familyId: of.familyId, ending: 'cancelled' as const, rowVersion: 1 }
    await desk.does('episode.endDate', { ...ends, why: 'Jo is ill' })
    await desk.does('meeting.arrange', aMeeting(of, { on: '2026-12-10' }))
    expect((await team(of.episodeId)).meetings).toMatchObject([
      { on: '2026-12-10', ending: '' },
      { on: '2026-12-03', ending: 'cancelled', endedWhy: 'Jo is ill' }
    ])
  })

  it('has not taken place before its day: one that was held earlier is recorded with that day', async () => {
    const { of, keyworker } = await theFamily()
    const meeting = aMeeting(of)
    await desk.does('meeting.arrange', meeting)
    const ends = { id: meeting.id, familyId: of.familyId, ending: 'done' as const, why: '', rowVersion: 1 }
    expect(await desk.run('episode.endDate', ends, on('2026-12-02'))).toMatchObject(invalidAt('ending'))
    const record = aRecord({ ...of, meetingId: meeting.id }, [keyworker], { heldOn: '2/12/2026' })
    await desk.does('meeting.record', record, on('2026-12-02'))
    expect((await team(of.episodeId)).meetings).toMatchObject([{ on: '2026-12-02', ending: 'done' }])
    const second = aMeeting(of)
    await desk.does('meeting.arrange', second)
    await desk.does('episode.endDate', { ...ends, id: second.id }, on('2026-12-03'))
  })

  it('a withdrawal cancels it, nothing of it is left in any list, and nothing more is arranged (R28, L29)', async () => {
    const family = await theFamily()
    const meeting = aMeeting(family.of)
    await desk.does('meeting.arrange', meeting)
    await withdraw(family)
    expect((await team(family.of.episodeId)).meetings).toMatchObject([
      { ending: 'cancelled', endedWhy: 'Agreement was withdrawn' }
    ])
    const due = await desk.does('family.due', { whose: 'everyone' }, on('2026-12-04'))
    expect(due.filter(({ kind }) => kind === 'meeting')).toEqual([])
    for (const run of [
      desk.run('meeting.arrange', aMeeting(family.of)),
      desk.run('meeting.saveMember', aMember(family.of, { name: 'Ash Tran' })),
      desk.run(
        'meeting.record',
        aRecord({ ...family.of, meetingId: meeting.id }, [family.keyworker], { heldOn: '23/11/2026' })
      )
    ]) {
      expect(await run).toEqual(refused('assessment-closed'))
    }
  })
})

describe('meeting.record (R34)', () => {
  it('keeps who came, what was said and decided, and what was planned has taken place', async () => {
    const { of, keyworker, mother } = await theFamily()
    const jo = aMember(of, { personId: mother })
    await desk.does('meeting.saveMember', jo)
    const meeting = aMeeting(of)
    await desk.does('meeting.arrange', meeting)
    const record = aRecord({ ...of, meetingId: meeting.id }, [keyworker])
    const body = {
      ...record,
      attendance: [
        ...record.attendance,
        { memberId: jo.id, attendance: 'apologies' as const, note: ' At work ' }
      ]
    }
    const after = on('2026-12-03')
    await desk.does('draft.save', { form: { kind: 'meeting', body }, savedBefore: 0 })
    await desk.does('meeting.record', body, after)
    await desk.does('meeting.record', body, after)
    expect(await desk.does('draft.list', {})).toEqual([])
    expect((await team(of.episodeId)).meetings).toMatchObject([
      {
        ...{ ending: 'done', on: '2026-12-03', rowVersion: 2 },
        attendance: [
          { memberId: keyworker, attendance: 'came', note: '' },
          { memberId: jo.id, attendance: 'apologies', note: 'At work' }
        ],
        records: [{ heldOn: '2026-12-03', decisions: 'A mentor from January', byName: 'Morgan Ellis' }]
      }
    ])
    const due = await desk.does('family.due', { whose: 'everyone' }, on('2026-12-04'))
    expect(due.filter(({ kind }) => kind === 'meeting')).toEqual([])
    for (const changes of [
      { record: 'Something else' },
      { heldOn: '2/12/2026' },
      { attendance: [{ memberId: keyworker, attendance: 'did-not-come' as const, note: '' }] }
    ]) {
      expect(await desk.run('meeting.record', { ...body, ...changes }, after)).toEqual(refused('clashing-id'))
    }
  })

  it('is of a day that has come, within the assessment, and of somebody who came', async () => {
    const { of, keyworker } = await theFamily()
    const meeting = aMeeting(of)
    await desk.does('meeting.arrange', meeting)
    const run = (changes: Parameters<typeof aRecord>[2], day = '2026-12-03', came = [keyworker]) =>
      desk.run('meeting.record', aRecord({ ...of, meetingId: meeting.id }, came, changes), on(day))
    expect(await run({}, '2026-12-02')).toMatchObject(invalidAt('heldOn'))
    expect(await run({ heldOn: '4/12/2026' })).toMatchObject(invalidAt('heldOn'))
    expect(await run({ heldOn: '31/11/2026' })).toMatchObject(invalidAt('heldOn'))
    expect(await run({ heldOn: '22/11/2026' })).toMatchObject(invalidAt('heldOn'))
    expect(await run({ record: ' ' })).toMatchObject(invalidAt('record'))
    expect(await run({}, '2026-12-03', [])).toMatchObject(invalidAt('attendance'))
    expect(await run({}, '2026-12-03', [newId()])).toMatchObject(invalidAt('attendance'))
    expect(await run({}, '2026-12-03', [keyworker, keyworker])).toMatchObject(invalidAt('attendance'))
    expect((await team(of.episodeId)).meetings[0]).toMatchObject({ ending: '', records: [] })
  })

  it('a meeting that nobody arranged is recorded as well', async () => {
    const { of, keyworker } = await theFamily()
    const held = aRecord({ ...of, meetingId: newId() }, [keyworker])
    expect(await desk.run('meeting.record', held)).toMatchObject(invalidAt('kind', 'heldOn'))
    await desk.does('meeting.record', { ...held, kind: 'first', heldOn: '23/11/2026' })
    expect((await team(of.episodeId)).meetings).toMatchObject([
      { kind: 'first', on: '2026-11-23', wasArranged: false, ending: 'done', rowVersion: 0 }
    ])
  })

  it('a second record adds to the first and is of the same day; of attendance the newest counts', async () => {
    const { of, keyworker, mother } = await theFamily()
    const jo = aMember(of, { personId: mother })
    await desk.does('meeting.saveMember', jo)
    const at = { ...of, meetingId: newId() }
    await desk.does('meeting.record', aRecord(at, [keyworker], { kind: 'first', heldOn: '23/11/2026' }))
    const added = aRecord(at, [keyworker, jo.id], { record: 'Jo came later', decisions: '', familyViews: '' })
    const colleague = await aColleague(desk, 'adviser')
    await desk.does('meeting.record', added, on('2026-11-30', colleague))
    const [meeting] = (await team(of.episodeId)).meetings
    expect(meeting?.records).toMatchObject([
      { record: 'Robin told how school goes', byName: 'Morgan Ellis' },
      { record: 'Jo came later', heldOn: '2026-11-23' }
    ])
    expect(meeting?.attendance.map(({ memberId }) => memberId)).toEqual([keyworker, jo.id])
  })

  it('the same record again is known by everything that it says, whatever was known before (L6)', async () => {
    const { of, keyworker, mother } = await theFamily()
    const jo = aMember(of, { personId: mother })
    await desk.does('meeting.saveMember', jo)
    const at = { ...of, meetingId: newId() }
    const first = aRecord(at, [keyworker, jo.id], { kind: 'first', heldOn: '23/11/2026' })
    await desk.does('meeting.record', first)
    const added = aRecord(at, [keyworker, jo.id], { record: 'Jo left early', heldOn: '22/11/2026' })
    const late = { memberId: jo.id, attendance: 'came' as const, note: 'The first half' }
    const [came] = first.attendance.filter(({ memberId }) => memberId === keyworker)
    const again = { ...added, attendance: [came!, late] }
    await desk.does('meeting.record', again)
    for (const body of [first, again]) await desk.does('meeting.record', body)
    const others: MeetingDraft[] = [
      { ...first, attendance: [came!] },
      { ...first, kind: 'review' },
      { ...again, attendance: [came!] },
      { ...again, attendance: [{ ...came!, attendance: 'apologies' }, late] }
    ]
    for (const other of others)
      expect(await desk.run('meeting.record', other)).toEqual(refused('clashing-id'))
    expect(
      await desk.run('meeting.record', {
        ...first,
        attendance: [...first.attendance, { ...came!, memberId: newId() }]
      })
    ).toEqual(refused('clashing-id'))
  })

  it('an attendance that is put right counts, also where the clock of this computer was set back', async () => {
    const { of, keyworker } = await theFamily()
    const at = { ...of, meetingId: newId() }
    await desk.does('meeting.record', aRecord(at, [keyworker], { kind: 'first', heldOn: '23/11/2026' }))
    const apologies = { memberId: keyworker, attendance: 'apologies' as const, note: '' }
    const back = { ...desk.first, now: '2026-11-23T08:00:00.000Z' }
    await desk.does('meeting.record', aRecord(at, [], { attendance: [apologies] }), back)
    const [meeting] = (await team(of.episodeId)).meetings
    expect(meeting?.attendance).toEqual([apologies])
    expect(meeting?.records.map(({ record }) => record)).toHaveLength(2)
  })

  it('one that was cancelled meanwhile is not recorded, and what was typed stays a draft', async () => {
    const { of, keyworker } = await theFamily()
    const meeting = aMeeting(of, { on: '2026-11-23' })
    await desk.does('meeting.arrange', meeting)
    const body = aRecord({ ...of, meetingId: meeting.id }, [keyworker])
    await desk.does('draft.save', { form: { kind: 'meeting', body }, savedBefore: 0 })
    const ends = { id: meeting.id, familyId: of.familyId, ending: 'cancelled' as const, rowVersion: 1 }
    await desk.does('episode.endDate', { ...ends, why: 'Jo is ill' })
    expect(await desk.run('meeting.record', body)).toEqual(refused('meeting-cancelled'))
    expect(await desk.does('draft.open', { id: body.id })).toMatchObject({ form: { body } })
  })
})

describe('meeting.giveCopy (R34)', () => {
  it('tells to whom, when and how, of what was recorded', async () => {
    const { of, keyworker } = await theFamily()
    const meeting = aMeeting(of, { on: '2026-11-24' })
    await desk.does('meeting.arrange', meeting)
    const copy = {
      ...{ id: newId(), ...of, meetingId: meeting.id, on: '2026-11-26', toWhom: 'Jo Vale', how: 'By post' }
    }
    const run = (changes: Partial<typeof copy> = {}) =>
      desk.run('meeting.giveCopy', { ...copy, ...changes }, on('2026-11-26'))
    expect(await run()).toMatchObject(invalidAt('meetingId'))
    const record = aRecord({ ...of, meetingId: meeting.id }, [keyworker])
    await desk.does('meeting.record', record, on('2026-11-25'))
    expect(await run({ on: '2026-11-27' })).toMatchObject(invalidAt('on'))
    expect(await run({ on: '2026-11-23' })).toMatchObject(invalidAt('on'))
    expect(await run()).toMatchObject({ ok: true })
    expect(await run()).toMatchObject({ ok: true })
    expect(await run({ how: 'By hand' })).toEqual(refused('clashing-id'))
    expect((await team(of.episodeId)).meetings[0]?.copies).toMatchObject([
      { on: '2026-11-26', toWhom: 'Jo Vale', how: 'By post', byName: 'Morgan Ellis' }
    ])
  })
})

describe('the chronology', () => {
  it('tells who joined and left, what was recorded and who was given it, on the day that it is about', async () => {
    const { of, keyworker, mother } = await theFamily()
    const ash = aMember(of, { name: 'Ash Tran', role: 'Coach', validFrom: '2026-11-20' })
    await desk.does('meeting.saveMember', ash)
    await desk.does('meeting.saveMember', aMember(of, { personId: mother }))
    const left = { ...ash, id: newId(), basedOn: ash.id, validTo: '2026-12-01', reason: 'A new post' }
    await desk.does('meeting.saveMember', left)
    const meetingId = newId()
    const record = aRecord({ ...of, meetingId }, [keyworker], { kind: 'first', heldOn: '23/11/2026' })
    await desk.does('meeting.record', record, { ...desk.first, now: '2026-11-23T11:00:00.000Z' })
    const copy = { ...of, meetingId, on: '2026-11-24', toWhom: 'Jo Vale', how: 'By post' }
    await desk.does('meeting.giveCopy', { id: newId(), ...copy }, on('2026-11-25'))
    const told = (await wholeChronology(desk, of.familyId)).filter(
      ({ kind }) => kind === 'team' || kind === 'meeting'
    )
    expect(told).toMatchObject([
      { on: '2026-12-01', body: { name: 'Ash Tran', validTo: '2026-12-01', reason: 'A new post' } },
      { on: '2026-11-24', body: { isCopy: true, toWhom: 'Jo Vale', how: 'By post' } },
      { on: '2026-11-23', body: { isCopy: false, heldOn: '2026-11-23' } },
      { on: '2026-11-23', personId: mother, body: { name: '' } },
      { on: '2026-11-20', personId: '', body: { name: 'Ash Tran', role: 'Coach', validTo: '' } }
    ])
  })
})

describe('who may know of a team', () => {
  it('nobody of another hub, and nobody of a restricted family without a reason', async () => {
    const { of, keyworker } = await theFamily()
    const elsewhere = await aColleague(desk, 'coordinator', [COUNTY_HUB_ID])
    const notFound = { ok: false, error: { code: 'not-found' } }
    const meetingId = newId()
    const everything = (actor: Actor) =>
      Promise.all([
        desk.run('meeting.team', { episodeId: of.episodeId }, actor),
        desk.run('meeting.saveMember', aMember(of, { name: 'Ash Tran' }), actor),
        desk.run('meeting.arrange', aMeeting(of), actor),
        desk.run(
          'meeting.record',
          aRecord({ ...of, meetingId }, [keyworker], { kind: 'first', heldOn: '23/11/2026' }),
          actor
        ),
        desk.run(
          'meeting.giveCopy',
          { id: newId(), ...of, meetingId, on: '2026-11-23', toWhom: 'Jo', how: 'By hand' },
          actor
        )
      ])
    for (const answer of await everything(elsewhere)) expect(answer).toEqual(notFound)
    const manager = await aColleague(desk, 'triage-manager')
    await restrict(desk, of.familyId, [manager], manager)
    for (const answer of await everything(desk.first)) expect(answer).toEqual(refused('family-restricted'))
    expect((await team(of.episodeId, manager)).members).toHaveLength(1)
  })
})

describe('whatever is recorded, in whatever order', () => {
  it('no version of a member and no attendance is lost', { timeout: 60_000 }, async () => {
    const step = fc.oneof(
      fc.record({ does: fc.constant('joins' as const), who: fc.nat(2) }),
      fc.record({ does: fc.constant('leaves' as const), who: fc.nat(2), inDays: fc.nat(30) }),
      fc.record({
        does: fc.constant('came' as const),
        who: fc.nat(2),
        attendance: fc.constantFrom<Attendance>('came', 'apologies', 'did-not-come')
      })
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { of, keyworker } = await theFamily()
        const meetingId = newId()
        await desk.does(
          'meeting.record',
          aRecord({ ...of, meetingId }, [keyworker], { kind: 'first', heldOn: '23/11/2026' })
        )
        const members = new Map<number, TeamMember>()
        const versions: Id[] = []
        const attended = new Map<Id, Attendance>([[keyworker, 'came']])
        const told: string[] = []
        for (const [at, each] of steps.entries()) {
          const now = `2026-11-24T10:${String(at).padStart(2, '0')}:00.000Z`
          const actor = { ...desk.first, now }
          const known = members.get(each.who)
          if (each.does === 'joins') {
            const joins = aMember(of, { name: `Member ${String(each.who)}` })
            await desk.does('meeting.saveMember', joins, actor)
            versions.push(joins.id)
          } else if (known && each.does === 'leaves') {
            const { ofId, name, validFrom } = known
            const validTo = `2026-12-${String(each.inDays + 1).padStart(2, '0')}`
            const leaves = aMember(of, { ofId, basedOn: known.id, name, validFrom, validTo, reason: 'Gone' })
            await desk.does('meeting.saveMember', { ...leaves, ofId }, actor)
            versions.push(leaves.id)
          } else if (known && each.does === 'came') {
            const { attendance } = each
            const record = `Said ${String(at)}`
            const added = aRecord({ ...of, meetingId }, [], {
              record,
              attendance: [{ memberId: known.ofId, attendance, note: '' }]
            })
            await desk.does('meeting.record', added, actor)
            attended.set(known.ofId, attendance)
            told.push(record)
          }
          for (const row of (await team(of.episodeId)).members) {
            if (row.name.startsWith('Member ')) members.set(Number(row.name.slice(7)), row)
          }
        }
        const found = await team(of.episodeId)
        expect(found.members.filter(({ isKeyworker }) => !isKeyworker).map(({ id }) => id)).toEqual(versions)
        const [meeting] = found.meetings
        expect(
          new Map(meeting?.attendance.map(({ memberId, attendance }) => [memberId, attendance]))
        ).toEqual(attended)
        expect(meeting?.records.slice(1).map(({ record }) => record)).toEqual(told)
      }),
      { numRuns: 25, seed: 34 }
    )
  })
})

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { standingAgreement } from '../../db/agreements.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { agreementNow } from '../../shared/agreement/standing.ts'
import type { RecordedAgreement } from '../../shared/agreement/agreement.ts'
import { emptyRecordedAgreement } from '../../shared/family/emptyForms.ts'
import type { FactKind, FactValue } from '../../shared/family/fact.ts'
import type { FamilyDue } from '../../shared/family/family.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague } from '../fixtures/facts.ts'
import { aFamily, aPerson, aPractitioner, aRegistration } from '../fixtures/families.ts'

let desk: TestDesk
let practitionerId: Id
beforeEach(async () => {
  desk = await openTestDesk()
  practitionerId = (await aPractitioner(desk)).id
})
afterEach(() => desk.close())

const on = (day: string, actor: Actor = desk.first): Actor => ({ ...actor, now: `${day}T10:00:00.000Z` })
const due = async (whose: 'mine' | 'everyone', actor: Actor) =>
  (await desk.does('family.due', { whose }, actor)).map(({ kind, familyName, dueOn, note }) => ({
    kind,
    familyName,
    dueOn,
    note
  }))

async function tell<K extends FactKind>(
  familyId: Id,
  subjectId: Id,
  kind: K,
  value: FactValue<K>,
  actor?: Actor
) {
  const id = newId()
  const versions = { id, ofId: id, basedOn: '', validFrom: '', validTo: '', inError: false, reason: '' }
  const input = { ...versions, familyId, subjectId, fact: { kind, value } }
  await desk.does('family.recordFact', input as Input<'family.recordFact'>, actor)
  return id
}

describe('family.due', () => {
  it('is told from a week before, and once it is overdue until somebody sees to it', async () => {
    await aFamily(desk, { practitionerId })
    const review = { kind: 'agreement-review', familyName: 'Robin Vale', dueOn: '2027-01-04', note: '' }
    expect(await due('mine', on('2026-12-27'))).toEqual([])
    expect(await due('mine', on('2026-12-28'))).toEqual([review])
    expect(await due('mine', on('2027-06-01'))).toEqual([review])
  })

  it('is of the agreement that stands: recorded again, it waits for the new day', async () => {
    const family = await aFamily(desk, { practitionerId })
    const { agreement } = family.form
    const ids = { agreementId: newId(), familyId: family.id, episodeId: newId() }
    await desk.does('agreement.record', {
      ...emptyRecordedAgreement(ids, agreement.id),
      ...agreement,
      id: ids.agreementId,
      familyId: family.id,
      basedOn: agreement.id,
      reviewOn: '1/3/2027'
    })
    expect(await due('mine', on('2027-01-10'))).toEqual([])
    expect(await due('mine', on('2027-03-01'))).toHaveLength(1)
  })

  it('mine is what I recorded, everyone’s what I may know of', async () => {
    await aFamily(desk, { practitionerId })
    const colleague = on('2027-01-04', desk.actor('adviser'))
    const ofHub = (await desk.does('family.list', { hubId: '', after: '' })).rows[0]!
    const { hubId } = await desk.does('family.read', { id: ofHub.id })
    const here = on('2027-01-04', { ...desk.actor('coordinator'), hubIds: [hubId] })
    const elsewhere = on('2027-01-04', { ...desk.actor('coordinator'), hubIds: [newId()] })
    expect(await due('mine', colleague)).toEqual([])
    expect(await due('everyone', colleague)).toHaveLength(1)
    expect(await due('everyone', here)).toHaveLength(1)
    expect(await due('everyone', elsewhere)).toEqual([])
    for (const role of ['helpdesk', 'administrator'] as const)
      expect(await desk.run('family.due', { whose: 'everyone' }, desk.actor(role))).toEqual({
        ok: false,
        error: { code: 'not-allowed' }
      })
  })

  it('warnings, of the family and of its people, in the newest version', async () => {
    const family = await aFamily(desk, { practitionerId })
    const [child] = family.form.people
    await tell(family.id, family.id, 'warning', { text: 'A dog', reviewOn: '2026-11-30' })
    await tell(family.id, child!.id, 'warning', { text: 'Allergic', reviewOn: '2026-12-01' })
    const [dog] = await desk.does('family.due', { whose: 'mine' }, on('2026-12-02'))
    expect(await due('mine', on('2026-12-02'))).toEqual([
      { kind: 'warning-review', familyName: 'Robin Vale', dueOn: '2026-11-30', note: 'A dog' },
      { kind: 'warning-review', familyName: 'Robin Vale', dueOn: '2026-12-01', note: 'Allergic' }
    ])
    await desk.does(
      'family.recordFact',
      {
        id: newId(),
        ofId: dog!.id,
        basedOn: dog!.id,
        familyId: family.id,
        subjectId: family.id,
        fact: { kind: 'warning', value: { text: 'A dog', reviewOn: '2027-06-01' } },
        validFrom: '',
        validTo: '',
        inError: false,
        reason: 'Still there'
      },
      on('2026-12-02')
    )
    expect((await due('mine', on('2026-12-02'))).map(({ note }) => note)).toEqual(['Allergic'])
  })

  it('of a restricted family who is not named hears no name and no note; its manager hears who opened it, and nobody else', async () => {
    const family = await aFamily(desk, { practitionerId })
    await tell(family.id, family.id, 'warning', { text: 'A dog', reviewOn: '2026-11-30' })
    const manager = desk.first
    const restriction = { named: [manager.id], managerId: manager.id, why: 'A colleague’s family' }
    await tell(family.id, family.id, 'restriction', restriction, desk.actor('triage-manager'))
    const colleague = desk.actor('adviser')
    const hidden = { kind: 'warning-review', familyName: '', dueOn: '2026-11-30', note: '' }
    expect(await due('everyone', colleague)).toEqual([hidden])

    await desk.does(
      'family.giveReason',
      { id: newId(), familyId: family.id, reason: 'The school rang' },
      colleague
    )
    const opened = (rows: FamilyDue[]) => rows.filter(({ kind }) => kind === 'restricted-opened')
    const [access, ...more] = opened(await desk.does('family.due', { whose: 'mine' }, manager))
    expect(access).toMatchObject({ familyName: 'Robin Vale', ownerName: 'Morgan Ellis' })
    expect(access?.note).toContain('The school rang')
    expect(more).toEqual([])
    const another = desk.actor('triage-manager')
    expect(opened(await desk.does('family.due', { whose: 'everyone' }, another))).toEqual([])
    const { id, rowVersion } = access!
    await desk.does('family.acknowledgeAccess', { id, rowVersion }, manager)
    expect(opened(await desk.does('family.due', { whose: 'mine' }, manager))).toEqual([])
  })
})

describe('who is told when a restricted family is opened (L21)', () => {
  it('hears who did and why without being named, from whatever hub, and sees to it', async () => {
    const family = await aFamily(desk, { practitionerId })
    const manager = await aColleague(desk, 'coordinator', [COUNTY_HUB_ID])
    const named = await aColleague(desk, 'adviser')
    const value = { named: [named.id], managerId: manager.id, why: 'A colleague’s family' }
    await tell(family.id, family.id, 'restriction', value, desk.actor('triage-manager'))
    const opener = await aColleague(desk, 'adviser')
    const why = { id: newId(), familyId: family.id, reason: 'The school rang' }
    await desk.does('family.giveReason', why, opener)
    const [access] = await desk.does('family.due', { whose: 'mine' }, manager)
    expect(access).toMatchObject({ kind: 'restricted-opened', familyName: '' })
    expect(access?.note).toBe(`Colleague ${opener.id}: The school rang`)
    await desk.does('family.acknowledgeAccess', { id: why.id, rowVersion: access?.rowVersion ?? 0 }, manager)
    expect(await desk.does('family.due', { whose: 'mine' }, manager)).toEqual([])
  })
})

describe('who is told where its manager is at work no more (L21)', () => {
  it('is a triage manager, among everyone’s', async () => {
    const family = await aFamily(desk, { practitionerId })
    const [manager, named] = [await aColleague(desk, 'adviser'), await aColleague(desk, 'adviser')]
    const value = { named: [named.id], managerId: manager.id, why: 'A colleague’s family' }
    const boss = desk.actor('triage-manager')
    await tell(family.id, family.id, 'restriction', value, boss)
    const why = { id: newId(), familyId: family.id, reason: 'The school rang' }
    const opener = await aColleague(desk, 'adviser')
    await desk.does('family.giveReason', why, opener)
    expect(await desk.does('family.due', { whose: 'everyone' }, boss)).toEqual([])
    await desk.record('account.stop', { id: manager.id })
    expect(await desk.does('family.due', { whose: 'everyone' }, opener)).toEqual([])
    const [access] = await desk.does('family.due', { whose: 'everyone' }, boss)
    expect(access).toMatchObject({ kind: 'restricted-opened', id: why.id, familyName: '' })
    await desk.does('family.acknowledgeAccess', { id: why.id, rowVersion: 1 }, boss)
    expect(await desk.does('family.due', { whose: 'everyone' }, boss)).toEqual([])
  })
})

describe('what stands, in the record and in the rules, is the same', () => {
  it('for any sequence of yes and no (seed 4713)', async () => {
    const form = aRegistration({ practitionerId })
    const youth = aPerson({ name: 'Sam Vale', birth: '23/11/2009' })
    const family = await aFamily(desk, { ...form, people: [...form.people, youth] })
    const mother = form.people[1]!
    const step = fc.record({
      isYouth: fc.boolean(),
      isYes: fc.boolean(),
      day: fc.integer({ min: 23, max: 26 })
    })
    let minute = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
        for (const { isYouth, isYes, day } of steps) {
          const { agreements } = await desk.does('family.read', { id: family.id })
          const who = isYouth
            ? ({ byPersonId: youth.id, relation: '', capacity: 'young-person-16-or-over' } as const)
            : ({ byPersonId: mother.id, relation: 'mother', capacity: 'parental-responsibility' } as const)
          const ids = { agreementId: newId(), familyId: family.id, episodeId: newId() }
          const said: RecordedAgreement = {
            ...emptyRecordedAgreement(ids, agreements[0]!.id),
            ...who,
            route: 'phone',
            decision: isYes ? 'given' : 'refused',
            takePart: isYes,
            decidedOn: `${String(day)}/11/2026`,
            reviewOn: isYes ? '4/1/2027' : '',
            reason: isYes ? '' : 'No',
            deniedNote: isYes ? '' : 'Form',
            safetyConcern: isYes ? '' : 'no'
          }
          minute++
          const at = `2026-11-27T10:${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}.000Z`
          const answer = await desk.run('agreement.record', said, { ...desk.first, now: at })
          const after = await desk.does('family.read', { id: family.id })
          const now = agreementNow(after.agreements)
          const [standing] = desk.store.reader
            .prepare(`SELECT ${standingAgreement('?')} AS id`)
            .all(family.id) as { id: string }[]
          expect(standing?.id).toBe(now?.id)
          // the assessment is open throughout, so no refusal that would stand is let in
          expect(now?.decision).toBe('given')
          if (!answer.ok) expect(answer.error).toMatchObject({ fields: [{ path: 'decision' }] })
        }
      }),
      { seed: 4713, numRuns: 12 }
    )
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import { newId } from '../../shared/ids.ts'
import { newestOf } from '../../shared/person/merging.ts'
import { emptySharing } from '../../shared/sharing/emptySharing.ts'
import type { SharingDraft } from '../../shared/sharing/sharing.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict, wholeChronology } from '../fixtures/facts.ts'
import { aFamily, aRegistration } from '../fixtures/families.ts'

let desk: TestDesk
let agencyId: string
beforeEach(async () => {
  desk = await openTestDesk()
  const harbour = { name: 'Harbour Centre', kind: 'Charity', phone: '', address: '', rowVersion: 0 }
  agencyId = (await desk.does('agency.save', { id: newId(), ...harbour })).id
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

type Family = Awaited<ReturnType<typeof theFamily>>
/** A mother and her child, who agreed to what `changes` say. */
async function theFamily(changes: Partial<ReturnType<typeof aRegistration>['agreement']> = {}) {
  const form = aRegistration()
  const family = await aFamily(desk, { ...form, agreement: { ...form.agreement, ...changes } })
  return { ...family, child: form.people[0]!.id, mother: form.people[1]!.id }
}

const aSharing = (family: Family, changes: Partial<SharingDraft> = {}): SharingDraft => ({
  ...emptySharing(newId(), family.id),
  ...{ agencyId, agencyText: 'Harbour Centre', personThere: 'Ash Tran, manager', personIds: [family.child] },
  ...{ what: 'That Robin is often late', purpose: 'For a place at the breakfast club', how: 'phone' },
  ...changes
})
const because = { ground: 'significant-harm', reason: 'He came to school with a burn' } as const

const invalidAt = (...paths: string[]) => ({
  error: { code: 'invalid', fields: paths.map((path) => ({ path })) }
})
const told = async (family: Family) =>
  (await wholeChronology(desk, family.id)).filter(({ kind }) => kind === 'sharing')
const without = async (family: Family) =>
  (await desk.does('family.read', { id: family.id })).sharedWithoutAgreement

describe('sharing.record (domain 0.4)', () => {
  it('what was agreed to needs no reason, and stands in the chronology', async () => {
    const family = await theFamily()
    const draft = aSharing(family, { ...because, sharedOn: '23/11/2026' })
    expect(await desk.does('sharing.record', draft)).toEqual({ id: draft.id })
    expect(await told(family)).toMatchObject([
      {
        id: draft.id,
        on: '2026-11-23',
        byName: 'Morgan Ellis',
        personId: '',
        body: {
          ...{ agencyName: 'Harbour Centre', personThere: 'Ash Tran, manager', personIds: [family.child] },
          ...{ what: 'That Robin is often late', how: 'phone', isAgreed: true },
          // what was typed as a reason and not asked for is left out
          ...{ ground: '', advisedBy: '', reason: '' }
        }
      }
    ])
    expect(await without(family)).toBe(0)
  })

  it('what was not agreed to goes ahead with a reason, never without one, and is counted', async () => {
    const family = await theFamily({ share: false })
    expect(await desk.run('sharing.record', aSharing(family))).toMatchObject(invalidAt('ground', 'reason'))
    expect(await told(family)).toEqual([])
    await desk.does('sharing.record', aSharing(family, because))
    expect(await told(family)).toMatchObject([{ body: { isAgreed: false, ...because } }])
    expect(await without(family)).toBe(1)
  })

  it('goes by the agreement that stood on the day it was shared', async () => {
    const family = await theFamily({ decidedOn: '20/11/2026' })
    const [agreed] = (await desk.does('family.read', { id: family.id })).agreements
    await desk.does('agreement.withdraw', {
      ...emptyWithdrawal(newId(), family.id, agreed?.id ?? ''),
      ...{
        byPersonId: family.mother,
        relation: 'mother',
        capacity: 'parental-responsibility',
        route: 'phone'
      },
      ...{
        withdrawnOn: '22/11/2026',
        standing: 'none-remains',
        withdrawalReason: 'Enough',
        deniedNote: 'Form'
      },
      ...{ closureReason: 'No agreement', adviceSought: true, signposted: true }
    })
    await desk.does('sharing.record', aSharing(family, { sharedOn: '21/11/2026' }))
    for (const sharedOn of ['19/11/2026', '22/11/2026', '']) {
      const refused = await desk.run('sharing.record', aSharing(family, { sharedOn }))
      expect(refused).toMatchObject(invalidAt('ground', 'reason'))
    }
    const kept = desk.store.reader.prepare('SELECT agreement_id FROM sharing').pluck().all()
    expect(kept).toEqual([agreed?.id])
  })

  it('names a school as well, and a body that the directory has not', async () => {
    const family = await theFamily()
    const school = {
      ...{ name: 'Wychford School', typeGroup: '', typeName: '', address: '', town: 'Ware', postcode: '' },
      ...{ district: '', phone: '', leadName: '' }
    }
    const schoolId = newId()
    await desk.does('school.add', { ...school, id: schoolId, toCheck: false })
    await desk.does('sharing.record', aSharing(family, { agencyId: schoolId }))
    const outside = { notInDirectory: true, bodyName: ' Wychford Scouts ', agencyId }
    await desk.does('sharing.record', aSharing(family, outside))
    const names = (await told(family)).map(({ body }) => ('agencyName' in body ? body.agencyName : ''))
    expect(names.toSorted()).toEqual(['Wychford School', 'Wychford Scouts'])
    const nowhere = aSharing(family, { agencyId: newId() })
    expect(await desk.run('sharing.record', nowhere)).toMatchObject(invalidAt('agencyId'))
  })

  it('is about people of the family alone, and found by each of them', async () => {
    const family = await theFamily()
    const other = await theFamily()
    const strangers = aSharing(family, { personIds: [family.child, other.child] })
    expect(await desk.run('sharing.record', strangers)).toMatchObject(invalidAt('personIds'))
    await desk.does('sharing.record', aSharing(family, { personIds: [family.child, family.mother] }))
    await desk.does('sharing.record', aSharing(family, { personIds: [family.mother] }))
    const about = async (personId: string, kinds: 'sharing'[] = ['sharing']) =>
      (
        await desk.does('family.chronology', {
          ...{ id: family.id, kinds, personId, from: '', to: '', after: '' }
        })
      ).rows
    expect(await about(family.child)).toHaveLength(1)
    expect(await about(family.mother)).toHaveLength(2)
    expect(await about('')).toHaveLength(2)
    expect(await about(other.child)).toEqual([])
  })

  it('of two records that were merged tells of the one that counts', async () => {
    const family = await theFamily()
    const second = await theFamily()
    await desk.does('sharing.record', aSharing(family, { personIds: [family.child] }))
    const manager = await aColleague(desk, 'triage-manager')
    const pair = { keptId: second.child, mergedId: family.child }
    const { kept, merged } = await desk.does('person.compare', pair, manager)
    const basedOn = newestOf([...kept, ...merged])
    const merge = { ...pair, id: newId(), fromMerged: [], basedOn, reason: 'One boy' }
    await desk.does('person.merge', merge, manager)
    expect(await told(family)).toMatchObject([{ body: { personIds: [second.child] } }])
    // the form of somebody who has not read the family since
    const stale = await desk.run('sharing.record', aSharing(family, { personIds: [family.child] }))
    expect(stale).toMatchObject(invalidAt('personIds'))
  })
})

describe('an act that is sent again (L6)', () => {
  it('answers with the first result, and its draft is gone (L3)', async () => {
    const family = await theFamily()
    const draft = aSharing(family)
    await desk.does('draft.save', { form: { kind: 'sharing', body: draft }, savedBefore: 0 })
    expect(await desk.does('draft.list', {})).toMatchObject([
      { id: draft.id, kind: 'sharing', familyId: family.id, title: `Robin Vale, ${family.reference}` }
    ])
    await desk.does('sharing.record', draft)
    expect(await desk.does('draft.list', {})).toEqual([])
    const audits = () => desk.store.reader.prepare('SELECT count(*) FROM audit').pluck().get()
    const before = audits()
    expect(await desk.does('sharing.record', draft)).toEqual({ id: draft.id })
    expect(audits()).toBe(before)
    expect(await told(family)).toHaveLength(1)
    const late = { form: { kind: 'sharing' as const, body: draft }, savedBefore: 1 }
    expect(await desk.run('draft.save', late)).toMatchObject({ error: { reason: 'form-already-filed' } })
  })

  it.each<[string, Partial<SharingDraft>]>([
    ['another body', { notInDirectory: true, bodyName: 'Wychford Scouts' }],
    ['another person there', { personThere: 'Al Reed' }],
    ['other people', { personIds: [] }],
    ['other words', { what: 'Something else' }],
    ['another purpose', { purpose: 'Something else' }],
    ['another way', { how: 'letter' }],
    ['another day', { sharedOn: '22/11/2026' }],
    ['another ground', { ground: 'court' }],
    ['another reason', { reason: 'Something else' }]
  ])('with %s clashes: what was typed since is not lost in silence', async (_, changes) => {
    const family = await theFamily({ share: false })
    const draft = aSharing(family, because)
    await desk.does('sharing.record', draft)
    expect(await desk.run('sharing.record', { ...draft, ...changes })).toMatchObject({
      error: { reason: 'clashing-id' }
    })
    const manager = await aColleague(desk, 'triage-manager')
    expect(await desk.run('sharing.record', draft, manager)).toMatchObject({
      error: { reason: 'clashing-id' }
    })
  })
})

describe('who may', () => {
  it('nobody who may not open the family', async () => {
    const family = await theFamily()
    const elsewhere = { ...desk.actor('coordinator'), hubIds: [newId()] }
    expect(await desk.run('sharing.record', aSharing(family), elsewhere)).toMatchObject({
      error: { code: 'not-found' }
    })
    for (const role of ['helpdesk', 'auditor', 'administrator'] as const) {
      const actor = await aColleague(desk, role)
      expect(await desk.run('sharing.record', aSharing(family), actor)).toMatchObject({
        error: { code: 'not-allowed' }
      })
    }
    const boss = await aColleague(desk, 'triage-manager')
    await restrict(desk, family.id, [boss], boss)
    expect(await desk.run('sharing.record', aSharing(family))).toMatchObject({
      error: { reason: 'family-restricted' }
    })
  })

  it('leaves an audit row of ids alone', async () => {
    const family = await theFamily({ share: false })
    const draft = aSharing(family, because)
    await desk.does('sharing.record', draft)
    const rows = desk.store.reader.prepare("SELECT * FROM audit WHERE operation = 'sharing.record'").all()
    expect(rows).toMatchObject([{ result: 'done', subject_ids: `${family.id} ${draft.id}` }])
    expect(JSON.stringify(rows)).not.toMatch(/Robin|burn|Harbour|Ash/)
  })
})

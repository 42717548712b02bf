import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { RecordedAgreement, WithdrawalDraft } from '../../shared/agreement/agreement.ts'
import { plannedKinds } from '../../shared/episode/episode.ts'
import { emptyRecordedAgreement, emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import { newId } from '../../shared/ids.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aFamily, aPerson, aPractitioner, aRegistration } from '../fixtures/families.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => desk.close())

const rows = (sql: string) => desk.store.reader.prepare(sql).all() as Record<string, unknown>[]
const holds = () => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
}
const invalidAt = (...paths: string[]) => ({
  ok: false,
  error: {
    code: 'invalid',
    fields: paths.map((path): unknown => expect.objectContaining({ path }))
  }
})
const refusal = (code: string, reason?: string) => ({
  ok: false,
  error: reason === undefined ? { code } : { code, reason }
})

/** A family of a mother, a child of 11 and a young person of 16, with an assessment and its keyworker. */
async function theFamily(changes: Parameters<typeof aRegistration>[0] = {}) {
  const registration = aRegistration()
  const [child, mother] = registration.people
  const youth = aPerson({ name: 'Sam Vale', birth: '23/11/2010' })
  const family = await aFamily(desk, {
    ...registration,
    people: [child!, mother!, youth],
    practitionerId: (await aPractitioner(desk)).id,
    ...changes
  })
  return { ...family, child: child!, mother: mother!, youth }
}
type Family = Awaited<ReturnType<typeof theFamily>>

const read = (family: Family) => desk.does('family.read', { id: family.id })
const newest = async (family: Family) => (await read(family)).agreements[0]!

/** What the mother says. */
const byMother = (family: Family) => ({
  byPersonId: family.mother.id,
  relation: 'mother',
  capacity: 'parental-responsibility' as const,
  route: 'phone' as const
})

async function aYes(family: Family, changes: Partial<RecordedAgreement> = {}): Promise<RecordedAgreement> {
  const ids = { agreementId: newId(), familyId: family.id, episodeId: newId() }
  return {
    ...emptyRecordedAgreement(ids, (await newest(family)).id),
    ...byMother(family),
    decision: 'given',
    takePart: true,
    reviewOn: '4/1/2027',
    ...changes
  }
}

const aRefusal = async (family: Family, changes: Partial<RecordedAgreement> = {}) =>
  aYes(family, {
    decision: 'refused',
    takePart: false,
    reviewOn: '',
    reason: 'They want no more visits',
    deniedNote: 'Form filled in with the mother',
    safetyConcern: 'no',
    ...changes
  })

async function aWithdrawal(family: Family, changes: Partial<WithdrawalDraft> = {}): Promise<WithdrawalDraft> {
  return {
    ...emptyWithdrawal(newId(), family.id, (await newest(family)).id),
    ...byMother(family),
    standing: 'none-remains',
    withdrawalReason: 'They do not want it any more',
    closureReason: 'No agreement',
    deniedNote: 'Form filled in with the mother',
    adviceSought: true,
    signposted: true,
    ...changes
  }
}

const plan = (family: Family, kind: (typeof plannedKinds)[number], id = newId()) => ({
  id,
  familyId: family.id,
  episodeId: family.form.episodeId,
  kind,
  dueOn: '2026-12-01',
  note: ''
})

describe('agreement.record: a refusal, and a later yes (R26)', () => {
  it('keeps the refusal beside the yes, which starts the assessment with its keyworker (R22, R23)', async () => {
    const registration = aRegistration()
    const family = await theFamily({
      agreement: {
        ...registration.agreement,
        decision: 'refused',
        byPersonId: '',
        byName: 'Jo Vale',
        takePart: false,
        share: false,
        reason: 'Not now',
        deniedNote: 'Form filled in',
        safetyConcern: 'no'
      },
      practitionerId: ''
    })
    expect((await read(family)).episodes).toEqual([])
    const practitionerId = rows('SELECT id FROM practitioner')[0]!['id'] as string
    const yes = await aYes(family, { starts: 'yes', needs: 'Two agencies', practitionerId })
    await desk.does('agreement.record', yes)
    const after = await read(family)
    expect(after.agreements.map(({ decision }) => decision)).toEqual(['given', 'refused'])
    expect(after.episodes).toMatchObject([
      { id: yes.episodeId, reason: 'Two agencies', keyworkers: [{ name: 'Priya Shah' }] }
    ])
    holds()
  })

  it('says whether an assessment starts, and with whom, where none is open', async () => {
    const family = await theFamily()
    await desk.does('agreement.withdraw', await aWithdrawal(family))
    expect(await desk.run('agreement.record', await aYes(family))).toEqual(invalidAt('starts'))
    expect(await desk.run('agreement.record', await aYes(family, { starts: 'yes' }))).toEqual(
      invalidAt('needs', 'practitionerId')
    )
    expect((await desk.run('agreement.record', await aYes(family, { starts: 'no' }))).ok).toBe(true)
    holds()
  })

  it('R23: no family is given to a practitioner who is not trained, or not registered', async () => {
    const family = await theFamily()
    await desk.does('agreement.withdraw', await aWithdrawal(family))
    const untrained = newId()
    const { id: agencyId } = (await desk.does('agency.list', { text: '', after: '' })).rows[0]!
    await desk.does('practitioner.save', {
      id: untrained,
      name: 'Noor Castell',
      role: '',
      employer: 'agency',
      employerId: agencyId,
      phone: '',
      email: '',
      trainedOn: '',
      standardsOn: '',
      registeredOn: '2026-02-09',
      rowVersion: 0
    })
    const yes = await aYes(family, { starts: 'yes', needs: 'Two agencies', practitionerId: untrained })
    expect(await desk.run('agreement.record', yes)).toEqual(invalidAt('practitionerId'))
    expect(rows('SELECT id FROM episode')).toHaveLength(1)
  })

  it('the second assessment knows the first (R20)', async () => {
    const family = await theFamily()
    await desk.does('agreement.withdraw', await aWithdrawal(family))
    const practitionerId = family.form.practitionerId
    const yes = await aYes(family, { starts: 'yes', needs: 'Again', practitionerId })
    await desk.does('agreement.record', yes)
    expect(rows(`SELECT previous_id FROM episode WHERE id = '${yes.episodeId}'`)).toEqual([
      { previous_id: family.form.episodeId }
    ])
    holds()
  })

  it('the same form again is a no-op, another under its id clashes (L6)', async () => {
    const family = await theFamily()
    const yes = await aYes(family, { share: true })
    const first = await desk.does('agreement.record', yes)
    expect(await desk.does('agreement.record', yes)).toEqual(first)
    expect(rows('SELECT id FROM agreement')).toHaveLength(2)
    expect(await desk.run('agreement.record', { ...yes, note: 'Other' })).toEqual(
      refusal('refused', 'clashing-id')
    )
  })

  it('the same form again is known by the assessment that it started as well (L6)', async () => {
    const family = await theFamily()
    await desk.does('agreement.withdraw', await aWithdrawal(family))
    const { practitionerId } = family.form
    const yes = await aYes(family, { starts: 'yes', needs: 'Again', practitionerId })
    const later = { ...desk.first, now: '2026-11-24T10:00:00.000Z' }
    const first = await desk.does('agreement.record', yes, later)
    expect(await desk.does('agreement.record', yes, later)).toEqual(first)
    for (const changes of [{ needs: 'Something else' }, { starts: 'no' as const }, { episodeId: newId() }])
      expect(await desk.run('agreement.record', { ...yes, ...changes }, later)).toEqual(
        refusal('refused', 'clashing-id')
      )
    // one is open by then: nothing starts
    const another = await aYes(family, { share: true, starts: 'yes', needs: 'Again', practitionerId })
    const muchLater = { ...desk.first, now: '2026-11-25T10:00:00.000Z' }
    const second = await desk.does('agreement.record', another, muchLater)
    expect(await desk.does('agreement.record', another, muchLater)).toEqual(second)
    expect(rows('SELECT id FROM episode')).toHaveLength(2)
    holds()
  })

  it('two who record at the same time: the second is told (L7)', async () => {
    const family = await theFamily()
    const [one, other] = [await aYes(family), await aYes(family, { share: true })]
    await desk.does('agreement.record', one)
    expect(await desk.run('agreement.record', other)).toEqual(refusal('changed-since'))
    expect(
      await desk.run('agreement.withdraw', await aWithdrawal(family, { basedOn: other.basedOn }))
    ).toEqual(refusal('changed-since'))
  })

  it('R28: a refusal that ends the agreement of an open assessment is a withdrawal, and said so', async () => {
    const family = await theFamily()
    expect(await desk.run('agreement.record', await aRefusal(family))).toEqual(invalidAt('decision'))
    expect(rows('SELECT id FROM agreement')).toHaveLength(1)
  })

  it('L7: a young person of 16 agreed, so a parent’s refusal is kept and changes nothing', async () => {
    const family = await theFamily()
    const youth = { byPersonId: family.youth.id, relation: '', capacity: 'young-person-16-or-over' as const }
    await desk.does('agreement.record', await aYes(family, youth))
    await desk.does('agreement.record', await aRefusal(family))
    expect((await read(family)).episodes[0]?.closure).toBeUndefined()
    holds()
  })
})

describe('agreement.withdraw: none remains (R28, R29, L29)', () => {
  it('vector: a transfer, a funding request and a TAF date are pending → all three cancelled, one closure, three reasons, nothing due', async () => {
    const family = await theFamily()
    const planned = plannedKinds.map((kind) => plan(family, kind))
    for (const each of planned) await desk.does('episode.planDate', each)
    const everyone = { ...desk.first, now: '2027-03-01T10:00:00.000Z' }
    expect((await desk.does('family.due', { whose: 'everyone' }, everyone)).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['agreement-review', 'meeting', 'transfer', 'funding'])
    )

    const bare = await aWithdrawal(family, { closureReason: '', withdrawalReason: ' ', deniedNote: '' })
    expect(await desk.run('agreement.withdraw', { ...bare, adviceSought: false, signposted: false })).toEqual(
      invalidAt('withdrawalReason', 'deniedNote', 'closureReason', 'adviceSought', 'signposted')
    )
    expect(rows(`SELECT id FROM episode_date WHERE ending = ''`)).toHaveLength(3)

    const { ended } = await desk.does('agreement.withdraw', await aWithdrawal(family))
    expect(ended).toEqual([
      ...planned.map(({ kind, id }) => ({ what: kind, id })),
      { what: 'assessment', id: family.form.episodeId }
    ])
    expect(rows('SELECT ending FROM episode_date')).toEqual(planned.map(() => ({ ending: 'cancelled' })))
    expect(
      rows('SELECT closure_reason, withdrawal_reason, advice_sought, signposted FROM episode_closure')
    ).toEqual([
      {
        closure_reason: 'No agreement',
        withdrawal_reason: 'They do not want it any more',
        advice_sought: 1,
        signposted: 1
      }
    ])
    expect(await newest(family)).toMatchObject({
      decision: 'withdrawn',
      deniedNote: 'Form filled in with the mother',
      reviewOn: ''
    })
    expect(await desk.does('family.due', { whose: 'everyone' }, everyone)).toEqual([])
    expect((await read(family)).episodes[0]?.keyworkers[0]?.validTo).toBe('2026-11-23')
    expect((await desk.does('practitioner.list', { text: '', after: '' })).rows[0]?.load.held).toBe(0)
    holds()
  })

  it('the same form again has the same answer, and ends nothing twice (L6)', async () => {
    const family = await theFamily()
    await desk.does('episode.planDate', plan(family, 'meeting'))
    const draft = await aWithdrawal(family)
    const first = await desk.does('agreement.withdraw', draft)
    expect(await desk.does('agreement.withdraw', draft)).toEqual(first)
    expect(rows('SELECT id FROM episode_closure')).toHaveLength(1)
  })

  it('there is nothing to withdraw where nobody agreed', async () => {
    const family = await theFamily()
    await desk.does('agreement.withdraw', await aWithdrawal(family))
    expect(await desk.run('agreement.withdraw', await aWithdrawal(family))).toEqual(
      refusal('refused', 'no-agreement')
    )
  })

  it('a day before they agreed is no day to withdraw', async () => {
    const family = await theFamily()
    const early = await aWithdrawal(family, { withdrawnOn: '22/11/2026' })
    expect(await desk.run('agreement.withdraw', early)).toEqual(invalidAt('withdrawnOn'))
  })

  it('a day before somebody else agreed again is no day to withdraw: their yes would stand', async () => {
    const family = await theFamily()
    const youths = { byPersonId: family.youth.id, relation: '', capacity: 'young-person-16-or-over' } as const
    // the mother agreed on the 23rd; the young person, whose word prevails, on their birthday
    await desk.does('agreement.record', await aYes(family, { ...youths, decidedOn: '23/11/2026' }))
    const onTheDay = { ...desk.first, now: '2026-12-01T10:00:00.000Z' }
    await desk.does('agreement.record', await aYes(family, { decidedOn: '30/11/2026' }), onTheDay)
    const early = await aWithdrawal(family, { withdrawnOn: '25/11/2026' })
    expect(await desk.run('agreement.withdraw', early, onTheDay)).toEqual(invalidAt('withdrawnOn'))
    await desk.does('agreement.withdraw', { ...early, withdrawnOn: '30/11/2026' }, onTheDay)
    holds()
    const after = { ...desk.first, now: '2027-01-04T10:00:00.000Z' }
    expect(await desk.does('family.due', { whose: 'everyone' }, after)).toEqual([])
  })

  it('ends what hangs on it although the clock was set back since they agreed', async () => {
    const family = await theFamily()
    await desk.does('episode.planDate', plan(family, 'meeting'))
    const setBack = { ...desk.first, now: '2026-11-23T00:00:00.001Z' }
    const draft = await aWithdrawal(family)
    const first = await desk.does('agreement.withdraw', draft, setBack)
    expect(first.ended.map(({ what }) => what)).toEqual(['meeting', 'assessment'])
    expect(await desk.does('agreement.withdraw', draft, setBack)).toEqual(first)
    expect((await newest(family)).decision).toBe('withdrawn')
    const after = { ...desk.first, now: '2027-01-04T10:00:00.000Z' }
    expect(await desk.does('family.due', { whose: 'everyone' }, after)).toEqual([])
    holds()
  })

  it('nothing more is planned in what has ended', async () => {
    const family = await theFamily()
    await desk.does('agreement.withdraw', await aWithdrawal(family))
    expect(await desk.run('episode.planDate', plan(family, 'meeting'))).toEqual(refusal('not-found'))
  })
})

describe('agreement.withdraw: it stands through someone else (L29)', () => {
  it('narrows, ends nothing, and is reviewed when it was to be', async () => {
    const family = await theFamily()
    await desk.does('episode.planDate', plan(family, 'meeting'))
    const answer = await desk.does(
      'agreement.withdraw',
      await aWithdrawal(family, {
        standing: 'stands-through',
        throughPersonId: family.youth.id,
        takePart: true,
        share: false
      })
    )
    expect(answer).toEqual({ ended: [] })
    expect(await newest(family)).toMatchObject({
      decision: 'given',
      throughPersonId: family.youth.id,
      takePart: true,
      share: false,
      reviewOn: '2027-01-04',
      reason: 'They do not want it any more'
    })
    expect(rows(`SELECT id FROM episode_date WHERE ending = ''`)).toHaveLength(1)
    expect((await read(family)).episodes[0]?.closure).toBeUndefined()
    holds()
  })

  it('never widens: agencies that were not agreed to, sharing that was not, nobody through whom', async () => {
    const family = await theFamily()
    const { id: agencyId } = (await desk.does('agency.list', { text: '', after: '' })).rows[0]!
    await desk.does('agreement.record', await aYes(family, { share: true, agencyIds: [agencyId] }))
    const narrower = { standing: 'stands-through', throughPersonId: family.youth.id, takePart: true } as const
    const run = async (changes: Partial<WithdrawalDraft>) =>
      desk.run('agreement.withdraw', await aWithdrawal(family, { ...narrower, ...changes }))
    expect(await run({ share: true, agencyIds: [agencyId, newId()] })).toEqual(invalidAt('agencyIds'))
    // no name on the list is every agency
    expect(await run({ share: true, agencyIds: [] })).toEqual(invalidAt('agencyIds'))
    expect(await run({ throughPersonId: family.mother.id })).toEqual(invalidAt('throughPersonId'))
    expect(await run({ throughPersonId: newId() })).toEqual(invalidAt('throughPersonId'))
    expect(await run({ takePart: false, share: true, agencyIds: [agencyId] })).toEqual(invalidAt('takePart'))
    expect((await run({ share: true, agencyIds: [agencyId] })).ok).toBe(true)
    holds()
  })
})

describe('agreement.withdraw: the same form again (L6)', () => {
  it('is known by how the assessment was closed as well', async () => {
    const family = await theFamily()
    const withdrawal = await aWithdrawal(family)
    const first = await desk.does('agreement.withdraw', withdrawal)
    expect(await desk.does('agreement.withdraw', withdrawal)).toEqual(first)
    expect(await desk.run('agreement.withdraw', { ...withdrawal, closureReason: 'They moved away' })).toEqual(
      refusal('refused', 'clashing-id')
    )
    holds()
  })
})

describe('planned dates', () => {
  it('are planned once, and kept or cancelled with a reason, once (L6, L7)', async () => {
    const family = await theFamily()
    const meeting = plan(family, 'meeting')
    await desk.does('episode.planDate', meeting)
    await desk.does('episode.planDate', meeting)
    expect(rows('SELECT id FROM episode_date')).toHaveLength(1)
    expect(await desk.run('episode.planDate', { ...meeting, dueOn: '2026-12-08' })).toEqual(
      refusal('refused', 'clashing-id')
    )
    const ended = {
      id: meeting.id,
      familyId: family.id,
      ending: 'cancelled' as const,
      why: '',
      rowVersion: 1
    }
    expect(await desk.run('episode.endDate', ended)).toEqual(invalidAt('why'))
    await desk.does('episode.endDate', { ...ended, why: 'Snow' })
    await desk.does('episode.endDate', { ...ended, why: 'Snow' })
    expect(await desk.run('episode.endDate', { ...ended, ending: 'done', rowVersion: 2 })).toEqual(
      refusal('changed-since')
    )
    expect((await read(family)).episodes[0]?.planned).toMatchObject([
      { kind: 'meeting', dueOn: '2026-12-01', ending: 'cancelled' }
    ])
    holds()
  })

  it('not for a day that is over', async () => {
    const family = await theFamily()
    const run = (dueOn: string) => desk.run('episode.planDate', { ...plan(family, 'meeting'), dueOn })
    expect(await run('2026-11-22')).toEqual(invalidAt('dueOn'))
    expect((await run('2026-11-23')).ok).toBe(true)
  })
})

describe('who may (L25)', () => {
  it('what one may not read is not found, and a restricted family asks for a reason', async () => {
    const family = await theFamily()
    const forms = {
      'agreement.record': await aYes(family),
      'agreement.withdraw': await aWithdrawal(family),
      'episode.planDate': plan(family, 'meeting')
    } as const
    const elsewhere: Actor = { ...desk.actor('coordinator'), hubIds: [newId()] }
    for (const name of Object.keys(forms) as (keyof typeof forms)[])
      expect(await desk.run(name, forms[name], elsewhere), name).toEqual(refusal('not-found'))

    const factId = newId()
    await desk.does(
      'family.recordFact',
      {
        id: factId,
        ofId: factId,
        basedOn: '',
        familyId: family.id,
        subjectId: family.id,
        fact: {
          kind: 'restriction',
          value: { named: [desk.first.id], managerId: desk.first.id, why: 'A colleague’s family' }
        },
        validFrom: '',
        validTo: '',
        inError: false,
        reason: ''
      },
      desk.actor('triage-manager')
    )
    for (const name of Object.keys(forms) as (keyof typeof forms)[])
      expect(await desk.run(name, forms[name], desk.actor('adviser')), name).toEqual(
        refusal('refused', 'family-restricted')
      )
    expect(rows('SELECT id FROM agreement')).toHaveLength(1)
  })
})

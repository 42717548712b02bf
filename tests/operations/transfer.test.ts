import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { emptyRecordedAgreement, emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import { newId, type CivilDate, type Id } from '../../shared/ids.ts'
import type { PractitionerDetails } from '../../shared/practitioner/practitioner.ts'
import type { Transfer } from '../../shared/transfer/transfer.ts'
import { entrySaid } from '../../shared/words/chronology.ts'
import { aClosing, aReopening } from '../fixtures/closing.ts'
import { withPlanAgreed } from '../fixtures/episodes.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict, wholeChronology } from '../fixtures/facts.ts'
import { aFamily, aPractitioner, aRegistration, detailsOf } from '../fixtures/families.ts'
import { aMeeting, aRecord } from '../fixtures/meetings.ts'
import { aNote } from '../fixtures/notes.ts'
import {
  acceptedTransfer,
  aTransfer,
  aTransferOut,
  aTransferStep,
  readyTransfer,
  someNotes
} from '../fixtures/transfers.ts'

let desk: TestDesk
let jo: Id
let priya: Id
let family: Awaited<ReturnType<typeof aFamily>>['form']
beforeEach(async () => {
  desk = await openTestDesk()
  jo = (await aPractitioner(desk)).id
  priya = (await another('Priya Shah')).id
  // it agreed three days before anybody asks for a transfer
  const { agreement } = aRegistration()
  const earlier = { practitionerId: jo, agreement: { ...agreement, decidedOn: '20/11/2026' } }
  family = (await aFamily(desk, earlier, on('2026-11-20'))).form
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  desk.close()
})

/** One more keyworker of the same agency. */
const another = async (name: string, changes: Partial<PractitionerDetails> = {}) => {
  const first = detailsOf(await aPractitioner(desk))
  return desk.does('practitioner.save', { ...first, id: newId(), name, rowVersion: 0, ...changes })
}

async function anotherAgency() {
  const details = { name: 'Brook House', kind: 'Charity', phone: '01992 555 200', address: '', rowVersion: 0 }
  return { agencyId: (await desk.does('agency.save', { id: newId(), ...details })).id }
}

/** The family says anew with whom it agrees to share. */
async function agreedToShareWith(agencyIds: Id[]) {
  const { agreements } = await desk.does('family.read', { id: family.id })
  const ids = { agreementId: newId(), familyId: family.id, episodeId: newId() }
  await desk.does('agreement.record', {
    ...emptyRecordedAgreement(ids, agreements[0]?.id ?? ''),
    ...{ decision: 'given', byName: 'Jo Vale', relation: 'mother', capacity: 'parental-responsibility' },
    ...{ route: 'phone', takePart: true, share: true, agencyIds, reviewOn: '24/05/2027', starts: 'no' }
  })
}

const on = (day: CivilDate, actor: Actor = desk.first): Actor => ({ ...actor, now: `${day}T10:00:00.000Z` })
const refused = (reason: string) => ({ ok: false, error: { code: 'refused', reason } })
const notFound = { ok: false, error: { code: 'not-found' } }
const invalidAt = (...paths: string[]) => ({
  ok: false,
  error: { code: 'invalid', fields: paths.map((path) => ({ path, message: expect.any(String) as string })) }
})
const list = (actor?: Actor) => desk.does('transfer.list', { episodeId: family.episodeId }, actor)
async function theOne(actor?: Actor): Promise<Transfer> {
  const [first] = await list(actor)
  if (!first) throw new Error('No transfer was asked for')
  return first
}
/** Whose the family is, and from when to when: as the assessment's page reads it. */
const keyworkers = async (actor?: Actor) =>
  (await desk.does('episode.read', { id: family.episodeId }, actor)).keyworkers
    .map(({ practitionerId, validFrom, validTo }) => {
      const name = practitionerId === jo ? 'jo' : practitionerId === priya ? 'priya' : 'somebody else'
      return `${name} ${validFrom} – ${validTo}`
    })
    .toReversed()
const dueKinds = async (actor: Actor) =>
  (await desk.does('family.due', { whose: 'everyone' }, actor))
    .filter(({ kind }) => kind !== 'agreement-review')
    .map(({ kind, dueOn }) => `${kind} ${dueOn}`)

describe('R36: a transfer is asked for', () => {
  it('is kept word for word, waits, and changes no keyworker', async () => {
    await desk.does('transfer.request', aTransfer(family))
    expect(await theOne()).toMatchObject({
      ...{ kind: 'in-county', reason: 'job-change', requestedOn: '2026-11-23', state: 'requested' },
      ...{ isWaiting: true, authorityName: '', childNames: 'Robin Vale', toName: '', steps: [] }
    })
    expect(await keyworkers()).toEqual(['jo 2026-11-20 – '])
  })

  it('L6: sent again it is one; other words under its id are refused', async () => {
    const draft = aTransfer(family)
    await desk.does('transfer.request', draft)
    expect(await desk.does('transfer.request', draft)).toEqual({ id: draft.id })
    expect(await list()).toHaveLength(1)
    expect(await desk.run('transfer.request', { ...draft, note: 'Other' })).toEqual(refused('clashing-id'))
  })

  it('L3: its unfinished form goes in the same act', async () => {
    const draft = aTransfer(family)
    await desk.does('draft.save', { form: { kind: 'transfer', body: draft }, savedBefore: 0 })
    await desk.does('transfer.request', draft)
    expect(await desk.does('draft.list', {})).toEqual([])
  })

  it('one that waits per assessment; another after it was taken back', async () => {
    const draft = aTransfer(family)
    await desk.does('transfer.request', draft)
    expect(await desk.run('transfer.request', aTransfer(family))).toEqual(refused('transfer-waits'))
    await desk.does('transfer.takeStep', aTransferStep(draft, 'cancel'))
    await desk.does('transfer.request', aTransfer(family))
    expect((await list()).map(({ state }) => state).toSorted()).toEqual(['cancelled', 'requested'])
  })

  it.each([
    ['nothing chosen', { kind: '', reason: '' } as const, ['kind', 'reason']],
    ['R36: not engaging asks for the threshold', { reason: 'not-engaging' } as const, ['belowThreshold']],
    ['R39: out of the county asks where to', { kind: 'out-of-county' } as const, ['authority']],
    [
      'R39: an authority that is no neighbour',
      { kind: 'out-of-county', authority: 'york' } as const,
      ['authority']
    ],
    ['out of the county within it', { reason: 'out-of-county' } as const, ['reason']],
    ['before it was registered', { requestedOn: '19/11/2026' }, ['requestedOn']],
    ['in the future', { requestedOn: '24/11/2026' }, ['requestedOn']],
    ['no day', { requestedOn: 'soon' }, ['requestedOn']]
  ])('%s', async (_name, changes, paths) => {
    expect(await desk.run('transfer.request', aTransfer(family, changes))).toEqual(invalidAt(...paths))
  })

  it('R36: below the threshold is kept of a family that does not engage, and of nobody else', async () => {
    await desk.does('transfer.request', aTransfer(family, { belowThreshold: 'yes' }))
    expect((await theOne()).belowThreshold).toBe('')
  })

  it('none in an assessment that has closed, nor in another family’s', async () => {
    await desk.does('episode.close', aClosing(family))
    expect(await desk.run('transfer.request', aTransfer(family))).toEqual(refused('assessment-closed'))
    const other = (await aFamily(desk, { practitionerId: jo })).form
    const mixed = { ...aTransfer(other), episodeId: family.episodeId }
    expect(await desk.run('transfer.request', mixed)).toEqual(notFound)
  })
})

describe('R37, R38: in the county', () => {
  it('goes from its request to a changeover that nobody has to make happen', async () => {
    await acceptedTransfer(desk, family, priya)
    expect(await theOne()).toMatchObject({
      ...{
        state: 'accepted',
        isWaiting: true,
        toId: priya,
        toName: 'Priya Shah',
        changeoverOn: '2026-12-03'
      },
      ...{ familyToldOn: '2026-11-23', reviewPlannedFor: '2026-11-30', agreementReviewedOn: '' }
    })
    expect(await keyworkers()).toEqual(['jo 2026-11-20 – 2026-12-02', 'priya 2026-12-03 – '])
    expect((await theOne(on('2026-12-03'))).isWaiting).toBe(false)
  })

  it.each(['tell-family', 'plan-review'] as const)('nobody is proposed before: %s', async (step) => {
    const draft = aTransfer(family)
    await desk.does('transfer.request', draft)
    const day = step === 'plan-review' ? { on: '2026-11-30' } : {}
    await desk.does('transfer.takeStep', aTransferStep(draft, step, day))
    const propose = aTransferStep(draft, 'propose', { practitionerId: priya, on: '2026-12-03' })
    expect(await desk.run('transfer.takeStep', propose)).toEqual(refused('transfer-not-ready'))
  })

  it('R37: a review that was planned for a day that has gone by is none', async () => {
    const draft = await readyTransfer(desk, family)
    const propose = aTransferStep(draft, 'propose', { practitionerId: priya, on: '2026-12-03' })
    expect(await desk.run('transfer.takeStep', propose, on('2026-12-01'))).toEqual(
      refused('transfer-not-ready')
    )
    expect(await desk.run('transfer.takeStep', propose, on('2026-11-30'))).toMatchObject({ ok: true })
  })

  it('R37: a meeting of the team that was recorded since the request is the review; one before it is none', async () => {
    const of = { familyId: family.id, episodeId: family.episodeId }
    const [keyworker] = (await desk.does('meeting.team', { episodeId: family.episodeId })).members
    const held = (day: string) =>
      aRecord({ ...of, meetingId: newId() }, [keyworker?.id ?? ''], { heldOn: day, kind: 'first' })
    await desk.does('meeting.record', held('24/11/2026'), on('2026-11-25'))
    const draft = aTransfer(family, { requestedOn: '25/11/2026' })
    await desk.does('transfer.request', draft, on('2026-11-25'))
    expect((await theOne()).reviewHeldOn).toBe('')
    await desk.does('meeting.record', held('25/11/2026'), on('2026-11-25'))
    expect((await theOne()).reviewHeldOn).toBe('2026-11-25')
  })

  it('R37: a meeting that is arranged is a review that is planned, until it is cancelled', async () => {
    await desk.does('transfer.request', aTransfer(family))
    const meeting = aMeeting({ familyId: family.id, episodeId: family.episodeId })
    await desk.does('meeting.arrange', meeting)
    expect((await theOne()).reviewPlannedFor).toBe('2026-12-03')
    await desk.does('episode.endDate', {
      ...{ id: meeting.id, familyId: family.id, ending: 'cancelled', why: 'Nobody can come', rowVersion: 1 }
    })
    expect((await theOne()).reviewPlannedFor).toBe('')
  })

  it('declined, and then another', async () => {
    const draft = await readyTransfer(desk, family)
    const sam = (await another('Sam Reed')).id
    const propose = (practitionerId: Id) =>
      aTransferStep(draft, 'propose', { practitionerId, on: '2026-12-03' })
    await desk.does('transfer.takeStep', propose(priya))
    await desk.does('transfer.takeStep', aTransferStep(draft, 'decline', { note: 'No room in December' }))
    expect(await theOne()).toMatchObject({ state: 'requested', toId: '', toName: '', changeoverOn: '' })
    await desk.does('transfer.takeStep', propose(sam))
    await desk.does('transfer.takeStep', aTransferStep(draft, 'accept'))
    expect(await keyworkers()).toEqual(['jo 2026-11-20 – 2026-12-02', 'somebody else 2026-12-03 – '])
  })

  it('until there is an answer another day may be proposed; the newest counts', async () => {
    const draft = await readyTransfer(desk, family)
    for (const day of ['2026-12-03', '2026-12-10'])
      await desk.does(
        'transfer.takeStep',
        aTransferStep(draft, 'propose', { practitionerId: priya, on: day })
      )
    await desk.does('transfer.takeStep', aTransferStep(draft, 'accept'))
    expect(await keyworkers()).toEqual(['jo 2026-11-20 – 2026-12-09', 'priya 2026-12-10 – '])
  })

  it('L6: each step is one however often it is sent', async () => {
    const draft = await readyTransfer(desk, family)
    const propose = aTransferStep(draft, 'propose', { practitionerId: priya, on: '2026-12-03' })
    const accept = aTransferStep(draft, 'accept')
    for (const step of [propose, propose, accept, accept]) await desk.does('transfer.takeStep', step)
    expect((await theOne()).steps.map(({ step }) => step)).toEqual([
      ...['tell-family', 'plan-review', 'propose', 'accept']
    ])
    expect(await desk.run('transfer.takeStep', { ...accept, note: 'Gladly' })).toEqual(refused('clashing-id'))
  })

  it('steps that cannot be are refused', async () => {
    const draft = await readyTransfer(desk, family)
    for (const step of ['accept', 'decline', 'introduce', 'hand-over', 'contact-authority'] as const)
      expect(await desk.run('transfer.takeStep', aTransferStep(draft, step))).toEqual(
        refused('step-not-possible')
      )
    await desk.does('transfer.takeStep', aTransferStep(draft, 'cancel'))
    expect(await desk.run('transfer.takeStep', aTransferStep(draft, 'tell-family'))).toEqual(
      refused('step-not-possible')
    )
  })

  it.each([
    ['R23: in training', { trainedOn: '' }],
    ['R23: not registered', { registeredOn: '' }],
    ['R23: trained on the day after the changeover', { trainedOn: '2026-12-04' }]
  ])('nobody is proposed who may not be given a family: %s', async (_name, changes) => {
    const draft = await readyTransfer(desk, family)
    const untrained = (await another('Ash Lee', changes)).id
    const propose = (day: CivilDate) =>
      aTransferStep(draft, 'propose', { practitionerId: untrained, on: day })
    expect(await desk.run('transfer.takeStep', propose('2026-12-03'))).toEqual(invalidAt('practitionerId'))
  })

  it('R23: whoever is trained on the very day of the changeover may be', async () => {
    const draft = await readyTransfer(desk, family)
    const ash = (await another('Ash Lee', { trainedOn: '2026-12-03' })).id
    const propose = aTransferStep(draft, 'propose', { practitionerId: ash, on: '2026-12-03' })
    expect(await desk.run('transfer.takeStep', propose)).toMatchObject({ ok: true })
  })

  it('whoever is the keyworker already is not proposed', async () => {
    const draft = await readyTransfer(desk, family)
    const propose = aTransferStep(draft, 'propose', { practitionerId: jo, on: '2026-12-03' })
    expect(await desk.run('transfer.takeStep', propose)).toEqual(invalidAt('practitionerId'))
  })

  it.each<[string, CivilDate, boolean]>([
    ['today', '2026-12-10', true],
    ['back-dated', '2026-12-05', true],
    ['on the present keyworker’s first day', '2026-12-03', true],
    ['before it', '2026-12-02', false],
    ['29 February', '2028-02-29', false],
    ['a year and a day ahead', '2027-12-11', true],
    ['more than that', '2027-12-12', false]
  ])('the day of the changeover: %s', async (_name, day, isPossible) => {
    await acceptedTransfer(desk, family, priya)
    const now = on('2026-12-10')
    const draft = aTransfer(family)
    const sam = (await another('Sam Reed')).id
    await desk.does('transfer.request', draft, now)
    await desk.does('transfer.takeStep', aTransferStep(draft, 'tell-family', { on: '2026-12-10' }), now)
    await desk.does('transfer.takeStep', aTransferStep(draft, 'hold-review', { on: '2026-12-10' }), now)
    const propose = aTransferStep(draft, 'propose', { practitionerId: sam, on: day, agreedOn: '2026-12-10' })
    const answer = await desk.run('transfer.takeStep', propose, now)
    expect(answer).toEqual(isPossible ? { ok: true, value: null } : invalidAt('on'))
    if (!isPossible) return
    await desk.does('transfer.takeStep', aTransferStep(draft, 'accept', { on: '2026-12-10' }), now)
    const last = (await keyworkers(now)).at(-1)
    expect(last).toBe(`somebody else ${day} – `)
  })

  it('R38: what was proposed may have become impossible before it is accepted', async () => {
    const draft = await readyTransfer(desk, family)
    const ash = await another('Ash Lee')
    const propose = aTransferStep(draft, 'propose', { practitionerId: ash.id, on: '2026-12-03' })
    await desk.does('transfer.takeStep', propose)
    await desk.does('practitioner.save', { ...detailsOf(ash), registeredOn: '' })
    expect(await desk.run('transfer.takeStep', aTransferStep(draft, 'accept'))).toEqual(
      refused('proposal-not-possible')
    )
    expect(await keyworkers()).toEqual(['jo 2026-11-20 – '])
    await desk.does('transfer.takeStep', aTransferStep(draft, 'decline'))
  })

  it.each<[CivilDate, boolean]>([
    ['2026-12-02', true],
    ['2026-12-03', false]
  ])('on %s one that was accepted for 3 December may be taken back: %s', async (day, isPossible) => {
    const draft = await acceptedTransfer(desk, family, priya)
    const cancel = aTransferStep(draft, 'cancel', { on: day, note: 'Jo stays' })
    expect(await desk.run('transfer.takeStep', cancel, on(day))).toEqual(
      isPossible ? { ok: true, value: null } : refused('step-not-possible')
    )
    expect(await keyworkers(on('2026-12-10'))).toEqual(
      isPossible ? ['jo 2026-11-20 – '] : ['jo 2026-11-20 – 2026-12-02', 'priya 2026-12-03 – ']
    )
  })
})

describe('R30, L24: what of the notes goes with it', () => {
  it('the notes do not open before agreement was reviewed: the day before the request does not count, the same day does', async () => {
    const draft = await acceptedTransfer(desk, family, priya)
    expect(await desk.run('transfer.giveNotes', someNotes(draft))).toEqual(refused('agreement-not-reviewed'))
    expect(
      await desk.run('transfer.takeStep', aTransferStep(draft, 'review-agreement', { on: '2026-11-22' }))
    ).toEqual(invalidAt('on'))
    await desk.does('transfer.takeStep', aTransferStep(draft, 'review-agreement'))
    await desk.does('transfer.giveNotes', someNotes(draft))
    expect((await theOne()).notesGiven).toBe('all')
  })

  it('a yes that was recorded anew since the request counts as the review', async () => {
    const draft = aTransfer(family)
    await desk.does('transfer.request', draft, on('2026-11-24'))
    expect((await theOne()).agreementReviewedOn).toBe('')
    const [agreed] = (await desk.does('family.read', { id: family.id })).agreements
    await desk.does(
      'agreement.record',
      {
        ...emptyRecordedAgreement(
          { agreementId: newId(), familyId: family.id, episodeId: newId() },
          agreed?.id ?? ''
        ),
        ...{ decision: 'given', byName: 'Jo Vale', relation: 'mother', capacity: 'parental-responsibility' },
        ...{ route: 'phone', takePart: true, share: true, reviewOn: '24/05/2027' },
        starts: 'no'
      },
      on('2026-11-24')
    )
    expect((await theOne()).agreementReviewedOn).toBe('2026-11-24')
  })

  it('chosen one by one: of this assessment, and not before the review', async () => {
    const note = aNote(family)
    await desk.does('note.add', note)
    const other = (await aFamily(desk, { practitionerId: jo })).form
    const foreign = aNote(other)
    await desk.does('note.add', foreign)
    const draft = await acceptedTransfer(desk, family, priya)
    await desk.does(
      'transfer.takeStep',
      aTransferStep(draft, 'review-agreement', { on: '2026-11-24' }),
      on('2026-11-24')
    )
    const chosen = (noteIds: Id[], day: CivilDate) =>
      desk.run(
        'transfer.giveNotes',
        someNotes(draft, { given: 'chosen', noteIds, on: day }),
        on('2026-11-24')
      )
    expect(await chosen([], '2026-11-24')).toEqual(invalidAt('noteIds'))
    expect(await chosen([foreign.id], '2026-11-24')).toEqual(invalidAt('noteIds'))
    expect(await chosen([note.id], '2026-11-23')).toEqual(invalidAt('on'))
    expect(await chosen([note.id], '2026-11-25')).toEqual(invalidAt('on'))
    expect(await chosen([note.id], '2026-11-24')).toMatchObject({ ok: true })
    expect(await theOne()).toMatchObject({ notesGiven: 'chosen' })
  })

  it('chosen again, the newest stands and both are kept; sent again it is one', async () => {
    const draft = await acceptedTransfer(desk, family, priya)
    await desk.does('transfer.takeStep', aTransferStep(draft, 'review-agreement'))
    const first = someNotes(draft)
    await desk.does('transfer.giveNotes', first)
    await desk.does('transfer.giveNotes', first)
    await desk.does('transfer.giveNotes', someNotes(draft, { given: 'none', note: 'She asked for none' }))
    expect((await theOne()).notesGiven).toBe('none')
    const kept = desk.store.reader.prepare('SELECT given FROM transfer_notes ORDER BY created_at').all()
    expect(kept).toEqual([{ given: 'all' }, { given: 'none' }])
    expect(await desk.run('transfer.giveNotes', { ...first, given: 'none' })).toEqual(refused('clashing-id'))
  })

  it('L24, domain 0.4: to another agency than the family agreed to share with they go with a reason', async () => {
    const { agencyId } = await anotherAgency()
    const lee = (await another('Lee Ash', { employerId: agencyId })).id
    const draft = await acceptedTransfer(desk, family, lee)
    await desk.does('transfer.takeStep', aTransferStep(draft, 'review-agreement'))
    // an agreement that names nobody is for every agency
    await desk.does('transfer.giveNotes', someNotes(draft))
    await agreedToShareWith([detailsOf(await aPractitioner(desk)).employerId])
    expect(await desk.run('transfer.giveNotes', someNotes(draft))).toMatchObject({
      error: {
        fields: [{ path: 'note', message: expect.stringContaining('Brook House') as string }]
      }
    })
    await desk.does('transfer.giveNotes', someNotes(draft, { given: 'none' }))
    await desk.does('transfer.giveNotes', someNotes(draft, { note: 'Sam may be hurt at home' }))
    await agreedToShareWith([agencyId])
    await desk.does('transfer.giveNotes', someNotes(draft))
  })

  it('nobody has accepted yet: there is nobody to give them to', async () => {
    const draft = await readyTransfer(desk, family)
    expect(await desk.run('transfer.giveNotes', someNotes(draft))).toEqual(refused('step-not-possible'))
  })
})

describe('R39: out of the county', () => {
  it('nobody is proposed before the other authority was spoken to', async () => {
    const draft = aTransferOut(family)
    await desk.does('transfer.request', draft)
    await desk.does('transfer.takeStep', aTransferStep(draft, 'tell-family'))
    await desk.does('transfer.takeStep', aTransferStep(draft, 'hold-review'))
    const propose = aTransferStep(draft, 'propose', { who: 'Sam Okoro', on: '2026-12-03' })
    const toNobody = aTransferStep(draft, 'propose', { on: '2026-12-03' })
    expect(await desk.run('transfer.takeStep', propose)).toEqual(refused('transfer-not-ready'))
    await desk.does('transfer.takeStep', aTransferStep(draft, 'contact-authority'))
    expect(await desk.run('transfer.takeStep', toNobody)).toEqual(invalidAt('who'))
    await desk.does('transfer.takeStep', propose)
    expect(await theOne()).toMatchObject({ toId: '', toName: 'Sam Okoro', authorityName: 'Luton' })
  })

  it('the present keyworker stays until it is handed over: then the assessment closes here', async () => {
    await withPlanAgreed(desk, family)
    const draft = await acceptedTransfer(desk, family, '', '2026-12-03', {
      ...{ kind: 'out-of-county', reason: 'out-of-county', authority: 'luton' }
    })
    const later = on('2026-12-07')
    expect(await keyworkers(later)).toEqual(['jo 2026-11-20 – '])
    expect((await theOne(later)).isWaiting).toBe(true)
    const handOver = aTransferStep(draft, 'hand-over', { on: '2026-12-07' })
    await desk.does('transfer.takeStep', handOver, later)
    await desk.does('transfer.takeStep', handOver, later)
    expect(await theOne(later)).toMatchObject({ state: 'handed-over', isWaiting: false })
    const read = await desk.does('episode.read', { id: family.episodeId }, later)
    expect(read.state).toBe('closed')
    expect(read.closures).toMatchObject([
      { closedOn: '2026-12-07', closureReason: 'Handed over to Luton', kind: 'closed' }
    ])
    expect(read.closures[0]?.parts.map(({ kind, who }) => `${kind} ${who}`)).toEqual([
      ...['goes-on Luton', 'told Sam Okoro']
    ])
    expect(await keyworkers(later)).toEqual(['jo 2026-11-20 – 2026-12-07'])
    expect(await dueKinds(on('2027-06-01'))).toEqual([])
  })

  it('what fell through is taken back, also after the day it was meant for', async () => {
    const draft = await acceptedTransfer(desk, family, '', '2026-12-03', {
      ...{ kind: 'out-of-county', reason: 'out-of-county', authority: 'luton' }
    })
    await desk.does('transfer.takeStep', aTransferStep(draft, 'cancel'), on('2026-12-10'))
    expect(await theOne()).toMatchObject({ state: 'cancelled', toName: '' })
    expect(await keyworkers(on('2026-12-10'))).toEqual(['jo 2026-11-20 – '])
  })
})

describe('what the chronology tells', () => {
  it('the request, each step on its day, what of the notes goes with it, and a keyworker who never came', async () => {
    const draft = await acceptedTransfer(desk, family, priya)
    await desk.does('transfer.takeStep', aTransferStep(draft, 'review-agreement'))
    await desk.does('transfer.giveNotes', someNotes(draft, { given: 'family-may-see' }))
    await desk.does(
      'transfer.takeStep',
      aTransferStep(draft, 'cancel', { on: '2026-11-24', note: 'Jo stays' }),
      on('2026-11-24')
    )
    const names = { person: () => '', account: () => '', hub: () => '' }
    const rows = await wholeChronology(desk, family.id)
    const told = rows
      .filter(({ kind }) => kind === 'transfer' || kind === 'keyworker')
      .map((row) => [row.on, entrySaid(row, names).what, ...entrySaid(row, names).details].join(' | '))
    expect(told.toReversed()).toEqual([
      '2026-11-20 | Keyworker: Priya Shah from 20 November 2026',
      '2026-11-23 | Transfer of keyworker asked for | The keyworker changes job | Leaves for another post in January',
      '2026-11-23 | Transfer of keyworker: Jo Vale was told (At home)',
      '2026-11-23 | Transfer of keyworker: a review of the team is planned for 30 November 2026',
      '2026-11-23 | Proposed as keyworker from 3 December 2026: Priya Shah',
      '2026-11-23 | Transfer of keyworker accepted by Priya Shah',
      '2026-11-23 | Transfer of keyworker: agreement was reviewed with Jo Vale',
      '2026-11-23 | The new keyworker may be given: the notes that the family may see',
      '2026-11-24 | Transfer of keyworker taken back | Jo stays',
      '2026-12-03 | New keyworker: Priya Shah from 3 December 2026 | It was taken back before that day'
    ])
  })
})

describe('L29: with the assessment what waits ends', () => {
  async function withdraw(actor = desk.first) {
    const [agreed] = (await desk.does('family.read', { id: family.id }, actor)).agreements
    return desk.does(
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

  it('a withdrawal while a transfer, a funding request and a date of the team are pending ends all three', async () => {
    const draft = await readyTransfer(desk, family)
    const of = { familyId: family.id, episodeId: family.episodeId }
    for (const kind of ['funding', 'meeting'] as const)
      await desk.does('episode.planDate', { id: newId(), ...of, kind, dueOn: '2026-12-01', note: '' })
    const { ended } = await withdraw()
    expect(ended.map(({ what }) => what).toSorted()).toEqual([
      ...['assessment', 'funding', 'keyworker-transfer', 'meeting']
    ])
    expect(ended).toContainEqual({ what: 'keyworker-transfer', id: draft.id })
    expect(await theOne()).toMatchObject({ state: 'cancelled', isWaiting: false })
    expect(await dueKinds(on('2027-06-01'))).toEqual([])
  })

  it('one that was accepted and whose day has not come is taken back; one whose day has come stays', async () => {
    await acceptedTransfer(desk, family, priya)
    await withdraw(on('2026-12-02'))
    expect(await theOne()).toMatchObject({ state: 'cancelled' })
    expect(await keyworkers(on('2026-12-10'))).toEqual(['jo 2026-11-20 – 2026-12-02'])
  })

  it('closing ends it too, and reopening brings nothing back', async () => {
    await acceptedTransfer(desk, family, priya, '2027-01-11')
    const closing = aClosing(family, { closedOn: '01/12/2026' })
    await desk.does('episode.close', closing, on('2026-12-01'))
    expect(await theOne(on('2026-12-01'))).toMatchObject({ state: 'cancelled' })
    await desk.does('episode.reopen', aReopening(family, closing.id, { on: '2026-12-02' }), on('2026-12-02'))
    expect(await theOne(on('2026-12-02'))).toMatchObject({ state: 'cancelled' })
    expect(await keyworkers(on('2027-02-01'))).toEqual(['jo 2026-11-20 – '])
  })

  it('a changeover that was back-dated stays with an assessment that closes after it', async () => {
    await acceptedTransfer(desk, family, priya, '2026-11-23')
    await desk.does('episode.close', aClosing(family))
    expect(await theOne()).toMatchObject({ state: 'accepted', isWaiting: false })
    expect(await keyworkers()).toEqual(['jo 2026-11-20 – 2026-11-22', 'priya 2026-11-23 – 2026-11-23'])
  })
})

describe('what is due', () => {
  it('the review, an answer, the changeover, and what is open after it, each on its day', async () => {
    const draft = aTransfer(family)
    await desk.does('transfer.request', draft)
    expect(await dueKinds(desk.first)).toEqual(['transfer-review 2026-11-23'])
    await desk.does('transfer.takeStep', aTransferStep(draft, 'tell-family'))
    await desk.does('transfer.takeStep', aTransferStep(draft, 'plan-review', { on: '2026-11-30' }))
    expect(await dueKinds(desk.first)).toEqual(['transfer-review 2026-11-30'])
    await desk.does('transfer.takeStep', aTransferStep(draft, 'hold-review'))
    expect(await dueKinds(desk.first)).toEqual(['transfer-proposal 2026-11-23'])
    const propose = aTransferStep(draft, 'propose', { practitionerId: priya, on: '2026-12-03' })
    await desk.does('transfer.takeStep', propose)
    expect(await dueKinds(desk.first)).toEqual(['transfer-answer 2026-11-23'])
    await desk.does('transfer.takeStep', aTransferStep(draft, 'accept'))
    expect(await dueKinds(desk.first)).toEqual([])
    expect(await dueKinds(on('2026-11-26'))).toEqual(['changeover 2026-12-03'])
    expect(await dueKinds(on('2026-12-03'))).toEqual([
      ...['transfer-agreement 2026-12-03', 'introduction 2026-12-03']
    ])
    const review = aTransferStep(draft, 'review-agreement', { on: '2026-12-04' })
    await desk.does('transfer.takeStep', review, on('2026-12-04'))
    await desk.does(
      'transfer.takeStep',
      aTransferStep(draft, 'introduce', { on: '2026-12-04' }),
      on('2026-12-04')
    )
    expect(await dueKinds(on('2026-12-04'))).toEqual([])
  })

  it('R58: once the team has met since the changeover nobody is asked to introduce anybody', async () => {
    await acceptedTransfer(desk, family, priya)
    const later = on('2026-12-07')
    const [keyworker] = (await desk.does('meeting.team', { episodeId: family.episodeId }, later)).members
    const of = { familyId: family.id, episodeId: family.episodeId, meetingId: newId() }
    await desk.does(
      'meeting.record',
      aRecord(of, [keyworker?.id ?? ''], { heldOn: '07/12/2026', kind: 'first' }),
      later
    )
    expect(await dueKinds(later)).toEqual(['transfer-agreement 2026-12-03'])
  })

  it('is seen to by whoever asked for it and by the coordinator of its hub; a restricted family has no name', async () => {
    await acceptedTransfer(desk, family, priya)
    const then = (actor: Actor) => on('2026-11-26', actor)
    const mine = async (actor: Actor) => desk.does('family.due', { whose: 'mine' }, then(actor))
    const hubId = (await desk.does('episode.read', { id: family.episodeId })).hubId
    expect((await mine(desk.first)).map(({ note }) => note)).toEqual(['To Priya Shah', 'To Priya Shah'])
    expect(await mine(await aColleague(desk, 'coordinator', [hubId]))).toHaveLength(2)
    expect(await mine({ ...desk.actor('coordinator'), hubIds: [newId()] })).toEqual([])
    expect(await mine(await aColleague(desk, 'adviser'))).toEqual([])
    const boss = await aColleague(desk, 'triage-manager')
    await restrict(desk, family.id, [boss], boss)
    expect(await mine(desk.first)).toMatchObject([
      { kind: 'transfer-review', familyName: '', note: '' },
      { kind: 'changeover', familyName: '', note: '' }
    ])
  })
})

describe('R56, L25: whose transfers one may know of', () => {
  it('a coordinator of another hub finds none, and a helpdesk no operation', async () => {
    const draft = await readyTransfer(desk, family)
    const elsewhere = { ...desk.actor('coordinator'), hubIds: [newId()] }
    expect(await desk.run('transfer.list', { episodeId: family.episodeId }, elsewhere)).toEqual(notFound)
    expect(await desk.run('transfer.takeStep', aTransferStep(draft, 'cancel'), elsewhere)).toEqual(notFound)
    expect(await desk.run('transfer.list', { episodeId: family.episodeId }, desk.actor('helpdesk'))).toEqual({
      ok: false,
      error: { code: 'not-allowed' }
    })
  })

  it('a restricted family asks for the reason first', async () => {
    const draft = await readyTransfer(desk, family)
    const boss = await aColleague(desk, 'triage-manager')
    await restrict(desk, family.id, [boss], boss)
    const colleague = await aColleague(desk, 'adviser')
    expect(await desk.run('transfer.list', { episodeId: family.episodeId }, colleague)).toEqual(
      refused('family-restricted')
    )
    expect(await desk.run('transfer.giveNotes', someNotes(draft), colleague)).toEqual(
      refused('family-restricted')
    )
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { emptyCall, type DraftChild } from '../../shared/call/call.ts'
import type { CheckDraft } from '../../shared/check/check.ts'
import { newId } from '../../shared/ids.ts'
import { contract } from '../../shared/ipc/contract.ts'
import type { Operation } from '../../shared/ipc/operations.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, aFact, anAddress } from '../fixtures/facts.ts'
import { aFamily, aPractitioner, aRegistration } from '../fixtures/families.ts'

let desk: TestDesk
let helpdesk: Actor
let agencyId: string

beforeEach(async () => {
  desk = await openTestDesk()
  helpdesk = desk.actor('helpdesk')
  const agency = {
    name: 'Lantern Trust',
    kind: 'Charity',
    phone: '01992 555 100',
    address: '',
    rowVersion: 0
  }
  agencyId = (await desk.does('agency.save', { id: newId(), ...agency })).id
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  desk.close()
})

const child = (changes: Partial<DraftChild> = {}): DraftChild => ({
  ...emptyCall(newId(), newId(), OPEN).children[0]!,
  name: 'Robin Vale',
  birth: '3/9/2015',
  address: '4 Mill Lane, Hertford SG14 1AB',
  ...changes
})

const aCheck = (changes: Partial<CheckDraft> = {}): CheckDraft => ({
  id: newId(),
  callerName: 'Sam Okoro',
  callerRole: 'Health visitor',
  employer: 'agency',
  employerId: agencyId,
  employerText: 'Lantern Trust',
  agreedBy: 'Jo Vale',
  agreedRelation: 'mother',
  agreedOn: '23/11/2026',
  agreedHow: 'verbally',
  children: [child()],
  ...changes
})

const tried = (checkId: string, result: 'passed' | 'failed' | 'no-answer') => ({
  id: newId(),
  checkId,
  method: 'call-back' as const,
  personAskedFor: 'Sam Okoro',
  result,
  reason: ''
})

async function aFamilyWithKeyworker() {
  const practitioner = await aPractitioner(desk)
  return aFamily(desk, { practitionerId: practitioner.id })
}

async function identified(draft = aCheck(), actor = helpdesk) {
  await desk.does('check.begin', draft, actor)
  await desk.does('check.tryIdentity', tried(draft.id, 'passed'), actor)
  return draft
}

const answered = (draft: CheckDraft) =>
  desk.run('check.answer', { id: newId(), checkId: draft.id, children: draft.children }, helpdesk)

const answeredWith = async (draft: CheckDraft, children = draft.children) =>
  (await desk.does('check.answer', { id: newId(), checkId: draft.id, children }, helpdesk)).answer

const disclosed = (draft: CheckDraft, answerId = '') =>
  desk.does('check.disclose', { id: newId(), checkId: draft.id, answerId }, helpdesk)

const CHANGED = { ok: false, error: { code: 'changed-since' } }

describe('check.begin (R18, S1)', () => {
  it.each([
    ['agreedBy', { agreedBy: ' ' }],
    ['agreedOn', { agreedOn: '' }],
    ['agreedOn', { agreedOn: '24/11/2026' }],
    ['agreedHow', { agreedHow: '' as const }],
    ['callerName', { callerName: '' }],
    ['employerId', { employerId: '' }],
    ['employerId', { employerId: newId() }],
    ['children.0.name', { children: [] }]
  ])('asks for %s', async (path, changes) => {
    const result = await desk.run('check.begin', aCheck(changes), helpdesk)
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid', fields: [{ path }] } })
  })

  it('the same again answers with the first reference (L6), and its draft is gone (L3)', async () => {
    const draft = aCheck()
    await desk.does('draft.save', { form: { kind: 'check', body: draft }, savedBefore: 0 }, helpdesk)
    const first = await desk.does('check.begin', draft, helpdesk)
    expect(first.reference).toBe('CHK-7KQ3-000001')
    expect(await desk.does('check.begin', draft, helpdesk)).toEqual(first)
    expect(await desk.does('draft.list', {}, helpdesk)).toEqual([])
  })
})

describe('an act that is sent again (L6)', () => {
  it.each<[string, Partial<CheckDraft>]>([
    ['another caller', { callerName: 'Ash Tran' }],
    ['another who agreed', { agreedBy: 'Al Vale' }],
    ['another child', { children: [child({ name: 'Ada Vale' })] }],
    ['one child more', { children: [child(), child({ id: newId(), name: 'Ada Vale' })] }]
  ])('with %s clashes: what was typed since is not lost in silence', async (_, changes) => {
    const draft = aCheck()
    await desk.does('check.begin', draft, helpdesk)
    const again = { ...draft, ...changes }
    expect(await desk.run('check.begin', again, helpdesk)).toMatchObject({ error: { reason: 'clashing-id' } })
  })

  it('an answer about other children is another answer', async () => {
    const draft = await identified()
    const act = { id: newId(), checkId: draft.id, children: draft.children }
    const first = await desk.does('check.answer', act, helpdesk)
    expect(await desk.does('check.answer', act, helpdesk)).toEqual(first)
    const better = { ...act, children: [child({ name: 'Robin Vail' })] }
    expect(await desk.run('check.answer', better, helpdesk)).toMatchObject({
      error: { reason: 'clashing-id' }
    })
  })
})

describe('R19: identity before any answer', () => {
  it('no answer and no disclosure before it is sure who is calling', async () => {
    await aFamilyWithKeyworker()
    const draft = aCheck()
    await desk.does('check.begin', draft, helpdesk)
    expect(await answered(draft)).toMatchObject({ ok: false, error: { code: 'changed-since' } })
    await desk.does('check.tryIdentity', tried(draft.id, 'failed'), helpdesk)
    expect(await answered(draft)).toMatchObject({ ok: false, error: { code: 'changed-since' } })
    const act = { id: newId(), checkId: draft.id, answerId: newId() }
    const told = await desk.run('check.disclose', act, helpdesk)
    expect(told).toMatchObject({ ok: false, error: { code: 'changed-since' } })
    const record = await desk.does('check.read', { id: draft.id }, helpdesk)
    expect(record).toMatchObject({ state: 'to-identify' })
    expect(record).not.toHaveProperty('answer')
    expect(record).not.toHaveProperty('disclosed')
  })

  it('until then a check of a family that is there is told from one that is not by nothing', async () => {
    await aFamilyWithKeyworker()
    const known = aCheck()
    const unknown = aCheck({ children: [child({ name: 'Wren Abara', birth: '1/1/2014' })] })
    const seen = []
    for (const draft of [known, unknown]) {
      await desk.does('check.begin', draft, helpdesk)
      const record = await desk.does('check.tryIdentity', tried(draft.id, 'failed'), helpdesk)
      const { id: _id, reference: _reference, children: _children, ...rest } = record
      seen.push(rest)
    }
    expect(seen[0]).toEqual(seen[1])
  })

  it('dials the directory’s number of that moment, never one that the page sends', async () => {
    const draft = aCheck()
    await desk.does('check.begin', draft, helpdesk)
    const changed = { name: 'Lantern Trust', kind: 'Charity', phone: '01992 555 200', address: '' }
    await desk.does('agency.save', { id: agencyId, ...changed, rowVersion: 1 })
    const record = await desk.does('check.tryIdentity', tried(draft.id, 'passed'), helpdesk)
    expect(record.tries).toMatchObject([
      { number: '01992 555 200', personAskedFor: 'Sam Okoro', result: 'passed' }
    ])
    const sent = await desk.run(
      'check.tryIdentity',
      { ...tried(draft.id, 'passed'), number: '07700 900999' } as never,
      helpdesk
    )
    expect(sent).toMatchObject({ ok: false, error: { code: 'invalid' } })
  })

  it('cannot call back where the directory has no number', async () => {
    const bare = { id: newId(), name: 'New Leaf', kind: '', phone: '', address: '', rowVersion: 0 }
    await desk.does('agency.save', bare)
    const draft = aCheck({ employerId: bare.id })
    await desk.does('check.begin', draft, helpdesk)
    const result = await desk.run('check.tryIdentity', tried(draft.id, 'passed'), helpdesk)
    expect(result).toMatchObject({ ok: false, error: { reason: 'no-main-number' } })
  })

  it('cannot call back a school that somebody typed during a call and nobody has checked', async () => {
    const typed = {
      ...{ name: 'Wychford School', typeGroup: '', typeName: '', address: '', town: 'Ware', postcode: '' },
      ...{ district: '', phone: '07700 900999', leadName: '' }
    }
    const schoolId = newId()
    await desk.does('school.add', { ...typed, id: schoolId, toCheck: true }, helpdesk)
    const draft = aCheck({ employer: 'school', employerId: schoolId, employerText: 'Wychford School' })
    await desk.does('check.begin', draft, helpdesk)
    expect(await desk.does('check.read', { id: draft.id }, helpdesk)).toMatchObject({ mainNumber: '' })
    const result = await desk.run('check.tryIdentity', tried(draft.id, 'passed'), helpdesk)
    expect(result).toMatchObject({ ok: false, error: { reason: 'no-main-number' } })

    const { versionId } = await desk.does('school.read', { id: schoolId })
    const checked = {
      ...typed,
      id: schoolId,
      versionId: newId(),
      basedOn: versionId,
      status: 'open' as const
    }
    await desk.does('school.change', { ...checked, phone: '01920 555 100' })
    const record = await desk.does('check.tryIdentity', tried(draft.id, 'passed'), helpdesk)
    expect(record.tries).toMatchObject([{ number: '01920 555 100' }])
  })

  it('another way needs a reason, and stands in the record', async () => {
    const draft = aCheck()
    await desk.does('check.begin', draft, helpdesk)
    const way = { ...tried(draft.id, 'passed'), method: 'seen-in-person' as const }
    expect(await desk.run('check.tryIdentity', way, helpdesk)).toMatchObject({
      ok: false,
      error: { code: 'invalid', fields: [{ path: 'reason' }] }
    })
    const record = await desk.does(
      'check.tryIdentity',
      { ...way, reason: 'Stands at the desk with a badge' },
      helpdesk
    )
    expect(record).toMatchObject({ state: 'identified', tries: [{ method: 'seen-in-person', number: '' }] })
  })
})

describe('the answer (R20, R21, C3)', () => {
  it('open: the keyworker and how to reach them, and nothing else; read out word for word', async () => {
    await aFamilyWithKeyworker()
    const draft = await identified()
    const { answer } = await desk.does(
      'check.answer',
      { id: newId(), checkId: draft.id, children: draft.children },
      helpdesk
    )
    expect(answer).toEqual({
      id: answer?.id,
      at: OPEN,
      answer: 'open',
      keyworkerName: 'Priya Shah',
      keyworkerAgency: 'Lantern Trust',
      keyworkerPhone: '07700 900123',
      askFor: []
    })
    const record = await disclosed(draft, answer?.id)
    expect(record.disclosed).toMatchObject({
      what: 'There is an open Families First Assessment. The keyworker is Priya Shah, Lantern Trust, telephone 07700 900123',
      toName: 'Sam Okoro'
    })
    expect(record.state).toBe('disclosed')
    expect(JSON.stringify(record)).not.toContain('FAM-')
  })

  it('none: told and recorded as well', async () => {
    const draft = await identified()
    const answer = await answeredWith(draft)
    expect(answer).toMatchObject({ answer: 'none', keyworkerName: '' })
    const record = await disclosed(draft, answer?.id)
    expect(record.disclosed?.what).toBe('No open Families First Assessment was found')
  })

  it('unclear: asks for what is blank, says nothing, and may be asked again', async () => {
    await aFamilyWithKeyworker()
    const draft = await identified(aCheck({ children: [child({ birth: '', address: '' })] }))
    const unclear = await answeredWith(draft)
    expect(unclear).toMatchObject({
      answer: 'unclear',
      keyworkerName: '',
      askFor: ['date of birth', 'address with postcode', 'UPN']
    })
    const act = { id: newId(), checkId: draft.id, answerId: unclear?.id ?? '' }
    expect(await desk.run('check.disclose', act, helpdesk)).toMatchObject(CHANGED)
    expect(await answeredWith(draft, [child()])).toMatchObject({ answer: 'open' })
    const record = await desk.does('check.read', { id: draft.id }, helpdesk)
    expect(record.children).toMatchObject([
      { name: 'Robin Vale', birth: '3/9/2015', birthDate: '2015-09-03' }
    ])
    expect(record.asked).toMatchObject([
      { answer: 'unclear', childNames: 'Robin Vale' },
      { answer: 'open', childNames: 'Robin Vale' }
    ])
  })

  it('what is recorded as read out is the answer that was on the screen, or nothing', async () => {
    await aFamilyWithKeyworker()
    const draft = await identified(aCheck({ children: [child({ name: 'Wren Abara', birth: '1/1/2014' })] }))
    const none = await answeredWith(draft)
    expect(none).toMatchObject({ answer: 'none' })
    // a colleague asks again meanwhile
    await answeredWith(draft, [child()])
    const act = { id: newId(), checkId: draft.id, answerId: none?.id ?? '' }
    expect(await desk.run('check.disclose', act, helpdesk)).toMatchObject(CHANGED)
  })

  it('a family that refused has no assessment to be told of', async () => {
    const { agreement } = aRegistration()
    await aFamily(desk, { agreement: { ...agreement, decision: 'not-asked', takePart: false, share: false } })
    expect(await answeredWith(await identified())).toMatchObject({ answer: 'none' })
  })

  it('an address that is withheld, also of somebody who lives there too, makes no answer another', async () => {
    const practitioner = await aPractitioner(desk)
    const [robin, mother] = aRegistration().people
    const secret = { address: '17 Secret Wharf, Ware SG12 9ZZ' }
    const people = [
      { ...robin!, ...secret },
      { ...mother!, ...secret }
    ]
    const { id, form } = await aFamily(desk, { people, practitionerId: practitioner.id })
    const byName = { birth: '', address: '' }
    const told = async (address: string) => {
      const draft = await identified(aCheck({ children: [child({ ...byName, address })] }))
      return (await answeredWith(draft))?.answer
    }
    expect(await told(secret.address)).not.toBe(await told(''))
    const { facts } = await desk.does('family.read', { id })
    const home = facts.find(({ kind, subjectId }) => kind === 'address' && subjectId === form.people[1]!.id)!
    await desk.does('family.recordFact', {
      ...aFact(id, form.people[1]!.id, anAddress(secret.address, { withheldFrom: [form.people[0]!.id] })),
      ...{ ofId: home.ofId, basedOn: home.id, reason: 'She is in danger' }
    })
    expect(await told(secret.address)).toBe(await told(''))
  })

  it('of a restricted family nothing is said; a triage manager settles it', async () => {
    const { id: familyId } = await aFamilyWithKeyworker()
    const manager = await aColleague(desk, 'triage-manager')
    await desk.does(
      'family.recordFact',
      {
        ...version(familyId),
        fact: {
          kind: 'restriction',
          value: { named: [manager.id], managerId: manager.id, why: 'A member of staff is family' }
        }
      },
      manager
    )
    const draft = await identified(aCheck({ children: [child({ upn: 'A123456789012' })] }))
    expect(await answeredWith(draft)).toMatchObject({
      answer: 'unclear',
      keyworkerName: '',
      keyworkerPhone: '',
      askFor: []
    })
    const ending = {
      id: newId(),
      checkId: draft.id,
      kind: 'passed-on' as const,
      reason: 'Nothing fits for sure',
      toId: manager.id
    }
    expect(await desk.does('check.end', ending, helpdesk)).toMatchObject({ state: 'passed-on' })
  })
})

const version = (familyId: string) => {
  const id = newId()
  return {
    id,
    ofId: id,
    basedOn: '' as const,
    familyId,
    subjectId: familyId,
    validFrom: '2026-11-23',
    validTo: '' as const,
    inError: false,
    reason: ''
  }
}

describe('who sees what', () => {
  it('passes on to a triage manager or a coordinator only', async () => {
    const draft = await identified()
    const ending = { id: newId(), checkId: draft.id, kind: 'passed-on' as const, reason: 'Unclear' }
    const other = await aColleague(desk, 'helpdesk')
    expect(await desk.run('check.end', { ...ending, toId: other.id }, helpdesk)).toMatchObject({
      ok: false,
      error: { code: 'invalid', fields: [{ path: 'toId' }] }
    })
  })

  it('the same again is done already; to somebody else under its id it clashes (L6)', async () => {
    const draft = await identified()
    const [one, other] = [await aColleague(desk, 'triage-manager'), await aColleague(desk, 'triage-manager')]
    const passed = {
      id: newId(),
      checkId: draft.id,
      kind: 'passed-on' as const,
      reason: 'Unsure',
      toId: one.id
    }
    const first = await desk.does('check.end', passed, helpdesk)
    expect(await desk.does('check.end', passed, helpdesk)).toEqual(first)
    expect(await desk.run('check.end', { ...passed, toId: other.id }, helpdesk)).toMatchObject({
      error: { reason: 'clashing-id' }
    })
  })

  it('offers triage managers and coordinators at work to pass it on to, not oneself', async () => {
    const manager = await aColleague(desk, 'triage-manager')
    const coordinator = await aColleague(desk, 'coordinator', [COUNTY_HUB_ID])
    await aColleague(desk, 'helpdesk')
    const ids = async (actor: Actor) =>
      (await desk.does('check.takers', {}, actor)).map(({ id }) => id).sort()
    expect(await ids(helpdesk)).toEqual([manager.id, coordinator.id].sort())
    expect(await ids(manager)).toEqual([coordinator.id])
  })

  it('passed on it is no longer under way, and whoever has it goes on', async () => {
    const draft = await identified()
    const coordinator = await aColleague(desk, 'coordinator', [COUNTY_HUB_ID])
    const ending = { id: newId(), checkId: draft.id, kind: 'passed-on' as const, reason: 'Unclear' }
    await desk.does('check.end', { ...ending, toId: coordinator.id }, helpdesk)
    const underWay = { state: 'under-way' as const, mine: true, after: '' }
    expect((await desk.does('check.list', underWay, helpdesk)).rows).toEqual([])
    const answer = { id: newId(), checkId: draft.id, children: draft.children }
    const record = await desk.does('check.answer', answer, coordinator)
    expect(record).toMatchObject({ state: 'passed-on', answer: { answer: 'none' } })
  })

  it('a coordinator sees their own checks and those passed to them', async () => {
    const draft = await identified()
    const coordinator = desk.actor('coordinator')
    expect((await desk.does('check.list', { state: '', mine: false, after: '' }, coordinator)).rows).toEqual(
      []
    )
    expect(await desk.run('check.read', { id: draft.id }, coordinator)).toMatchObject({
      ok: false,
      error: { code: 'not-found' }
    })
    expect(
      (await desk.does('check.list', { state: 'identified', mine: false, after: '' }, helpdesk)).rows
    ).toMatchObject([{ id: draft.id, childNames: 'Robin Vale', state: 'identified' }])
    const begun = (state: '' | 'under-way', actor: Actor) =>
      desk.does('check.list', { state, mine: true, after: '' }, actor)
    expect((await begun('under-way', helpdesk)).rows).toMatchObject([{ id: draft.id }])
    expect((await begun('', desk.actor('triage-manager'))).rows).toEqual([])
    expect(
      (await desk.does('check.list', { state: 'answered', mine: false, after: '' }, helpdesk)).rows
    ).toEqual([])
  })

  /** All that the helpdesk may run that has to do with families: it registers them, and is told nothing of them. */
  // the last answers only about families that one may know of: to the helpdesk always nothing
  const OF_FAMILIES = ['family.register', 'agreement.record', 'episode.elsewhere']

  it('R22, C3: the helpdesk may run nothing that tells of a family', () => {
    const allowed = (Object.keys(contract) as Operation[]).filter((name) => {
      const { may } = contract[name]
      const isOfFamilies = /^(family|person|agreement|episode|call)\./.test(name)
      return isOfFamilies && (may === 'anyone' || (may as readonly string[]).includes('helpdesk'))
    })
    expect(allowed).toEqual(OF_FAMILIES)
  })
})

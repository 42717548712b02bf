import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { emptyCall, type DraftChild } from '../../shared/call/call.ts'
import type { CheckDraft } from '../../shared/check/check.ts'
import { newId } from '../../shared/ids.ts'
import { contract } from '../../shared/ipc/contract.ts'
import type { Operation } from '../../shared/ipc/operations.ts'
import { aFamily, aPractitioner, aRegistration } from '../fixtures/families.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'

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
afterEach(() => desk.close())

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
  personAskedFor: '',
  method: '',
  methodReason: '',
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

const answered = (draft: CheckDraft, actor = helpdesk, children = draft.children) =>
  desk.run('check.answer', { id: newId(), checkId: draft.id, children }, actor)

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

describe('R19: identity before any answer', () => {
  it('no answer and no disclosure before it is sure who is calling', async () => {
    await aFamilyWithKeyworker()
    const draft = aCheck()
    await desk.does('check.begin', draft, helpdesk)
    expect(await answered(draft)).toMatchObject({ ok: false, error: { code: 'changed-since' } })
    await desk.does('check.tryIdentity', tried(draft.id, 'failed'), helpdesk)
    expect(await answered(draft)).toMatchObject({ ok: false, error: { code: 'changed-since' } })
    const told = await desk.run('check.disclose', { id: newId(), checkId: draft.id }, helpdesk)
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
    const answer = await desk.does(
      'check.answer',
      { id: newId(), checkId: draft.id, children: draft.children },
      helpdesk
    )
    expect(answer).toEqual({
      answer: 'open',
      keyworkerName: 'Priya Shah',
      keyworkerAgency: 'Lantern Trust',
      keyworkerPhone: '07700 900123',
      askFor: []
    })
    const record = await desk.does('check.disclose', { id: newId(), checkId: draft.id }, helpdesk)
    expect(record.disclosed).toMatchObject({
      what: 'There is an open Families First Assessment. The keyworker is Priya Shah, Lantern Trust, telephone 07700 900123',
      toName: 'Sam Okoro'
    })
    expect(record.state).toBe('disclosed')
    expect(JSON.stringify(record)).not.toContain('FAM-')
    expect(brokenInvariants(desk.store.reader)).toEqual([])
  })

  it('none: told and recorded as well', async () => {
    const draft = await identified()
    expect(await answered(draft)).toMatchObject({ ok: true, value: { answer: 'none', keyworkerName: '' } })
    const record = await desk.does('check.disclose', { id: newId(), checkId: draft.id }, helpdesk)
    expect(record.disclosed?.what).toBe('No open Families First Assessment was found')
  })

  it('unclear: asks for what is blank, says nothing, and may be asked again', async () => {
    await aFamilyWithKeyworker()
    const draft = await identified(aCheck({ children: [child({ birth: '', address: '' })] }))
    expect(await answered(draft)).toMatchObject({
      ok: true,
      value: {
        answer: 'unclear',
        keyworkerName: '',
        askFor: ['date of birth', 'address with postcode', 'UPN']
      }
    })
    expect(await desk.run('check.disclose', { id: newId(), checkId: draft.id }, helpdesk)).toMatchObject({
      ok: false,
      error: { code: 'changed-since' }
    })
    expect(await answered(draft, helpdesk, [child()])).toMatchObject({ ok: true, value: { answer: 'open' } })
    const record = await desk.does('check.read', { id: draft.id }, helpdesk)
    expect(record.children).toMatchObject([{ name: 'Robin Vale', birthDate: '2015-09-03' }])
  })

  it('a family that refused has no assessment to be told of', async () => {
    const { agreement } = aRegistration()
    await aFamily(desk, { agreement: { ...agreement, decision: 'not-asked', takePart: false, share: false } })
    expect(await answered(await identified())).toMatchObject({ ok: true, value: { answer: 'none' } })
  })

  it('of a restricted family nothing is said; a triage manager settles it', async () => {
    const { id: familyId } = await aFamilyWithKeyworker()
    const manager = await anAccount('triage-manager')
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
    expect(await answered(draft)).toMatchObject({
      ok: true,
      value: { answer: 'unclear', keyworkerName: '', keyworkerPhone: '', askFor: [] }
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

async function anAccount(role: 'triage-manager' | 'coordinator' | 'helpdesk'): Promise<Actor> {
  const actor = { ...desk.actor(role), id: newId() }
  const person = {
    id: actor.id,
    name: `Person ${actor.id.slice(-4)}`,
    profession: 'other',
    roles: [role],
    hubIds: []
  }
  const added = await desk.record('account.add', person)
  if (!added.ok) throw new Error(JSON.stringify(added))
  return actor
}

describe('who sees what', () => {
  it('passes on to a triage manager or a coordinator only', async () => {
    const draft = await identified()
    const ending = { id: newId(), checkId: draft.id, kind: 'passed-on' as const, reason: 'Unclear' }
    const other = await anAccount('helpdesk')
    expect(await desk.run('check.end', { ...ending, toId: other.id }, helpdesk)).toMatchObject({
      ok: false,
      error: { code: 'invalid', fields: [{ path: 'toId' }] }
    })
  })

  it('a coordinator sees their own checks and those passed to them', async () => {
    const draft = await identified()
    const coordinator = desk.actor('coordinator')
    expect((await desk.does('check.list', { state: '', after: '' }, coordinator)).rows).toEqual([])
    expect(await desk.run('check.read', { id: draft.id }, coordinator)).toMatchObject({
      ok: false,
      error: { code: 'not-found' }
    })
    expect((await desk.does('check.list', { state: 'identified', after: '' }, helpdesk)).rows).toMatchObject([
      { id: draft.id, childNames: 'Robin Vale', state: 'identified' }
    ])
    expect((await desk.does('check.list', { state: 'answered', after: '' }, helpdesk)).rows).toEqual([])
  })

  /** All that the helpdesk may run that has to do with families: it registers them, and is told nothing of them. */
  const OF_FAMILIES = ['family.register', 'agreement.record']

  it('R22, C3: the helpdesk may run nothing that tells of a family', () => {
    const allowed = (Object.keys(contract) as Operation[]).filter((name) => {
      const { may } = contract[name]
      const isOfFamilies = /^(family|person|agreement|episode|call)\./.test(name)
      return isOfFamilies && (may === 'anyone' || (may as readonly string[]).includes('helpdesk'))
    })
    expect(allowed).toEqual(OF_FAMILIES)
  })
})

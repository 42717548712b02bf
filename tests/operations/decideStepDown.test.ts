import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { letterPage } from '../../electron/letter/letterPage.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { factsOn } from '../../shared/family/fact.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { PaperLetter } from '../../shared/letter/letter.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aDecided, aDecision, aTriageLetter } from '../fixtures/decisions.ts'
import { aColleague, aFact, anAddress, restrict, wholeChronology } from '../fixtures/facts.ts'
import { aFamily, aPractitioner, aRegistration } from '../fixtures/families.ts'
import { aReceivedStepDown } from '../fixtures/stepDowns.ts'

let desk: TestDesk
let manager: Actor
beforeEach(async () => {
  desk = await openTestDesk()
  manager = await aColleague(desk, 'triage-manager')
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

const received = (changes = {}) => aReceivedStepDown(desk, changes, manager)
const read = (id: Id, actor = manager) => desk.does('stepDown.read', { id }, actor)
const lastOf = async (stepDownId: Id) => (await read(stepDownId)).lastId
/** It goes on although something is missing. */
const keep = async (stepDownId: Id) =>
  desk.does(
    'stepDown.act',
    { id: newId(), stepDownId, basedOn: await lastOf(stepDownId), act: 'keep', words: 'Urgent' },
    manager
  )
const decide = (stepDownId: Id, changes = {}) => aDecided(desk, stepDownId, changes, manager)
const refusal = (reason: string) => ({ ok: false, error: { code: 'refused', reason } })
const invalidAt = (...paths: string[]) => ({
  ok: false,
  error: { code: 'invalid', fields: paths.map((path) => expect.objectContaining({ path }) as object) }
})

const HOME = '4 Mill Lane, Hertford SG14 1AB'

/** A step-down of a family of the record. */
async function ofFamily() {
  const form = aRegistration()
  const family = await aFamily(desk, form)
  const { stepDownId } = await received()
  const match = { id: newId(), stepDownId, basedOn: '', familyId: family.id, words: '' }
  await desk.does('stepDown.match', match, manager)
  return {
    stepDownId,
    familyId: family.id,
    mother: form.people[1]?.id ?? '',
    child: form.people[0]?.id ?? ''
  }
}

async function withhold(familyId: Id, personId: Id) {
  const { facts } = await desk.does('family.read', { id: familyId })
  const [home] = factsOn(facts, personId, 'address', '2026-11-23')
  await desk.does('family.recordFact', {
    ...aFact(familyId, personId, anAddress(HOME, { withheldFrom: [personId] })),
    ...{ ofId: home?.ofId ?? '', basedOn: home?.id ?? '', reason: 'Danger' }
  })
}

describe('stepDown.decide', () => {
  it('R50: records level, route and why, and the step-down goes on to be allocated', async () => {
    const { stepDownId } = await received()
    const { id } = await decide(stepDownId)
    const record = await read(stepDownId)
    expect(record).toMatchObject({ state: 'to-allocate', ending: '' })
    expect(record.decisions).toEqual([
      expect.objectContaining({
        ...{ id, level: 'intensive', levelName: 'Intensive', route: 'intensive-team', basedOn: '' },
        decidedOn: '2026-11-23'
      })
    ])
    expect(record.events.at(-1)).toMatchObject({ event: 'decide-keyworker', aboutId: id })
  })

  it.each([
    ['universal', { signposting: 'The family centre, 01992 555 111' }],
    ['not-accepted', { familyNext: 'The social worker keeps the family' }]
  ] as const)('R48: %s needs no keyworker, and is an end', async (route, said) => {
    const { stepDownId } = await received()
    await decide(stepDownId, { route, ...said })
    expect(await read(stepDownId)).toMatchObject({ state: 'done', ending: 'elsewhere' })
  })

  it('keeps of the routes only what belongs to the one that was chosen', async () => {
    const { stepDownId } = await received()
    await decide(stepDownId, { route: 'universal', signposting: ' A centre ', familyNext: 'Typed before' })
    const { decisions } = await read(stepDownId)
    expect(decisions[0]).toMatchObject({ signposting: 'A centre', familyNext: '', agencyName: '' })
  })

  it('R49: the former keyworker is one of the directory', async () => {
    const { id } = await aPractitioner(desk)
    const { stepDownId } = await received()
    const draft = aDecision(stepDownId, { route: 'former-keyworker', practitionerId: newId() })
    expect(await desk.run('stepDown.decide', draft, manager)).toMatchObject(invalidAt('practitionerId'))
    await decide(stepDownId, { route: 'former-keyworker', practitionerId: id })
    const { decisions } = await read(stepDownId)
    expect(decisions[0]?.practitionerName).not.toBe('')
  })

  it('a partner agency is one of the directory', async () => {
    const { stepDownId } = await received()
    const draft = aDecision(stepDownId, { route: 'partner-agency', agencyId: newId() })
    expect(await desk.run('stepDown.decide', draft, manager)).toMatchObject(invalidAt('agencyId'))
  })

  it('C7: not before everything needed is there, or somebody let it go on without', async () => {
    const { stepDownId } = await received({ lastPlan: '' })
    const draft = aDecision(stepDownId)
    expect(await desk.run('stepDown.decide', draft, manager)).toEqual(refusal('step-not-possible'))
    await keep(stepDownId)
    expect(await desk.run('stepDown.decide', draft, manager)).toEqual({ ok: true, value: null })
  })

  it('R24, R47: no route to a keyworker without agreement; the others are open', async () => {
    const { stepDownId } = await received({ agreement: 'refused' })
    await keep(stepDownId)
    const draft = aDecision(stepDownId)
    expect(await desk.run('stepDown.decide', draft, manager)).toMatchObject(invalidAt('route'))
    await decide(stepDownId, { route: 'not-accepted', familyNext: 'The school goes on seeing them' })
    expect((await read(stepDownId)).state).toBe('done')
  })

  it('L6: the same again is the first answer, something else under its id is refused', async () => {
    const { stepDownId } = await received()
    const draft = await decide(stepDownId)
    expect(await desk.run('stepDown.decide', draft, manager)).toEqual({ ok: true, value: null })
    const other = { ...draft, rationale: 'Something else' }
    expect(await desk.run('stepDown.decide', other, manager)).toEqual(refusal('clashing-id'))
    expect((await read(stepDownId)).decisions).toHaveLength(1)
  })

  it('L7: a revision says what it revises; what was before stays', async () => {
    const { stepDownId } = await received()
    const first = await decide(stepDownId)
    const changes = { route: 'universal', signposting: 'The family centre' } as const
    const blind = aDecision(stepDownId, changes)
    expect(await desk.run('stepDown.decide', blind, manager)).toEqual({
      ok: false,
      error: { code: 'changed-since' }
    })
    const second = await decide(stepDownId, { ...changes, basedOn: first.id })
    const record = await read(stepDownId)
    expect(record.decisions.map(({ id, basedOn }) => [id, basedOn])).toEqual([
      [first.id, ''],
      [second.id, first.id]
    ])
    expect(record).toMatchObject({ state: 'done', ending: 'elsewhere' })
  })

  it('a revision on a computer whose clock was set back still counts', async () => {
    const { stepDownId } = await received()
    const first = await decide(stepDownId)
    const early = { ...manager, now: '2026-11-23T09:00:00.000Z' }
    await aDecided(desk, stepDownId, { basedOn: first.id, level: 'targeted' }, early)
    const { decisions } = await read(stepDownId)
    expect(decisions.at(-1)?.level).toBe('targeted')
    await decide(stepDownId, { basedOn: decisions.at(-1)?.id ?? '', level: 'universal' })
  })

  it('is for triage managers, and of one that there is', async () => {
    const { stepDownId } = await received()
    const draft = aDecision(stepDownId)
    const coordinator = await aColleague(desk, 'coordinator', [COUNTY_HUB_ID])
    expect(await desk.run('stepDown.decide', draft, coordinator)).toMatchObject({
      error: { code: 'not-allowed' }
    })
    const unknown = aDecision(newId())
    expect(await desk.run('stepDown.decide', unknown, manager)).toMatchObject({
      error: { code: 'not-found' }
    })
  })

  it('L3: the draft goes with it, and stays where it is refused', async () => {
    const { stepDownId } = await received()
    const draft = aDecision(stepDownId, { rationale: '' })
    const form = { kind: 'decision' as const, body: draft }
    await desk.does('draft.save', { form, savedBefore: 0 }, manager)
    expect(await desk.run('stepDown.decide', draft, manager)).toMatchObject(invalidAt('rationale'))
    expect(await desk.does('draft.list', {}, manager)).toHaveLength(1)
    await desk.does('stepDown.decide', { ...draft, rationale: 'Because' }, manager)
    expect(await desk.does('draft.list', {}, manager)).toEqual([])
  })
})

describe('stepDown.fillLetter', () => {
  it('tells the social worker what was decided', async () => {
    const { stepDownId, reference } = await received()
    const { id } = await decide(stepDownId)
    const letter = await desk.does(
      'stepDown.fillLetter',
      { kind: 'decision-sender', stepDownId, aboutId: id },
      manager
    )
    expect(letter).toMatchObject({
      subject: `Step-down ${reference}: our decision`,
      address: 'County Hall\nHertford SG13 8DE',
      toName: 'Noor Haddad',
      missing: []
    })
    expect(letter.body).toContain('Dear Noor Haddad')
    expect(letter.body).toContain('received from Assessment Team East on 23 November 2026')
    expect(letter.body).toContain('Intensive. Two children with needs at home and at school')
    expect(letter.body).toContain('0300 123 4043')
    expect(letter.body).not.toContain('{{')
  })

  it('C7: tells the sender what is missing, why, and by when', async () => {
    const { stepDownId, form } = await received({ lastPlan: '' })
    const letter = await desk.does(
      'stepDown.fillLetter',
      { kind: 'return', stepDownId, versionId: form.id, missing: ['last-plan'], words: 'We need the plan.' },
      manager
    )
    expect(letter.body).toContain('– The last plan\n\nWe need the plan.')
    // five working days after Monday 23 November
    expect(letter.body).toContain('Please answer by 30 November 2026')
    expect(letter.missing).toEqual([])
  })

  it('asks the family in plain words; as long as nobody said who it is, where the sender says that they live', async () => {
    const { stepDownId } = await received()
    const { id } = await decide(stepDownId)
    const query = { kind: 'decision-family' as const, stepDownId, aboutId: id, toPersonId: '', toName: '' }
    const blank = await desk.does('stepDown.fillLetter', query, manager)
    expect(blank).toMatchObject({ address: '', toName: '', missing: ['to'] })
    expect(blank.recipients.map(({ name }) => name)).toEqual(['Dana Marsh'])
    const [dana] = blank.recipients
    const letter = await desk.does('stepDown.fillLetter', { ...query, toPersonId: dana?.id ?? '' }, manager)
    expect(letter).toMatchObject({ address: '9 Weir Close\nHertford SG14 2QT', toName: 'Dana Marsh' })
    expect(letter.body).toContain('You can say no to this help')
    expect(letter.body).not.toMatch(/intensive-team|Step-down|triage/)
  })

  it('of a family of the record: its people, and where the record says that they live', async () => {
    const { stepDownId, mother } = await ofFamily()
    const { id } = await decide(stepDownId)
    const query = {
      kind: 'decision-family' as const,
      stepDownId,
      aboutId: id,
      toPersonId: mother,
      toName: ''
    }
    const letter = await desk.does('stepDown.fillLetter', query, manager)
    expect(letter).toMatchObject({ address: '4 Mill Lane\nHertford SG14 1AB', addressWithheld: false })
    expect(letter.recipients.map(({ name }) => name)).not.toContain('Dana Marsh')
  })

  it('a withheld address stands in none, whatever the sender told', async () => {
    const { stepDownId, familyId, mother } = await ofFamily()
    await withhold(familyId, mother)
    const { id } = await decide(stepDownId)
    const query = {
      kind: 'decision-family' as const,
      stepDownId,
      aboutId: id,
      toPersonId: mother,
      toName: ''
    }
    const letter = await desk.does('stepDown.fillLetter', query, manager)
    expect(letter).toMatchObject({ address: '', addressWithheld: true })
    expect(JSON.stringify(letter)).not.toMatch(/Mill Lane|Weir Close/)
  })

  it('L25: of a restricted family nobody learns anything who is not named', async () => {
    const { stepDownId, familyId } = await ofFamily()
    const { id } = await decide(stepDownId)
    const named = await aColleague(desk, 'triage-manager')
    await restrict(desk, familyId, [named], named)
    const query = { kind: 'decision-sender' as const, stepDownId, aboutId: id }
    expect(await desk.run('stepDown.fillLetter', query, manager)).toEqual(refusal('family-restricted'))
    expect(await desk.run('stepDown.fillLetter', query, named)).toMatchObject({ ok: true })
  })
})

describe('stepDown.makeLetter', () => {
  it('keeps it with the decision, the day and the address of the record', async () => {
    const { stepDownId } = await received()
    const decision = await decide(stepDownId)
    const letter = aTriageLetter(decision)
    await desk.does('stepDown.makeLetter', letter, manager)
    const { letters } = await read(stepDownId)
    expect(letters).toEqual([
      expect.objectContaining({
        ...{ id: letter.id, kind: 'decision-sender', aboutId: decision.id, on: '2026-11-23' },
        ...{ address: 'County Hall\nHertford SG13 8DE', toName: 'Noor Haddad', isWithheld: false }
      })
    ])
  })

  it('L6: the same again is the first answer, something else under its id is refused', async () => {
    const { stepDownId } = await received()
    const letter = aTriageLetter(await decide(stepDownId))
    await desk.does('stepDown.makeLetter', letter, manager)
    expect(await desk.does('stepDown.makeLetter', letter, manager)).toEqual({ id: letter.id })
    expect(await desk.run('stepDown.makeLetter', { ...letter, body: 'Other' }, manager)).toEqual(
      refusal('clashing-id')
    )
    expect((await read(stepDownId)).letters).toHaveLength(1)
  })

  it('none with a field left in it, or to somebody who does not belong to the family', async () => {
    const { stepDownId } = await received()
    const letter = aTriageLetter(await decide(stepDownId), {
      kind: 'decision-family',
      withAddress: false,
      toPersonId: newId(),
      body: 'Dear {{to}}'
    })
    expect(await desk.run('stepDown.makeLetter', letter, manager)).toMatchObject(
      invalidAt('toPersonId', 'body')
    )
  })

  it('a letter of a decision that was revised meanwhile is not made', async () => {
    const { stepDownId } = await received()
    const first = await decide(stepDownId)
    const early = aTriageLetter(first)
    await desk.does('stepDown.makeLetter', early, manager)
    await decide(stepDownId, { basedOn: first.id, level: 'targeted' })
    expect(await desk.run('stepDown.makeLetter', aTriageLetter(first), manager)).toEqual({
      ok: false,
      error: { code: 'changed-since' }
    })
    expect((await read(stepDownId)).letters.map(({ id }) => id)).toEqual([early.id])
  })

  it('what is withheld is neither put in nor typed in, and hides a letter that told it before', async () => {
    const { stepDownId, familyId, mother } = await ofFamily()
    const decision = await decide(stepDownId)
    const toMother = { kind: 'decision-family', toPersonId: mother, toName: 'Jo Vale' } as const
    const before = aTriageLetter(decision, { ...toMother, withAddress: true })
    await desk.does('stepDown.makeLetter', before, manager)
    await withhold(familyId, mother)
    const withAddress = aTriageLetter(decision, { ...toMother, withAddress: true })
    expect(await desk.run('stepDown.makeLetter', withAddress, manager)).toMatchObject(
      invalidAt('withAddress')
    )
    const typed = aTriageLetter(decision, { ...toMother, withAddress: false, body: `We come to ${HOME}` })
    expect(await desk.run('stepDown.makeLetter', typed, manager)).toMatchObject(invalidAt('body'))
    const { letters } = await read(stepDownId)
    expect(letters).toEqual([
      expect.objectContaining({ id: before.id, isWithheld: true, address: '', subject: '', body: '' })
    ])
    expect(
      await desk.record('stepDown.saveLetterPdf', { stepDownId, id: before.id, paperId: newId() }, manager)
    ).toEqual(refusal('letter-withheld'))
  })
})

describe('stepDown.saveLetterPdf', () => {
  it('puts it on paper with the reference of the step-down, and everything escaped', async () => {
    const { stepDownId, reference } = await received()
    const letter = aTriageLetter(await decide(stepDownId), { body: 'Dear <b>Noor</b>' })
    await desk.does('stepDown.makeLetter', letter, manager)
    const of = { stepDownId, id: letter.id, paperId: newId() }
    const answer = (await desk.record('stepDown.saveLetterPdf', of, manager)) as {
      ok: true
      value: PaperLetter
    }
    expect(answer).toMatchObject({ ok: true, value: { reference, onDay: '2026-11-23' } })
    const { document } = letterPage(answer.value)
    expect(document).toContain('Dear &lt;b&gt;Noor&lt;/b&gt;')
    const end = { id: of.paperId, path: '', file: new Uint8Array(), why: 'not-printed' }
    await desk.record('paper.end', end, manager)
    const auditor = desk.actor('auditor')
    const { rows: saved } = await desk.does(
      'audit.list',
      {
        ...{ actorId: '', subjectId: stepDownId, operation: 'stepDown.saveLetterPdf' },
        ...{ from: '', to: '', after: '' }
      },
      auditor
    )
    expect(saved.map(({ result }) => result)).toEqual(['failed', 'begun'])
    expect(JSON.stringify(saved)).not.toMatch(/Noor|Marsh/)
  })

  it('one of another step-down is not found', async () => {
    const { stepDownId } = await received()
    const letter = aTriageLetter(await decide(stepDownId))
    await desk.does('stepDown.makeLetter', letter, manager)
    const other = await received()
    const of = { stepDownId: other.stepDownId, id: letter.id, paperId: newId() }
    expect(await desk.record('stepDown.saveLetterPdf', of, manager)).toMatchObject({
      error: { code: 'not-found' }
    })
  })
})

describe('the chronology of the family', () => {
  it('tells of a step-down once it is known of which family it is, and no more when it is another one', async () => {
    const { stepDownId, reference } = await received()
    const decision = await decide(stepDownId)
    const family = await aFamily(desk, aRegistration())
    const told = async (familyId: Id) =>
      (await wholeChronology(desk, familyId)).filter(({ kind }) => kind === 'step-down')
    expect(await told(family.id)).toEqual([])
    const match = { id: newId(), stepDownId, basedOn: '', familyId: family.id, words: '' }
    await desk.does('stepDown.match', match, manager)
    const rows = await told(family.id)
    expect(rows.map(({ id, body }) => [id, body])).toEqual(
      expect.arrayContaining([
        [stepDownId, { of: 'receipt', stepDownId, reference }],
        [
          decision.id,
          {
            ...{ of: 'decision', stepDownId, levelName: 'Intensive', route: 'intensive-team' },
            rationale: decision.rationale,
            routeReason: decision.routeReason
          }
        ]
      ])
    )
    expect(rows).toHaveLength(2)
    await decide(stepDownId, { basedOn: decision.id, level: 'targeted' })
    expect(await told(family.id)).toHaveLength(3)

    const other = await aFamily(desk, aRegistration())
    const moved = { ...match, id: newId(), basedOn: match.id, familyId: other.id }
    await desk.does('stepDown.match', moved, manager)
    expect(await told(family.id)).toEqual([])
    expect(await told(other.id)).toHaveLength(3)
    await desk.does('stepDown.match', { ...moved, id: newId(), basedOn: moved.id, familyId: '' }, manager)
    expect(await told(other.id)).toEqual([])
  })
})

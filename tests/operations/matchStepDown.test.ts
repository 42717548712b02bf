import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { agreement, episode, familyMember, person } from '../../db/schema/index.ts'
import { childrenBeside, similarBeside } from '../../electron/stepDown/similarStepDowns.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { newId } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import type { StepDownPerson } from '../../shared/stepDown/stepDown.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict } from '../fixtures/facts.ts'
import { aFamily, aPerson } from '../fixtures/families.ts'
import {
  aMatch,
  anAnswer,
  aReceivedStepDown,
  aRegisteredStepDown,
  aStepDown,
  aStepDownPerson
} from '../fixtures/stepDowns.ts'

let desk: TestDesk
let triage: Actor
beforeEach(async () => {
  desk = await openTestDesk()
  triage = await aColleague(desk, 'triage-manager')
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

const refused = (reason: string) => ({ ok: false, error: { code: 'refused', reason } })
const notFound = { ok: false, error: { code: 'not-found' } }
const changedSince = { ok: false, error: { code: 'changed-since' } }
const read = (id: string, actor = triage) => desk.does('stepDown.read', { id }, actor)

/** As the form asks: of whom the step-down is. */
const asked = (
  { stepDownId, people, address, previousReference } = aStepDown()
): Input<'stepDown.similar'> => ({
  ...{ stepDownId, people, address, previousReference }
})
const similar = (form = aStepDown(), actor = triage) => desk.does('stepDown.similar', asked(form), actor)

describe('what is like a step-down, before anything is made', () => {
  it('another one of the same child is found, with why; itself it is not', async () => {
    const { form, reference } = await aReceivedStepDown(desk)
    const again = aStepDown()
    expect((await similar(again)).stepDowns).toEqual([
      expect.objectContaining({
        ...{ id: form.stepDownId, reference, kind: 'child', strength: 'strong', state: 'to-triage' },
        childNames: 'Rowan Marsh',
        why: expect.arrayContaining(['Same date of birth']) as string[]
      })
    ])
    expect((await similar({ ...form, id: newId() })).stepDowns).toEqual([])
  })

  it('a slip in the date of birth, or a name as it sounds, is no other child', async () => {
    await aReceivedStepDown(desk)
    const slips = [aStepDownPerson({ birth: '14/5/2017' }), aStepDownPerson({ name: 'Rohan Marsh' })]
    for (const each of slips) expect((await similar(aStepDown({ people: [each] }))).stepDowns).toHaveLength(1)
    const elsewhere = slips.map((each) => similar(aStepDown({ people: [each], address: '' })))
    for (const found of await Promise.all(elsewhere)) expect(found.stepDowns).toHaveLength(1)
  })

  it('for any children, whoever asks for many is told what each would be told alone', async () => {
    const children = fc.record({
      name: fc.constantFrom('Rowan Marsh', 'Rohan Marsh', 'Wren Marsh', 'Robin Vale', ''),
      birth: fc.constantFrom('14/5/2016', '14/5/2017', '5/4/2016', '3/9/2015', ''),
      upn: fc.constantFrom('', 'H801200001001', 'h8012 0000 1001', 'H801200001002')
    })
    const told = fc.record({
      people: fc.array(children, { minLength: 1, maxLength: 3 }),
      address: fc.constantFrom(
        '9 Weir Close, Hertford SG14 2QT',
        '1 Elm Row SG142QT',
        '4 Mill Lane SG14 1AB',
        ''
      )
    })
    const asForm = ({ people, address }: { people: Partial<StepDownPerson>[]; address: string }) =>
      aStepDown({ address, people: people.map(aStepDownPerson) })
    const { id } = await aFamily(desk)
    for (const each of fc.sample(told, { numRuns: 15, seed: 8 })) {
      const form = asForm({
        ...each,
        people: each.people.map((one) => ({ ...one, name: one.name || 'Lux Adair' }))
      })
      const { stepDownId } = await aReceivedStepDown(desk, { ...form, stepDownId: newId() })
      if (each.people.length === 1) await desk.does('stepDown.match', aMatch(stepDownId, id), triage)
    }
    await restrict(desk, id, [triage], triage)
    const coordinator = desk.actor('coordinator')
    for (const actor of [triage, await aColleague(desk, 'triage-manager'), coordinator])
      await fc.assert(
        fc.asyncProperty(fc.array(told, { minLength: 2, maxLength: 5 }), async (many) => {
          const forms = many.map(asForm)
          const atOnce = await desk.store.read(async (db) => {
            const beside = childrenBeside(db, actor)
            const each = []
            for (const form of forms) each.push(await similarBeside(db, asked(form), beside, actor))
            return each
          })
          for (const [index, form] of forms.entries())
            expect(atOnce[index]).toEqual(await similar(form, actor))
        }),
        { numRuns: 15 }
      )
  })

  it('a brother or sister at the address is told as such; a name alone is nobody', async () => {
    await aReceivedStepDown(desk)
    const sister = aStepDownPerson({ name: 'Wren Marsh', birth: '1/2/2019' })
    expect((await similar(aStepDown({ people: [sister] }))).stepDowns[0]).toMatchObject({ kind: 'sibling' })
    const namesake = aStepDownPerson({ birth: '' })
    expect((await similar(aStepDown({ people: [namesake], address: '' }))).stepDowns).toEqual([])
  })

  it('one that ended lately is shown with how it ended, one of long ago is not', async () => {
    const { form } = await aReceivedStepDown(desk)
    const { lastId } = await read(form.stepDownId)
    const end = { act: 'end', reason: 'moved-away', words: '' } as const
    await desk.does(
      'stepDown.act',
      { id: newId(), stepDownId: form.stepDownId, basedOn: lastId, ...end },
      triage
    )
    expect((await similar()).stepDowns[0]).toMatchObject({ state: 'done', ending: 'ended' })
    const inSpring = { ...triage, now: '2027-03-23T10:00:00.000Z' }
    expect((await similar(aStepDown(), inSpring)).stepDowns).toEqual([])
  })

  it('a family of the record is found by its child, with the assessment that is open and its keyworker', async () => {
    const { id } = await aFamily(desk)
    const robin = aStepDownPerson({ name: 'Robin Vale', birth: '3/9/2015' })
    const form = aStepDown({ people: [robin], address: '4 Mill Lane, Hertford SG14 1AB' })
    expect((await similar(form)).families).toEqual([
      expect.objectContaining({
        ...{ familyId: id, kind: 'child', childNames: 'Robin Vale', keyworkerName: 'Priya Shah' },
        assessmentReference: expect.stringMatching(/^FFA-/) as string
      })
    ])
  })

  it('the family of the reference that the sender gives comes first (R49)', async () => {
    const { id } = await aFamily(desk, { people: [aPerson({ name: 'Lux Adair', birth: '1/1/2014' })] })
    await aFamily(desk)
    const { episodes } = await desk.does('family.read', { id })
    const robin = aStepDownPerson({ name: 'Robin Vale', birth: '3/9/2015' })
    const form = aStepDown({ people: [robin], previousReference: episodes[0]?.reference ?? '' })
    expect((await similar(form)).families.map(({ familyId }) => familyId)[0]).toBe(id)
    expect((await similar(form)).families).toHaveLength(2)
  })

  it('of a restricted family, and of another hub, nothing is told that names anybody (L25)', async () => {
    const { form } = await aReceivedStepDown(desk)
    const { id } = await aFamily(desk, { people: [aPerson({ name: 'Lux Adair', birth: '1/1/2014' })] })
    await desk.does('stepDown.match', aMatch(form.stepDownId, id), triage)
    await restrict(desk, id, [triage], triage)
    const other = await aColleague(desk, 'triage-manager')
    const [found] = (await similar(aStepDown(), other)).stepDowns
    expect(found).toMatchObject({ id: form.stepDownId, childNames: '' })
    expect(JSON.stringify(found)).not.toContain('Rowan')
    const elsewhere = { ...desk.actor('coordinator'), hubIds: [newId()] }
    expect(await similar(aStepDown(), elsewhere)).toEqual({ stepDowns: [], families: [] })
  })
})

describe('which family it is', () => {
  it('a person says it; the same again is done already, another under its id is refused', async () => {
    const { form } = await aReceivedStepDown(desk)
    const { id, form: family } = await aFamily(desk)
    const match = aMatch(form.stepDownId, id)
    await desk.does('stepDown.match', match, triage)
    await desk.does('stepDown.match', match, triage)
    expect(await desk.run('stepDown.match', { ...match, familyId: '' }, triage)).toEqual(
      refused('clashing-id')
    )
    expect(await read(form.stepDownId)).toMatchObject({
      matchId: match.id,
      family: {
        familyId: id,
        how: 'matched',
        childNames: 'Robin Vale',
        open: { episodeId: family.episodeId }
      }
    })
  })

  it('it is none that is known, and later one after all; who has not read the one before is told so (L7)', async () => {
    const { form } = await aReceivedStepDown(desk)
    const { id } = await aFamily(desk)
    const none = aMatch(form.stepDownId, '')
    await desk.does('stepDown.match', none, triage)
    expect(await read(form.stepDownId)).toMatchObject({ matchId: none.id })
    expect((await read(form.stepDownId)).family).toBeUndefined()
    expect(await desk.run('stepDown.match', aMatch(form.stepDownId, id), triage)).toEqual(changedSince)
    await desk.does('stepDown.match', aMatch(form.stepDownId, id, { basedOn: none.id }), triage)
    expect((await read(form.stepDownId)).family?.familyId).toBe(id)
  })

  it('a restricted family is matched by whoever may open it, and hides the step-down from others', async () => {
    const { form } = await aReceivedStepDown(desk)
    const { id } = await aFamily(desk)
    await restrict(desk, id, [triage], triage)
    const other = await aColleague(desk, 'triage-manager')
    expect(await desk.run('stepDown.match', aMatch(form.stepDownId, id), other)).toEqual(
      refused('family-restricted')
    )
    expect(await desk.run('stepDown.match', aMatch(form.stepDownId, newId()), triage)).toEqual(notFound)
    await desk.does('stepDown.match', aMatch(form.stepDownId, id), triage)
    expect(await desk.run('stepDown.read', { id: form.stepDownId }, other)).toEqual(
      refused('family-restricted')
    )
  })
})

describe('registering its family', () => {
  it('makes people, family and agreement as the sender told them, and no assessment', async () => {
    const { form } = await aReceivedStepDown(desk)
    const chosen = aRegisteredStepDown(form)
    const { reference, doubles } = await desk.does('stepDown.registerFamily', chosen, triage)
    expect(reference).toMatch(/^FAM-7KQ3-/)
    expect(doubles).toBe(0)
    const record = await desk.does('family.read', { id: chosen.id }, triage)
    expect(record.members.map(({ role }) => role).sort()).toEqual(['child', 'parent-carer'])
    expect(record.episodes).toEqual([])
    expect(record.agreements).toEqual([
      expect.objectContaining({
        ...{ id: chosen.agreementId, decision: 'given', takePart: true, share: false, agencyIds: [] },
        ...{ byPersonId: form.agreedById, decidedOn: '2026-11-18', reviewOn: '2026-11-23' },
        note: 'Told by the sending team, Assessment Team East. Early help, and telling the school and the health visitor'
      })
    ])
    const names = record.facts.filter(({ kind }) => kind === 'name').map(({ value }) => value)
    expect(names).toEqual(expect.arrayContaining([{ name: 'Rowan Marsh' }, { name: 'Dana Marsh' }]))
    expect(await read(form.stepDownId)).toMatchObject({
      family: { familyId: chosen.id, how: 'registered', reference },
      hubId: record.hubId
    })
  })

  it('whoever is in the record already keeps their record', async () => {
    const { form: known } = await aFamily(desk)
    const robin = known.people[0]?.id ?? ''
    const { form } = await aReceivedStepDown(desk, {
      people: [aStepDownPerson({ name: 'Robin Vale', birth: '3/9/2015' })],
      ...{ agreedById: '', agreedBy: 'Jo Vale', agreedRelation: 'mother' }
    })
    const people = form.people.map(({ id }) => ({ id, personId: robin, noneOf: [] }))
    const chosen = aRegisteredStepDown(form, { people })
    await desk.does('stepDown.registerFamily', chosen, triage)
    const rows = await desk.store.read((db) =>
      db.select().from(familyMember).where(eq(familyMember.familyId, chosen.id))
    )
    expect(rows.map(({ personId }) => personId)).toEqual([robin])
    const made = await desk.store.read((db) =>
      db
        .select()
        .from(person)
        .where(eq(person.id, form.people[0]?.id ?? ''))
    )
    expect(made).toEqual([])
  })

  it('the same again answers with the first result; other people under its id are refused (L6)', async () => {
    const { form } = await aReceivedStepDown(desk)
    const chosen = aRegisteredStepDown(form)
    const first = await desk.does('stepDown.registerFamily', chosen, triage)
    expect(await desk.does('stepDown.registerFamily', chosen, triage)).toEqual(first)
    const { form: other } = await aReceivedStepDown(desk)
    const elsewhere = { ...aRegisteredStepDown(other), id: chosen.id }
    expect(await desk.run('stepDown.registerFamily', elsewhere, triage)).toEqual(refused('clashing-id'))
    expect(await desk.store.read((db) => db.$count(agreement))).toBe(1)
  })

  it('waits for what lacks: a child without a name is no member of the record', async () => {
    const { form } = await aReceivedStepDown(desk, {
      people: [aStepDownPerson({ name: '' })],
      agreedById: ''
    })
    const wrong = await desk.run('stepDown.registerFamily', aRegisteredStepDown(form), triage)
    expect(wrong).toMatchObject({ error: { code: 'invalid', fields: [{ path: 'people.0.name' }] } })
    expect(await desk.store.read((db) => db.$count(person))).toBe(0)
  })

  it('a family that refused is registered with its refusal, and nothing begins', async () => {
    const { form } = await aReceivedStepDown(desk, { agreement: 'refused' })
    const chosen = aRegisteredStepDown(form)
    await desk.does('stepDown.registerFamily', chosen, triage)
    const [said] = (await desk.does('family.read', { id: chosen.id }, triage)).agreements
    expect(said).toMatchObject({ decision: 'refused', takePart: false, reviewOn: '' })
    expect(await desk.store.read((db) => db.$count(episode))).toBe(0)
  })

  it('is not done by an older version, or of one that is of a family already', async () => {
    const { form } = await aReceivedStepDown(desk)
    const answer = anAnswer(form)
    await desk.does('stepDown.receive', answer, triage)
    expect(await desk.run('stepDown.registerFamily', aRegisteredStepDown(form), triage)).toEqual(changedSince)
    const { id } = await aFamily(desk)
    const match = aMatch(form.stepDownId, id)
    await desk.does('stepDown.match', match, triage)
    const late = aRegisteredStepDown(answer, { basedOn: match.id })
    expect(await desk.run('stepDown.registerFamily', late, triage)).toEqual(refused('step-not-possible'))
  })
})

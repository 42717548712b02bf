import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { AdviceDraft } from '../../shared/advice/advice.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict, wholeChronology } from '../fixtures/facts.ts'
import { aFamily } from '../fixtures/families.ts'
import { anAnswer, aQuestion } from '../fixtures/letters.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

async function theFamily() {
  const family = await aFamily(desk)
  return { ...family, episodeId: family.form.episodeId }
}
const waiting = async (whose: 'mine' | 'everyone' = 'mine', actor?: Actor) =>
  (await desk.does('family.due', { whose }, actor)).filter(({ kind }) => kind === 'advice-waiting')
const list = (familyId: Id) => desk.does('advice.list', { familyId })
const record = (draft: AdviceDraft, actor?: Actor) => desk.run('advice.record', draft, actor)

describe('advice.record (R41)', () => {
  it('a question waits in the list of what is due until it is answered', async () => {
    const family = await theFamily()
    const question = aQuestion(family, { askedOn: '20/11/2026' })
    expect(await desk.does('advice.record', question)).toEqual({ id: question.id })
    expect(await waiting()).toMatchObject([
      {
        ...{ id: question.id, familyId: family.id, familyName: 'Robin Vale', dueOn: '2026-11-20' },
        ...{ ownerName: 'Morgan Ellis', note: 'Asked of Alex Lee' }
      }
    ])
    const answer = anAnswer(question)
    await desk.does('advice.record', answer)
    expect(await waiting()).toEqual([])
    expect(await list(family.id)).toEqual([
      {
        ...{ id: answer.id, episodeId: family.episodeId, askedOn: '2026-11-23', askedWhom: 'Alex Lee' },
        ...{ question: '', answer: 'The health visitor’s manager can', answersId: question.id },
        ...{ recordedAt: '2026-11-23T10:00:00.000Z', byName: 'Morgan Ellis' }
      },
      expect.objectContaining({ id: question.id, question: question.question, answer: '', answersId: '' })
    ])
    const told = (await wholeChronology(desk, family.id)).filter(({ kind }) => kind === 'advice')
    expect(told).toMatchObject([
      { on: '2026-11-23', body: { answersId: question.id, answer: answer.answer } },
      { on: '2026-11-20', episodeId: family.episodeId, body: { question: question.question, answer: '' } }
    ])
  })

  it('that was answered at once waits for nothing', async () => {
    const family = await theFamily()
    await desk.does('advice.record', aQuestion(family, { answer: 'Wait a week', episodeId: '' }))
    expect(await waiting()).toEqual([])
    expect(await list(family.id)).toMatchObject([{ answer: 'Wait a week', episodeId: '' }])
  })

  it('refuses what is wrong, and answers to what is no question of this family', async () => {
    const family = await theFamily()
    const other = await theFamily()
    const question = aQuestion(family)
    await desk.does('advice.record', question)
    const answer = anAnswer(question)
    await desk.does('advice.record', answer)
    const wrong = aQuestion(family, { askedWhom: ' ', askedOn: '24/11/2026', question: '' })
    expect(await record(wrong)).toMatchObject({
      error: { fields: [{ path: 'askedWhom' }, { path: 'askedOn' }, { path: 'question' }] }
    })
    const early = { ...anAnswer(question), askedOn: '22/11/2026' }
    expect(await record(early)).toMatchObject({ error: { fields: [{ path: 'askedOn' }] } })
    for (const lost of [
      { ...anAnswer(question), answersId: newId() },
      { ...anAnswer(question), answersId: answer.id },
      { ...anAnswer(question), familyId: other.id, episodeId: '' as const },
      aQuestion(family, { episodeId: other.episodeId }),
      aQuestion(family, { familyId: newId() })
    ])
      expect(await record(lost)).toMatchObject({ error: { code: 'not-found' } })
  })

  it('sent again answers with the first result; with other words it clashes (L6)', async () => {
    const family = await theFamily()
    const question = aQuestion(family)
    await desk.does('draft.save', { form: { kind: 'advice', body: question }, savedBefore: 0 })
    await desk.does('advice.record', question)
    expect(await desk.does('draft.list', {})).toEqual([])
    const audits = () => desk.store.reader.prepare('SELECT count(*) FROM audit').pluck().get()
    const before = audits()
    expect(await desk.does('advice.record', question)).toEqual({ id: question.id })
    expect(audits()).toBe(before)
    const changes: Partial<AdviceDraft>[] = [
      ...[{ question: 'Another' }, { askedWhom: 'Sam Poe' }, { answer: 'Wait' }, { askedOn: '20/11/2026' }]
    ]
    for (const change of changes)
      expect(await record({ ...question, ...change })).toMatchObject({ error: { reason: 'clashing-id' } })
    const rows = desk.store.reader.prepare("SELECT * FROM audit WHERE operation = 'advice.record'").all()
    expect(JSON.stringify(rows)).not.toMatch(/Alex|Nobody/)
  })
})

describe('who may', () => {
  it('nobody who may not open the family; of a restricted one no name is in the list of what is due', async () => {
    const family = await theFamily()
    await desk.does('advice.record', aQuestion(family))
    const elsewhere = { ...desk.actor('coordinator'), hubIds: [newId()] }
    expect(await record(aQuestion(family), elsewhere)).toMatchObject({ error: { code: 'not-found' } })
    expect(await desk.run('advice.list', { familyId: family.id }, elsewhere)).toMatchObject({
      error: { code: 'not-found' }
    })
    expect(await waiting('everyone', elsewhere)).toEqual([])
    const boss = await aColleague(desk, 'triage-manager')
    await restrict(desk, family.id, [boss], boss)
    const other = await aColleague(desk, 'adviser')
    expect(await waiting('everyone', other)).toMatchObject([{ familyName: '', note: '' }])
    expect(await waiting('everyone', boss)).toMatchObject([{ familyName: 'Robin Vale' }])
  })
})

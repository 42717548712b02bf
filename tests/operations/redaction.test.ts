import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { ItemFilter, ShownItem } from '../../shared/subjectAccess/goingThrough.ts'
import { redacted } from '../../shared/subjectAccess/redact.ts'
import type { Decision, Span } from '../../shared/subjectAccess/subjectAccess.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, aFact, anAddress, restrict } from '../fixtures/facts.ts'
import { aFamily } from '../fixtures/families.ts'
import { aNote, anAddendum } from '../fixtures/notes.ts'
import { aDecisionOn, aSubjectRequest, everyItem } from '../fixtures/subjectAccess.ts'

let desk: TestDesk
let family: Awaited<ReturnType<typeof aFamily>>
let robin: Id
let mother: Id
let requestId: Id
let reviewer: Actor

beforeEach(async () => {
  desk = await openTestDesk()
  family = await aFamily(desk)
  ;[robin = '', mother = ''] = family.form.people.map(({ id }) => id)
  reviewer = await aColleague(desk, 'triage-manager')
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

const noteOf = async (words: string) => {
  const note = aNote(family.form, { words, childsVoice: '', present: '' })
  await desk.does('note.add', note)
  return note
}
async function asked() {
  const request = aSubjectRequest(robin)
  await desk.does('subjectAccess.record', request)
  requestId = request.id
}
const page = (filter: ItemFilter = 'all', after = '') =>
  desk.does('subjectAccess.items', { requestId, filter, after })
const items = () => everyItem(desk, requestId)
const theNote = async (noteId: Id) => {
  const found = (await items()).find(({ id }) => id === noteId)
  if (!found) throw new Error('The note is not among the items')
  return found
}
const wordsIn = (item: ShownItem, { path, from, to }: Pick<Span, 'path' | 'from' | 'to'>) =>
  item.texts.find((text) => text.path === path)?.text.slice(from, to)
const markOf = (item: ShownItem, words: string, more: Partial<Span> = {}): Span => {
  const text = item.texts.find((each) => each.text.includes(words))
  const from = text?.text.indexOf(words) ?? 0
  return {
    ...{ path: text?.path ?? '', from, to: from + words.length },
    ...{ reason: 'third-party', note: '' },
    ...more
  }
}
const decide = (decisions: Decision[], actor?: Actor) =>
  desk.does('subjectAccess.decide', { requestId, decisions }, actor)
const standing = (actor?: Actor) => desk.does('subjectAccess.standing', { requestId }, actor)
const reviewed = (decisionsSha256: string, changes: { verdict?: 'back'; words?: string; id?: Id } = {}) => ({
  ...{ id: newId(), requestId, verdict: 'agreed' as const, words: '', decisionsSha256 },
  ...changes
})
const trail = (operation: string) =>
  desk.store.reader
    .prepare('SELECT result, subject_ids AS subjects FROM audit WHERE operation = ? ORDER BY sequence')
    .all(operation)

describe('the items of a request', () => {
  it('come with what other people are known by, wherever it stands', async () => {
    const note = await noteOf(
      'JO’S mother came. Robin, at 4 Mill Lane, has 03/09/2015 on his card; Jo\nVale agreed.'
    )
    await asked()
    const item = await theNote(note.id)
    expect(item).toMatchObject({ state: 'to-decide', decided: null, hasChanged: false })
    expect(item.suggestions.filter(({ path }) => path !== 'by').map((each) => wordsIn(item, each))).toEqual([
      'JO',
      'Jo\nVale'
    ])
    expect(item.suggestions[0]).toMatchObject({ tells: 'name', who: ['Jo Vale'] })
  })

  it('come with an address that is withheld, whoever’s it is', async () => {
    await desk.does(
      'family.recordFact',
      aFact(family.id, mother, anAddress('17 Secret Wharf, Ware SG12 9ZZ', { withheldFrom: [robin] }))
    )
    const note = await noteOf('They stay at 17 secret wharf (SG129ZZ).')
    await asked()
    const item = await theNote(note.id)
    expect(item.suggestions.filter(({ path }) => path !== 'by').map((each) => wordsIn(item, each))).toEqual([
      '17 secret wharf',
      'SG129ZZ'
    ])
    expect(JSON.stringify(item.suggestions)).not.toContain('Secret')
  })

  it('come 25 at a time, the oldest first, all of them once and by how they stand', async () => {
    for (let index = 0; index < 30; index += 1) await noteOf(`Visit ${String(index)}`)
    await asked()
    const all = await items()
    expect(new Set(all.map(({ itemId }) => itemId)).size).toBe(all.length)
    expect(all.map(({ number }) => number)).toEqual(all.map((_item, index) => index + 1))
    expect(all.map(({ on }) => on)).toEqual(all.map(({ on }) => on).toSorted())
    const { rows, next, counts } = await page()
    expect([rows.length, next, counts.all]).toEqual([25, rows[24]?.itemId, all.length])
    const after = await decide(all.slice(0, 30).map((item) => aDecisionOn(item)))
    expect(after).toEqual({
      ...{ all: all.length, 'to-decide': all.length - 30, changed: 0, include: 30, redact: 0, exclude: 0 }
    })
    expect((await page('to-decide')).rows[0]?.number).toBe(31)
    expect((await page('include')).next).not.toBe('')
    expect((await page('exclude')).rows).toEqual([])
  })

  it('are of nobody who may not open the family, and of a coordinator never', async () => {
    await asked()
    const ask = { requestId, filter: 'all', after: '' } as const
    const { hubId } = await desk.does('family.read', { id: family.id })
    const coordinator = await aColleague(desk, 'coordinator', [hubId])
    expect(await desk.run('subjectAccess.items', ask, coordinator)).toMatchObject({
      error: { code: 'not-allowed' }
    })
    expect((await items()).length).toBeGreaterThan(0)
    await restrict(desk, family.id, [reviewer], reviewer)
    const closed = { ok: false, error: { code: 'refused', reason: 'family-restricted' } }
    expect(await desk.run('subjectAccess.items', ask)).toEqual(closed)
    expect(await desk.run('subjectAccess.search', { requestId, text: 'Robin', after: '' })).toEqual(closed)
    expect(await desk.run('subjectAccess.standing', { requestId })).toEqual(closed)
    expect((await desk.does('subjectAccess.items', ask, reviewer)).rows.length).toBeGreaterThan(0)
  })
})

describe('a decision', () => {
  it('blacks out what was marked and nothing else, and leaves the note as it was', async () => {
    const note = await noteOf('Jo Vale said that Robin sleeps well.')
    await asked()
    const item = await theNote(note.id)
    await decide([aDecisionOn(item, { fate: 'redact', spans: [markOf(item, 'Jo Vale')] })])
    const decided = await theNote(note.id)
    expect(decided).toMatchObject({ state: 'redact', decided: { byName: 'Morgan Ellis' } })
    expect(redacted(decided, decided.decided!).texts.map(({ text }) => text)).toContain(
      '█████ [third party] said that Robin sleeps well.'
    )
    expect(decided.texts).toEqual(item.texts)
    expect(trail('subjectAccess.decide')).toEqual([{ result: 'done', subjects: requestId }])
  })

  it('is kept once, and another under its id is refused', async () => {
    const note = await noteOf('Jo came')
    await asked()
    const decision = aDecisionOn(await theNote(note.id))
    await decide([decision])
    await decide([decision])
    expect(desk.store.reader.prepare('SELECT count(*) AS n FROM subject_redaction').get()).toEqual({ n: 1 })
    expect(trail('subjectAccess.decide')).toHaveLength(1)
    const other = { ...decision, fate: 'exclude' as const, reason: 'exempt' as const }
    expect(await desk.run('subjectAccess.decide', { requestId, decisions: [other] })).toMatchObject({
      error: { reason: 'clashing-id' }
    })
  })

  it('is taken back by another one: the newest counts, even where the clock was set back', async () => {
    const note = await noteOf('Jo came')
    await asked()
    const item = await theNote(note.id)
    await decide([aDecisionOn(item, { fate: 'exclude', reason: 'third-party' })])
    const early = { ...desk.first, now: '2026-11-23T09:00:00.000Z' }
    await decide([aDecisionOn(item, { fate: 'open', spans: [markOf(item, 'Jo')] })], early)
    expect(await theNote(note.id)).toMatchObject({
      state: 'to-decide',
      decided: { fate: 'open', spans: [{ from: 0, to: 2 }] }
    })
  })

  it('of several items is of all or of none, and says beside which field it cannot be', async () => {
    const [one, other] = [await noteOf('Jo came'), await noteOf('Jo went')]
    await asked()
    const bad = aDecisionOn(await theNote(other.id), { fate: 'exclude', reason: 'serious-harm' })
    const batch = [aDecisionOn(await theNote(one.id)), bad]
    expect(await desk.run('subjectAccess.decide', { requestId, decisions: batch })).toMatchObject({
      error: { code: 'invalid', fields: [{ path: 'decisions.1.note' }] }
    })
    const outside = aDecisionOn(await theNote(one.id), {
      fate: 'redact',
      spans: [{ path: 'words', from: 0, to: 5_000, reason: 'exempt', note: '' }]
    })
    expect(await desk.run('subjectAccess.decide', { requestId, decisions: [outside] })).toMatchObject({
      error: { fields: [{ path: 'decisions.0.spans.0' }] }
    })
    expect((await page()).counts.include).toBe(0)
  })

  it('is of what was read: an addendum since asks for another', async () => {
    const note = await noteOf('Jo came')
    await asked()
    const item = await theNote(note.id)
    await decide([aDecisionOn(item)])
    await desk.does('note.add', anAddendum(family.form, note.id, 'She brought Sam'))
    expect(await theNote(note.id)).toMatchObject({ state: 'changed', decided: null, hasChanged: true })
    const { counts, rows } = await page('changed')
    expect([counts.changed, rows.map(({ id }) => id)]).toEqual([1, [note.id]])
    expect((await page('to-decide')).rows.map(({ id }) => id)).toContain(note.id)
    expect(
      await desk.run('subjectAccess.decide', { requestId, decisions: [aDecisionOn(item)] })
    ).toMatchObject({ error: { code: 'changed-since' } })
    await decide([aDecisionOn(await theNote(note.id))])
    expect((await theNote(note.id)).state).toBe('include')
  })

  it('is about an item of this request', async () => {
    await asked()
    const [first] = await items()
    const decision = { ...aDecisionOn(first!), itemId: `note ${newId()}` }
    expect(await desk.run('subjectAccess.decide', { requestId, decisions: [decision] })).toMatchObject({
      error: { code: 'not-found' }
    })
  })
})

describe('the same words elsewhere', () => {
  it('are found as words of their own and inside others, with what is decided there', async () => {
    const first = await noteOf('Jo came')
    const second = await noteOf('Joanna rang JO twice')
    await asked()
    const marked = await theNote(first.id)
    await decide([aDecisionOn(marked, { fate: 'redact', spans: [markOf(marked, 'Jo')] })])
    const { rows, next, looked, of } = await desk.does('subjectAccess.search', {
      requestId,
      text: 'jo',
      after: ''
    })
    expect([next, looked]).toEqual(['', of])
    const notes = rows.filter(({ itemId }) => [first.id, second.id].includes(itemId.slice(5)))
    expect(
      notes.map(({ state, decided, places }) => [
        state,
        decided?.spans.length ?? 0,
        places.filter(({ path }) => path !== 'by').map(({ words, isInside }) => [words, isInside])
      ])
    ).toEqual([
      ['redact', 1, [['Jo', false]]],
      [
        'to-decide',
        0,
        [
          ['Jo', true],
          ['JO', false]
        ]
      ]
    ])
    expect(await desk.run('subjectAccess.search', { requestId, text: '--', after: '' })).toMatchObject({
      error: { fields: [{ path: 'text' }] }
    })
  })
})

describe('a review', () => {
  const decideAll = async (actor?: Actor) => {
    for (let rest = await page('to-decide'); rest.rows.length > 0; rest = await page('to-decide')) {
      await decide(
        rest.rows.map((item) => aDecisionOn(item)),
        actor
      )
    }
    return (await standing()).decisionsSha256
  }

  it('is by somebody else, of everything, and of exactly what is decided', async () => {
    const note = await noteOf('Jo came')
    await asked()
    expect(await standing(reviewer)).toMatchObject({ decisionsSha256: '', mayReview: 'to-decide' })
    expect(await desk.run('subjectAccess.review', reviewed('a'.repeat(64)), reviewer)).toMatchObject({
      error: { reason: 'items-undecided' }
    })
    const sha256 = await decideAll()
    expect(await standing()).toMatchObject({
      mayReview: 'redactor',
      redactors: [{ id: desk.first.id, name: 'Morgan Ellis' }]
    })
    expect(await desk.run('subjectAccess.review', reviewed(sha256))).toMatchObject({
      error: { reason: 'reviewer-redacted' }
    })
    expect(await desk.run('subjectAccess.review', reviewed('a'.repeat(64)), reviewer)).toMatchObject({
      error: { code: 'changed-since' }
    })
    await desk.does('subjectAccess.review', reviewed(sha256), reviewer)
    expect(await standing()).toMatchObject({
      isAgreed: true,
      reviews: [{ verdict: 'agreed', isOfNow: true }]
    })
    expect((await standing(reviewer)).mayReview).toBe('agreed')

    await decide([aDecisionOn(await theNote(note.id), { fate: 'exclude', reason: 'third-party' })])
    expect(await standing(reviewer)).toMatchObject({
      ...{ isAgreed: false, mayReview: 'yes' },
      reviews: [{ verdict: 'agreed', isOfNow: false }]
    })
  })

  it('is not by whoever made one of the decisions that count', async () => {
    await asked()
    await decideAll(reviewer)
    const [first] = await items()
    await decide([aDecisionOn(first!)])
    const { decisionsSha256 } = await standing()
    for (const actor of [desk.first, reviewer]) {
      expect(await desk.run('subjectAccess.review', reviewed(decisionsSha256), actor)).toMatchObject({
        error: { reason: 'reviewer-redacted' }
      })
    }
    const third = await aColleague(desk, 'adviser')
    await desk.does('subjectAccess.review', reviewed(decisionsSha256), third)
    expect(
      trail('subjectAccess.review').filter((row) => JSON.stringify(row).includes('"done"'))
    ).toHaveLength(1)
  })

  it('sends it back with words, and is kept once', async () => {
    await asked()
    const sha256 = await decideAll()
    expect(
      await desk.run('subjectAccess.review', reviewed(sha256, { verdict: 'back' }), reviewer)
    ).toMatchObject({ error: { fields: [{ path: 'words' }] } })
    const back = reviewed(sha256, { verdict: 'back', words: 'Look at item 3 again' })
    await desk.does('subjectAccess.review', back, reviewer)
    await desk.does('subjectAccess.review', back, reviewer)
    expect(await standing(reviewer)).toMatchObject({
      ...{ isAgreed: false, mayReview: 'yes' },
      reviews: [{ verdict: 'back', words: 'Look at item 3 again' }]
    })
    expect(await desk.run('subjectAccess.review', { ...back, words: 'Another' }, reviewer)).toMatchObject({
      error: { reason: 'clashing-id' }
    })
  })

  it('stands no longer once an item says something else', async () => {
    const note = await noteOf('Jo came')
    await asked()
    const sha256 = await decideAll()
    await desk.does('subjectAccess.review', reviewed(sha256), reviewer)
    await desk.does('note.add', anAddendum(family.form, note.id, 'She brought Sam'))
    expect(await standing(reviewer)).toMatchObject({
      ...{ isAgreed: false, decisionsSha256: '', mayReview: 'to-decide' },
      reviews: [{ isOfNow: false }]
    })
  })
})

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { fillSearch } from '../../db/search.ts'
import type { Connection, Tx } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { newestOf } from '../../shared/person/merging.ts'
import type { NoteDraft } from '../../shared/note/note.ts'
import { withdrawAgreement } from '../fixtures/assessments.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, restrict, wholeChronology } from '../fixtures/facts.ts'
import { aFamily, aPerson, aRegistration } from '../fixtures/families.ts'
import { after, aNote, anAddendum, type Registered } from '../fixtures/notes.ts'

let desk: TestDesk
let family: Registered
let robin: Id
let sam: Id
let mother: Id
beforeEach(async () => {
  desk = await openTestDesk()
  const form = aRegistration()
  const sibling = aPerson({ name: 'Sam Vale', birth: '1/5/2018' })
  family = (await aFamily(desk, { ...form, people: [form.people[0]!, sibling, form.people[1]!] })).form
  const [first, second, third] = family.people.map(({ id }) => id)
  ;[robin, sam, mother] = [first!, second!, third!]
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

const invalidAt = (...paths: string[]) => ({
  error: { code: 'invalid', fields: paths.map((path) => ({ path })) }
})
const notFound = { error: { code: 'not-found' } }
const later = (minutes: number, actor: Actor = desk.first): Actor => ({ ...actor, now: after(minutes) })

const asking = (changes: Partial<Input<'note.list'>> = {}): Input<'note.list'> => ({
  ...{ familyId: family.id, episodeId: '', noteId: '', kinds: [], personId: '', text: '', after: '' },
  ...changes
})
async function listed(changes: Partial<Input<'note.list'>> = {}, actor?: Actor) {
  const rows = []
  let page = await desk.does('note.list', asking(changes), actor)
  rows.push(...page.rows)
  while (page.next !== '') {
    page = await desk.does('note.list', asking({ ...changes, after: page.next }), actor)
    rows.push(...page.rows)
  }
  return rows
}
async function found(text: string, actor?: Actor) {
  const rows = []
  let page = await desk.does('note.search', { text, after: '' }, actor)
  rows.push(...page.rows)
  while (page.next !== '') {
    page = await desk.does('note.search', { text, after: page.next }, actor)
    rows.push(...page.rows)
  }
  return rows
}
const ids = (rows: readonly { id: Id }[]) => rows.map(({ id }) => id)
const add = (changes: Partial<NoteDraft> = {}, actor?: Actor) =>
  desk.does('note.add', aNote(family, changes), actor)
const writer = () => desk.store.write((tx) => Promise.resolve((tx as Tx & { $client: Connection }).$client))

describe('note.add (R54)', () => {
  it('files a note once for everybody whom it is about, with when it happened apart from when it was recorded', async () => {
    const draft = aNote(family, { aboutIds: [robin, sam], presentIds: [mother, robin] })
    expect(await desk.does('note.add', draft)).toEqual({ id: draft.id, recordedAt: OPEN })
    const [note] = await listed()
    expect(note).toMatchObject({
      ...{ id: draft.id, kind: 'visit', happenedAt: '2026-11-23T09:15:00.000Z', recordedAt: OPEN },
      ...{
        byName: 'Morgan Ellis',
        words: draft.words,
        childsVoice: 'I want my own bed',
        present: 'Grandmother'
      },
      ...{ familyMaySee: true, restrictedWhy: '', afterClosing: false, addenda: [], files: [] }
    })
    expect(note?.aboutIds.toSorted()).toEqual([robin, sam].toSorted())
    expect(note?.presentIds.toSorted()).toEqual([robin, mother].toSorted())
    for (const personId of [robin, sam]) expect(ids(await listed({ personId }))).toEqual([draft.id])
    // she was there, but it is not about her
    expect(await listed({ personId: mother })).toEqual([])
  })

  it('says next to each field what is wrong, and files nothing', async () => {
    const refused = await desk.run(
      'note.add',
      aNote(family, { kind: '', aboutIds: [newId()], familyMaySee: 'no' })
    )
    expect(refused).toMatchObject(invalidAt('kind', 'aboutIds', 'restrictedWhy'))
    expect(await desk.run('note.add', aNote(family, { happenedTime: '10:01' }))).toMatchObject(
      invalidAt('happenedTime')
    )
    expect(await listed()).toEqual([])
  })

  it('the same again answers as it did; with anything else under its id it is refused (L6)', async () => {
    const draft = aNote(family, { aboutIds: [robin, sam], happenedTime: '' })
    const first = await desk.does('note.add', draft)
    const again = { ...draft, aboutIds: [sam, robin] }
    expect(await desk.does('note.add', again, later(30))).toEqual(first)
    const others: Partial<NoteDraft>[] = [
      { words: 'Another' },
      { aboutIds: [robin] },
      { presentIds: [mother] },
      { kind: 'call' },
      { familyMaySee: 'no', restrictedWhy: 'A source' }
    ]
    for (const changes of others) {
      const clashing = await desk.run('note.add', { ...draft, ...changes })
      expect(clashing).toMatchObject({ error: { reason: 'clashing-id' } })
    }
    const other = await desk.run('note.add', draft, await aColleague(desk, 'adviser'))
    expect(other).toMatchObject({ error: { reason: 'clashing-id' } })
    expect(await listed()).toHaveLength(1)
  })

  it('the draft goes with the filing, and stays where the filing is refused (L3)', async () => {
    const body = aNote(family, { words: '' })
    await desk.does('draft.save', { form: { kind: 'note', body }, savedBefore: 0 })
    expect(await desk.run('note.add', body)).toMatchObject(invalidAt('words'))
    expect(await desk.does('draft.list', {})).toMatchObject([
      { id: body.id, kind: 'note', episodeId: family.episodeId }
    ])
    await desk.does('note.add', { ...body, words: 'Written' })
    expect(await desk.does('draft.list', {})).toEqual([])
    const late = await desk.run('draft.save', { form: { kind: 'note', body }, savedBefore: 1 })
    expect(late).toMatchObject({ error: { reason: 'form-already-filed' } })
  })

  it('a correction is added to the note, which stays as it was', async () => {
    const note = await add()
    const correction = anAddendum(family, note.id, 'It was the grandfather')
    await desk.does('note.add', correction, later(5))
    const second = anAddendum(family, note.id, 'He rang to say so')
    await desk.does('note.add', second, later(6))
    expect(await desk.does('note.add', second, later(7))).toEqual({ id: second.id, recordedAt: after(6) })
    const rows = await listed()
    expect(rows).toMatchObject([{ id: note.id, present: 'Grandmother' }])
    expect(rows[0]?.addenda).toMatchObject([
      {
        id: correction.id,
        words: 'It was the grandfather',
        recordedAt: after(5),
        byName: 'Morgan Ellis',
        files: []
      },
      { id: second.id, words: 'He rang to say so', recordedAt: after(6) }
    ])
    expect(ids(await listed({ text: 'grandfather' }))).toEqual([note.id])
    expect(await found('grandfather')).toMatchObject([{ id: note.id, excerpt: { part: 'addendum' } }])
  })

  it('nothing is added to an addendum, to a note of another family, or to one that is not there', async () => {
    const note = await add()
    const correction = anAddendum(family, note.id, 'It was Tuesday')
    await desk.does('note.add', correction)
    const other = (await aFamily(desk)).form
    for (const draft of [
      anAddendum(family, correction.id, 'More'),
      anAddendum(family, newId(), 'More'),
      anAddendum(other, note.id, 'More'),
      { ...aNote(family), episodeId: other.episodeId },
      { ...aNote(family), familyId: newId() }
    ])
      expect(await desk.run('note.add', draft)).toMatchObject(notFound)
  })

  it('is taken of a closed assessment too, and says so', async () => {
    const before = await add()
    await withdrawAgreement(desk, family.id, mother)
    const late = await add({ happenedTime: '9:40' }, later(60))
    await desk.does('note.add', anAddendum(family, before.id, 'She rang again'), later(61))
    const rows = await listed()
    expect(rows).toMatchObject([
      { id: late.id, afterClosing: true },
      { id: before.id, afterClosing: false, addenda: [{ afterClosing: true }] }
    ])
  })

  it('stands in the chronology on the day it happened, with how it begins and whom it is about', async () => {
    const long = `Robin ${'was calm '.repeat(60)}`.trim()
    const note = await add({
      ...{ happenedOn: '2/11/2026', happenedTime: '23:50', words: long, aboutIds: [sam] },
      ...{ familyMaySee: 'no', restrictedWhy: 'A neighbour asked not to be named' }
    })
    const addition = anAddendum(family, note.id, 'He was not')
    await desk.does('note.add', addition, later(1))
    const told = (await wholeChronology(desk, family.id)).filter(({ kind }) => kind === 'note')
    expect(told).toMatchObject([
      {
        id: addition.id,
        on: '2026-11-23',
        body: { addsTo: note.id, begins: 'He was not', isWhole: true, aboutIds: [sam] }
      },
      {
        ...{ id: note.id, on: '2026-11-02', byName: 'Morgan Ellis' },
        body: {
          ...{
            noteKind: 'visit',
            addsTo: '',
            episodeId: family.episodeId,
            familyMaySee: false,
            aboutIds: [sam]
          },
          ...{ begins: long.slice(0, 200), isWhole: false }
        }
      }
    ])
    const query = { id: family.id, kinds: ['note' as const], from: '', to: '', after: '' }
    const about = async (personId: Id) => (await desk.does('family.chronology', { ...query, personId })).rows
    expect(ids(await about(sam))).toEqual([addition.id, note.id])
    expect(await about(robin)).toEqual([])
  })

  it('is told by ids and codes alone in the audit trail', async () => {
    const { id } = await add()
    const [row] = desk.store.reader
      .prepare(`SELECT * FROM audit WHERE operation = 'note.add' ORDER BY sequence DESC LIMIT 1`)
      .all()
    expect(row).toMatchObject({
      subject_ids: [family.id, family.episodeId, id].join(' '),
      reason: '',
      result: 'done'
    })
  })
})

describe('note.list', () => {
  it('the one that happened last comes first, page by page, and none twice', async () => {
    const typed = Array.from({ length: 120 }, (_, index) => ({
      happenedOn: '20/11/2026',
      // several of one minute, in no order
      happenedTime: `9:${String((index * 7) % 20).padStart(2, '0')}`
    }))
    for (const changes of typed) await add(changes)
    const rows = await listed()
    expect(rows).toHaveLength(120)
    expect(new Set(ids(rows)).size).toBe(120)
    const times = rows.map(({ happenedAt }) => happenedAt)
    expect(times).toEqual(times.toSorted().toReversed())
    const { rows: first, next } = await desk.does('note.list', asking())
    expect(first).toHaveLength(50)
    expect(next).not.toBe('')
  })

  it('is narrowed by assessment, kind, person and words at once', async () => {
    const visit = await add({ aboutIds: [robin, sam] })
    const call = await add({ kind: 'call', aboutIds: [sam], words: 'O’Brien rang about the boiler' })
    expect(ids(await listed({ kinds: ['call'] }))).toEqual([call.id])
    expect(ids(await listed({ kinds: ['call'], personId: sam, text: 'boil' }))).toEqual([call.id])
    expect(await listed({ kinds: ['call'], personId: robin })).toEqual([])
    expect(ids(await listed({ text: 'obrien' }))).toEqual([call.id])
    expect(ids(await listed({ text: 'bed room' }))).toEqual([visit.id])
    expect(await listed({ text: '!!' })).toEqual([])
    expect(await listed({ episodeId: newId() })).toEqual([])
    expect(ids(await listed({ noteId: visit.id }))).toEqual([visit.id])
    expect(await listed({ episodeId: family.episodeId })).toHaveLength(2)
  })

  it('a note about a record that was merged is a note of the one that counts', async () => {
    const note = await add({ aboutIds: [sam] })
    const twin = aPerson({ name: 'Sam Vale', birth: '1/5/2018' })
    await aFamily(desk, { people: [twin] })
    const boss = await aColleague(desk, 'triage-manager')
    const two = await desk.does('person.compare', { keptId: twin.id, mergedId: sam }, boss)
    const basedOn = newestOf([...two.kept, ...two.merged])
    const merge = { keptId: twin.id, mergedId: sam, fromMerged: [], basedOn, reason: 'One person' }
    await desk.does('person.merge', { id: newId(), ...merge }, boss)
    expect(await listed({ personId: twin.id })).toMatchObject([{ id: note.id, aboutIds: [twin.id] }])
    const more = await add({ aboutIds: [twin.id] })
    expect(ids(await listed({ personId: sam })).toSorted()).toEqual([note.id, more.id].toSorted())
  })
})

describe('note.search', () => {
  it('finds words anywhere in a note, newest first, with what stands around them', async () => {
    const older = await add({
      happenedOn: '2/11/2026',
      happenedTime: '9:00',
      words: 'The café smelled of damp'
    })
    const newer = await add({ words: 'No heating', childsVoice: 'It is damp and cold' })
    const rows = await found('damp')
    expect(rows).toMatchObject([
      { id: newer.id, childNames: 'Robin Vale, Sam Vale', kind: 'visit', excerpt: { part: 'childs-voice' } },
      {
        id: older.id,
        excerpt: { part: 'words', pieces: expect.arrayContaining([{ text: 'damp', hit: true }]) }
      }
    ])
    const joined = await add({ words: `O’Brien came. ${'Nothing else was said. '.repeat(12)}` })
    const [shown] = await found('obrien')
    expect(shown).toMatchObject({ id: joined.id, excerpt: { part: 'words', pieces: [{ hit: false }] } })
    expect(shown?.excerpt.pieces[0]?.text).toMatch(/^O’Brien came\. .{100,160} …$/)
    expect(ids(await found('CAFE smel'))).toEqual([older.id])
    expect(await found('damp heating cafe')).toEqual([])
  })

  it('of a family that is not open to the reader it tells nothing, and a page goes on behind what it tells not', async () => {
    const hubs = (await desk.does('setting.list', {})).settings.filter(({ kind }) => kind === 'local-hub')
    const mine = (await desk.does('family.read', { id: family.id })).hubId
    const elsewhere = hubs.find(({ key }) => key !== mine)?.key ?? ''
    await add({ words: 'A dog barked' })
    const here = await aColleague(desk, 'coordinator', [mine])
    const there = await aColleague(desk, 'coordinator', [elsewhere])
    expect(await found('dog', here)).toHaveLength(1)
    expect(await found('dog', there)).toEqual([])
    expect(await desk.run('note.list', asking(), there)).toMatchObject(notFound)
    expect(await desk.run('note.add', aNote(family), there)).toMatchObject(notFound)

    const boss = await aColleague(desk, 'triage-manager')
    const named = await aColleague(desk, 'adviser')
    await restrict(desk, family.id, [named], boss)
    expect(await found('dog', boss)).toEqual([])
    expect(await found('dog', named)).toHaveLength(1)
    expect(await desk.run('note.list', asking(), boss)).toMatchObject({
      error: { reason: 'family-restricted' }
    })
    await desk.does(
      'family.giveReason',
      { id: newId(), familyId: family.id, reason: 'Asked by the police' },
      boss
    )
    expect(await found('dog', boss)).toHaveLength(1)
  })

  it('somebody who may read few of many comes to them page by page', async () => {
    const connection = await writer()
    const note = await add({ happenedOn: '1/6/2020', happenedTime: '9:00', words: 'umbrella' })
    // as many of another family as four pages look at
    const other = (await aFamily(desk)).form
    const hidden = await desk.does('note.add', aNote(other, { words: 'umbrella' }))
    connection.exec(`
      WITH RECURSIVE many(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM many WHERE value < 4100)
      INSERT INTO case_note SELECT printf('0197a000-0000-7000-8000-%012d', value), hub_id, created_at, created_by, device_id,
        family_id, episode_id, kind, happened_at, adds_to, words, childs_voice, present, family_may_see, restricted_why
      FROM case_note CROSS JOIN many WHERE case_note.id = '${hidden.id}'`)
    const boss = await aColleague(desk, 'triage-manager')
    await restrict(desk, other.id, [await aColleague(desk, 'adviser')], boss)
    const first = await desk.does('note.search', { text: 'umbrella', after: '' })
    expect(first.rows).toEqual([])
    expect(first.next).not.toBe('')
    expect(ids(await found('umbrella'))).toEqual([note.id])
  })

  it('whatever is typed is looked for as words: nothing of it is a query', async () => {
    await add({ words: 'Plain words' })
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 60 }),
          fc.stringMatching(/^[ "*(){}:^+\-'’%;\\/ANDORTNE]{0,40}$/)
        ),
        async (text) => {
          const answer = await desk.run('note.search', { text: text.slice(0, 200), after: '' })
          expect(answer.ok).toBe(true)
          expect((await desk.run('note.list', asking({ text: text.slice(0, 200) }))).ok).toBe(true)
        }
      ),
      { numRuns: 150 }
    )
    expect(desk.faults).toEqual([])
  })
})

/** Everything that is kept of notes, as it lies in the file. */
const kept = () =>
  new Map(
    (
      desk.store.reader
        .prepare(
          `SELECT n.id, json_array(n.id, n.created_at, n.created_by, n.family_id, n.episode_id, n.kind, n.happened_at,
             n.adds_to, n.words, n.childs_voice, n.present, n.family_may_see, n.restricted_why,
             (SELECT json_group_array(json_array(p.id, p.person_id, p.is_about, p.was_present) ORDER BY p.id)
              FROM case_note_person p WHERE p.note_id = n.id)) AS bytes FROM case_note n`
        )
        .all() as { id: Id; bytes: string }[]
    ).map(({ id, bytes }) => [id, bytes])
  )

const words = ['damp', 'school', 'Café', 'bed', 'bedroom', 'mother', 'O’Brien', 'late', 'wet']
const sentence = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 })
  .map((some) => some.join(' '))
const acts = fc.array(
  fc.record({
    addsTo: fc.option(fc.nat(5)),
    by: fc.nat(2),
    text: sentence,
    voice: fc.option(sentence),
    day: fc.integer({ min: 1, max: 22 }),
    again: fc.boolean()
  }),
  { minLength: 1, maxLength: 8 }
)

it('whatever is added by whomever, no earlier note changes, and a search finds what reading every note finds', async () => {
  const people = [desk.first, await aColleague(desk, 'adviser'), await aColleague(desk, 'triage-manager')]
  await fc.assert(
    fc.asyncProperty(acts, async (sequence) => {
      const own = [...new Set([...kept().keys()])]
      for (const { addsTo, by, text, voice, day, again } of sequence) {
        const before = kept()
        const target = addsTo === null ? undefined : own[addsTo]
        const actor = people[by]!
        const draft =
          target === undefined
            ? aNote(family, { happenedOn: `${String(day)}/11/2026`, words: text, childsVoice: voice ?? '' })
            : anAddendum(family, target, text)
        const answer = await desk.run('note.add', draft, actor)
        if (again) expect(await desk.run('note.add', draft, actor)).toEqual(answer)
        if (answer.ok && target === undefined) own.push(draft.id)
        for (const [id, bytes] of kept()) if (before.has(id)) expect(before.get(id)).toBe(bytes)
        for (const id of before.keys()) expect(kept().has(id)).toBe(true)
      }
      const rows = await listed()
      const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
      for (const asked of ['damp', 'bed', 'cafe', 'late wet', 'mother school bed']) {
        const scanned = rows.filter(({ words: typed, childsVoice, present, addenda }) => {
          const tokens = plain(
            [typed, childsVoice, present, ...addenda.map((each) => each.words)].join(' ')
          ).split(/[^\p{L}\p{N}]+/u)
          return asked.split(' ').every((word) => tokens.some((token) => token.startsWith(word)))
        })
        expect(ids(await found(asked)).toSorted()).toEqual(ids(scanned).toSorted())
        expect(ids(await listed({ text: asked }))).toEqual(ids(scanned))
      }
    }),
    { numRuns: 12 }
  )
})

it('an index made anew finds what the one before found, and in the same order', async () => {
  for (const happenedTime of ['9:00', '9:00', '9:30', '8:00']) await add({ happenedTime })
  const note = await add({ words: 'Nothing of it' })
  await desk.does('note.add', anAddendum(family, note.id, 'A bed was promised'))
  const before = await found('bed')
  expect(before).toHaveLength(5)
  fillSearch(await writer())
  expect(await found('bed')).toEqual(before)
})

it('what another desk added to a note may come before the note', async () => {
  const { id } = await add()
  const addition = await desk.does('note.add', anAddendum(family, id, 'A lantern'))
  const connection = await writer()
  const copied = `created_at, created_by, device_id, hub_id, family_id, episode_id, kind, happened_at, words, childs_voice,
    present, family_may_see, restricted_why`
  const other = newId()
  const copy = (from: Id, as: Id, addsTo: Id) =>
    connection.exec(
      `INSERT INTO case_note (id, adds_to, ${copied}) SELECT '${as}', '${addsTo}', ${copied} FROM case_note WHERE id = '${from}'`
    )
  copy(addition.id, newId(), other)
  expect(ids(await found('lantern'))).toEqual([id])
  copy(id, other, '')
  expect(ids(await found('lantern')).toSorted()).toEqual([id, other].toSorted())
})

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { insertFacts } from '../../electron/family/insertFacts.ts'
import { writtenBy } from '../../electron/family/written.ts'
import { findDoubles } from '../../electron/person/findDoubles.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { factOn, type Fact } from '../../shared/family/fact.ts'
import type { DraftPerson } from '../../shared/family/family.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { UNDO_DAYS } from '../../shared/person/find.ts'
import { newestOf } from '../../shared/person/merging.ts'
import { addDays } from '../../shared/time/london.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aFamily, aPerson } from '../fixtures/families.ts'

let desk: TestDesk
let manager: Actor
beforeEach(async () => {
  others = [
    ['Zadie Quill', '5/5/2012'],
    ['Bram Otto', '17/10/2009']
  ]
  desk = await openTestDesk()
  manager = { ...desk.actor('triage-manager', 'adviser'), now: '2026-11-23T11:00:00.000Z' }
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  desk.close()
})

const REASON = 'Same child, written down twice'
const TODAY = '2026-11-23'

let others: [name: string, birth: string][]
/** Registers a family of one child, or of somebody else with a child unlike any other, and gives the ids. */
async function aChild(changes: Partial<DraftPerson> = {}) {
  const [name = '', birth = ''] = others.shift() ?? []
  const child = aPerson({ name, birth, address: '' })
  const people = [aPerson(changes), ...(changes.role ? [child] : [])]
  const { id, form } = await aFamily(desk, { people })
  return { personId: form.people[0]?.id ?? '', familyId: id }
}

async function merge(keptId: Id, mergedId: Id, fromMerged: string[] = [], actor = manager) {
  const two = await desk.does('person.compare', { keptId, mergedId }, actor)
  const basedOn = newestOf([...two.kept, ...two.merged])
  const id = newId()
  return {
    id,
    result: await desk.run(
      'person.merge',
      { id, keptId, mergedId, fromMerged, basedOn, reason: REASON },
      actor
    )
  }
}
const undo = (mergeId: Id, actor = manager, id = newId()) =>
  desk.run('person.undoMerge', { id, mergeId, reason: 'Two people after all' }, actor)
const find = (text: string) => desk.does('person.find', { text }, manager)
const done = { ok: true, value: null }
const refused = (reason: string) => ({ ok: false, error: { code: 'refused', reason } })
const failed = (code: string) => ({ ok: false, error: { code } })
const onDay = (day: string): Actor => ({ ...manager, now: `${day}T11:00:00.000Z` })

const told = (subject: 'person' | 'family', subjectId: Id, fact: Fact) =>
  desk.store.write((tx) =>
    insertFacts(
      tx,
      [fact],
      { subject, subjectId, actId: newId(), validFrom: '' },
      writtenBy(manager, newId())
    )
  )

describe('person.merge', () => {
  it('two records are found once, by the names of both, and are in both families', async () => {
    const one = await aChild()
    const other = await aChild({ name: 'Bobby Marsh', birth: '3/9/2015', address: '' })
    expect((await merge(one.personId, other.personId)).result).toEqual(done)
    for (const text of ['Robin Vale', 'Bobby Marsh']) {
      const found = await find(text)
      expect(found.map(({ personId, name }) => [personId, name])).toEqual([[one.personId, 'Robin Vale']])
      expect(found[0]?.families.map(({ id }) => id).sort()).toEqual([one.familyId, other.familyId].sort())
    }
  })

  it('field by field: of each kind the chosen side holds, what only one knows stays', async () => {
    const one = await aChild({ sex: 'male', gp: 'Mill Surgery' })
    const other = await aChild({ name: 'Robyn Vale', sex: 'female', upn: 'A123456789012', birth: '4/9/2015' })
    await merge(one.personId, other.personId, ['name', 'birth'])
    const facts = (await desk.does('family.read', { id: one.familyId }, manager)).facts
    const now = (kind: 'name' | 'birth' | 'sex' | 'gp' | 'upn') =>
      factOn(facts, one.personId, kind, TODAY)?.value
    expect(now('name')).toEqual({ name: 'Robyn Vale' })
    expect(now('birth')).toEqual({ date: '2015-09-04' })
    expect(now('sex')).toEqual({ sex: 'male' })
    expect(now('gp')).toEqual({ practice: 'Mill Surgery', phone: '' })
    expect(now('upn')).toEqual({ upn: 'A123456789012' })
  })

  it('undone, each record is as it was', async () => {
    const one = await aChild({ sex: 'male' })
    const other = await aChild({ name: 'Robyn Vale', sex: 'female', birth: '4/9/2015' })
    const before = [await find('Robin Vale'), await find('Robyn Vale')]
    const { id } = await merge(one.personId, other.personId, ['name', 'sex'])
    expect(await undo(id)).toEqual(done)
    expect([await find('Robin Vale'), await find('Robyn Vale')]).toEqual(before)
    const facts = (await desk.does('family.read', { id: one.familyId }, manager)).facts
    expect(factOn(facts, one.personId, 'sex', TODAY)?.value).toEqual({ sex: 'male' })
  })

  it('can be undone on the thirtieth day, and not on the day after', async () => {
    const one = await aChild()
    const other = await aChild()
    const { id } = await merge(one.personId, other.personId)
    expect(await undo(id, onDay(addDays(TODAY, UNDO_DAYS + 1)))).toEqual(refused('merge-too-old'))
    expect(await undo(id, onDay(addDays(TODAY, UNDO_DAYS)))).toEqual(done)
  })

  it('sent again, both merging and undoing do nothing more; another under the same id is refused', async () => {
    const one = await aChild()
    const other = await aChild()
    const { id } = await merge(one.personId, other.personId)
    const input = { id, keptId: one.personId, mergedId: other.personId, fromMerged: [], basedOn: '' as const }
    expect(await desk.run('person.merge', { ...input, reason: REASON }, manager)).toEqual(done)
    expect(await desk.run('person.merge', { ...input, reason: 'Else' }, manager)).toEqual(
      refused('clashing-id')
    )
    const undoId = newId()
    expect(await undo(id, manager, undoId)).toEqual(done)
    expect(await undo(id, manager, undoId)).toEqual(done)
    expect(await undo(id)).toEqual(failed('changed-since'))
  })

  it('what somebody recorded meanwhile, or merged, has to be looked at first (L7)', async () => {
    const [one, other, third] = [await aChild(), await aChild(), await aChild()]
    const two = await desk.does('person.compare', { keptId: one.personId, mergedId: other.personId }, manager)
    const basedOn = newestOf([...two.kept, ...two.merged])
    const input = { keptId: one.personId, mergedId: other.personId, fromMerged: [], basedOn, reason: REASON }
    await told('person', other.personId, { kind: 'sex', value: { sex: 'female' } })
    expect(await desk.run('person.merge', { id: newId(), ...input }, manager)).toEqual(
      failed('changed-since')
    )
    expect((await merge(third.personId, other.personId)).result).toEqual(done)
    expect(
      await desk.run('person.compare', { keptId: one.personId, mergedId: other.personId }, manager)
    ).toEqual(failed('changed-since'))
    expect(
      await desk.run('person.compare', { keptId: one.personId, mergedId: one.personId }, manager)
    ).toEqual(failed('changed-since'))
  })

  it('chains: whoever was merged goes along, and comes back with the one they were merged into', async () => {
    const [one, two, three] = [
      await aChild(),
      await aChild({ name: 'Ida Holm' }),
      await aChild({ name: 'Una Reed' })
    ]
    const first = await merge(two.personId, three.personId)
    const second = await merge(one.personId, two.personId)
    const who = async (text: string) => (await find(text)).map(({ personId }) => personId)
    expect(await who('Una Reed')).toEqual([one.personId])
    await undo(second.id)
    expect(await who('Una Reed')).toEqual([two.personId])
    await undo(first.id)
    expect(await who('Una Reed')).toEqual([three.personId])
  })

  it('two records in one family are one member of it', async () => {
    const { id, form } = await aFamily(desk, { people: [aPerson(), aPerson({ name: 'Robyn Vale' })] })
    const [one, other] = form.people
    await merge(one?.id ?? '', other?.id ?? '')
    const { members } = await desk.does('family.read', { id }, manager)
    expect([...new Set(members.map(({ keptId }) => keptId))]).toEqual([one?.id])
    expect((await find('Robyn Vale'))[0]?.families).toHaveLength(1)
  })

  it('whoever may not open both can neither compare nor merge them', async () => {
    const [one, other] = [await aChild(), await aChild()]
    const ids = { keptId: one.personId, mergedId: other.personId }
    const elsewhere: Actor = { ...desk.actor('coordinator'), hubIds: [newId()] }
    expect(await desk.run('person.compare', ids, elsewhere)).toEqual(failed('not-found'))
    expect(await desk.run('person.compare', ids, desk.actor('adviser'))).toEqual(failed('not-allowed'))
    const { id } = await merge(one.personId, other.personId)
    expect(await undo(id, elsewhere)).toEqual(failed('not-found'))
    await undo(id)
    await told('family', other.familyId, {
      kind: 'restriction',
      value: { named: [newId()], managerId: manager.id, why: 'Known to staff' }
    })
    expect(await desk.run('person.compare', ids, manager)).toEqual(refused('family-restricted'))
    const input = { id: newId(), ...ids, fromMerged: [], basedOn: '' as const, reason: REASON }
    expect(await desk.run('person.merge', input, manager)).toEqual(refused('family-restricted'))
  })

  it('a withheld address is compared without its words', async () => {
    const [one, other] = [await aChild(), await aChild()]
    await told('person', other.personId, {
      kind: 'address',
      value: {
        address: '9 Dell Road AL1 3JE',
        postcode: 'AL1 3JE',
        district: '',
        withheldFrom: [one.personId]
      }
    })
    const two = await desk.does('person.compare', { keptId: one.personId, mergedId: other.personId }, manager)
    expect(JSON.stringify(two)).not.toContain('AL1 3JE')
  })

  it('no order of merges and undos loses a fact, a membership or an entry, and undone all is as it was', async () => {
    const people = [await aChild(), await aChild({ name: 'Ida Holm' }), await aChild({ name: 'Una Reed' })]
    const ids = people.map(({ personId }) => personId)
    const rows = (sql: string) => desk.store.reader.prepare(sql).all()
    const original = () => ({
      facts: rows(`SELECT * FROM fact WHERE merge_id = '' ORDER BY id`),
      members: rows('SELECT * FROM family_member ORDER BY id'),
      told: rows(`SELECT * FROM chronology WHERE kind NOT IN ('merge') AND id NOT IN
        (SELECT id FROM fact WHERE merge_id <> '') ORDER BY id`)
    })
    const counted = () => rows('SELECT person_id, kept_id, card FROM person_index ORDER BY person_id')
    const [before, atFirst] = [original(), counted()]
    const step = fc.record({ one: fc.nat(2), other: fc.nat(2), undoes: fc.boolean(), chooses: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const standing: Id[] = []
        for (const { one, other, undoes, chooses } of steps) {
          if (undoes) {
            const [mergeId] = standing.splice(one % Math.max(1, standing.length), 1)
            if (mergeId) expect(await undo(mergeId)).toEqual(done)
            continue
          }
          const two = { keptId: ids[one] ?? '', mergedId: ids[other] ?? '' }
          const compared = await desk.run('person.compare', two, manager)
          if (!compared.ok) continue
          const { id, result } = await merge(two.keptId, two.mergedId, chooses ? ['name'] : [])
          expect(result).toEqual(done)
          standing.push(id)
          expect(original()).toEqual(before)
          expect(brokenInvariants(desk.store.reader)).toEqual([])
        }
        for (const mergeId of standing) expect(await undo(mergeId)).toEqual(done)
        expect(original()).toEqual(before)
        expect(counted()).toEqual(atFirst)
      }),
      { numRuns: 15 }
    )
  }, 60_000)
})

describe('doubles (L11)', () => {
  const look = (...personIds: Id[]) =>
    desk.store.write((tx) =>
      findDoubles(
        tx,
        personIds.map((personId) => ({ personId, noneOf: [] })),
        writtenBy(manager, newId())
      )
    )
  const pairs = async (actor = manager) => (await desk.does('person.pairs', { after: '' }, actor)).rows

  it('whoever may be in the record already is a pair, once, with why', async () => {
    const one = await aChild()
    const { doubles } = await aFamily(desk, { people: [aPerson({ name: 'Robyn Vail' })] })
    expect(doubles).toBe(1)
    await look(one.personId)
    const [pair, ...more] = await pairs()
    expect(more).toEqual([])
    expect(pair).toMatchObject({ strength: 'strong', one: { name: expect.any(String) as string } })
    expect(pair?.why).toContain('Same date of birth')
  })

  const nobodys = { birth: '', address: '' }
  it.each<[string, Partial<DraftPerson>, Partial<DraftPerson>]>([
    ['twins', { name: 'Mia Vale' }, { name: 'Tom Vale' }],
    ['a name alone', { ...nobodys, role: 'other' }, { ...nobodys, role: 'other' }],
    ['the same name, born on another day', { birth: '3/9/2015' }, { birth: '21/4/2012' }],
    ['father and son of one name', { birth: '3/9/1985', role: 'parent-carer' }, { birth: '21/4/2015' }]
  ])('%s are no pair', async (_, one, other) => {
    await aChild(one)
    expect(await look((await aChild(other)).personId)).toBe(0)
    expect(await pairs()).toEqual([])
  })

  it('“Two people” closes a pair for good; taken back, it waits again', async () => {
    const [one, other] = [await aChild(), await aChild()]
    await look(other.personId)
    const [pair] = await pairs()
    const choose = (shown: Id[], minute: number) =>
      desk.does(
        'person.choose',
        { id: newId(), about: 'pair', aboutId: pair?.id ?? '', personId: '', shown },
        { ...manager, now: `2026-11-23T12:${String(minute)}:00.000Z` }
      )
    await choose([one.personId, other.personId], 10)
    await look(one.personId)
    expect(await pairs()).toEqual([])
    await choose([], 11)
    expect(await pairs()).toHaveLength(1)
  })

  it('a merge closes the pair, and so does undoing it: they are two people', async () => {
    const [one, other] = [await aChild(), await aChild()]
    await look(other.personId)
    const { id } = await merge(one.personId, other.personId)
    expect(await pairs()).toEqual([])
    await undo(id)
    expect(await pairs()).toEqual([])
  })

  it('a coordinator sees only pairs of which they may know both', async () => {
    await aChild()
    await look((await aChild()).personId)
    expect(await pairs({ ...desk.actor('coordinator'), hubIds: [newId()] })).toEqual([])
  })

  it('of a restricted family’s pair nothing is told that names anybody', async () => {
    const one = await aChild()
    await look((await aChild({ name: 'Robyn Vail' })).personId)
    await told('family', one.familyId, {
      kind: 'restriction',
      value: { named: [newId()], managerId: manager.id, why: 'Known to staff' }
    })
    const [pair] = await pairs()
    const shown = [pair?.one, pair?.other].find((each) => each?.personId === one.personId)
    expect(shown).toMatchObject({ name: '', birthDate: '', postcode: '', restricted: true })
    expect(pair?.why.join()).not.toContain('Robin')
  })

  it('twenty pairs a page, each once', async () => {
    for (let count = 0; count < 21; count++) {
      const birth = `${count + 1}/${(count % 12) + 1}/${2010 + (count % 8)}`
      const name = `${'AEIOU'.charAt(count % 5)}${'bdfgklm'.charAt(count % 7)}a Holm`
      await aChild({ name, birth, address: '' })
      await look((await aChild({ name, birth, address: '' })).personId)
    }
    const first = await desk.does('person.pairs', { after: '' }, manager)
    expect(first.rows).toHaveLength(20)
    const second = await desk.does('person.pairs', { after: first.next }, manager)
    const all = [...first.rows, ...second.rows].map(({ id }) => id)
    expect(new Set(all).size).toBe(all.length)
    expect(all).toHaveLength(21)
    expect(second.next).toBe('')
  })

  it('person.matchAgain looks up everybody once, and again only who has come since', async () => {
    await aChild()
    await aChild({ name: 'Robyn Vail' })
    expect(await desk.does('person.matchAgain', {}, manager)).toEqual({ looked: 2, found: 2 })
    expect(await desk.does('person.matchAgain', {}, manager)).toEqual({ looked: 0, found: 0 })
    await aChild({ name: 'Una Reed', birth: '5/5/2012' })
    expect(await desk.does('person.matchAgain', {}, manager)).toEqual({ looked: 1, found: 0 })
    expect(await pairs()).toHaveLength(1)
    expect(await desk.does('person.matchProgress', {}, manager)).toMatchObject({ running: false })
  })

  it('of whom it was said that they are none of those shown, there is no pair, then and later', async () => {
    const one = await aChild()
    const { doubles, form } = await aFamily(desk, { people: [aPerson({ noneOf: [one.personId] })] })
    expect(doubles).toBe(0)
    const other = form.people[0]?.id ?? ''
    await look(other)
    expect(await pairs()).toEqual([])
    await desk.does('person.matchAgain', {}, manager)
    expect(await pairs()).toEqual([])
  })
})

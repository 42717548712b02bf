import type { SQL } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReadDb } from '../../db/open.ts'
import { listChronology } from '../../electron/family/listChronology.ts'
import { readFamily } from '../../electron/family/readFamily.ts'
import { emptyCall } from '../../shared/call/call.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { aKeyworkersCall } from '../fixtures/calls.ts'
import { withPlanAgreed } from '../fixtures/episodes.ts'
import { aFact, anAddress, wholeChronology } from '../fixtures/facts.ts'
import { newId } from '../../shared/ids.ts'
import { factOn } from '../../shared/family/fact.ts'
import { aFamily } from '../fixtures/families.ts'
import { aMeeting } from '../fixtures/meetings.ts'
import { aNote } from '../fixtures/notes.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => desk.close())

describe('family.read', () => {
  it('tells everything of a family', async () => {
    const { id, form } = await aFamily(desk)
    const family = await desk.does('family.read', { id })
    expect(family).toMatchObject({
      reference: 'FAM-7KQ3-000001',
      restricted: false,
      agreements: [{ decision: 'given', takePart: true, agencyIds: [] }],
      episodes: [
        { reference: 'FFA-7KQ3-000001', keyworkers: [{ name: 'Priya Shah', validTo: '' }], planned: [] }
      ],
      merges: []
    })
    const [child] = form.people
    expect(new Set(family.members.map(({ role }) => role))).toEqual(new Set(['child', 'parent-carer']))
    expect(factOn(family.facts, child?.id ?? '', 'birth', '2026-11-23')?.value).toEqual({
      date: '2015-09-03'
    })
    expect(
      family.facts.every(({ recordedByName, withheld }) => recordedByName === 'Morgan Ellis' && !withheld)
    ).toBe(true)
  })

  it('is audited, refusals too, and finds nothing that is not there', async () => {
    const { id } = await aFamily(desk)
    const nobody = newId()
    await desk.does('family.read', { id })
    expect(await desk.run('family.read', { id: nobody })).toEqual({ ok: false, error: { code: 'not-found' } })
    const rows = desk.store.reader
      .prepare(`SELECT subject_ids, result FROM audit WHERE operation = 'family.read' ORDER BY sequence`)
      .all() as { subject_ids: string; result: string }[]
    expect(rows.map(({ result }) => result)).toEqual(['done', 'refused'])
    expect(rows.map(({ subject_ids: subjects }) => subjects.includes(id))).toEqual([true, false])
  })
})

describe('family.chronology', () => {
  it('tells of everything', async () => {
    const { id } = await aFamily(desk)
    const { rows, next } = await desk.does('family.chronology', {
      id,
      kinds: [],
      personId: '',
      from: '',
      to: '',
      after: ''
    })
    expect(next).toBe('')
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(
      new Set(['registered', 'member', 'fact', 'agreement', 'episode', 'keyworker'])
    )
  })

  it('names the assessment with every entry of one, and with no other', async () => {
    const { id, form } = await aFamily(desk)
    const { episodeId } = form
    await withPlanAgreed(desk, form)
    await desk.does('note.add', aNote(form))
    await desk.does('meeting.arrange', aMeeting({ familyId: id, episodeId }))
    const rows = await wholeChronology(desk, id)
    const ofFamily = ['registered', 'member', 'fact', 'agreement']
    expect(rows.filter((row) => row.episodeId === '').every(({ kind }) => ofFamily.includes(kind))).toBe(true)
    const named = rows.filter((row) => row.episodeId === episodeId).map(({ kind }) => kind)
    expect(new Set(named)).toEqual(new Set(['episode', 'keyworker', 'step', 'plan', 'note', 'date']))
  })
})

describe('family.list', () => {
  it('has the last registered first, with what is looked for', async () => {
    const { id, reference } = await aFamily(desk)
    expect(await desk.does('family.list', { hubId: '', after: '' })).toEqual({
      rows: [
        {
          id,
          reference,
          registeredAt: desk.first.now,
          hubName: 'Broxbourne and East Herts',
          childNames: 'Robin Vale',
          restricted: false,
          keyworkerName: 'Priya Shah',
          agreement: 'given',
          nextDate: '2027-01-04'
        }
      ],
      next: ''
    })
  })
})

describe('the order of the chronology', () => {
  it('what was recorded at once is read as the form has it, and what came later on the day stands above', async () => {
    const { id, form } = await aFamily(desk)
    const [child = '', mother = ''] = form.people.map((person) => person.id)
    const later = { ...desk.first, now: '2026-11-23T10:30:00.000Z' }
    const warning = { kind: 'warning' as const, value: { text: 'A dog', reviewOn: '2027-01-04' } }
    await desk.does('family.recordFact', aFact(id, id, warning, { validFrom: '2026-11-23' }), later)
    const { rows } = await ask(id)
    expect(rows.slice(0, 3).map((row) => [row.kind, row.kind === 'fact' && row.body.kind])).toEqual([
      ['fact', 'warning'],
      ['registered', false],
      ['fact', 'hub']
    ])
    const people = rows.filter(({ personId }) => personId !== '')
    for (const one of [child, mother]) {
      const told = people.filter(({ personId, kind }) => personId === one && kind !== 'agreement')
      expect(told.slice(0, 2).map((row) => [row.kind, row.kind === 'fact' && row.body.kind])).toEqual([
        ['member', false],
        ['fact', 'name']
      ])
      const places = told.map((row) => rows.indexOf(row))
      expect(Math.max(...places) - Math.min(...places)).toBe(told.length - 1)
    }
    // whose card was begun first
    expect(rows[3]?.personId).toBe([child, mother].toSorted()[0])
    expect(rows.slice(-3).map(({ kind }) => kind)).toEqual(['agreement', 'episode', 'keyworker'])
  })

  const ask = (id: string, changes: Partial<Input<'family.chronology'>> = {}) =>
    desk.does('family.chronology', {
      ...{ id, kinds: [], personId: '', from: '', to: '', after: '' },
      ...changes
    })

  it('a correction stands beside what it corrects, an ending on the last day', async () => {
    const { id, form } = await aFamily(desk)
    const child = form.people[0]?.id ?? ''
    const moved = aFact(id, child, anAddress('9 New Street'), { validFrom: '2026-05-03' })
    await desk.does('family.recordFact', moved)
    await desk.does(
      'family.recordFact',
      aFact(id, child, anAddress('2 Hill Road'), { validFrom: '2026-05-03' })
    )
    const corrected = {
      ...moved,
      id: newId(),
      basedOn: moved.id,
      fact: anAddress('9 Newer Street'),
      reason: 'Misread'
    }
    await desk.does('family.recordFact', { ...corrected, validFrom: '2026-06-01' })
    const ended = {
      ...corrected,
      id: newId(),
      basedOn: corrected.id,
      validFrom: '2026-06-01',
      validTo: '2026-10-09'
    }
    await desk.does('family.recordFact', ended)
    const { rows } = await ask(id, { kinds: ['fact'], to: '2026-11-22' })
    expect(rows.map((row) => [row.on, row.id])).toEqual([
      ['2026-10-09', ended.id],
      ...['2026-05-03', '2026-05-03', '2026-05-03'].map((on, place) => [on, rows[place + 1]?.id])
    ])
    const places = rows.map((row) => row.id)
    expect(Math.abs(places.indexOf(moved.id) - places.indexOf(corrected.id))).toBe(1)
    const isSuperseded = rows.flatMap((row) => (row.kind === 'fact' ? [[row.id, row.body.isSuperseded]] : []))
    expect(Object.fromEntries(isSuperseded)).toMatchObject({
      [moved.id]: true,
      [corrected.id]: true,
      [ended.id]: false
    })
  })

  it('is read page by page, each entry once, and by kind, person and days', async () => {
    const { id, form } = await aFamily(desk)
    const [child = '', mother = ''] = form.people.map((person) => person.id)
    for (let day = 1; day <= 30; day += 1) {
      const on = `2026-09-${String(day).padStart(2, '0')}`
      for (const each of [child, mother])
        await desk.does(
          'family.recordFact',
          aFact(id, each, anAddress(`${String(day)} New Street`), { validFrom: on })
        )
    }
    const first = await ask(id)
    expect(first.rows).toHaveLength(50)
    const second = await ask(id, { after: first.next })
    expect(second.next).toBe('')
    const all = [...first.rows, ...second.rows]
    expect(new Set(all.map((row) => row.id)).size).toBe(all.length)
    expect(all.map(({ on }) => on)).toEqual(
      all
        .map(({ on }) => on)
        .sort()
        .reverse()
    )
    const some = await ask(id, { kinds: ['fact'], personId: child, from: '2026-09-10', to: '2026-09-12' })
    expect(some.rows.map(({ on }) => on)).toEqual(['2026-09-12', '2026-09-11', '2026-09-10'])
    expect(some.rows.every(({ personId }) => personId === child)).toBe(true)
  })

  it('a call that the reader may not read is left out', async () => {
    const { id, form } = await aFamily(desk)
    const call = aKeyworkersCall({
      children: [{ ...emptyCall(newId(), newId(), OPEN).children[0]!, name: 'Robin' }]
    })
    const { reference } = await desk.does('call.file', call)
    const choice = { about: 'call-child' as const, aboutId: call.children[0]?.id ?? '', shown: [] }
    await desk.does('person.choose', { id: newId(), personId: form.people[0]?.id ?? '', ...choice })
    const { hubId } = await desk.does('family.read', { id })
    const coordinator = { ...desk.actor('coordinator'), hubIds: [hubId] }
    const told = await ask(id, { kinds: ['call'] })
    expect(told.rows.map(({ body }) => body)).toMatchObject([{ callId: call.id, reference, inError: false }])
    const asked = {
      id,
      kinds: ['call' as const],
      personId: '' as const,
      from: '' as const,
      to: '' as const,
      after: ''
    }
    expect((await desk.does('family.chronology', asked, coordinator)).rows).toEqual([])
  })
})

describe('the page of a family', () => {
  it('is two questions of the database', async () => {
    const { id } = await aFamily(desk)
    const asked: string[] = []
    await desk.store.read(async (db) => {
      const counting = { ...db, get: (query: SQL) => (asked.push('get'), db.get(query)) } as unknown as ReadDb
      await readFamily(counting, { id }, desk.first)
      await listChronology(counting, { id, kinds: [], personId: '', from: '', to: '', after: '' }, desk.first)
    })
    expect(asked).toEqual(['get', 'get'])
  })
})

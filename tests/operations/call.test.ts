import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { otherKinds, type CallDraft } from '../../shared/call/call.ts'
import { newId } from '../../shared/ids.ts'
import { aCall, aKeyworkersCall, aSchool, callsWith } from '../fixtures/calls.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
})

const rows = (table: string) =>
  Number(desk.store.reader.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
const child = (changes: Partial<CallDraft['children'][number]>) => ({
  id: newId(),
  name: '',
  birth: '',
  upn: '',
  relation: '',
  address: '',
  ...changes
})

describe('call.file', () => {
  it('files a school’s call with its children and actions, and numbers it by desk code', async () => {
    const school = await aSchool(desk)
    const draft = aCall(school.id, {
      children: [
        child({ name: 'Robin Vale', birth: '3/9/15', address: '4 High Street, sg138eq' }),
        child({ birth: 'age 7' }),
        child({})
      ],
      actions: [
        { id: newId(), what: 'Send the form', who: 'The school', byWhen: '2026-11-24' },
        { id: newId(), what: '', who: '', byWhen: '' }
      ],
      level: 'targeted',
      levelWhy: 'More than one need'
    })
    const filed = await desk.does('call.file', draft)
    expect(filed.reference).toBe('HUB-7KQ3-000001')
    const call = await desk.does('call.read', { id: draft.id })
    expect(call).toMatchObject({
      schoolName: 'Oakfield School',
      adviserName: 'Morgan Ellis',
      adviserProfession: 'social-worker',
      inHours: true,
      hubName: 'Broxbourne and East Herts'
    })
    expect(call.children.map(({ name, birthDate, ageYears }) => ({ name, birthDate, ageYears }))).toEqual([
      { name: 'Robin Vale', birthDate: '2015-09-03', ageYears: 11 },
      { name: '', birthDate: '', ageYears: 7 }
    ])
    expect(call.actions).toHaveLength(1)
  })

  it('L6: is a no-op the second time, with the same answer and no second audit row', async () => {
    const draft = aKeyworkersCall()
    const first = await desk.does('call.file', draft)
    const before = rows('audit')
    expect(await desk.does('call.file', draft, { ...desk.first, now: '2026-11-23T11:00:00.000Z' })).toEqual(
      first
    )
    expect([rows('call'), rows('audit')]).toEqual([1, before])
  })

  it('refuses another call under the same id', async () => {
    const draft = aKeyworkersCall()
    await desk.does('call.file', draft)
    const other = { ...draft, startedAt: '2026-11-23T09:00:00.000Z' }
    expect(await desk.run('call.file', other)).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'clashing-id' }
    })
  })

  it('L3: the draft is gone in the same transaction, and nothing of it comes back', async () => {
    const draft = aKeyworkersCall()
    await desk.does('call.saveDraft', { draft, savedBefore: 0 })
    await desk.does('call.file', draft)
    expect(await desk.does('call.drafts', {})).toEqual([])
    const late = await desk.run('call.saveDraft', { draft, savedBefore: 1 })
    expect(late).toEqual({ ok: false, error: { code: 'refused', reason: 'call-already-filed' } })
  })

  it('says what is missing by field, and writes nothing', async () => {
    const result = await desk.run(
      'call.file',
      aKeyworkersCall({ concern: ' ', advice: '', level: 'targeted' })
    )
    expect(result.ok).toBe(false)
    if (!result.ok && result.error.code === 'invalid') {
      expect(result.error.fields.map(({ path }) => path)).toEqual(['concern', 'levelWhy', 'advice'])
    }
    expect([rows('call'), rows('call_child'), rows('counter')]).toEqual([0, 0, 0])
  })

  it('R13: refuses a school that is not in the directory', async () => {
    const result = await desk.run('call.file', aCall(newId()))
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid', fields: [{ path: 'schoolId' }] } })
  })

  it.each(otherKinds)('R14: files a turn-away (%s) with its kind and signpost alone', async (otherKind) => {
    const draft = aKeyworkersCall({
      callerKind: 'someone-else',
      otherKind,
      callerName: '',
      concern: '',
      advice: '',
      outcome: 'turned-away'
    })
    await desk.does('call.file', draft)
    const call = await desk.does('call.read', { id: draft.id })
    expect(call.turnedAway).toBe(true)
    expect(call.signpost).toMatch(/0300 123 4043/)
    expect(call.signpost).toMatch(/999/)
  })

  it('R14: a turn-away may hold what was half typed before it was one', async () => {
    const draft = aKeyworkersCall({
      callerKind: 'someone-else',
      otherKind: 'public',
      level: 'targeted',
      levelWhy: '',
      outcome: 'turned-away'
    })
    await desk.does('call.file', draft)
    expect(await desk.does('call.read', { id: draft.id })).toMatchObject({
      turnedAway: true,
      level: 'targeted'
    })
  })

  it('R12: judges the hours by when it took place, and keeps when it was recorded', async () => {
    const draft = aKeyworkersCall({
      tookPlaceDate: '2026-11-20',
      tookPlaceTime: '16:00',
      setBackReason: 'The computer was down'
    })
    await desk.does('call.file', draft)
    const call = await desk.does('call.read', { id: draft.id })
    expect(call).toMatchObject({ tookPlaceAt: '2026-11-20T16:00:00.000Z', filedAt: OPEN, inHours: false })
  })

  it('a booked slot counts as in hours', async () => {
    const saturday = '2026-11-21T11:00:00.000Z'
    const draft = aKeyworkersCall({
      startedAt: saturday,
      bookedSlot: true,
      bookedDate: '2026-11-21',
      bookedTime: '11:00'
    })
    await desk.does('call.file', draft)
    expect((await desk.does('call.read', { id: draft.id })).inHours).toBe(true)
  })

  it('L22: an action belongs to the person at the desk that it names, else to the adviser', async () => {
    const actions = ['morgan  ELLIS', 'The school'].map((who) => ({
      id: newId(),
      what: 'Ring',
      who,
      byWhen: ''
    }))
    await desk.does('call.file', aKeyworkersCall({ actions }))
    const owners = desk.store.reader.prepare('SELECT owner_id FROM call_action').pluck().all()
    expect(owners).toEqual([desk.first.id, desk.first.id])
  })

  it('counts references on this computer without a gap', async () => {
    const references = []
    for (let n = 0; n < 3; n += 1)
      references.push((await desk.does('call.file', aKeyworkersCall())).reference)
    expect(references).toEqual(['HUB-7KQ3-000001', 'HUB-7KQ3-000002', 'HUB-7KQ3-000003'])
  })
})

describe('drafts', () => {
  it('L2: are their owner’s alone', async () => {
    const draft = aKeyworkersCall()
    await desk.does('call.saveDraft', { draft, savedBefore: 0 })
    const other = desk.actor('adviser')
    expect(await desk.does('call.drafts', {}, other)).toEqual([])
    expect(await desk.run('call.openDraft', { id: draft.id }, other)).toMatchObject({
      error: { code: 'not-found' }
    })
    expect(await desk.run('call.saveDraft', { draft, savedBefore: 1 }, other)).toMatchObject({
      error: { reason: 'not-your-draft' }
    })
    expect(await desk.run('call.file', draft, other)).toMatchObject({ error: { reason: 'not-your-draft' } })
    expect(await desk.run('call.setAside', { id: draft.id, reason: 'x' }, other)).toMatchObject({
      error: { code: 'not-found' }
    })
  })

  it('L4: one that is set aside leaves the list and stays in the record', async () => {
    const draft = aKeyworkersCall()
    await desk.does('call.saveDraft', { draft, savedBefore: 0 })
    await desk.does('call.setAside', { id: draft.id, reason: 'Wrong number' })
    expect(await desk.does('call.drafts', {})).toEqual([])
    expect((await desk.does('call.openDraft', { id: draft.id })).draft).toEqual(draft)
  })

  it('L7: a save that knows nothing of two others is refused', async () => {
    const draft = aKeyworkersCall()
    const typed = ['a', 'ab', 'abc'].map((concern) => ({ ...draft, concern }))
    for (const savedBefore of [0, 1]) {
      await desk.does('call.saveDraft', { draft: typed[savedBefore]!, savedBefore })
    }
    expect(await desk.run('call.saveDraft', { draft: typed[2]!, savedBefore: 0 })).toMatchObject({
      error: { code: 'changed-since' }
    })
  })

  it('any sequence of edits, reopenings and other people’s attempts ends with what was typed', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 })
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('edit' as const),
        field: fc.constantFrom('concern', 'advice', 'callerName', 'birth'),
        text
      }),
      fc.record({ kind: fc.constantFrom('reopen' as const, 'stranger' as const, 'lost-answer' as const) })
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        let typed = aKeyworkersCall()
        let saves = 0
        for (const each of steps) {
          if (each.kind === 'edit') {
            const children = [{ ...typed.children[0]!, birth: each.text.slice(0, 40) }]
            typed = each.field === 'birth' ? { ...typed, children } : { ...typed, [each.field]: each.text }
            await desk.does('call.saveDraft', { draft: typed, savedBefore: saves })
            saves += 1
          } else if (each.kind === 'reopen') desk = desk.reopen()
          else if (each.kind === 'stranger') {
            const theirs = { draft: { ...typed, concern: 'not mine' }, savedBefore: saves }
            const result = await desk.run('call.saveDraft', theirs, desk.actor('adviser'))
            expect(result.ok).toBe(saves === 0)
            if (saves === 0) typed = { ...typed, id: newId() }
          } else if (saves > 0) await desk.does('call.saveDraft', { draft: typed, savedBefore: saves - 1 })
        }
        if (saves > 0) expect((await desk.does('call.openDraft', { id: typed.id })).draft).toEqual(typed)
      }),
      { numRuns: 25 }
    )
  }, 60_000)
})

describe('reading', () => {
  it('L25: a coordinator reads own hubs and own calls, in list, search, count and page alike', async () => {
    const watford = await aSchool(desk, undefined, { name: 'Ridge School', district: 'E07000103' })
    const theirs = aCall(watford.id, { concern: 'zebra' })
    const elsewhere = aKeyworkersCall({ concern: 'zebra' })
    await desk.does('call.file', theirs)
    await desk.does('call.file', elsewhere)
    const hub = desk.store.reader
      .prepare('SELECT hub_id FROM call WHERE id = ?')
      .pluck()
      .get(theirs.id) as string
    const coordinator = { ...desk.actor('coordinator'), hubIds: [hub] }
    for (const search of ['', 'zebra']) {
      const wanted = callsWith(search)
      const { rows: found } = await desk.does('call.list', wanted, coordinator)
      expect(found.map(({ id }) => id)).toEqual([theirs.id])
      const counted = await desk.does('call.count', { filter: wanted.filter }, coordinator)
      expect(counted).toEqual({ total: '1' })
    }
    expect(await desk.run('call.read', { id: elsewhere.id }, coordinator)).toMatchObject({
      error: { code: 'not-found' }
    })
    const note = { id: newId(), callId: elsewhere.id, field: 'other' as const, text: 'x' }
    expect(await desk.run('call.addAddendum', note, coordinator)).toMatchObject({
      error: { code: 'not-found' }
    })
    expect((await desk.does('call.read', { id: theirs.id }, coordinator)).id).toBe(theirs.id)
  })

  it.each(['helpdesk', 'administrator'] as const)('%s reads no call', async (role) => {
    const wanted = callsWith('')
    expect(await desk.run('call.list', wanted, desk.actor(role))).toMatchObject({
      error: { code: 'not-allowed' }
    })
    expect(await desk.run('call.count', { filter: wanted.filter }, desk.actor(role))).toMatchObject({
      error: { code: 'not-allowed' }
    })
  })

  it('pages newest first without a gap or a repeat, with and without words', async () => {
    for (let n = 0; n < 120; n += 1) {
      const now = new Date(Date.parse(OPEN) + Math.floor(n / 3) * 1000).toISOString()
      await desk.does('call.file', aKeyworkersCall({ concern: `robin number${n}` }), { ...desk.first, now })
    }
    for (const search of ['', 'robin']) {
      const seen: string[] = []
      let after = ''
      do {
        const page = await desk.does('call.list', callsWith(search, after))
        seen.push(...page.rows.map(({ reference }) => reference))
        after = page.next
      } while (after !== '')
      expect(seen).toHaveLength(120)
      const { filter } = callsWith(search)
      expect(await desk.does('call.count', { filter })).toEqual({ total: '120' })
      expect(new Set(seen).size).toBe(120)
      if (search !== '') expect(seen[0]).toBe('HUB-7KQ3-000120')
    }
  })

  it('finds a call by any words typed in it, wherever they stand, and by addenda', async () => {
    const school = await aSchool(desk)
    const draft = aCall(school.id, {
      children: [child({ name: 'Siân O’Connor' })],
      concern: 'Fell down the stairs'
    })
    await desk.does('call.file', draft)
    await desk.does('call.addAddendum', {
      id: newId(),
      callId: draft.id,
      field: 'concern',
      text: 'Also a giraffe'
    })
    for (const search of [
      'sian stairs',
      'oakf',
      '01992555555',
      'giraffe fell',
      '7KQ3 000001',
      "o'connor",
      'oconnor'
    ]) {
      expect((await desk.does('call.list', callsWith(search))).rows, search).toHaveLength(1)
    }
    // a letter on its way to being a word hides nothing that was found, and alone it is a word
    expect((await desk.does('call.list', callsWith('giraffe x'))).rows).toHaveLength(1)
    for (const search of ['elephant', 'stairs elephant', '"" OR ""', '*', 'g']) {
      expect((await desk.does('call.list', callsWith(search))).rows, search).toHaveLength(0)
    }
  })

  it('does not take a hub or an author for something typed', async () => {
    await desk.does('call.file', aKeyworkersCall())
    for (const search of [desk.first.id.slice(0, 8), desk.first.id.replaceAll('-', '')]) {
      expect((await desk.does('call.list', callsWith(search))).rows).toHaveLength(0)
    }
  })

  it('never fails on what a person types to search', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 40 }), async (search) => {
        expect((await desk.run('call.list', callsWith(search))).ok).toBe(true)
      }),
      { numRuns: 200 }
    )
  })

  it('offers who called from the school before, the latest first and each once', async () => {
    const school = await aSchool(desk)
    for (const [callerName, callerRole] of [
      ['Ann Dean', 'Head'],
      ['Sam Reed', 'DSL'],
      ['ann dean', 'Head teacher']
    ] as const) {
      const now = new Date(Date.parse(OPEN) + rows('call') * 1000).toISOString()
      await desk.does('call.file', aCall(school.id, { callerName, callerRole }), { ...desk.first, now })
    }
    const callers = await desk.does('call.previousCallers', { schoolId: school.id })
    expect(callers.map(({ role }) => role)).toEqual(['Head teacher', 'DSL'])
  })
})

it('an addendum is added once, and the call itself never changes', async () => {
  const draft = aKeyworkersCall()
  await desk.does('call.file', draft)
  const before = desk.store.reader.prepare('SELECT * FROM call').all()
  const addendum = { id: newId(), callId: draft.id, field: 'advice' as const, text: 'Ring again on Monday' }
  const first = await desk.does('call.addAddendum', addendum)
  expect(await desk.does('call.addAddendum', addendum)).toEqual(first)
  const clashing = { error: { code: 'refused', reason: 'clashing-id' } }
  expect(await desk.run('call.addAddendum', { ...addendum, text: 'other' })).toMatchObject(clashing)
  expect(await desk.run('call.addAddendum', { ...addendum, field: 'outcome' })).toMatchObject(clashing)
  expect(await desk.run('call.addAddendum', addendum, desk.actor('adviser'))).toMatchObject(clashing)
  expect((await desk.does('call.read', { id: draft.id })).addenda).toHaveLength(1)
  expect(desk.store.reader.prepare('SELECT * FROM call').all()).toEqual(before)
})

it('the rules version changes with the rules, and only then', async () => {
  const [one, two] = [aKeyworkersCall(), aKeyworkersCall()]
  await desk.does('call.file', one)
  await desk.does('setting.change', {
    id: newId(),
    kind: 'contact-number',
    key: 'helpdesk',
    value: { name: 'Helpdesk', number: '01438 737575', note: 'Mornings' },
    validFrom: '2026-11-24',
    validTo: ''
  })
  await desk.does('call.file', two)
  const three = aKeyworkersCall({ startedAt: '2026-11-24T10:00:00.000Z' })
  await desk.does('call.file', three, { ...desk.first, now: '2026-11-24T10:05:00.000Z' })
  const versions = await desk.store.read((db) =>
    Promise.resolve(
      db.all<{ v: string }>(sql`SELECT rules_version AS v FROM call ORDER BY created_at, reference`)
    )
  )
  const [a, b, c] = versions.map(({ v }) => v)
  expect(a).toBe(b)
  expect(c).not.toBe(a)
})

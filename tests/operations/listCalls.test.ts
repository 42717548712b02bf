import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../shared/access/roles.ts'
import type { CallDraft, FiledCall } from '../../shared/call/call.ts'
import { callSorts, everyCall, type CallFilter, type CallSort } from '../../shared/call/filter.ts'
import { newId } from '../../shared/ids.ts'
import { londonDate, londonTime, weekday, weekdays } from '../../shared/time/london.ts'
import { aCall, aKeyworkersCall, aSchool } from '../fixtures/calls.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

/** Filed by two people for two schools and for others, over two years, around midnight and the change of the clocks. */
const CALLS = 160
const DISTRICTS = ['E07000242', 'E07000103']
const vocabulary = ['heron', 'herring', 'Siân', 'river', 'O’Brien', 'bruise', '😢']
const days = [
  '2024-12-31T23:30:00.000Z',
  '2025-01-01T00:10:00.000Z',
  '2025-03-30T00:30:00.000Z',
  '2025-06-30T23:30:00.000Z',
  '2025-07-01T09:00:00.000Z',
  '2025-10-26T01:30:00.000Z',
  '2026-02-28T16:00:00.000Z',
  '2026-11-23T10:00:00.000Z'
]

let desk: TestDesk
let people: Actor[]
let schools: string[]
/** What stands in the record, the newest filed first. */
let calls: FiledCall[]
const referrals = new Map<string, CallFilter['referral']>()

/** Numbers that look random and are the same every time. */
const pick = <T>(list: readonly T[], seed: number): T => list[(seed * 7919 + 13) % list.length] as T

function draft(n: number): CallDraft {
  const startedAt = pick(days, n)
  const words = { concern: [0, 1, 2].map((k) => pick(vocabulary, n * 3 + k)).join(' ') }
  const level = pick(['', 'targeted', 'intensive'], n)
  const common = {
    ...words,
    startedAt,
    level,
    levelWhy: level && 'Because',
    line: pick(['consultation-hub', 'advice-line', 'coordinator'] as const, n + 1),
    outcome: pick(['advice-only', 'contact-form', 'call-back', 'signposted'] as const, n + 2),
    children: [
      {
        id: newId(),
        name: pick(['Robin Vale', '', 'Ann Lee'], n),
        birth: '',
        upn: '',
        relation: '',
        address: ''
      }
    ]
  }
  if (n % 5 === 0)
    return aKeyworkersCall({
      ...common,
      callerKind: 'someone-else',
      otherKind: pick(['public', 'health'] as const, n / 5),
      outcome: 'turned-away'
    })
  return n % 3 === 0
    ? aKeyworkersCall(common)
    : aCall(pick(schools, n), { ...common, callerName: `Caller ${String(n % 7)}` })
}

beforeAll(async () => {
  desk = await openTestDesk()
  people = [desk.first, desk.actor('adviser')]
  schools = []
  for (const [index, district] of DISTRICTS.entries())
    schools.push((await aSchool(desk, undefined, { name: `School ${String(index)}`, district })).id)
  const ids: string[] = []
  for (let n = 0; n < CALLS; n += 1) {
    const now = new Date(Date.parse('2026-11-23T10:00:00.000Z') + n * 60_000).toISOString()
    const actor = { ...pick(people, n), now }
    const typed = draft(n)
    ids.unshift(typed.id)
    await desk.does('call.file', typed, actor)
    if (n % 11 === 3)
      await desk.does(
        'call.markInError',
        { id: newId(), callId: typed.id, inError: true, reason: 'Twice' },
        actor
      )
    if (typed.outcome !== 'contact-form') continue
    const answer = pick(['yes', 'no', 'not-known', 'unanswered'] as const, n)
    referrals.set(typed.id, answer)
    if (answer === 'unanswered') continue
    const said = { id: newId(), callId: typed.id, answer, referredOn: '2026-11-23', reason: 'So it is' }
    await desk.does('call.answerReferral', said, actor)
  }
  calls = []
  for (const id of ids) calls.push(await desk.does('call.read', { id }))
}, 60_000)
afterAll(() => {
  expect(desk.faults).toEqual([])
  desk.close()
})

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const wordsOf = (text: string) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
/** A letter or figure beside longer words narrows nothing; O’Brien is one of those. */
function searched(text: string): string[] {
  const words = text.split(' ').filter((word) => word.length > 1)
  return words.flatMap(wordsOf)
}

/** The same as a plain reading of the rows, one after the other. */
function matches(call: FiledCall, filter: CallFilter, actor: Actor): boolean {
  const day = londonDate(call.tookPlaceAt)
  const district = DISTRICTS[schools.indexOf(call.schoolId)]
  const typed = wordsOf(
    [
      ...[call.concern, call.callerName, call.schoolName, call.schoolTown],
      ...call.children.map(({ name }) => name)
    ].join(' ')
  )
  return (
    call.inError === filter.inError &&
    searched(filter.search).every((word) => typed.some((each) => each.startsWith(word))) &&
    (filter.from === '' || day >= filter.from) &&
    (filter.to === '' || day <= filter.to) &&
    (filter.line === '' || call.line === filter.line) &&
    (filter.adviserId === '' || call.adviserId === filter.adviserId) &&
    (filter.schoolId === '' || call.schoolId === filter.schoolId) &&
    (filter.district === '' || district === filter.district) &&
    (filter.outcome === '' || call.outcome === filter.outcome) &&
    (filter.level === '' || call.level === filter.level) &&
    (filter.hours === '' || call.inHours === (filter.hours === 'in')) &&
    (filter.turnedAway === '' || call.turnedAway === (filter.turnedAway === 'yes')) &&
    (filter.otherKind === '' || call.otherKind === filter.otherKind) &&
    (!filter.toCheck || call.toCheck) &&
    (!filter.mine || call.adviserId === actor.id) &&
    (filter.weekday === '' || weekdays.indexOf(weekday(day)) + 1 === filter.weekday) &&
    (filter.hour === '' || Number(londonTime(call.tookPlaceAt).slice(0, 2)) === filter.hour) &&
    (filter.referral === '' || referrals.get(call.id) === filter.referral)
  )
}

async function every(filter: CallFilter, sort: CallSort, actor: Actor = desk.first) {
  const rows: string[] = []
  let after = ''
  do {
    const page = await desk.does('call.list', { filter, sort, after }, actor)
    expect(page.rows.length).toBeLessThanOrEqual(50)
    rows.push(...page.rows.map(({ id }) => id))
    expect(page.sort).toBe(sort)
    after = page.next
  } while (after !== '')
  const { total } = await desk.does('call.count', { filter }, actor)
  return { rows, total }
}

const date = fc.constantFrom(
  '2024-12-31',
  '2025-01-01',
  '2025-03-30',
  '2025-07-01',
  '2025-10-26',
  '2026-02-28',
  '2026-11-23',
  '2019-01-01',
  '2031-01-01'
)
const rarely = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 2, nil: undefined })
const mixtures = fc.record({
  search: rarely(
    fc.constantFrom('her', 'heron', 'sian', "o'brien", 'SIÂN river', 'caller 3', 'robin', 'nobody')
  ),
  from: rarely(date),
  to: rarely(date),
  line: rarely(fc.constantFrom('consultation-hub', 'advice-line', 'coordinator')),
  adviserId: rarely(fc.nat(1)),
  schoolId: rarely(fc.nat(1)),
  district: rarely(fc.constantFrom(...DISTRICTS, 'E07000099')),
  outcome: rarely(fc.constantFrom('advice-only', 'contact-form', 'turned-away')),
  level: rarely(fc.constantFrom('targeted', 'intensive')),
  hours: rarely(fc.constantFrom('in', 'out')),
  turnedAway: rarely(fc.constantFrom('yes', 'no')),
  otherKind: rarely(fc.constantFrom('public', 'health')),
  toCheck: rarely(fc.constant(true)),
  mine: rarely(fc.constant(true)),
  weekday: rarely(fc.integer({ min: 1, max: 7 })),
  hour: rarely(fc.constantFrom(0, 9, 10, 23)),
  referral: rarely(fc.constantFrom('yes', 'no', 'not-known', 'unanswered')),
  inError: rarely(fc.constant(true))
})

/** At most a few parts narrow at once, or nothing would be found. */
const filters = fc
  .tuple(mixtures, fc.shuffledSubarray(Object.keys(everyCall), { maxLength: 4 }))
  .map(([mixed, kept]) => {
    const chosen = Object.entries(mixed).filter(([key, value]) => value !== undefined && kept.includes(key))
    const named = { ...everyCall, ...Object.fromEntries(chosen) }
    const { adviserId, schoolId } = mixed
    if (adviserId !== undefined && named.adviserId !== '') named.adviserId = people[adviserId]?.id ?? ''
    if (schoolId !== undefined && named.schoolId !== '') named.schoolId = schools[schoolId] ?? ''
    return named
  })

describe('call.list', () => {
  it('finds by any mixture of filters what a plain reading of the rows finds, in the order of filing', async () => {
    let found = 0
    await fc.assert(
      fc.asyncProperty(filters, fc.constantFrom('newest', 'oldest'), async (filter, sort) => {
        const expected = calls.filter((call) => matches(call, filter, desk.first)).map(({ id }) => id)
        if (sort === 'oldest') expected.reverse()
        const { rows, total } = await every(filter, sort)
        expect(rows).toEqual(expected)
        expect(total).toBe(String(expected.length))
        if (expected.length > 0) found += 1
      }),
      { numRuns: 250 }
    )
    // a property over nothing but empty lists would say little
    expect(found).toBeGreaterThan(60)
  })

  it('finds by each filter alone some calls, and not all', async () => {
    const alone: Partial<CallFilter>[] = [
      { search: 'heron' },
      { from: '2025-07-01' },
      { to: '2025-06-30' },
      { line: 'advice-line' },
      { adviserId: desk.first.id },
      { schoolId: schools[0]! },
      { district: DISTRICTS[1]! },
      { outcome: 'contact-form' },
      { level: 'targeted' },
      { hours: 'out' },
      { turnedAway: 'yes' },
      { otherKind: 'health' },
      { mine: true },
      { weekday: 1 },
      { hour: 0 },
      { referral: 'unanswered' },
      { inError: true }
    ]
    for (const part of alone) {
      const filter = { ...everyCall, ...part }
      const expected = calls.filter((call) => matches(call, filter, desk.first)).map(({ id }) => id)
      expect(expected.length, JSON.stringify(part)).toBeGreaterThan(0)
      expect(expected.length, JSON.stringify(part)).toBeLessThan(calls.length)
      expect((await every(filter, 'newest')).rows, JSON.stringify(part)).toEqual(expected)
    }
  })

  it.each(callSorts)('sorted by %s, has each call once over its pages', async (sort) => {
    const { rows } = await every(everyCall, sort)
    expect([...rows].sort()).toEqual(
      calls
        .filter((call) => !call.inError)
        .map(({ id }) => id)
        .sort()
    )
  })

  it('sorts by when a call took place, by caller and by adviser', async () => {
    const byId = new Map(calls.map((call) => [call.id, call]))
    const column = async (sort: CallSort, of: (call: FiledCall) => string) =>
      (await every(everyCall, sort)).rows.map((id) => of(byId.get(id)!))
    const times = await column('took-place-newest', ({ tookPlaceAt }) => tookPlaceAt)
    expect(times).toEqual([...times].sort().reverse())
    const named = await column('caller-a-z', ({ schoolName }) => schoolName)
    const last = named.findLastIndex((name) => name !== '')
    expect(named.slice(0, last + 1)).toEqual(named.slice(0, last + 1).sort())
    expect(named.slice(last + 1).every((name) => name === '')).toBe(true)
    expect((await column('adviser-z-a', ({ adviserName }) => adviserName))[0]).toBe('Morgan Ellis')
  })

  it('marks the searched words where they stand, in what was said before names', async () => {
    const filter = { ...everyCall, search: 'sian' }
    const { rows } = await desk.does('call.list', { filter, sort: 'newest', after: '' })
    for (const { excerpt } of rows) {
      expect(excerpt.part).toBe('concern')
      expect(excerpt.pieces.filter(({ hit }) => hit).map(({ text }) => text)).toContain('Siân')
    }
    const byName = { ...everyCall, search: 'robin' }
    const named = await desk.does('call.list', { filter: byName, sort: 'newest', after: '' })
    expect(named.rows[0]?.excerpt).toMatchObject({
      part: 'child',
      pieces: [{ text: 'Robin', hit: true }, {}]
    })
    const whole = await desk.does('call.list', { filter: everyCall, sort: 'newest', after: '' })
    expect(whole.rows[0]?.excerpt).toEqual({ part: '', pieces: [] })
  })
})

describe('saved filters', () => {
  const mine = (name: string) => ({
    id: newId(),
    name,
    filter: { ...everyCall, line: 'advice-line' as const }
  })

  it('are one person’s own, by name; removed and saved again they are back', async () => {
    const [b, a] = [mine('b mine'), mine('A mine')]
    for (const each of [b, a]) expect(await desk.does('call.saveFilter', each)).toEqual(each)
    expect(await desk.does('call.saveFilter', a)).toEqual(a)
    expect(await desk.does('call.filters', {})).toEqual([a, b])
    const other = desk.actor('adviser')
    expect(await desk.does('call.filters', {}, other)).toEqual([])
    await desk.does('call.removeFilter', { id: a.id }, other)
    expect(await desk.does('call.filters', {})).toEqual([a, b])
    await desk.does('call.removeFilter', { id: a.id })
    expect(await desk.does('call.filters', {})).toEqual([b])
    await desk.does('call.saveFilter', a)
    expect(await desk.does('call.filters', {})).toEqual([a, b])
  })

  it('have a name once, whatever its capitals, and an id once', async () => {
    const first = mine('Watford')
    await desk.does('call.saveFilter', first)
    expect(await desk.run('call.saveFilter', mine('watford'))).toMatchObject({
      error: { code: 'invalid', fields: [{ path: 'name' }] }
    })
    expect(await desk.run('call.saveFilter', { ...first, name: 'Other' })).toMatchObject({
      error: { code: 'refused', reason: 'clashing-id' }
    })
    expect((await desk.run('call.saveFilter', mine('Watford'), desk.actor('adviser'))).ok).toBe(true)
  })
})

describe('more than 1,000 calls', () => {
  let long: TestDesk
  const COUNT = 1_103
  beforeAll(async () => {
    long = await openTestDesk()
    for (let n = 0; n < COUNT; n += 1) {
      const now = new Date(Date.parse('2026-11-23T10:00:00.000Z') + n * 1000).toISOString()
      await long.does('call.file', aKeyworkersCall({ callerName: `Caller ${String(n)}` }), {
        ...long.first,
        now
      })
    }
  }, 60_000)
  afterAll(() => {
    long.close()
  })

  it('are counted no further', async () => {
    const counted = async (filter: CallFilter) => (await long.does('call.count', { filter })).total
    expect(await counted(everyCall)).toBe('more than 1,000')
    expect(await counted({ ...everyCall, search: 'caller' })).toBe('more than 1,000')
    expect(await counted({ ...everyCall, search: 'caller 1102' })).toBe('1')
  })

  it.each(['newest', 'oldest'] as const)('are paged by filing without a gap, %s first', async (sort) => {
    const names: string[] = []
    let after = ''
    do {
      const page = await long.does('call.list', { filter: everyCall, sort, after })
      names.push(...page.rows.map(({ callerName }) => callerName))
      after = page.next
    } while (after !== '')
    const filed = Array.from({ length: COUNT }, (_, n) => `Caller ${String(n)}`)
    expect(names).toEqual(sort === 'oldest' ? filed : filed.reverse())
  })

  it('are not sorted by anything else: the list is by filing, and goes on as such', async () => {
    const wished = { filter: everyCall, sort: 'caller-a-z' as const }
    const first = await long.does('call.list', { ...wished, after: '' })
    expect(first.sort).toBe('newest')
    expect(first.rows[0]?.callerName).toBe(`Caller ${String(COUNT - 1)}`)
    const next = await long.does('call.list', { filter: everyCall, sort: 'newest', after: first.next })
    expect(next.rows[0]?.callerName).toBe(`Caller ${String(COUNT - 51)}`)
  })
})

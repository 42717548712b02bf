import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allocatedWords,
  problemsWithAnswer,
  problemsWithProposal,
  reasonsKept
} from '../../shared/stepDown/allocating.ts'
import {
  childrenTold,
  entriesOf,
  noteOf,
  reasonToOpen,
  type PersonOfFamily
} from '../../shared/stepDown/carrying.ts'
import {
  isOver,
  loadAfter,
  nearness,
  ranked,
  reasonsFor,
  reviewsMissed,
  weeksOfWork,
  type Candidate
} from '../../shared/stepDown/ranking.ts'
import { loadOf } from '../../shared/keyworker/load.ts'
import { reasonLines } from '../../renderer/stepDown/allocationWords.ts'
import { aStepDownPerson } from '../fixtures/stepDowns.ts'

const aLoad = (held: number, capacity = 10) => loadOf({ held, covering: 0 }, capacity)

const aCandidate = (practitionerId: string, changes: Partial<Candidate> = {}): Candidate => {
  const { load = aLoad(5), asked = 0, isKeyworker = false } = changes
  return {
    ...{
      practitionerId,
      name: `Keyworker ${practitionerId}`,
      role: '',
      employerName: '',
      asked,
      isKeyworker
    },
    ...{ load, after: loadAfter(load, asked, isKeyworker), allocatedLately: 0, weekdays: '12345' },
    ...{ termTimeOnly: false, away: [], notIn: [], isFormer: false, heldUntil: '', isInTeam: false },
    ...{ isAtSchool: false, near: 'hub', declinedOn: '', declinedWhy: '' },
    ...changes
  }
}

const day = fc.constantFrom('', '2026-11-20', '2026-11-23')
const anyCandidate = fc
  .record({
    name: fc.constantFrom('Bea', 'Cal', 'Dee'),
    held: fc.nat(14),
    asked: fc.nat(2),
    isKeyworker: fc.boolean(),
    isFormer: fc.boolean(),
    heldUntil: day,
    isInTeam: fc.boolean(),
    isAtSchool: fc.boolean(),
    near: fc.constantFrom(...nearness),
    allocatedLately: fc.nat(3),
    isAway: fc.boolean(),
    declinedOn: day
  })
  .map(({ held, isAway, ...changes }) => ({
    ...changes,
    load: aLoad(held),
    notIn: isAway ? [{ what: 'meeting' as const, on: '2027-01-04' }] : []
  }))
const anyCandidates = fc
  .array(anyCandidate, { maxLength: 30 })
  .map((all) => all.map((changes, at) => aCandidate(String(at).padStart(2, '0'), changes)))

describe('C8: the order of the candidates', () => {
  it('is the same however they arrive, and leaves nobody out and nobody in one place with another', () => {
    const shuffled = anyCandidates.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))
    )
    fc.assert(
      fc.property(shuffled, ([all, again]) => {
        expect(ranked(again)).toEqual(ranked(all))
        expect(ranked(all).map(({ place }) => place)).toEqual(all.map((_, at) => at + 1))
        expect(new Set(ranked(all).map(({ practitionerId }) => practitionerId)).size).toBe(all.length)
      })
    )
  })

  it('of two the same one is first, whoever else is there', () => {
    fc.assert(
      fc.property(anyCandidates, fc.nat(), (all, leftOut) => {
        fc.pre(all.length > 0)
        const without = all.filter((_, at) => at !== leftOut % all.length)
        const ids = (rows: readonly Candidate[]) => ranked(rows).map(({ practitionerId }) => practitionerId)
        expect(ids(without)).toEqual(
          ids(all).filter((id) => without.some(({ practitionerId }) => practitionerId === id))
        )
      })
    )
  })

  it('each row has its reasons in words, where they work always among them', () => {
    fc.assert(
      fc.property(anyCandidate, (changes) => {
        const candidate = aCandidate('1', changes)
        const reasons = reasonsFor(candidate)
        expect(reasons.filter((reason) => nearness.some((each) => each === reason))).toHaveLength(1)
        expect(reasons.filter((reason) => reason === 'over' || reason === 'room')).toHaveLength(1)
        for (const { words } of reasonLines(candidate)) expect(words).not.toBe('')
      })
    )
  })

  const first = (a: Partial<Candidate>, b: Partial<Candidate>) =>
    ranked([aCandidate('b', b), aCandidate('a', a)])[0]?.practitionerId
  it.each<[string, Partial<Candidate>, Partial<Candidate>]>([
    [
      'whoever said no is last, even the former keyworker',
      { near: 'elsewhere' },
      { isFormer: true, declinedOn: '2026-11-23' }
    ],
    ['whoever has no room comes after who has', { load: aLoad(9) }, { load: aLoad(10), isInTeam: true }],
    [
      'whoever is away comes after who is in',
      {},
      { isInTeam: true, notIn: [{ what: 'meeting', on: '2027-01-04' }] }
    ],
    ['the keyworker of the open assessment before the former one', { isKeyworker: true }, { isFormer: true }],
    ['who held the family before the team', { heldUntil: '2025-03-01' }, { isInTeam: true }],
    ['the team before the school', { isInTeam: true }, { isAtSchool: true }],
    ['the school before the district', { isAtSchool: true }, { near: 'district' }],
    ['the district before the hub', { near: 'district', load: aLoad(8) }, { near: 'hub', load: aLoad(0) }],
    ['the hub before whom nobody knows', { near: 'hub' }, { near: 'hub-unknown' }],
    ['whom nobody knows before elsewhere', { near: 'hub-unknown' }, { near: 'elsewhere' }],
    ['the lower load', { load: aLoad(3) }, { load: aLoad(4) }],
    ['who was given fewer lately', { allocatedLately: 1 }, { allocatedLately: 2 }],
    ['the name', { name: 'Ash' }, { name: 'Bea' }],
    ['of one name the identity', { name: 'Ash' }, { name: 'Ash' }]
  ])('%s', (_words, a, b) => {
    expect(first(a, b)).toBe('a')
  })
})

describe('C8: over and outside', () => {
  it('exactly what they can hold is not over; one more is, and asks for the reason', () => {
    const full = aCandidate('1', { load: aLoad(9) })
    const over = aCandidate('1', { load: aLoad(10), near: 'elsewhere' })
    expect([isOver(full), isOver(over)]).toEqual([false, true])
    const none = { overReason: ' ', outsideReason: '' }
    expect(problemsWithProposal(none, full)).toEqual([])
    expect(problemsWithProposal(none, over).map(({ path }) => path)).toEqual(['overReason', 'outsideReason'])
    const given = { overReason: 'One ends soon', outsideReason: 'Speaks Polish' }
    expect(problemsWithProposal(given, over)).toEqual([])
    expect([reasonsKept(given, full), reasonsKept(given, over)]).toEqual([
      { overReason: '', outsideReason: '' },
      given
    ])
  })

  it('what waits for an answer counts; whoever has the family already is given nothing more', () => {
    expect(loadAfter(aLoad(3), 2, false)).toMatchObject({ held: 6, percent: 60 })
    const keyworker = aCandidate('1', { load: aLoad(12), isKeyworker: true })
    expect(keyworker.after.percent).toBe(120)
    expect(isOver(keyworker)).toBe(false)
  })
})

describe('C8: working pattern and absences against what is due', () => {
  const terms = [
    { key: '2026-09-01', lastDay: '2026-12-18' },
    { key: '2027-01-05', lastDay: '2027-03-26' }
  ]
  const due = [{ what: 'meeting' as const, on: '2027-01-04' }]
  const full = { weekdays: '12345', termTimeOnly: false }
  it.each([
    ['in on days of that week', full, [], 0],
    ['a day off on the day itself is none', { ...full, weekdays: '23' }, [], 0],
    ['term time only, in the holidays', { ...full, termTimeOnly: true }, [], 1],
    ['away all the week', full, [{ from: '2026-12-28', to: '2027-01-04' }], 1],
    ['back on its last day', full, [{ from: '2026-12-28', to: '2027-01-03' }], 0],
    ['gone after its first day', full, [{ from: '2026-12-30', to: '2027-01-08' }], 0]
  ])('%s', (_words, working, away, missed) => {
    expect(reviewsMissed(weeksOfWork(due, terms)(working), away)).toHaveLength(missed)
  })
})

describe('C8: an answer, and who was first', () => {
  const context = { today: '2026-11-25', proposedOn: '2026-11-24', changesKeyworker: false }
  const yes = {
    ...{ id: 'i', stepDownId: 's', allocationId: 'a', answer: 'accept' as const, who: 'Priya Shah' },
    ...{ on: '2026-11-24', agreedOn: '', episodeId: 'e', goesOnBecause: '' }
  }
  const paths = (answer: typeof yes, changes = {}) =>
    problemsWithAnswer(answer, { ...context, ...changes }).map(({ path }) => path)
  it('from the day on which they were asked up to today', () => {
    expect(
      ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'].map((on) => paths({ ...yes, on }))
    ).toEqual([['on'], [], [], ['on']])
  })
  it('R38: a change of keyworker asks when the family agreed, not in the future', () => {
    const changes = { changesKeyworker: true }
    expect(paths(yes, changes)).toEqual(['agreedOn'])
    expect(paths({ ...yes, agreedOn: '2026-11-20' }, changes)).toEqual([])
    expect(paths({ ...yes, agreedOn: '2026-11-26' }, changes)).toEqual(['agreedOn'])
  })
  it('the time in London, with the day where it was another one', () => {
    const at = '2026-07-01T09:14:00.000Z'
    expect(allocatedWords('Priya Shah', at, '2026-07-01T20:00:00.000Z')).toBe(
      'Already allocated to Priya Shah, 10:14'
    )
    expect(allocatedWords('Priya Shah', at, '2026-07-02T20:00:00.000Z')).toBe(
      'Already allocated to Priya Shah, 1 July 2026, 10:14'
    )
  })
})

describe('what the sender told goes along with the family', () => {
  const today = '2026-11-23'
  const known = (personId: string, name: string, birthDate: string): PersonOfFamily => ({
    ...{ personId, name, birthDate, upn: '', schoolId: '', ageYears: null, toldOn: today },
    ...{ address: '', postcode: '' }
  })
  const rowan = aStepDownPerson({ name: 'Rowan Marsh', birth: '2016-05-14', needs: 'Sleeps badly' })
  const kit = aStepDownPerson({ name: 'Kit Marsh', birth: '2019-01-02', needs: 'Bites' })
  const quiet = aStepDownPerson({ name: 'Wren Marsh', birth: '2020-01-02', needs: '' })
  const told = {
    ...{ reference: 'STD-1', sendingTeam: 'Team East', workerName: 'Noor Haddad', note: '' },
    ...{ areas: 'Mornings', tried: 'Visits', lastPlan: 'Of October', risks: 'Their father' },
    people: [rowan, kit, quiet]
  }

  it('each child is at most one of the family; who was registered from it is the same', () => {
    const family = [known('p1', 'Rowan Marsh', '2016-05-14'), known(kit.id, 'Christopher Lee', '')]
    expect(childrenTold(told.people, family, today).map(({ personId }) => personId)).toEqual(['p1', kit.id])
    const twins = [rowan, { ...rowan, id: 'twin' }]
    expect(childrenTold(twins, family.slice(0, 1), today).map(({ personId }) => personId)).toEqual([
      'p1',
      undefined
    ])
  })

  it('nothing of it is lost: every need is in the assessment or named in the note, and all of it in the note', () => {
    const some = fc.subarray([
      known('p1', 'Rowan Marsh', '2016-05-14'),
      known('p2', 'Kit Marsh', '2019-01-02')
    ])
    fc.assert(
      fc.property(some, (family) => {
        const children = childrenTold(told.people, family, today)
        const entries = entriesOf(children, told.reference, [])
        const note = noteOf(told, children)
        for (const { child, personId } of children) {
          expect(note).toContain(child.needs)
          const entry = entries.find((each) => each.personId === personId)
          if (personId === undefined) expect(note).toMatch(new RegExp(`Not found .*${child.name}`))
          else expect(entry?.needs).toContain(child.needs)
        }
        for (const words of [told.areas, told.tried, told.lastPlan, told.risks, told.sendingTeam])
          expect(note).toContain(words)
      })
    )
    expect(reasonToOpen(told)).toBe('Step-down STD-1 from Team East.\nMornings')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  coverDays,
  emptyCover,
  emptyCoverPart,
  problemsWithCover,
  saidInCover
} from '../../shared/cover/arranging.ts'
import type { Days, FamilyToCover, Taker } from '../../shared/cover/cover.ts'
import { loadDuring } from '../../shared/cover/loads.ts'
import { proposals } from '../../shared/cover/proposal.ts'
import { takerProblem } from '../../shared/cover/taker.ts'
import { newId, type CivilDate, type Id } from '../../shared/ids.ts'
import { loadOf } from '../../shared/keyworker/load.ts'
import { LAST_DAY } from '../../shared/keyworker/spans.ts'
import { addDays } from '../../shared/time/london.ts'

const ASKED: Days = { from: '2026-12-01', to: '2026-12-10' }
const HUB = newId()

const aTaker = (name: string, held = 0, changes: Partial<Taker> = {}): Taker => ({
  ...{ practitionerId: newId(), name, role: '', employerName: '', hubIds: [] },
  ...{ load: loadOf({ held, covering: 0 }, 12), changes: [], away: [], givableFrom: '2026-02-09' },
  ...changes
})
const held = (days: Days = ASKED, keyworkerId: Id = newId(), isForGood = false) => ({
  ...days,
  ...{ rowId: newId(), keyworkerId, coverId: '', isForGood }
})
const aFamily = (reference: string, changes: Partial<FamilyToCover> = {}): FamilyToCover => ({
  ...{ episodeId: newId(), familyId: newId(), reference, childNames: 'Robin Vale' },
  ...{ hubId: HUB, hubName: 'Hertford', days: [held()], standIns: [], teamIds: [] },
  ...changes
})
const to =
  (...pairs: [FamilyToCover, Taker][]) =>
  (family: FamilyToCover): Id =>
    pairs.find(([each]) => each === family)?.[1].practitionerId ?? ''

describe('loadDuring', () => {
  it('is the most on any of the days, with what comes and goes by itself', () => {
    const sam = aTaker('Sam', 2, {
      changes: [
        { from: '2026-12-03', held: 4 },
        { from: '2026-12-05', held: 1 }
      ]
    })
    const early = aFamily('1', { days: [held({ from: '2026-12-01', to: '2026-12-02' })] })
    const late = aFamily('2', { days: [held({ from: '2026-12-06', to: '2026-12-10' })] })
    const during = (...families: FamilyToCover[]) =>
      loadDuring(sam, ASKED, families, () => sam.practitionerId).during.held
    expect(during()).toBe(4)
    expect(during(early)).toBe(4)
    expect(during(early, aFamily('3'))).toBe(5)
    expect(during(late, aFamily('3'), aFamily('4'), aFamily('5'))).toBe(7)
    expect(loadDuring(sam, ASKED, [], () => '').before).toEqual(sam.load)
  })

  it('does not count twice a family for which they stand in and that is theirs from then on', () => {
    const sam = aTaker('Sam', 1, { changes: [{ from: '2026-12-06', held: 0 }] })
    const standIns = [{ from: '2026-12-01', to: '2026-12-05', practitionerId: sam.practitionerId }]
    const asked = { from: '2026-12-01', to: LAST_DAY }
    const family = aFamily('1', { days: [held(asked, newId(), true)], standIns })
    expect(loadDuring(sam, asked, [family], to([family, sam])).during.held).toBe(1)
    const ada = aTaker('Ada')
    expect(loadDuring(sam, asked, [family], to([family, ada])).during.held).toBe(0)
    expect(loadDuring(ada, asked, [family], to([family, ada])).during.held).toBe(1)
    expect(loadDuring(sam, asked, [family], () => '').during.held).toBe(1)
  })

  it('is what counting day by day gives', () => {
    const day = fc.integer({ min: 0, max: 9 }).map((days) => addDays(ASKED.from, days))
    const days = fc.tuple(day, day).map(([a, b]): Days => (a <= b ? { from: a, to: b } : { from: b, to: a }))
    fc.assert(
      fc.property(fc.array(days), fc.array(days), fc.nat({ max: 5 }), (own, given, lasting) => {
        const families = given.map((each, index) => aFamily(String(index), { days: [held(each)] }))
        const count = (all: readonly Days[], on: CivilDate) =>
          all.filter(({ from, to: until }) => from <= on && on <= until).length
        const all = Array.from({ length: 10 }, (_none, index) => addDays(ASKED.from, index))
        const changes = all.slice(1).map((from) => ({ from, held: lasting + count(own, from) }))
        const sam = aTaker('Sam', lasting + count(own, ASKED.from), { changes })
        const most = Math.max(...all.map((on) => lasting + count(own, on) + count(given, on)))
        const { during } = loadDuring(sam, ASKED, families, () => sam.practitionerId)
        expect(during.held).toBe(most)
      })
    )
  })
})

describe('takerProblem', () => {
  const problem = (changes: Partial<Taker>, days = [held()]) =>
    takerProblem(aTaker('Sam', 0, changes), { days })

  it('lets nobody stand in who is untrained on the first day, or away on any (R23)', () => {
    expect(problem({})).toBe('')
    expect(problem({ givableFrom: '' })).toContain('not trained')
    expect(problem({ givableFrom: '2026-12-02' })).toContain('2 December 2026')
    expect(problem({ givableFrom: '2026-12-01' })).toBe('')
    const away = (from: CivilDate, until: CivilDate) => problem({ away: [{ from, to: until }] })
    expect(away('2026-12-10', '2026-12-12')).toContain('away themselves from 10 December')
    expect(away('2026-11-20', '2026-12-01')).toContain('away')
    expect(away('2026-12-11', '2026-12-12')).toBe('')
  })

  it('covers nobody by themselves, and gives a family for good to whoever is away for a while', () => {
    const sam = aTaker('Sam', 0, { away: [{ from: '2026-12-02', to: '2026-12-03' }] })
    expect(takerProblem(sam, { days: [held(ASKED, sam.practitionerId)] })).toContain(
      'their keyworker'.slice(6)
    )
    expect(takerProblem(sam, { days: [held({ ...ASKED, to: LAST_DAY }, newId(), true)] })).toBe('')
  })
})

describe('proposals', () => {
  const proposed = (
    families: FamilyToCover[],
    takers: Taker[],
    chosen: (family: FamilyToCover) => string = () => ''
  ) =>
    families.map((family) => {
      const found = proposals(families, takers, ASKED, chosen).get(family.episodeId)
      const name = takers.find(({ practitionerId }) => practitionerId === found?.practitionerId)?.name
      return found ? [name, found.reason] : []
    })

  it('is of the team first, then of the district, then whoever has room (R40)', () => {
    const [ada, ben, cal] = [aTaker('Ada', 0), aTaker('Ben', 3, { hubIds: [HUB] }), aTaker('Cal', 6)]
    const all = [ada, ben, cal]
    expect(proposed([aFamily('1', { teamIds: [cal.practitionerId] })], all)).toEqual([['Cal', 'team']])
    expect(proposed([aFamily('1')], all)).toEqual([['Ben', 'district']])
    expect(proposed([aFamily('1', { hubId: newId() })], all)).toEqual([['Ada', 'room']])
  })

  it('takes nobody above what they could hold while another has room, and nobody who may not', () => {
    const full = aTaker('Ada', 12)
    const free = aTaker('Ben', 2)
    const family = aFamily('1', { teamIds: [full.practitionerId] })
    expect(proposed([family], [full, free])).toEqual([['Ben', 'room']])
    expect(proposed([family], [full])).toEqual([['Ada', 'team']])
    expect(proposed([family], [aTaker('Cal', 0, { givableFrom: '' })])).toEqual([[]])
  })

  it('spreads families, each with what was proposed before it, and goes by what is chosen', () => {
    const [ada, ben] = [aTaker('Ada', 2), aTaker('Ben', 3)]
    const families = ['1', '2', '3'].map((reference) => aFamily(reference))
    expect(proposed(families, [ben, ada]).map(([name]) => name)).toEqual(['Ada', 'Ada', 'Ben'])
    const [first] = families
    const chosen = (family: FamilyToCover) => (family === first ? ada.practitionerId : '')
    expect(proposed(families, [ben, ada], chosen)[0]).toEqual([])
  })

  it('is the same in whatever order it was read', () => {
    const takers = ['Ada', 'Ben', 'Cal', 'Dee'].map((name, index) => aTaker(name, index % 2))
    const families = ['1', '2', '3', '4'].map((reference, index) =>
      aFamily(reference, {
        teamIds: index % 2 === 0 ? takers.slice(0, 2).map((each) => each.practitionerId) : []
      })
    )
    const said = (all: readonly FamilyToCover[], who: readonly Taker[]) =>
      [...proposals(all, who, ASKED, () => '')]
        .map(([id, { practitionerId }]) => `${id} ${practitionerId}`)
        .toSorted()
    expect(said(families.toReversed(), takers.toReversed())).toEqual(said(families, takers))
  })
})

describe('problemsWithCover', () => {
  const family = aFamily('FFA-1')
  const sam = aTaker('Sam')
  const part = { ...emptyCoverPart(family), practitionerId: sam.practitionerId, toldOn: '30/11/2026' }
  const filled = {
    ...emptyCover({ id: newId(), practitionerId: newId() }),
    ...{ fromDay: '1/12/2026', toDay: '10/12/2026', why: 'Leave', parts: [part] }
  }
  const about = {
    today: '2026-11-30',
    families: [family],
    takers: new Map([[sam.practitionerId, sam]])
  }
  const paths = (changes: Partial<typeof filled>) =>
    problemsWithCover({ ...filled, ...changes }, about).map(({ path }) => path)

  it('asks for the days, why, who, and when the family was told', () => {
    expect(paths({})).toEqual([])
    expect(paths({ fromDay: '', toDay: 'soon', why: ' ' })).toEqual(['fromDay', 'toDay', 'why'])
    expect(paths({ parts: [{ ...part, practitionerId: '', toldOn: '' }] })).toEqual([
      'parts.0.practitionerId',
      'parts.0.toldOn'
    ])
    const nobody = { ...part, practitionerId: '', nobodyFound: true, toldOn: '', notToldWhy: 'Ill' }
    expect(paths({ parts: [nobody] })).toEqual([])
  })

  it('reads days that are in order and no longer than a year', () => {
    expect(coverDays({ fromDay: '1/12/2026', toDay: '1/12/2026' })).toEqual({
      from: '2026-12-01',
      to: '2026-12-01'
    })
    expect(coverDays({ fromDay: '1/12/2026', toDay: '1/12/2027' })).toBeDefined()
    expect(coverDays({ fromDay: '1/12/2026', toDay: '2/12/2027' })).toBeUndefined()
    expect(coverDays({ fromDay: '2/12/2026', toDay: '1/12/2026' })).toBeUndefined()
  })

  it('keeps no reason where the family was told, and nobody where nobody was found', () => {
    const both = { ...part, notToldWhy: 'Ill', nobodyFound: true }
    expect(saidInCover({ ...filled, parts: [both] }).parts).toEqual([
      {
        ...{ familyId: family.familyId, episodeId: family.episodeId, practitionerId: '' },
        ...{ toldOn: '2026-11-30', notToldWhy: '', note: '' }
      }
    ])
  })
})

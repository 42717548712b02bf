import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../shared/ids.ts'
import {
  capacityOf,
  hubsOf,
  isAtWork,
  loadOf,
  nothingSaid,
  patternOn,
  type Working
} from '../../shared/keyworker/load.ts'
import { bookedAbsence, workingPattern } from '../../shared/keyworker/keyworker.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'

const works = (changes: Partial<Working> = {}): Working => ({
  ...nothingSaid({ fullTimeFamilies: 12 }),
  ...changes
})
const load = (held: number, changes: Partial<Working> = {}) =>
  loadOf({ held, covering: 0 }, capacityOf(works(changes)))

describe('load: families held ÷ (families at full time × days ÷ 5)', () => {
  it('of somebody of whom nobody said anything is that of five days', () => {
    expect(load(6)).toEqual({ held: 6, covering: 0, capacity: 12, percent: 50 })
  })

  it('has fewer families on fewer days, and more on more', () => {
    expect(load(4, { weekdays: '135' })).toEqual({ held: 4, covering: 0, capacity: 7.2, percent: 56 })
    expect(load(1, { weekdays: '3', fullTimeFamilies: 1 })).toMatchObject({ capacity: 0.2, percent: 500 })
    expect(load(12, { weekdays: '123456' }).percent).toBe(83)
  })

  it('is over 100 % where somebody holds more than they could, and a half counts as one', () => {
    expect(load(13).percent).toBe(108)
    // 62.5 %
    expect(load(5, { fullTimeFamilies: 8 }).percent).toBe(63)
  })

  it('is the same whole number here as in SQL, which rounds halves away from zero', () => {
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 1, max: 7 }),
        (held, fullTimeFamilies, days) => {
          const weekdays = '1234567'.slice(0, days)
          const exact = (held * 500) / (fullTimeFamilies * days)
          expect(load(held, { fullTimeFamilies, weekdays }).percent).toBe(Math.floor(exact + 0.5))
        }
      )
    )
  })
})

describe('the pattern in force on a day', () => {
  const row = (validFrom: string, recordedAt: string, id = newId()) => ({ id, validFrom, recordedAt })
  const first = row('2026-03-01', '2026-02-20T09:00:00.000Z')
  const second = row('2026-09-01', '2026-02-19T09:00:00.000Z')

  it('is the latest whose day has come, the very day among it', () => {
    expect(patternOn([first, second], '2026-02-28')).toBeUndefined()
    expect(patternOn([first, second], '2026-03-01')).toBe(first)
    expect(patternOn([first, second], '2026-08-31')).toBe(first)
    expect(patternOn([second, first], '2026-09-01')).toBe(second)
  })

  it('is the one recorded later of two from one day, and the greater id of two of one instant', () => {
    const later = row('2026-03-01', '2026-02-20T09:00:00.001Z')
    expect(patternOn([later, first], '2026-03-01')).toBe(later)
    const twin = row(first.validFrom, first.recordedAt, `f${first.id.slice(1)}`)
    expect(patternOn([twin, first], '2026-03-01')).toBe(twin)
    expect(patternOn([first, twin], '2026-03-01')).toBe(twin)
  })
})

describe('at work', () => {
  const terms = [
    { key: '2026-09-01', lastDay: '2026-10-23' },
    { key: '2026-11-02', lastDay: '2026-12-18' }
  ]
  const at = (on: string, changes: Partial<Working> = {}, absences: Parameters<typeof isAtWork>[1] = []) =>
    isAtWork(works(changes), absences, terms, on)

  it('are the days of the week that were said', () => {
    // a Monday, a Saturday, a Sunday
    expect([at('2026-11-23'), at('2026-11-28'), at('2026-11-29')]).toEqual([true, false, false])
    expect(at('2026-11-23', { weekdays: '2' })).toBe(false)
    expect(at('2026-11-29', { weekdays: '7' })).toBe(true)
    // over the clock change of October and on 29 February
    expect(at('2026-10-25', { weekdays: '7' })).toBe(true)
    expect(isAtWork(works({ weekdays: '2' }), [], [], '2028-02-29')).toBe(true)
  })

  it('in term time only are no holidays between two terms, the first and last days of term included', () => {
    const inTerm = (on: string) => at(on, { termTimeOnly: true, weekdays: '1234567' })
    expect([inTerm('2026-10-23'), inTerm('2026-10-24')]).toEqual([true, false])
    expect([inTerm('2026-11-01'), inTerm('2026-11-02')]).toEqual([false, true])
    expect(at('2026-10-26')).toBe(true)
  })

  it('in term time only are all days before the first term and after the last one that are known', () => {
    const inTerm = (on: string) => at(on, { termTimeOnly: true, weekdays: '1234567' })
    expect([inTerm('2026-08-31'), inTerm('2026-12-19')]).toEqual([true, true])
    expect(isAtWork(works({ termTimeOnly: true }), [], [], '2026-11-23')).toBe(true)
  })

  it('are no days of an absence, both ends included, unless it was taken back', () => {
    const away = { fromDay: '2026-11-24', toDay: '2026-11-26', cancelledWhy: '' }
    const days = ['2026-11-23', '2026-11-24', '2026-11-26', '2026-11-27']
    expect(days.map((on) => at(on, {}, [away]))).toEqual([true, false, false, true])
    expect(at('2026-11-24', {}, [{ ...away, cancelledWhy: 'Put off' }])).toBe(true)
  })
})

describe('the local hubs of somebody', () => {
  const rules = rulesOn(seedSettings(), '2026-11-23')
  const names = (...districts: string[]) => hubsOf(districts, rules).map(({ name }) => name)

  it('are those of their districts, each once', () => {
    expect(names()).toEqual([])
    expect(names('E07000099', 'E07000243')).toEqual(['Stevenage and North Herts'])
    expect(names('E07000103', 'E07000243')).toHaveLength(2)
    expect(names('E07000001')).toEqual([])
  })
})

describe('what is typed', () => {
  const pattern = {
    ...{ id: newId(), practitionerId: newId(), validFrom: '2026-11-23', weekdays: '135' },
    ...{ termTimeOnly: false, fullTimeFamilies: 12, districts: ['E07000242'] }
  }
  const absence = {
    ...{ id: newId(), practitionerId: newId(), kind: 'leave', note: '' },
    ...{ fromDay: '2026-11-23', toDay: '2026-11-23' }
  }

  it('is at least one day of the week, each once and in order', () => {
    expect(workingPattern.safeParse(pattern).success).toBe(true)
    for (const weekdays of ['', '31', '11', '8'])
      expect(workingPattern.safeParse({ ...pattern, weekdays }).success).toBe(false)
  })

  it('is room for 1 to 99 families', () => {
    const families = (fullTimeFamilies: number) =>
      workingPattern.safeParse({ ...pattern, fullTimeFamilies }).success
    expect([families(0), families(1), families(99), families(100), families(7.5)]).toEqual([
      false,
      true,
      true,
      false,
      false
    ])
  })

  it('is an absence of one day or more', () => {
    expect(bookedAbsence.safeParse(absence).success).toBe(true)
    expect(bookedAbsence.safeParse({ ...absence, toDay: '2026-11-22' }).error?.issues[0]?.path).toEqual([
      'toDay'
    ])
  })
})

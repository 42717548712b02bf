import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  ageOn,
  daysBetween,
  isRealDate,
  londonDate,
  londonTime,
  showDate,
  showDateTime,
  showDay,
  showTime,
  toInstant,
  weekday,
  weekdays
} from '../../shared/time/london.ts'

const anyInstant = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) })
  .map((ms) => new Date(ms).toISOString())

describe('London time (L28)', () => {
  it('is UTC in winter and an hour ahead in summer', () => {
    expect(londonTime('2026-11-23T10:00:00.000Z')).toBe('10:00')
    expect(londonTime('2026-03-30T08:00:00.000Z')).toBe('09:00')
  })

  it('puts the half hour after a summer midnight on the next day', () => {
    expect(londonDate('2026-06-30T23:30:00.000Z')).toBe('2026-07-01')
  })

  it('cuts seconds off, never rounds them up', () => {
    expect(londonTime('2026-11-23T16:59:59.999Z')).toBe('16:59')
  })

  it('turns the hour that the clocks skip into the hour after', () => {
    expect(toInstant('2026-03-29', '01:30')).toBe('2026-03-29T01:30:00.000Z')
    expect(londonTime('2026-03-29T01:30:00.000Z')).toBe('02:30')
  })

  it('takes the first of the hour that comes twice', () => {
    expect(toInstant('2026-10-25', '01:30')).toBe('2026-10-25T00:30:00.000Z')
  })

  it.each(['9:05', '09:05', '0905', '905', '09.05'])('reads the time %s', (typed) => {
    expect(toInstant('2026-11-23', typed)).toBe('2026-11-23T09:05:00.000Z')
  })

  it.each(['', '24:00', '9:60', 'nine', '9', '12:345'])('does not guess at the time “%s”', (typed) => {
    expect(toInstant('2026-11-23', typed)).toBeUndefined()
  })

  it.each(['', '2026-02-29', '2026-13-01', '23/11/2026', '2026-11-23T10:00'])(
    'knows “%s” is no date',
    (typed) => {
      expect(isRealDate(typed)).toBe(false)
      expect(toInstant(typed, '10:00')).toBeUndefined()
    }
  )

  it('knows every day that the calendar has, and no other', () => {
    const part = (length: number, max: number) =>
      fc.integer({ min: 0, max }).map((number) => String(number).padStart(length, '0'))
    fc.assert(
      fc.property(part(4, 9_999), part(2, 20), part(2, 40), (year, month, day) => {
        const isLeap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0)
        const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(month) - 1] ?? 0
        expect(isRealDate(`${year}-${month}-${day}`)).toBe(Number(day) >= 1 && Number(day) <= days)
      })
    )
  })

  it('comes back to the same minute for every moment outside the repeated hour', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const back = toInstant(londonDate(instant), londonTime(instant)) ?? ''
        const minute = `${instant.slice(0, 16)}:00.000Z`
        const hourBefore = new Date(Date.parse(minute) - 3_600_000).toISOString()
        expect([minute, hourBefore]).toContain(back)
        expect(londonTime(back)).toBe(londonTime(instant))
      })
    )
  })
})

describe('dates', () => {
  it('adds days over a month, a year and a change of the clocks', () => {
    expect(addDays('2026-08-10', 21)).toBe('2026-08-31')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2026-03-30', -2)).toBe('2026-03-28')
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
  })

  it('counts days as Temporal does, in any year', () => {
    const day = fc
      .date({ min: new Date('0001-01-01'), max: new Date('9990-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(day, day, fc.integer({ min: -300_000, max: 300_000 }), (one, other, days) => {
        const [plain, until] = [Temporal.PlainDate.from(one), Temporal.PlainDate.from(other)]
        expect(daysBetween(one, other)).toBe(plain.until(until, { largestUnit: 'day' }).days)
        expect(weekdays.indexOf(weekday(one)) + 1).toBe(plain.dayOfWeek)
        const later = plain.add({ days })
        if (later.year >= 1 && later.year <= 9_999) expect(addDays(one, days)).toBe(later.toString())
      })
    )
  })

  it.each(['2026-02-29', '2026-13-01', '', '2026-11-23T10:00:00.000Z'])(
    'counts nothing from “%s”',
    (text) => {
      expect(() => addDays(text, 1)).toThrow(RangeError)
      expect(() => daysBetween('2026-11-23', text)).toThrow(RangeError)
      expect(() => weekday(text)).toThrow(RangeError)
    }
  )

  it('names the weekday', () => {
    expect(weekday('2027-03-01')).toBe('monday')
    expect(weekday('2026-11-22')).toBe('sunday')
  })

  it('writes dates as they are read', () => {
    expect(showDate('2015-09-03')).toBe('3 September 2015')
    expect(showDay('2027-03-01')).toBe('Monday 1 March 2027')
    expect(showDateTime('2026-11-23T14:03:59.000Z')).toBe('23 November 2026, 14:03')
    expect(showTime('2026-06-23T14:03:00.000Z')).toBe('15:03')
  })
})

describe('R1 age in whole years', () => {
  it('R1: is 17 the day before the 18th birthday and 18 on it', () => {
    expect(ageOn('2008-11-24', '2026-11-23')).toBe(17)
    expect(ageOn('2008-11-24', '2026-11-24')).toBe(18)
  })

  it('R1: counts a birthday on 29 February from 1 March in common years', () => {
    expect(ageOn('2008-02-29', '2026-02-28')).toBe(17)
    expect(ageOn('2008-02-29', '2026-03-01')).toBe(18)
    expect(ageOn('2008-02-29', '2028-02-29')).toBe(20)
  })

  it('R1: never goes down as days pass', () => {
    const day = fc.integer({ min: 0, max: 12_000 }).map((days) => addDays('2000-01-01', days))
    fc.assert(
      fc.property(day, day, (birth, on) => {
        const step = ageOn(birth, addDays(on, 1)) - ageOn(birth, on)
        expect([0, 1]).toContain(step)
      })
    )
  })
})

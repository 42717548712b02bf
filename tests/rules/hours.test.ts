import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bankHolidaysEnd,
  bankHolidaysWarning,
  closesAt,
  deskClock,
  hoursOn,
  isOpen,
  nextOpening
} from '../../shared/setting/hours.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { addDays, londonDate, londonTime } from '../../shared/time/london.ts'
import { anyHours, anyMoment, at, row } from '../fixtures/hours.ts'

const seeds = seedSettings()

describe('R12 opening hours of the seeds', () => {
  it.each([
    ['Thursday 16:59:59', '2026-11-26T16:59:59.000Z', true],
    ['Thursday 17:00', '2026-11-26T17:00:00.000Z', false],
    ['Friday 15:59:59', '2026-11-27T15:59:59.000Z', true],
    ['Friday 16:00', '2026-11-27T16:00:00.000Z', false],
    ['Monday 08:59:59', '2026-11-23T08:59:59.999Z', false],
    ['Monday 09:00', '2026-11-23T09:00:00.000Z', true],
    ['Saturday noon', '2026-11-28T12:00:00.000Z', false],
    ['Sunday noon', '2026-11-29T12:00:00.000Z', false],
    ['Monday 28 December 2026, a substitute day', '2026-12-28T12:00:00.000Z', false],
    ['Monday 31 August 2026, a bank holiday', '2026-08-31T12:00:00.000Z', false],
    ['Monday 30 March 2026, 09:00 after the clocks changed', '2026-03-30T08:00:00.000Z', true],
    ['Monday 30 March 2026, 08:59 after the clocks changed', '2026-03-30T07:59:00.000Z', false],
    ['Monday 26 October 2026, 09:00 after they changed back', '2026-10-26T09:00:00.000Z', true]
  ])('R12: %s', (_name, instant, open) => {
    expect(isOpen(seeds, instant)).toBe(open)
  })

  it.each([
    ['Friday 16:00', '2026-11-27T16:00:00.000Z', '2026-11-30T09:00:00.000Z'],
    ['over Easter', at('2026-04-02', '17:00'), at('2026-04-07', '09:00')],
    ['over the change of the clocks', at('2026-03-27', '16:00'), '2026-03-30T08:00:00.000Z'],
    ['from the opening minute itself', '2026-11-23T09:00:00.000Z', '2026-11-24T09:00:00.000Z'],
    ['early the same day', '2026-11-23T06:00:00.000Z', '2026-11-23T09:00:00.000Z'],
    ['over Christmas', at('2026-12-24', '17:30'), at('2026-12-29', '09:00')]
  ])('R12: the next opening %s', (_name, instant, opening) => {
    expect(nextOpening(seeds, instant)).toBe(opening)
  })

  it('R12: closes at the end of the day it is asked on', () => {
    expect(closesAt(seeds, '2026-11-27T10:00:00.000Z')).toBe('2026-11-27T16:00:00.000Z')
    expect(closesAt(seeds, '2026-11-27T16:00:00.000Z')).toBeUndefined()
  })
})

describe('R12 the desk’s clock', () => {
  it.each([
    ['2026-11-23T10:00:00.000Z', 'Open until 17:00'],
    ['2026-11-27T10:00:00.000Z', 'Open until 16:00'],
    ['2026-11-27T16:00:00.000Z', 'Closed. Opens Monday 9:00'],
    ['2026-11-23T07:00:00.000Z', 'Closed. Opens Monday 9:00'],
    ['2026-12-24T18:00:00.000Z', 'Closed. Opens Tuesday 9:00']
  ])('R12: at %s says “%s”', (instant, text) => {
    expect(deskClock(seeds, instant).text).toBe(text)
  })

  it('R12: adds the date when it opens a week ahead or later', () => {
    const settings = [
      ...seeds,
      ...['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-30'].map((date) =>
        row('closed-day', date, { name: 'Move of the office', bankHoliday: false }, date, date)
      )
    ]
    expect(deskClock(settings, at('2026-11-24', '10:00')).text).toBe(
      'Closed. Opens Tuesday 1 December 2026, 9:00'
    )
    expect(deskClock(settings, at('2026-11-25', '10:00')).text).toBe('Closed. Opens Tuesday 9:00')
  })

  it('R12: says so when no opening is set', () => {
    expect(deskClock([], '2026-11-23T10:00:00.000Z')).toEqual({
      open: false,
      text: 'Closed. No opening is set'
    })
  })

  it('R12: tells when its text goes stale', () => {
    expect(deskClock(seeds, '2026-11-23T10:00:00.000Z').at).toBe('2026-11-23T17:00:00.000Z')
    expect(deskClock(seeds, '2026-11-23T18:00:00.000Z').at).toBe('2026-11-24T09:00:00.000Z')
  })
})

describe('R12 hours that change', () => {
  const longDay = { opens: '09:00', closes: '16:30' }
  const shorter = row(
    'opening-hours',
    'hub',
    {
      monday: longDay,
      tuesday: longDay,
      wednesday: longDay,
      thursday: longDay,
      friday: longDay,
      saturday: null,
      sunday: null
    },
    '2027-03-01',
    '2027-03-31'
  )

  it('R12: each day goes by the hours in force on it', () => {
    const settings = [...seeds, shorter]
    expect(hoursOn(settings, '2027-02-26')?.closes).toBe('16:00')
    expect(hoursOn(settings, '2027-03-01')?.closes).toBe('16:30')
    expect(hoursOn(settings, '2027-03-31')?.closes).toBe('16:30')
    expect(hoursOn(settings, '2027-04-01')?.closes).toBe('17:00')
  })

  it('R12: a closure that was taken back leaves the day open', () => {
    const closure = row('closed-day', '2026-11-24', { name: 'Training', bankHoliday: false }, '2026-11-01')
    const takenBack = { ...closure, validTo: '2026-11-20' }
    expect(hoursOn([...seeds, closure], '2026-11-24')).toBeNull()
    expect(hoursOn([...seeds, takenBack], '2026-11-24')).toEqual({ opens: '09:00', closes: '17:00' })
  })
})

describe('domain E bank holidays run out', () => {
  it('knows the last one', () => {
    expect(bankHolidaysEnd(seeds)).toBe('2028-12-26')
    expect(bankHolidaysEnd([])).toBe('')
  })

  it('warns when fewer than 90 days are left', () => {
    expect(bankHolidaysWarning(seeds, addDays('2028-12-26', -90))).toBe('')
    expect(bankHolidaysWarning(seeds, addDays('2028-12-26', -89))).toBe(
      'The last bank holiday that is set is 26 December 2028. Add the ones after it in Settings.'
    )
    expect(bankHolidaysWarning(seeds, '2029-01-02')).toContain('was 26 December 2028')
    expect(bankHolidaysWarning([], '2026-11-23')).toContain('No bank holidays are set')
  })

  it('does not count a closure of our own', () => {
    const closure = row('closed-day', '2029-02-01', { name: 'Training', bankHoliday: false }, '2026-11-23')
    expect(bankHolidaysEnd([...seeds, closure])).toBe('2028-12-26')
  })
})

describe('R12 for any hours, closures and moment', () => {
  it('R12: is never open on a closed day', () => {
    fc.assert(
      fc.property(anyHours, anyMoment, (rows, now) => {
        const closure = row('closed-day', londonDate(now), { name: 'Snow', bankHoliday: false }, '2026-01-01')
        expect(isOpen([...rows, closure], now)).toBe(false)
      }),
      { numRuns: 500 }
    )
  })

  it('R12: the next opening is in the future and open, and a closed desk stays closed until then', () => {
    fc.assert(
      fc.property(anyHours, anyMoment, fc.double({ min: 0, max: 0.999, noNaN: true }), (rows, now, share) => {
        const next = nextOpening(rows, now)
        if (!next) return
        expect(next > now).toBe(true)
        expect(isOpen(rows, next)).toBe(true)
        if (isOpen(rows, now)) return
        const between = Date.parse(now) + Math.floor((Date.parse(next) - Date.parse(now)) * share)
        expect(isOpen(rows, new Date(between).toISOString())).toBe(false)
      }),
      { numRuns: 500 }
    )
  })

  it('R12: open exactly until it closes', () => {
    fc.assert(
      fc.property(anyHours, anyMoment, (rows, now) => {
        const closes = closesAt(rows, now)
        expect(isOpen(rows, now)).toBe(closes !== undefined)
        if (!closes) return
        expect(closes > now).toBe(true)
        expect(isOpen(rows, closes)).toBe(false)
        expect(deskClock(rows, now).text).toBe(`Open until ${londonTime(closes).replace(/^0/, '')}`)
      }),
      { numRuns: 500 }
    )
  })
})

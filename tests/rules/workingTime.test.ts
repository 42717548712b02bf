import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callBackDue } from '../../shared/call/due.ts'
import { isOpen } from '../../shared/setting/hours.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { endOfWorkingDays, receivedBefore, workingMinutes } from '../../shared/setting/workingTime.ts'
import { anyHours, anyMoment, at, hoursEvery, row } from '../fixtures/hours.ts'

const seeds = seedSettings()
const MINUTE_MS = 60_000
const later = (instant: string, milliseconds: number) =>
  new Date(Date.parse(instant) + milliseconds).toISOString()

describe('C4 working days end at closing time', () => {
  it.each([
    ['Friday 15:59 + 2', at('2026-11-20', '15:59'), 2, at('2026-11-24', '17:00')],
    ['Friday 16:00 + 2: received on Monday', at('2026-11-20', '16:00'), 2, at('2026-11-25', '17:00')],
    ['Friday 15:59:59.999 + 2', '2026-11-20T15:59:59.999Z', 2, at('2026-11-24', '17:00')],
    ['Thursday 17:00 + 1: received on Friday', at('2026-11-26', '17:00'), 1, at('2026-11-30', '17:00')],
    ['Wednesday + 2 ends on a Friday at 16:00', at('2026-11-25', '10:00'), 2, at('2026-11-27', '16:00')],
    ['Saturday + 1: received on Monday', at('2026-11-21', '11:00'), 1, at('2026-11-24', '17:00')],
    ['before opening it is received the same day', at('2026-11-23', '06:00'), 1, at('2026-11-24', '17:00')],
    ['no day at all ends the same day', at('2026-11-23', '10:00'), 0, at('2026-11-23', '17:00')],
    ['one working day over Easter', at('2026-04-02', '16:30'), 1, at('2026-04-07', '17:00')],
    ['after closing before Easter', at('2026-04-02', '17:00'), 1, at('2026-04-08', '17:00')],
    ['the 3rd working day after Christmas Eve', at('2026-12-24', '10:00'), 3, at('2026-12-31', '17:00')],
    ['the 5th, over New Year', at('2026-12-24', '10:00'), 5, at('2027-01-05', '17:00')],
    ['ten working days', at('2026-11-23', '10:00'), 10, at('2026-12-07', '17:00')],
    ['over the clocks going forward', at('2026-03-27', '15:59'), 1, '2026-03-30T16:00:00.000Z'],
    ['over the clocks going back', at('2026-10-23', '15:59'), 1, '2026-10-26T17:00:00.000Z'],
    ['late in a summer evening, tomorrow in London', '2026-07-02T23:30:00.000Z', 1, at('2026-07-06', '17:00')]
  ])('%s', (_name, received, days, end) => {
    expect(endOfWorkingDays(seeds, received, days)).toBe(end)
  })

  it('each day goes by the hours in force on it', () => {
    const shorter = { opens: '09:00', closes: '12:00' }
    const week = {
      monday: shorter,
      tuesday: shorter,
      wednesday: shorter,
      thursday: shorter,
      friday: shorter,
      saturday: null,
      sunday: null
    }
    const settings = [...seeds, row('opening-hours', 'hub', week, '2026-11-25', '2026-11-25')]
    expect(endOfWorkingDays(settings, at('2026-11-24', '10:00'), 1)).toBe(at('2026-11-25', '12:00'))
    expect(endOfWorkingDays(settings, at('2026-11-25', '12:00'), 1)).toBe(at('2026-11-27', '16:00'))
    expect(endOfWorkingDays(settings, at('2026-11-25', '10:00'), 1)).toBe(at('2026-11-26', '17:00'))
  })

  it('a closed day put in later moves the end', () => {
    const settings = [
      ...seeds,
      row('closed-day', '2026-11-24', { name: 'Move of the office', bankHoliday: false }, '2026-11-24')
    ]
    expect(endOfWorkingDays(settings, at('2026-11-20', '15:59'), 2)).toBe(at('2026-11-25', '17:00'))
  })

  it('a desk with no opening set has no end', () => {
    expect(endOfWorkingDays([], at('2026-11-23', '10:00'), 1)).toBeUndefined()
    expect(receivedBefore([], 1, at('2026-11-23', '10:00'))).toBeUndefined()
    expect(workingMinutes([], at('2026-11-23', '10:00'), at('2026-11-27', '10:00'))).toBe(0)
  })

  it.each([
    ['on the tenth day before closing', at('2026-12-07', '16:59'), at('2026-11-20', '16:00')],
    ['at its closing', at('2026-12-07', '17:00'), at('2026-11-23', '17:00')],
    ['in the weekend after', at('2026-12-12', '12:00'), at('2026-11-27', '16:00')]
  ])('C6: what has had ten working days %s', (_name, by, before) => {
    expect(receivedBefore(seeds, 10, by)).toBe(before)
  })
})

describe('C4 working minutes', () => {
  it.each([
    ['two hours over a weekend', at('2026-11-20', '15:00'), at('2026-11-23', '10:00'), 120],
    ['a whole Friday', at('2026-11-20', '00:00'), at('2026-11-20', '23:59'), 420],
    ['a bank holiday', at('2026-12-25', '00:00'), at('2026-12-26', '00:00'), 0],
    ['nothing backwards', at('2026-11-23', '12:00'), at('2026-11-23', '11:00'), 0],
    ['half a minute', '2026-11-23T10:00:00.000Z', '2026-11-23T10:00:30.000Z', 0],
    ['a week in which the clocks change', at('2026-03-27', '09:00'), at('2026-03-30', '17:00'), 420 + 480]
  ])('%s', (_name, from, to, minutes) => {
    expect(workingMinutes(seeds, from, to)).toBe(minutes)
  })
})

describe('C4 for any hours, closures and moment', () => {
  const days = fc.integer({ min: 0, max: 12 })

  it('ends at a closing: open until then, closed at it', () => {
    fc.assert(
      fc.property(anyHours, anyMoment, days, (settings, received, count) => {
        const end = endOfWorkingDays(settings, received, count)
        if (end === undefined) return
        expect(end > received).toBe(true)
        expect(isOpen(settings, later(end, -1))).toBe(true)
        expect(isOpen(settings, end)).toBe(false)
      }),
      { numRuns: 200 }
    )
  })

  it('what is received later never ends earlier, and more days never end sooner', () => {
    fc.assert(
      fc.property(anyHours, anyMoment, anyMoment, days, (settings, one, other, count) => {
        const [first = '', second = ''] = [one, other].sort()
        const end = endOfWorkingDays(settings, first, count)
        const endOfLater = endOfWorkingDays(settings, second, count)
        if (end !== undefined && endOfLater !== undefined) expect(endOfLater >= end).toBe(true)
        const longer = endOfWorkingDays(settings, first, count + 1)
        if (end !== undefined && longer !== undefined) expect(longer > end).toBe(true)
      }),
      { numRuns: 200 }
    )
  })

  it('so many days and then some more are the days together', () => {
    fc.assert(
      fc.property(anyHours, anyMoment, days, days, (settings, received, some, more) => {
        const end = endOfWorkingDays(settings, received, some)
        if (end === undefined) return
        const onThatDay = later(end, -1)
        expect(endOfWorkingDays(settings, onThatDay, more)).toBe(
          endOfWorkingDays(settings, received, some + more)
        )
      }),
      { numRuns: 200 }
    )
  })

  it('`receivedBefore` parts exactly what is due from what is not', () => {
    fc.assert(
      fc.property(anyHours, anyMoment, anyMoment, days, (settings, received, by, count) => {
        const end = endOfWorkingDays(settings, received, count)
        if (end === undefined) return
        const before = receivedBefore(settings, count, by)
        expect(before !== undefined && received < before).toBe(end <= by)
      }),
      { numRuns: 300 }
    )
  })

  it('its minutes are those that one counts one by one, and no closed one among them', () => {
    const counted = (settings: readonly Setting[], from: string, count: number, step: number) =>
      Array.from({ length: count }, (_, index) => later(from, index * step * MINUTE_MS)).filter((instant) =>
        isOpen(settings, instant)
      ).length * step
    const onThe = (step: number) => (instant: string) =>
      new Date(Math.floor(Date.parse(instant) / (step * MINUTE_MS)) * (step * MINUTE_MS)).toISOString()
    const countsAlike = (step: number, most: number) =>
      fc.assert(
        fc.property(
          hoursEvery(step),
          anyMoment.map(onThe(step)),
          fc.integer({ min: 0, max: most }),
          (settings, from, count) => {
            expect(workingMinutes(settings, from, later(from, count * step * MINUTE_MS))).toBe(
              counted(settings, from, count, step)
            )
          }
        ),
        { numRuns: 60 }
      )
    countsAlike(1, 120)
    countsAlike(15, 400)
  })
})

describe('C4 when a call-back is due', () => {
  it('in hours: within the working days that were set on the day of the call', () => {
    const twoDays = {
      earlierCallsDays: 90,
      twoConcernsDays: 14,
      callBackWorkingDays: 2,
      referralWorkingDays: 10
    }
    const settings = [...seeds, row('follow-up', 'hub', twoDays, '2026-11-24')]
    const due = (day: string) => callBackDue(settings, { tookPlaceAt: at(day, '10:00'), inHours: true })
    expect(due('2026-11-23')).toBe(at('2026-11-24', '17:00'))
    expect(due('2026-11-24')).toBe(at('2026-11-26', '17:00'))
  })

  it.each([
    ['on Friday at closing', at('2026-11-20', '16:00')],
    ['on Saturday', at('2026-11-21', '11:00')],
    ['two minutes before the desk opens', at('2026-11-23', '08:58')]
  ])('out of hours: when the desk opens next after the call, %s', (_name, tookPlaceAt) => {
    expect(callBackDue(seeds, { tookPlaceAt, inHours: false })).toBe(at('2026-11-23', '09:00'))
  })

  it('a booked slot on a closed day counts as in hours, from the next opening on', () => {
    const due = callBackDue(seeds, { tookPlaceAt: at('2026-11-21', '11:00'), inHours: true })
    expect(due).toBe(at('2026-11-24', '17:00'))
  })

  it('is not known where no opening is set', () => {
    for (const inHours of [true, false])
      expect(callBackDue([], { tookPlaceAt: at('2026-11-20', '16:00'), inHours })).toBeUndefined()
  })
})

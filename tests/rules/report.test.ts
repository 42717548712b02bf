import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeHours,
  describeMost,
  describeOpenHours,
  describeReferrals,
  describeTurnedAway,
  describeWeeks,
  share
} from '../../shared/report/describe.ts'
import { londonHourReader } from '../../shared/report/londonHour.ts'
import { mondaysOf, rangeOf, weekWithin } from '../../shared/report/period.ts'
import { reportRange, typedRange } from '../../shared/report/report.ts'
import { londonDate, londonTime, weekday, weekdays } from '../../shared/time/london.ts'

describe('periods', () => {
  it.each([
    ['this-week', '2026-11-23', '2026-11-23'],
    ['this-week', '2026-11-29', '2026-11-23'],
    ['this-month', '2026-11-23', '2026-11-01'],
    ['last-12-months', '2026-11-23', '2025-11-24'],
    ['last-12-months', '2028-02-29', '2027-03-01'],
    ['last-12-months', '2026-12-31', '2026-01-01'],
    ['school-year', '2026-08-31', '2025-09-01'],
    ['school-year', '2026-09-01', '2026-09-01']
  ] as const)('%s on %s begins on %s', (period, today, from) => {
    expect(rangeOf(period, today)).toEqual({ from, to: today })
  })

  it('cuts the first and the last week', () => {
    const range = { from: '2026-11-18', to: '2026-11-24' }
    expect(mondaysOf(range)).toEqual(['2026-11-16', '2026-11-23'])
    expect(mondaysOf(range).map((monday) => weekWithin(monday, range))).toEqual([
      { from: '2026-11-18', to: '2026-11-22' },
      { from: '2026-11-23', to: '2026-11-24' }
    ])
  })

  it('is read as it is typed', () => {
    expect(typedRange.parse({ from: '1/9/26', to: '23112026' })).toEqual({
      from: '2026-09-01',
      to: '2026-11-23'
    })
  })

  it.each([
    ['', '23/11/2026', 'from', 'Enter a day, such as 23/11/2026'],
    ['23/11/2026', '31/2/2026', 'to', 'Enter a day, such as 23/11/2026'],
    ['23/11/2026', '22/11/2026', 'to', 'Enter the same day as From or a later one'],
    ['1/1/1990', '1/1/2026', 'to', 'Enter a day within 30 years of From']
  ])('refuses “%s” to “%s”', (from, to, path, message) => {
    const issues = typedRange.safeParse({ from, to }).error?.issues
    expect(issues?.map((issue) => [issue.path.join('.'), issue.message])).toEqual([[path, message]])
  })

  it('may be one day', () => {
    expect(reportRange.safeParse({ from: '2026-11-23', to: '2026-11-23' }).success).toBe(true)
  })
})

describe('hours in London', () => {
  it.each([
    ['2026-06-30T22', { monday: '2026-06-29', weekday: 2, hour: 23 }],
    ['2026-06-30T23', { monday: '2026-06-29', weekday: 3, hour: 0 }],
    // the clocks go forward at 01:00 UTC on the last Sunday of March
    ['2026-03-29T00', { monday: '2026-03-23', weekday: 7, hour: 0 }],
    ['2026-03-29T01', { monday: '2026-03-23', weekday: 7, hour: 2 }],
    ['2026-03-29T23', { monday: '2026-03-30', weekday: 1, hour: 0 }],
    // and back at 01:00 UTC on the last Sunday of October: one o'clock comes twice
    ['2026-10-25T00', { monday: '2026-10-19', weekday: 7, hour: 1 }],
    ['2026-10-25T01', { monday: '2026-10-19', weekday: 7, hour: 1 }],
    ['2026-10-25T02', { monday: '2026-10-19', weekday: 7, hour: 2 }],
    ['2026-12-31T23', { monday: '2026-12-28', weekday: 4, hour: 23 }]
  ])('%s', (utcHour, shown) => {
    expect(londonHourReader()(utcHour)).toEqual(shown)
  })

  it('are what the calendar says, in any order', () => {
    const hours = { min: Date.UTC(1996, 0) / 3_600_000, max: Date.UTC(2037, 0) / 3_600_000 }
    fc.assert(
      fc.property(fc.array(fc.integer(hours), { maxLength: 40 }), (found) => {
        const read = londonHourReader()
        for (const hour of found) {
          const instant = new Date(hour * 3_600_000).toISOString()
          const date = londonDate(instant)
          expect(read(instant.slice(0, 13))).toMatchObject({
            weekday: weekdays.indexOf(weekday(date)) + 1,
            hour: Number(londonTime(instant).slice(0, 2))
          })
        }
      }),
      { numRuns: 200 }
    )
  })
})

describe('what a picture shows, in words', () => {
  const cell = (day: number, hour: number, calls: number) => ({ weekday: day, hour, calls })

  it('names the busiest hour', () => {
    expect(describeHours([cell(2, 11, 14), cell(3, 9, 6)], 20)).toBe(
      'The most calls came on Tuesdays between 11:00 and 12:00: 14 of 20.'
    )
    expect(describeHours([cell(7, 23, 1)], 1)).toBe(
      'The only call came on Sundays between 23:00 and 0:00: 1 of 1.'
    )
  })

  it('names two that are level, and no more', () => {
    const two = [cell(1, 9, 3), cell(2, 10, 3), cell(3, 9, 1)]
    expect(describeHours(two, 7)).toBe(
      'The most calls came on Mondays between 9:00 and 10:00 and on Tuesdays between 10:00 and 11:00: 3 each of 7.'
    )
    const three = ['A', 'B', 'C'].map((name) => ({ name, calls: 1 }))
    expect(describeMost('came from', three, 3)).toBe('None stands out: 3 have 1 call each.')
  })

  it('says nothing of no calls', () => {
    expect(describeMost('came from', [{ name: 'A', calls: 0 }], 0)).toBe('')
    expect(describeWeeks([{ monday: '2026-11-23', calls: 0 }], 0)).toBe('')
    expect(describeOpenHours(0, 0)).toBe('')
  })

  it('tells the busiest week and the usual one', () => {
    const weeks = [4, 10, 2, 6].map((calls, index) => ({ monday: `2026-11-0${String(index + 2)}`, calls }))
    expect(describeWeeks(weeks, 22)).toBe(
      'The most calls came in the week of 3 November 2026: 10 of 22. Half of the 4 weeks had 4 calls or fewer.'
    )
    const quiet = weeks.map((week, index) => (index < 2 ? { ...week, calls: 0 } : week))
    expect(describeWeeks(quiet, 8)).toContain('6 of 8. At least half of the 4 weeks had no calls.')
    expect(describeWeeks([{ monday: '2026-11-23', calls: 1_200 }], 1_200)).toBe('1,200 calls in one week.')
  })

  it('tells hours, callers turned away, and referrals', () => {
    expect(describeOpenHours(96, 24)).toBe('Of 120 calls, 96 (80%) came in hours and 24 (20%) out of hours.')
    expect(describeTurnedAway([], 0, 5)).toBe('Nobody was turned away.')
    expect(describeTurnedAway([{ name: 'a member of the public', calls: 3 }], 3, 12)).toBe(
      'Of 12 calls, 3 (25%) ended with the caller turned away. The most calls turned away came from a member of the public: 3 of 3.'
    )
    expect(describeReferrals({ yes: 0, no: 0, notKnown: 0, unanswered: 0 })).toBe(
      'No call ended with the contact form.'
    )
    expect(describeReferrals({ yes: 6, no: 2, notKnown: 1, unanswered: 3 })).toBe(
      'Of 12 calls that ended with the contact form, 6 (50%) led to a referral, 2 did not, 1 is not known and 3 have no answer yet.'
    )
  })

  it('rounds shares without making something nothing', () => {
    expect([share(1, 3), share(1, 1_000), share(0, 5), share(0, 0)]).toEqual(['33%', 'under 1%', '0%', ''])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDate, writeDate } from '../../shared/time/civilDate.ts'

describe('L16, L28: a date as it is typed in England', () => {
  it.each([
    ['3/9/26', '2026-09-03'],
    ['03.09.2026', '2026-09-03'],
    ['03092026', '2026-09-03'],
    ['3 9 2026', '2026-09-03'],
    ['2026-09-03', '2026-09-03'],
    ['29/2/2028', '2028-02-29'],
    ['29/2/2027', ''],
    ['31/4/2026', ''],
    ['9/13/2026', ''],
    ['tomorrow', ''],
    ['3/9', ''],
    ['', '']
  ])('reads %j as %j', (typed, date) => {
    expect(readDate(typed)).toBe(date)
  })

  it('reads back what it writes', () => {
    const days = fc.integer({ min: 0, max: 36_500 })
    fc.assert(
      fc.property(days, (day) => {
        const date = new Date(Date.UTC(2000, 0, 1) + day * 86_400_000).toISOString().slice(0, 10)
        expect(readDate(writeDate(date))).toBe(date)
      })
    )
  })

  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string(), (typed) => void readDate(typed)))
  })
})

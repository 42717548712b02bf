import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEligible, readBirth } from '../../shared/person/birth.ts'
import { fold } from '../../shared/person/fold.ts'
import { readPhone } from '../../shared/person/phone.ts'
import { readPostcode } from '../../shared/person/postcode.ts'
import { upnLooksRight } from '../../shared/person/upn.ts'
import { addDays, ageOn } from '../../shared/time/london.ts'

const today = '2026-11-23'

describe('R1 who Families First is for', () => {
  it.each([
    [17, false, true],
    [18, false, false],
    [24, false, false],
    [18, true, true],
    [24, true, true],
    [25, true, false]
  ])('R1: age %i, recorded need %s → %s', (age, need, eligible) => {
    expect(isEligible(age, need)).toBe(eligible)
  })

  it('R1: is eligible on the day before the 18th birthday and not on it', () => {
    expect(isEligible(ageOn('2008-11-24', '2026-11-23'), false)).toBe(true)
    expect(isEligible(ageOn('2008-11-24', '2026-11-24'), false)).toBe(false)
  })
})

describe('L16 a date of birth as it is read out', () => {
  it.each([
    '3/9/15',
    '03092015',
    '030915',
    '3.9.2015',
    '3-9-15',
    '3 9 15',
    '3 Sep 2015',
    '3rd September 2015',
    '3rd of Sept 15',
    '3sep15',
    '2015-09-03',
    '  3/09/2015 '
  ])('L16: reads “%s” as 3 September 2015', (typed) => {
    expect(readBirth(typed, today)).toEqual({ kind: 'date', date: '2015-09-03', ageYears: 11 })
  })

  it.each([
    ['age 7', 7],
    ['7 years', 7],
    ['7', 7],
    ['aged 7', 7],
    ['7yrs', 7],
    ['7 years old', 7],
    ['0', 0],
    ['18 months', 1],
    ['age 6 months', 0],
    ['11m', 0],
    ['24 months old', 2],
    ['6 weeks', 0],
    ['3 days', 0],
    ['2 years 3 months', 2],
    ['120', 120]
  ])('L16: reads “%s” as age %i', (typed, years) => {
    expect(readBirth(typed, today)).toEqual({ kind: 'age', years })
  })

  it('L16: nothing typed is nothing known', () => {
    expect(readBirth('', today)).toEqual({ kind: 'none' })
    expect(readBirth('   ', today)).toEqual({ kind: 'none' })
  })

  it('L16: the day comes first, even where the other order would do', () => {
    expect(readBirth('4/5/12', today)).toMatchObject({ date: '2012-05-04' })
  })

  it('L16: a two-digit year is the latest that is not in the future', () => {
    expect(readBirth('23/11/26', today)).toMatchObject({ date: '2026-11-23', ageYears: 0 })
    expect(readBirth('24/11/26', today)).toMatchObject({ date: '1926-11-24', ageYears: 99 })
    expect(readBirth('1/1/27', today)).toMatchObject({ date: '1927-01-01', ageYears: 99 })
    expect(readBirth('29/2/00', today)).toMatchObject({ date: '2000-02-29', ageYears: 26 })
  })

  it.each([
    ['24/11/2026', 'in the future'],
    ['1/1/1900', 'Check the year'],
    ['121', 'Check the age'],
    ['9/13/15', 'Enter the day first'],
    ['31/2/15', 'no such day'],
    ['29/2/15', 'no such day'],
    ['2015-02-30', 'no such day'],
    ['2015', 'Enter a date of birth like'],
    ['nearly eight', 'Enter a date of birth like'],
    ['3 Foo 2015', 'Enter a date of birth like'],
    ['1234567', 'Enter a date of birth like']
  ])('L16: does not guess at “%s”', (typed, message) => {
    const birth = readBirth(typed, today)
    expect(birth.kind).toBe('unreadable')
    expect(birth).toMatchObject({ message: expect.stringContaining(message) as string })
  })

  it('L16: reads every day of the last 99 years in each way of writing it', () => {
    const day = fc.integer({ min: 0, max: 36_000 }).map((days) => addDays(today, -days))
    fc.assert(
      fc.property(day, (date) => {
        const [year = '', month = '', date2 = ''] = date.split('-')
        const ways = [
          date,
          `${date2}${month}${year}`,
          `${Number(date2)}/${Number(month)}/${year}`,
          `${date2}.${month}.${year.slice(2)}`,
          `${date2}${month}${year.slice(2)}`
        ]
        for (const way of ways) expect(readBirth(way, today)).toMatchObject({ kind: 'date', date })
      })
    )
  })

  it('L16: answers whatever is typed, and no age is outside 0 to 120', () => {
    const anything = fc.oneof(fc.string(), fc.stringMatching(/^[\d/. -]{0,12}$/))
    fc.assert(
      fc.property(anything, (typed) => {
        const birth = readBirth(typed, today)
        if (birth.kind === 'date') expect(birth.date <= today).toBe(true)
        const age = birth.kind === 'date' ? birth.ageYears : birth.kind === 'age' ? birth.years : 0
        expect(age).toBeGreaterThanOrEqual(0)
        expect(age).toBeLessThanOrEqual(120)
      }),
      { numRuns: 1_000 }
    )
  })
})

describe('L16 a phone number as it is read out', () => {
  it.each(['01992 555980', '(01992) 555-980', '+44 1992 555980', '0044 1992 555980', '01992555980'])(
    'L16: matches %s by the same digits',
    (typed) => {
      expect(readPhone(typed)).toEqual({ digits: '01992555980', national: '01992 555980', possible: true })
    }
  )

  it.each(['07700 900123', '01632 960123', '020 7946 0123'])(
    'L16: lets the invented number %s be',
    (typed) => {
      expect(readPhone(typed)).toMatchObject({ national: typed, possible: true })
    }
  )

  it('L16: keeps an extension out of the digits', () => {
    expect(readPhone('01992 555980 ext 12')).toEqual({
      digits: '01992555980',
      national: '01992 555980 ext 12',
      possible: true
    })
  })

  it('L16: keeps what is no number as it was typed', () => {
    expect(readPhone('')).toEqual({ digits: '', national: '', possible: false })
    expect(readPhone(' ask the office ')).toEqual({ digits: '', national: 'ask the office', possible: false })
    expect(readPhone('01992 5')).toMatchObject({ possible: false })
  })

  it('L16: shows a foreign number with its country', () => {
    expect(readPhone('+33 1 23 45 67 89')).toMatchObject({
      national: '+33 1 23 45 67 89',
      digits: '33123456789'
    })
  })

  it('L16: never throws', () => {
    fc.assert(fc.property(fc.string(), (typed) => /^\d*$/.test(readPhone(typed).digits)))
  })
})

describe('L16 postcodes, names and pupil numbers', () => {
  it.each(['sg138eq', ' SG13 8EQ ', 'SG1 38EQ', 'Sg13-8eq'])('L16: reads “%s” as SG13 8EQ', (typed) => {
    expect(readPostcode(typed)).toBe('SG13 8EQ')
  })

  it.each(['', 'SG13', 'Hertford', '12 High Street'])('L16: finds no postcode in “%s”', (typed) => {
    expect(readPostcode(typed)).toBeUndefined()
  })

  it.each([
    ['O’Brien', 'obrien'],
    ["  Siân  O'Neill ", 'sian oneill'],
    ['Anne-Marie', 'annemarie'],
    ['Łukasz Żółć', 'lukasz zolc'],
    ['ST. ALBANS', 'st. albans']
  ])('L16: folds “%s” to “%s”', (name, folded) => {
    expect(fold(name)).toBe(folded)
  })

  it('L16: folding twice changes nothing more', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => fold(fold(text)) === fold(text)))
  })

  it.each([
    ['A123456789012', true],
    ['a12345678901b', true],
    ['A 1234 5678 9012', true],
    ['A12345678901', false],
    ['1123456789012', false],
    ['A1234567890123', false],
    ['A1234567890X2', false],
    ['', false]
  ])('pupil number “%s” looks right: %s', (typed, right) => {
    expect(upnLooksRight(typed)).toBe(right)
  })
})

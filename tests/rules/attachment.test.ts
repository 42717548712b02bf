import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endingOf, keptName, offeredName, typeByName } from '../../shared/attachment/fileName.ts'

describe('the name that a file keeps', () => {
  it.each([
    ['Letter to Jo.pdf', 'Letter to Jo.pdf'],
    ['  Letter.pdf ', 'Letter.pdf'],
    ['annual\u202Efdp.exe', 'annualfdp.exe'],
    ['a\nb\u0000c.txt', 'abc.txt'],
    ['Zoe\u0308.txt', 'Zoë.txt'],
    ['.pdf', '.pdf'],
    [`${'x'.repeat(300)}.docx`, `${'x'.repeat(195)}.docx`]
  ])('%j is kept as %j', (name, kept) => {
    expect(keptName(name)).toBe(kept)
  })

  it('is at most 200 characters that are all seen, keeps how it ends, and is kept again as it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.constantFrom('pdf', 'txt'),
        (stem, ending) => {
          const kept = keptName(`a${stem}.${ending}`)
          expect([...kept].length).toBeLessThanOrEqual(200)
          expect(kept).not.toMatch(/\p{C}/u)
          expect(endingOf(kept)).toBe(ending)
          expect(keptName(kept)).toBe(kept)
        }
      )
    )
  })
})

describe('what a name says', () => {
  it.each([
    ['scan.PDF', 'application/pdf'],
    ['photo.JPEG', 'image/jpeg'],
    ['scan.pdf.exe', undefined],
    ['pdf', undefined],
    ['.pdf', undefined],
    ['scan.', undefined]
  ])('%s: %s', (name, type) => {
    expect(typeByName(name)).toBe(type)
  })

  it('is offered as every system takes it', () => {
    expect(offeredName('a/b\\c:d*e?f"g<h>i|j.pdf')).toBe('a-b-c-d-e-f-g-h-i-j.pdf')
    expect(['CON.pdf', 'lpt1 .txt', 'Connor.pdf', 'aux-1.png'].map(offeredName)).toEqual([
      '-CON.pdf',
      '-lpt1 .txt',
      'Connor.pdf',
      'aux-1.png'
    ])
  })
})

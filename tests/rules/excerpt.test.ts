import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excerptOf, marked, searchedWords, type Typed } from '../../shared/call/excerpt.ts'
import type { Piece } from '../../shared/call/filter.ts'

const show = (pieces: readonly Piece[]) => pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('')
const excerpt = (text: string, search: string) =>
  show(excerptOf([{ part: 'concern', text }], searchedWords(search)).pieces)
const hasHalfACharacter = (text: string) => /\p{Cs}/u.test(text)
const FAR = 'one two three four five six seven eight nine ten '.repeat(8)

describe('an excerpt', () => {
  it.each([
    ['a word', 'Fell down the stairs', 'stairs', 'Fell down the [stairs]'],
    ['the beginning of a word', 'Bruised twice', 'bru', '[Bruised] twice'],
    ['accents and capitals', 'SIÂN said so', 'siân', '[SIÂN] said so'],
    ['an accent typed apart', 'Ren\u00e9 rang', 'rene\u0301', '[René] rang'],
    ['an accent that stands apart', 'Rene\u0301 rang', 'rené', '[Rene\u0301] rang'],
    ['an apostrophe', 'Mrs O’Connor rang', "o'connor", 'Mrs [O]’[Connor] rang'],
    ['emoji', '😢 sad 😢', 'sad', '😢 [sad] 😢'],
    ['hits at both ends', 'heron and heron', 'heron', '[heron] and [heron]'],
    ['no middle of a word', 'understood', 'stood', '']
  ])('marks %s', (_, text, search, shown) => {
    expect(excerpt(text, search)).toBe(shown)
  })

  it('is about 160 characters around the first hit, cut between words, with an ellipsis where it is cut', () => {
    const shown = excerpt(`${FAR}heron ${FAR}`, 'heron')
    expect(shown).toMatch(/^… \w+ .*\[heron\].* \w+ …$/)
    expect(shown.length).toBeGreaterThan(120)
    expect(shown.length).toBeLessThan(175)
    expect(excerpt(`heron ${FAR}`, 'heron')).toMatch(/^\[heron\] .* …$/)
    expect(excerpt(`${FAR}heron`, 'heron')).toMatch(/^… .* \[heron\]$/)
    // a line on the screen is cut at its end: the hit stands near its beginning
    expect(excerpt(`${FAR}heron by the river`, 'heron').indexOf('[heron]')).toBeLessThan(60)
  })

  it('is taken where most of the words stand together, in the text that has most of them', () => {
    const apart = `river ${FAR}gray heron by the river ${FAR}`
    expect(excerpt(apart, 'heron river')).toContain('gray [heron] by the [river]')
    const texts: Typed[] = [
      { part: 'concern', text: 'The river' },
      { part: 'child', text: 'Heron River' }
    ]
    expect(excerptOf(texts, ['river']).part).toBe('concern')
    expect(excerptOf(texts, ['heron', 'river']).part).toBe('child')
    expect(excerptOf(texts, ['elephant'])).toEqual({ part: '', pieces: [] })
  })

  it('never throws, never cuts a character, and is always a part of the text with a hit in it', () => {
    const unit = fc.oneof(
      fc.constantFrom('heron', 'Héron', ' ', '\n', '😢', '👩‍👧', 'o’', '\u0301', 'ß', 'İ', 'रवि'),
      fc.string({ unit: 'grapheme', maxLength: 30 })
    )
    const text = fc.array(unit, { maxLength: 120 }).map((units) => units.join(''))
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 3 }),
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        (texts, search) => {
          const words = [...searchedWords(search), 'her']
          const { part, pieces } = excerptOf(
            texts.map((each) => ({ part: 'concern', text: each })),
            words
          )
          const joined = pieces.map((piece) => piece.text).join('')
          const bare = joined.replace(/^… /, '').replace(/ …$/, '')
          if (part === '') expect(joined).toBe('')
          else expect(texts.some((each) => each.includes(joined) || each.includes(bare))).toBe(true)
          expect(pieces.some(({ hit }) => hit)).toBe(part !== '')
          if (!texts.some(hasHalfACharacter)) expect(hasHalfACharacter(joined)).toBe(false)
          for (const each of texts)
            expect(
              marked(each, words)
                .map((piece) => piece.text)
                .join('')
            ).toBe(each)
        }
      ),
      { numRuns: 300 }
    )
  })
})

import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { canonicalJson } from '../../shared/export/canonical.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import { problemsWithDecision } from '../../shared/subjectAccess/problems.ts'
import { BAR, pathOfFile, piecesOf, redacted, stretches, textsOf } from '../../shared/subjectAccess/redact.ts'
import { standsIn } from '../../shared/subjectAccess/standsIn.ts'
import type { Decided, Span } from '../../shared/subjectAccess/subjectAccess.ts'
import { suggester, type KnownBy } from '../../shared/subjectAccess/suggest.ts'

const anItem = (texts: string[], fileNames: string[] = []): ToldRecord => ({
  ...{ id: 'n1', kind: 'note', reference: '', title: 'Visit', on: '2026-05-04' },
  ...{ recordedAt: '2026-05-04T10:00:00.000Z', byName: 'Priya Shah' },
  texts: texts.map((text, index) => ({ path: `words.${String(index)}`, label: 'What was said', text })),
  files: fileNames.map((name, index) => ({
    ...{ id: `f${String(index)}`, name, mediaType: 'application/pdf', size: 1, sha256: 'a'.repeat(64) },
    ...{ at: '2026-05-04T10:00:00.000Z', byName: 'Priya Shah', entry: '' }
  }))
})
const aSpan = (from: number, to: number, more: Partial<Span> = {}): Span => ({
  ...{ path: 'words.0', from, to, reason: 'third-party', note: '' },
  ...more
})
const decidedWith = (more: Partial<Decided>): Decided => ({
  ...{ fate: 'redact', reason: '', note: '', spans: [], withoutFiles: [] },
  ...more
})
const somebody = (more: Partial<KnownBy>): KnownBy => ({
  ...{ who: 'Tara Moore', names: [], addresses: [], phones: [], births: [], numbers: [] },
  ...more
})
const nobody = somebody({ who: '' })

const goesOutAs = (text: string, ...spans: Span[]) =>
  redacted(anItem([text]), decidedWith({ spans })).texts[0]?.text

describe('what is blacked out', () => {
  test('is a bar with its reason, as long for a short name as for a long one', () => {
    expect(goesOutAs('Al came', aSpan(0, 2))).toBe('█████ [third party] came')
    expect(goesOutAs('Aleksandra came', aSpan(0, 10))).toBe('█████ [third party] came')
  })

  test('stretches that overlap or touch are one bar that gives every reason', () => {
    const text = 'Tara Moore of Mill Lane'
    expect(goesOutAs(text, aSpan(0, 4), aSpan(2, 10))).toBe('█████ [third party] of Mill Lane')
    expect(goesOutAs(text, aSpan(4, 10, { reason: 'serious-harm' }), aSpan(0, 4))).toBe(
      '█████ [third party, serious harm] of Mill Lane'
    )
    expect(goesOutAs(text, aSpan(0, 4), aSpan(5, 10))).toBe(
      '█████ [third party] █████ [third party] of Mill Lane'
    )
  })

  test.each([
    ['half of an emoji', 'x👩‍👧y', 2, 3, 'x█████ [third party]y'],
    ['one of a pair of surrogates', 'x😀y', 2, 3, 'x█████ [third party]y'],
    ['a letter without its accent', 'Zoe\u0308 came', 0, 3, '█████ [third party] came'],
    ['an accent without its letter', 'Zoe\u0308 came', 3, 4, 'Zo█████ [third party] came'],
    ['half of a line break', 'a\r\nb', 1, 2, 'a█████ [third party]b']
  ])('%s takes the whole of it', (_what, text, from, to, expected) => {
    expect(goesOutAs(text, aSpan(from, to))).toBe(expected)
  })

  test('the name of a file is a text, and a file that is kept back is not there', () => {
    const item = anItem(['Seen'], ['Tara Moore.pdf', 'plan.pdf'])
    const out = redacted(
      item,
      decidedWith({
        spans: [aSpan(0, 10, { path: pathOfFile('f0') })],
        withoutFiles: [{ id: 'f1', reason: 'exempt', note: '' }]
      })
    )
    expect(out.files.map(({ name }) => name)).toEqual(['█████ [third party].pdf'])
  })

  test('who recorded it stands in its texts and nowhere else', () => {
    const out = redacted(anItem(['Seen'], ['plan.pdf']), decidedWith({ fate: 'include' }))
    expect(canonicalJson(out)).not.toContain('Priya')
  })

  test('what is left out says nothing at all', () => {
    const out = redacted(
      anItem(['Seen Tara'], ['Tara.pdf']),
      decidedWith({ fate: 'exclude', reason: 'exempt' })
    )
    expect([...out.texts, ...out.files]).toEqual([])
  })
})

/** Letters of every kind that text may be made of, none of which is in a label or in a bar. */
const anyLetter = fc.constantFrom(
  ...['ж', 'ש', 'م', '漢', 'é', 'e\u0301', 'ö', '😀', '👩‍👧‍👦', '🇬🇧', '\u200f', '\u00ad', "'", '’', '\n', '\r\n'],
  ...['\t', ' ', 'क्षि', 'ﬁ', '\ud800', '\udc00', '-', '7']
)
const anyText = fc.array(anyLetter, { maxLength: 40 }).map((letters) => letters.join(''))
const anySpans = fc.array(
  fc.record({
    from: fc.nat(60),
    length: fc.integer({ min: 1, max: 30 }),
    reason: fc.constantFrom('third-party' as const, 'serious-harm' as const)
  }),
  { maxLength: 6 }
)

describe('whatever is blacked out of whatever text', () => {
  test('what stays is all the rest, in its order, and no letter of what does not', () => {
    fc.assert(
      fc.property(anyText, anySpans, (text, chosen) => {
        const spans = chosen.map(({ from, length, reason }) => ({ from, to: from + length, reason }))
        const black = stretches(text, spans)
        for (const { from, to } of spans) {
          if (from < text.length) {
            expect(black.some((each) => each.from <= from && Math.min(to, text.length) <= each.to)).toBe(true)
          }
        }
        // apart from each other and in their order, so that a bar never tells where one ends in another
        for (const [index, each] of black.entries())
          expect(each.from).toBeGreaterThan(black[index - 1]?.to ?? -1)
        let at = 0
        const kept = black.map(({ from, to }) => {
          const before = text.slice(at, from)
          at = to
          return before
        })
        const out = piecesOf(text, spans)
        expect(out.filter(({ isBar }) => !isBar).map((each) => each.text)).toEqual(
          [...kept, text.slice(at)].filter((each) => each !== '')
        )
        expect(out.filter(({ isBar }) => isBar)).toHaveLength(black.length)
        for (const { text: bar } of out.filter(({ isBar }) => isBar))
          expect(bar).toMatch(/^█{5} \[[a-z, ]+\]$/)
      }),
      { numRuns: 2_000 }
    )
  })

  test('a word that is blacked out wherever it stands is nowhere in the canonical JSON', () => {
    const word = fc.stringMatching(/^[a-zà-ÿא-תا-ي]{3,9}$/u).map((letters) => `qx${letters}xq`)
    fc.assert(
      fc.property(
        word,
        fc.array(anyText, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        (secret, around, seed) => {
          const said = around.join(secret) + secret
          const item = anItem([said, `${said}${said}`], [`${said}.pdf`, `${String(seed)}.pdf`])
          const spans = textsOf(item).flatMap(({ path, text }) =>
            [...text.matchAll(new RegExp(secret, 'gu'))].map(({ index }) =>
              aSpan(index, index + secret.length, { path })
            )
          )
          const before = canonicalJson(item)
          const out = canonicalJson(redacted(item, decidedWith({ spans })))
          expect(before).toContain(secret)
          expect(out).not.toContain(secret)
          expect(out).toContain(BAR)
          expect(canonicalJson(item)).toBe(before)
        }
      ),
      { numRuns: 500 }
    )
  })
})

describe('a decision', () => {
  const item = anItem(['Tara came'], ['plan.pdf'])
  const pathsOf = (decided: Partial<Decided>) =>
    problemsWithDecision(item, decidedWith(decided)).map(({ path }) => path)

  test('says why something is left out, and of serious harm who was asked', () => {
    expect(pathsOf({ fate: 'exclude' })).toEqual(['reason'])
    expect(pathsOf({ fate: 'exclude', reason: 'third-party' })).toEqual([])
    expect(pathsOf({ fate: 'exclude', reason: 'serious-harm', note: ' ' })).toEqual(['note'])
    expect(pathsOf({ spans: [aSpan(0, 4, { reason: 'serious-harm' })] })).toEqual(['spans.0.note'])
    expect(pathsOf({ withoutFiles: [{ id: 'f0', reason: 'serious-harm', note: '' }] })).toEqual([
      'withoutFiles.0.note'
    ])
    expect(pathsOf({ spans: [aSpan(0, 4, { reason: 'serious-harm', note: 'Dr Osei, 4 May' })] })).toEqual([])
  })

  test('is about what is there', () => {
    expect(pathsOf({ spans: [aSpan(0, 10)] })).toEqual(['spans.0'])
    expect(pathsOf({ spans: [aSpan(4, 4)] })).toEqual(['spans.0'])
    expect(pathsOf({ spans: [aSpan(0, 4, { path: 'words.9' })] })).toEqual(['spans.0'])
    expect(pathsOf({ withoutFiles: [{ id: 'f9', reason: 'exempt', note: '' }] })).toEqual(['withoutFiles.0'])
    expect(pathsOf({ spans: [aSpan(0, 8, { path: pathOfFile('f0') })] })).toEqual([])
  })

  test('says of what goes in part what does not, and of what goes as it is nothing', () => {
    expect(pathsOf({ fate: 'redact' })).toEqual(['fate'])
    expect(pathsOf({ fate: 'include', spans: [aSpan(0, 4)] })).toEqual(['fate'])
    expect(pathsOf({ fate: 'include', reason: 'exempt' })).toEqual(['reason'])
    expect(pathsOf({ fate: 'include' })).toEqual([])
    expect(pathsOf({ fate: 'open', spans: [aSpan(0, 4)] })).toEqual([])
  })
})

describe('a suggestion', () => {
  const tara = somebody({
    names: ['Tara Jane Moore', 'Terry O’Brien-Hall'],
    addresses: ['12 Mill Lane, Ware, SG12 9AB'],
    phones: ['07700 900123'],
    births: ['1987-09-03'],
    numbers: ['A123456789012']
  })
  const leo = somebody({ who: 'Leo', names: ['Leo Moore'], addresses: ['3 High Street, Ware, SG12 1ZZ'] })
  const ask = suggester([tara], leo)
  const found = (text: string) => ask(anItem([text])).map(({ from, to }) => text.slice(from, to))

  test.each([
    ['a first name', 'Then tara came.', ['tara']],
    ['a name with what belongs to it', 'Tara’s sister, TARA!', ['Tara', 'TARA']],
    ['the longest of it', 'Ms Tara Moore and Tara Jane Moore', ['Tara Moore', 'Tara Jane Moore']],
    ['in another order', 'MOORE, Tara', ['MOORE, Tara']],
    ['an initial', 'T. Moore rang', ['T. Moore']],
    ['across a line', 'with Tara\n  Moore and Ta-\nra', ['Tara\n  Moore', 'Ta-\nra']],
    [
      'with and without its apostrophe',
      "O'Brien Hall, OBrien, O’BRIEN–HALL",
      ["O'Brien Hall", 'OBrien', 'O’BRIEN–HALL']
    ],
    [
      'decomposed, wide or with what cannot be seen',
      'Ｔａｒａ, Ta\u00adra, Tára',
      ['Ｔａｒａ', 'Ta\u00adra', 'Tára']
    ],
    [
      'an address by its line, its street or its postcode',
      'at 12 Mill Ln in sg129ab, off Mill\nLane',
      ['12 Mill Ln', 'sg129ab', 'Mill\nLane']
    ],
    [
      'a number however it is grouped',
      '07700900123, +44 (0)7700 900-123, 0770 0900 123',
      ['07700900123', '+44 (0)7700 900-123', '0770 0900 123']
    ],
    [
      'a date of birth however it is written',
      'born 3/9/87, 03.09.1987, 3rd of Sept 1987, 1987-09-03',
      ['3/9/87', '03.09.1987', '3rd of Sept 1987', '1987-09-03']
    ],
    ['a pupil’s number', 'UPN a123456789012', ['a123456789012']]
  ])('finds %s', (_what, text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  test.each([
    ['inside another word', 'Taras and Starara'],
    ['what is their own', 'Leo Moore of 3 High Street, Ware'],
    ['a town', 'in Ware'],
    ['fewer digits', '900123 and 3987']
  ])('does not find %s', (_what, text) => {
    expect(found(text)).toEqual([])
  })

  test('a name that is a word too is one only where it does not begin small', () => {
    const grace = suggester([somebody({ names: ['Grace Will'] })], nobody)
    const text = 'By grace she will ask Grace, and Will'
    expect(grace(anItem([text])).map(({ from, to }) => text.slice(from, to))).toEqual([
      'Grace, and Will'.slice(0, 5),
      'Will'
    ])
  })

  test('a short name stands for the long one, and the other way round', () => {
    const liz = suggester([somebody({ names: ['Elizabeth Osei'] })], nobody)
    const text = 'Lizzie and Beth, but not as bess'
    expect(liz(anItem([text])).map(({ from, to, tells }) => [text.slice(from, to), tells])).toEqual([
      ['Lizzie', 'nickname'],
      ['Beth', 'nickname']
    ])
  })

  test('names that are written without spaces are found in their line, and right to left', () => {
    const others = suggester([somebody({ names: ['李小明', 'יעל כהן', 'مريم'] })], nobody)
    const text = '昨天李小明去学校 ‏יעל כהן‏ و مَريم'
    expect(others(anItem([text])).map(({ from, to }) => text.slice(from, to))).toEqual([
      '李小明',
      'יעל כהן',
      'مَريم'
    ])
  })

  test('names of files are looked through, and everybody whom it may be is told', () => {
    const both = suggester([tara, somebody({ who: 'Tara Hill', names: ['Tara Hill'] })], leo)
    expect(both(anItem(['nothing'], ['letter to tara.pdf']))).toEqual([
      { path: pathOfFile('f0'), from: 10, to: 14, tells: 'name', who: ['Tara Moore', 'Tara Hill'] }
    ])
  })

  test('a name is found in whatever stands around it', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const text = `${before} Tara ${after}`
        const here = ask(anItem([text]))
        expect(here.some(({ from, to }) => from <= before.length + 1 && before.length + 5 <= to)).toBe(true)
      }),
      { numRuns: 500 }
    )
  })
})

describe('where the same words stand', () => {
  const places = (words: string, text: string) =>
    standsIn(words)?.(text).map(({ from, to, isInside }) => [text.slice(from, to), isInside])

  test('as words of their own, and inside others', () => {
    expect(places('ann', 'Ann, Annual, SAVANNAH and Änn')).toEqual([
      ['Ann', false],
      ['Ann', true],
      ['ANN', true],
      ['Änn', false]
    ])
    expect(places('Tara Moore', 'Tara  Moore and Tara Moorefield')).toEqual([
      ['Tara  Moore', false],
      ['Tara Moore', true]
    ])
    expect(places('Moore', 'nobody')).toEqual([])
    expect(places(' -- ', 'anything')).toBeUndefined()
  })

  test('a place inside another word keeps its accents together', () => {
    expect(places('zoe', 'xZoe\u0308x')).toEqual([['Zoe\u0308', true]])
  })
})

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { divided, PART_TEXT, partSays } from '../../electron/export/parts.ts'
import { newPassphrase } from '../../electron/export/passphrase.ts'
import { wordList } from '../../electron/export/wordList.ts'
import { canonicalJson } from '../../shared/export/canonical.ts'
import { CASE_NOTES_VERSION, caseNotesFile } from '../../shared/export/caseNotesFile.ts'
import { emptyExport } from '../../shared/export/emptyExport.ts'
import { chosenOf, entryLeftOut, noteLeftOut, type NoteToJudge } from '../../shared/export/leftOut.ts'
import { problemsWithExport, type ExportAbout } from '../../shared/export/problems.ts'
import { tellsWithheld } from '../../shared/family/tellsWithheld.ts'
import type { ChronologyRow } from '../../shared/family/chronology.ts'
import type { FactRow } from '../../shared/family/fact.ts'
import { newId } from '../../shared/ids.ts'

describe('canonical JSON', () => {
  it('is JSON of the same value, with keys in the order of their code units', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      })
    )
    expect(canonicalJson({ b: [1, { d: '“', c: null }], a: true, ä: '\n' })).toBe(
      '{"a":true,"b":[1,{"c":null,"d":"“"}],"ä":"\\n"}'
    )
  })

  it('is the same whatever order the keys came in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed())
        expect(canonicalJson(turned)).toBe(canonicalJson(value))
      })
    )
  })
})

it('the published schema is that of the files that are written', () => {
  const path = resolve(`docs/schemas/${CASE_NOTES_VERSION}.json`)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    ...z.toJSONSchema(caseNotesFile),
    title: 'Case notes that left a Families First Desk'
  })
})

describe('six words', () => {
  it('are of a list of 7,776 that differ', () => {
    expect(new Set(wordList).size).toBe(7_776)
    for (const word of wordList) expect(word).toMatch(/^[a-z-]{3,9}$/)
  })
  it('are drawn anew each time', () => {
    const words = Array.from({ length: 200 }, newPassphrase)
    expect(new Set(words).size).toBe(200)
    for (const each of words) expect(each.split(' ').every((word) => wordList.includes(word))).toBe(true)
  })
})

describe('parts', () => {
  const short = (count: number): number[] => Array.from({ length: count }, () => 100)
  const sum = (lengths: readonly number[]) => lengths.reduce((all, each) => all + each, 0)

  it('hold each entry and each note once, in their order, 2,000 and 1.5 million characters at most', () => {
    const lengths = (maxLength: number) =>
      fc.array(fc.oneof(fc.nat(800), fc.nat(70_000)), { maxLength, size: 'max' })
    fc.assert(
      fc.property(lengths(3_000), lengths(5_000), (entries, notes) => {
        let [entriesTold, notesTold] = [0, 0]
        for (const part of divided(entries, notes)) {
          expect(part.entries.from).toBe(entriesTold)
          expect(part.notes.from).toBe(notesTold)
          entriesTold = part.entries.to
          notesTold = part.notes.to
          const held = [
            ...entries.slice(part.entries.from, part.entries.to),
            ...notes.slice(part.notes.from, part.notes.to)
          ]
          expect(held.length).toBeLessThanOrEqual(2_000)
          expect(sum(held)).toBeLessThanOrEqual(PART_TEXT)
        }
        expect([entriesTold, notesTold]).toEqual([entries.length, notes.length])
      }),
      { numRuns: 30 }
    )
    expect(divided([], short(20_000))).toHaveLength(10)
    expect(divided([], [])).toHaveLength(1)
  })
  it('of one that is longer than a part hold nothing else', () => {
    expect(divided([], [100, PART_TEXT + 1, 100]).map(({ notes }) => notes)).toEqual([
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 2, to: 3 }
    ])
  })
  it('say what is in them', () => {
    expect(divided(short(1_200), short(2_000)).map(partSays)).toEqual([
      'Chronology 1 to 1,200, case notes 1 to 800',
      'Case notes 801 to 2,000'
    ])
  })
})

const familyId = newId()
const empty = emptyExport(newId(), familyId, '')
const note: NoteToJudge = {
  ...{ on: '2026-11-10', kind: 'visit', familyMaySee: true, isAboutOthers: true, tellsWithheld: false }
}

describe('what is left out', () => {
  it.each([
    ['a note before the first day', {}, { from: '11/11/2026' }, 'dates'],
    ['a note after the last day', {}, { to: '9/11/2026' }, 'dates'],
    ['a note of the first day and of the last', {}, { from: '10/11/2026', to: '10/11/2026' }, undefined],
    ['a kind that was not asked for', {}, { kinds: ['call'] }, 'kind'],
    ['of a family, what is about several', {}, {}, undefined],
    ['of a child, what is about a sibling too', {}, { scope: 'child' }, 'about-others'],
    ['unless both may be known of', {}, { scope: 'child', alsoAboutOthers: true }, undefined],
    ['what the family may not see', { familyMaySee: false }, {}, 'restricted'],
    ['unless it is asked for', { familyMaySee: false }, { restricted: true }, undefined],
    ['what tells a withheld address', { tellsWithheld: true }, { restricted: true }, 'withheld']
  ] as const)('%s', (_what, changes, selection, why) => {
    const chosen = chosenOf({
      ...empty,
      ...selection,
      kinds: [...('kinds' in selection ? selection.kinds : [])]
    })
    expect(noteLeftOut({ ...note, ...changes }, chosen)).toBe(why)
  })

  const row = (changes: object) =>
    ({
      ...{ id: newId(), on: '2026-11-10', recordedAt: '', byName: '', personId: '', episodeId: '' },
      ...changes
    }) as ChronologyRow
  const known = { noteLeftOut: () => undefined, wrong: new Set(['wrong']), tellsWithheld: () => false }

  it.each([
    [
      'a step of another assessment',
      { kind: 'step', episodeId: 'b' },
      { episodeId: 'a' },
      'other-assessment'
    ],
    ['a step of this one', { kind: 'step', episodeId: 'a' }, { episodeId: 'a' }, undefined],
    ['who opened the family', { kind: 'access', body: {} }, {}, 'desk'],
    ['who is named of a restricted family', { kind: 'fact', body: { kind: 'restriction' } }, {}, 'desk'],
    ['a fact entered in error', { kind: 'fact', body: { kind: 'gp', ofId: 'wrong' } }, {}, 'in-error'],
    ['a call entered in error', { kind: 'call', body: { inError: true } }, {}, 'in-error'],
    ['a warning for whoever visits', { kind: 'fact', body: { kind: 'warning', ofId: '' } }, {}, 'restricted'],
    [
      'a withheld address',
      { kind: 'fact', body: { kind: 'address', ofId: '', withheld: true } },
      {},
      'withheld'
    ],
    [
      'of a child, how it is related to another',
      { kind: 'fact', body: { kind: 'relation', ofId: '' } },
      { scope: 'child' },
      'about-others'
    ]
  ] as const)('of the chronology: %s', (_what, changes, selection, why) => {
    expect(entryLeftOut(row(changes), chosenOf({ ...empty, ...selection }), known)).toBe(why)
  })

  it('of the chronology: a note that is left out, what was added to it, and its files', () => {
    const leftOut = {
      ...known,
      noteLeftOut: (id: string) => (id === 'kept' ? undefined : ('unknown' as const))
    }
    const chosen = chosenOf(empty)
    expect(entryLeftOut(row({ id: 'gone', kind: 'note', body: {} }), chosen, leftOut)).toBe('note-left-out')
    expect(entryLeftOut(row({ id: 'kept', kind: 'note', body: {} }), chosen, leftOut)).toBeUndefined()
    const file = { kind: 'file', body: { attachedTo: 'note', attachedId: 'gone' } }
    expect(entryLeftOut(row(file), chosen, leftOut)).toBe('note-left-out')
  })
})

describe('words that are withheld', () => {
  const fact = (changes: object) =>
    ({
      ...{ id: newId(), ofId: newId(), subjectId: 'child', recordedAt: '2026-11-23T10:00:00.000Z' },
      ...{ validFrom: '', validTo: '', inError: false, reason: '' },
      ...changes
    }) as FactRow
  const address = (withheldFrom: string[]) =>
    fact({
      kind: 'address',
      value: { address: '17 Secret Wharf, Ware SG12 9ZZ', postcode: 'SG12 9ZZ', district: '', withheldFrom }
    })
  const phone = (number: string) =>
    fact({
      kind: 'phone',
      value: { number, note: '', mayLeaveMessage: true, maySayWho: true, withheldFrom: ['x'] }
    })
  const inLondon = fact({
    kind: 'address',
    value: { address: '', postcode: 'E8 4DE', district: '', withheldFrom: ['x'] }
  })

  it.each([
    ['at 17 SECRET wharf', true],
    ['17, Secret-Wharf', true],
    ['near sg129zz', true],
    ['rang 07700900777', true],
    ['rang +44 7700 900 777', true],
    ['rang (01992) 555-980', true],
    ['by the market in E8 4DE', true],
    ['a secret at the wharf', false],
    ['17 children', false]
  ])('“%s”: %s', (text, tells) => {
    const facts = [address(['father']), phone('07700 900777'), phone('01992 555980 ext 21'), inLondon]
    expect(tellsWithheld(facts)('before', text)).toBe(tells)
  })
  it('nothing is, where nothing is withheld', () => {
    expect(tellsWithheld([address([])])('17 Secret Wharf, Ware SG12 9ZZ')).toBe(false)
  })
})

describe('what an export needs', () => {
  const mother = newId()
  const about: ExportAbout = {
    ...{ people: [mother], children: [], episodes: [], subjects: [], agreements: [], today: '2026-11-23' }
  }
  const complete = { ...empty, receiver: 'person', receiverId: mother, purpose: 'She asked' } as const
  it.each([
    [{}, []],
    [{ receiver: '' }, ['receiver']],
    [{ receiverId: newId() }, ['receiverId']],
    [{ restricted: true }, ['restricted']],
    [{ from: '31/2/2026', to: 'soon' }, ['from', 'to']],
    [{ from: '2/11/2026', to: '1/11/2026' }, ['to']],
    [{ scope: 'assessment' }, ['episodeId']],
    [{ scope: 'child', personId: mother }, ['personId']],
    [{ purpose: ' ' }, ['purpose']],
    [{ isProtected: false }, ['openReason']],
    [{ isProtected: false, openReason: 'No computer' }, []],
    [{ receiver: 'agency' }, ['agencyId', 'how']],
    [{ receiver: 'body', bodyName: 'Court' }, ['ground', 'reason', 'how']],
    [{ receiver: 'body', bodyName: 'Court', how: 'letter', ground: 'court', reason: 'An order' }, []]
  ] as const)('%o: %o', (changes, paths) => {
    expect(problemsWithExport({ ...complete, ...changes }, about).map(({ path }) => path)).toEqual(paths)
  })
})

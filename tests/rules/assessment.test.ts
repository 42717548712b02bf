import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { domains, type AssessmentEntry, type DraftEntry } from '../../shared/assessment/assessment.ts'
import {
  byKeptPerson,
  changedEntries,
  clashesIn,
  entryOf,
  isSameWords,
  joined,
  noWords,
  notWrittenOf,
  withEntry
} from '../../shared/assessment/changes.ts'
import { anEntry } from '../fixtures/assessments.ts'

const [ROBIN, JO, FIRST, SECOND] = ['robin', 'jo', 'first', 'second'] as const
const saved = (entry: DraftEntry, versionId: string): AssessmentEntry => ({
  ...entry,
  ...{ versionId, at: '2026-11-23T10:00:00.000Z', byName: 'Priya Patel' }
})
const version = (id: string, number: number) => ({
  ...{ id, number, note: '', at: '2026-11-23T10:00:00.000Z', byName: 'Priya Patel', changed: 1 }
})
const versions = [version(SECOND, 2), version(FIRST, 1)]

describe('what of a form is a change', () => {
  it('is what differs from what stands, and not the space around it', () => {
    const standing = [anEntry(ROBIN, 'health', { needs: 'Asthma' })]
    expect(changedEntries([anEntry(ROBIN, 'health', { needs: ' Asthma\n' })], standing)).toEqual([])
    expect(changedEntries([anEntry(ROBIN, 'health')], standing)).toEqual([anEntry(ROBIN, 'health')])
    expect(changedEntries([anEntry(ROBIN, 'safety', { views: ' \n' })], standing)).toEqual([])
    const other = anEntry(JO, 'health', { needs: ' Asthma ' })
    expect(changedEntries([other], standing)).toEqual([anEntry(JO, 'health', { needs: 'Asthma' })])
  })

  it('what was typed and taken back again leaves nothing in the form', () => {
    const standing = [anEntry(ROBIN, 'health', { needs: 'Asthma' })]
    const typed = withEntry([], anEntry(ROBIN, 'health', { needs: 'Asthm' }), standing)
    expect(typed).toHaveLength(1)
    expect(withEntry(typed, anEntry(ROBIN, 'health', { needs: 'Asthma' }), standing)).toEqual([])
    const fresh = withEntry([], anEntry(JO, 'safety', { views: 'I am fine' }), standing)
    expect(withEntry(fresh, anEntry(JO, 'safety'), standing)).toEqual([])
  })
})

describe('where two wrote of the same (L7 to L9)', () => {
  const mine = anEntry(ROBIN, 'health', { needs: 'Mine' })
  const theirs = saved(anEntry(ROBIN, 'health', { needs: 'Theirs' }), SECOND)
  const record = { entries: [theirs], versions }

  it('they meet where the other one was saved after the version that the form is based on', () => {
    expect(clashesIn({ basedOn: FIRST, entries: [mine] }, record)).toEqual([{ mine, theirs }])
    expect(clashesIn({ basedOn: '', entries: [mine] }, record)).toEqual([{ mine, theirs }])
    expect(clashesIn({ basedOn: SECOND, entries: [mine] }, record)).toEqual([])
  })

  it('they do not where both say the same, or write of something else', () => {
    expect(clashesIn({ basedOn: FIRST, entries: [{ ...mine, needs: 'Theirs ' }] }, record)).toEqual([])
    const elsewhere = anEntry(ROBIN, 'education', { needs: 'Mine' })
    expect(clashesIn({ basedOn: FIRST, entries: [elsewhere] }, record)).toEqual([])
  })

  it('put together, one says below what the other does', () => {
    expect(joined(theirs, mine)).toEqual({ ...noWords, needs: 'Theirs\n\nMine' })
    expect(joined(mine, mine)).toEqual({ ...noWords, needs: 'Mine' })
  })
})

describe('the whole family (R4)', () => {
  it('says of whom nothing is written, in the order of the list', () => {
    const entries = [
      anEntry(ROBIN, 'health', { views: 'I like swimming' }),
      anEntry(JO, 'safety', { needs: ' ' })
    ]
    expect(notWrittenOf([JO, ROBIN, 'sam'], entries)).toEqual([JO, 'sam'])
  })
})

const entries = fc.array(
  fc.record<DraftEntry>({
    personId: fc.constantFrom(ROBIN, JO, 'robin-again'),
    domain: fc.constantFrom(...domains.slice(0, 3)),
    strengths: fc.constantFrom('', 'a', 'b '),
    needs: fc.constantFrom('', 'c'),
    views: fc.constantFrom('', 'd', ' e')
  }),
  { maxLength: 12 }
)

describe('whatever is typed', () => {
  it('no word goes where two records are of one person', () => {
    fc.assert(
      fc.property(entries, (typed) => {
        const kept = byKeptPerson(typed, (id) => (id === 'robin-again' ? ROBIN : id))
        for (const entry of typed) {
          const personId = entry.personId === 'robin-again' ? ROBIN : entry.personId
          const here = entryOf(kept, { ...entry, personId })
          for (const key of ['strengths', 'needs', 'views'] as const)
            expect(here?.[key]).toContain(entry[key].trim())
        }
        expect(new Set(kept.map(({ personId, domain }) => `${personId} ${domain}`)).size).toBe(kept.length)
      }),
      { seed: 20261123 }
    )
  })

  it('a form holds what differs and nothing else, whatever was written in whatever order', () => {
    fc.assert(
      fc.property(entries, entries, (standingTyped, typed) => {
        const standing = byKeptPerson(standingTyped, (id) => id)
        const form = typed.reduce<DraftEntry[]>((all, entry) => withEntry(all, entry, standing), [])
        for (const entry of form) {
          const last = typed.findLast((each) => entryOf([entry], each))
          expect(entry).toEqual(last)
        }
        for (const entry of typed) {
          if (entryOf(form, entry)) continue
          const last = typed.findLast((each) => entryOf([entry], each)) ?? entry
          expect(isSameWords(last, entryOf(standing, entry) ?? noWords)).toBe(true)
        }
      }),
      { seed: 20261123 }
    )
  })
})

import type { Id } from '../ids.ts'
import type { AssessmentDraft, AssessmentEntry, AssessmentRecord, DraftEntry } from './assessment.ts'

/** What is written of one person in one domain. */
export type EntryWords = Pick<DraftEntry, 'strengths' | 'needs' | 'views'>

export const noWords: EntryWords = { strengths: '', needs: '', views: '' }

/** The three texts without the space around them: how they are kept and compared. */
export const trimmedWords = ({ strengths, needs, views }: EntryWords): EntryWords => ({
  strengths: strengths.trim(),
  needs: needs.trim(),
  views: views.trim()
})

export const isSaid = (words: EntryWords): boolean => !isSameWords(words, noWords)

export function isSameWords(a: EntryWords, b: EntryWords): boolean {
  const [one, other] = [trimmedWords(a), trimmedWords(b)]
  return one.strengths === other.strengths && one.needs === other.needs && one.views === other.views
}

type Place = Pick<DraftEntry, 'personId' | 'domain'>

/** The entry of one person in one domain; undefined where nothing was ever written. */
export const entryOf = <E extends Place>(entries: readonly E[], { personId, domain }: Place): E | undefined =>
  entries.find((entry) => entry.personId === personId && entry.domain === domain)

/**
 * The entries by the record that counts for each person. Two that a merge brought together are of one writer's own form:
 * the second is put below the first, and nothing that was typed goes.
 */
export function byKeptPerson(entries: readonly DraftEntry[], keptOf: (personId: Id) => Id): DraftEntry[] {
  const kept: DraftEntry[] = []
  for (const entry of entries) {
    const moved = { ...entry, personId: keptOf(entry.personId) }
    const before = entryOf(kept, moved)
    if (before) Object.assign(before, joined(before, moved))
    else kept.push(moved)
  }
  return kept
}

/** Two entries as one, what the second says below what the first does: nothing of either is left out. */
export const joined = (a: EntryWords, b: EntryWords): EntryWords => ({
  strengths: below(a.strengths, b.strengths),
  needs: below(a.needs, b.needs),
  views: below(a.views, b.views)
})

const below = (first: string, second: string): string =>
  first.trim() === second.trim() ? first : [first, second].filter((text) => text.trim() !== '').join('\n\n')

/** What of a form is not in the assessment yet, word for word as it would be kept. */
export const changedEntries = (
  entries: readonly DraftEntry[],
  standing: readonly DraftEntry[]
): DraftEntry[] =>
  entries
    .filter((entry) => !isSameWords(entry, entryOf(standing, entry) ?? noWords))
    .map(({ personId, domain, ...words }) => ({ personId, domain, ...trimmedWords(words) }))

/** An entry of the form, and what somebody else made of the same one since the form was begun. */
export interface Clash {
  mine: DraftEntry
  theirs: AssessmentEntry
}

/**
 * L7 to L9: where somebody else changed the very entry that this form changes, after the version that it is based on. Nothing
 * is put together by itself: whoever typed it looks at both. Other entries stand beside each other.
 */
export function clashesIn(
  { basedOn, entries }: Pick<AssessmentDraft, 'basedOn' | 'entries'>,
  { entries: standing, versions }: Pick<AssessmentRecord, 'entries' | 'versions'>
): Clash[] {
  const numberOf = (versionId: Id) => versions.find(({ id }) => id === versionId)?.number ?? 0
  return entries.flatMap((mine) => {
    const theirs = entryOf(standing, mine)
    const isNewer = theirs !== undefined && numberOf(theirs.versionId) > numberOf(basedOn)
    return isNewer && !isSameWords(mine, theirs) ? [{ mine, theirs }] : []
  })
}

/**
 * Writes one entry into a form, which holds what differs from the assessment and nothing else: what was typed and taken
 * back again leaves nothing.
 */
export function withEntry(
  entries: readonly DraftEntry[],
  written: DraftEntry,
  standing: readonly DraftEntry[]
): DraftEntry[] {
  const others = entries.filter((entry) => entry !== entryOf(entries, written))
  const { strengths, needs, views } = entryOf(standing, written) ?? noWords
  const isAsBefore = written.strengths === strengths && written.needs === needs && written.views === views
  return isAsBefore ? others : [...others, written]
}

/** Of whom nothing is written in any domain, in the order of the list: told before finalising, and never in its way (R4). */
export const notWrittenOf = (personIds: readonly Id[], entries: readonly DraftEntry[]): Id[] =>
  personIds.filter((id) => !entries.some((entry) => entry.personId === id && isSaid(entry)))

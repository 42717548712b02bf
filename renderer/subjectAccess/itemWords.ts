import type { ItemFilter, ItemState } from '../../shared/subjectAccess/goingThrough.ts'
import { textsOf } from '../../shared/subjectAccess/redact.ts'
import { reasonCodes, type Decided, type Span } from '../../shared/subjectAccess/subjectAccess.ts'
import type { Suggestion, Tells } from '../../shared/subjectAccess/suggest.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import { reasonLabels } from '../../shared/words/redaction.ts'

export const itemStateLabels: Record<ItemState, string> = {
  'to-decide': 'To decide',
  changed: 'Changed since',
  include: 'Goes out',
  redact: 'In part',
  exclude: 'Left out'
}

export const itemFilterLabels: Record<ItemFilter, string> = {
  'to-decide': 'To decide',
  changed: 'Changed since they were decided',
  include: 'Go out whole',
  redact: 'Go out in part',
  exclude: 'Left out',
  all: 'All'
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
export const reasonOptions = reasonCodes.map((value) => ({ value, label: capital(reasonLabels[value]) }))

const tellsLabels: Record<Tells, string> = {
  name: 'Name',
  nickname: 'May be a short name',
  address: 'Address',
  phone: 'Phone number',
  birth: 'Date of birth',
  number: 'Pupil number'
}

/** `Name of Jo Vale or Jo Hill`. */
export const suggestionWords = ({ tells, who }: Pick<Suggestion, 'tells' | 'who'>): string =>
  `${tellsLabels[tells]} of ${who.join(' or ')}`

/** What stands in a stretch of an item. */
export const wordsAt = (
  item: Pick<ToldRecord, 'texts' | 'files'>,
  { path, from, to }: Pick<Span, 'path' | 'from' | 'to'>
): string =>
  textsOf(item)
    .find((text) => text.path === path)
    ?.text.slice(from, to)
    .replaceAll(/\s+/g, ' ') ?? ''

/** Is every letter of one stretch in another one of the same text? */
export const isCovered = (
  { path, from, to }: Pick<Span, 'path' | 'from' | 'to'>,
  spans: readonly Pick<Span, 'path' | 'from' | 'to'>[]
): boolean => spans.some((span) => span.path === path && span.from <= from && to <= span.to)

/** Of an item of which nothing is decided yet. */
export const nothingDecided = (): Decided => ({
  ...{ fate: 'open', reason: '', note: '', spans: [], withoutFiles: [] }
})

/** The same with other marks: what went whole goes in part, and the other way round. */
export function withMarks(before: Decided, marks: Partial<Pick<Decided, 'spans' | 'withoutFiles'>>): Decided {
  const after = { ...before, ...marks }
  if (after.fate !== 'include' && after.fate !== 'redact') return after
  return { ...after, fate: goesOutAs(after) }
}

/** What goes out of an item goes whole or in part. */
export const goesOutAs = ({
  spans,
  withoutFiles
}: Pick<Decided, 'spans' | 'withoutFiles'>): 'include' | 'redact' =>
  spans.length + withoutFiles.length === 0 ? 'include' : 'redact'

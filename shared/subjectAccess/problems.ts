import type { FieldError } from '../errors.ts'
import type { ToldRecord } from '../export/told.ts'
import { textsOf } from './redact.ts'
import type { Decided, ReasonCode } from './subjectAccess.ts'

/**
 * Whoever keeps something back because it would harm somebody says who was asked: the opinion is a professional's (DPA 2018,
 * Schedule 3, Part 2).
 */
const isNoteMissing = ({ reason, note }: { reason: ReasonCode | ''; note: string }): boolean =>
  reason === 'serious-harm' && note.trim() === ''
export const ASKED = 'Say whose opinion it is that this would do serious harm, and when they were asked'

/** What stands in the way of a decision on an item; empty where nothing does. `path` is the path in the decision. */
export function problemsWithDecision(
  item: Pick<ToldRecord, 'texts' | 'files'>,
  decided: Decided
): FieldError[] {
  return [
    ...problemsWithFate(decided),
    ...problemsWithSpans(item, decided),
    ...problemsWithFiles(item, decided)
  ]
}

function problemsWithFate({ fate, reason, note, spans, withoutFiles }: Decided): FieldError[] {
  if (fate === 'exclude') {
    if (reason === '') return [{ path: 'reason', message: 'Choose why this is left out' }]
    return isNoteMissing({ reason, note }) ? [{ path: 'note', message: ASKED }] : []
  }
  if (reason !== '' || note !== '') {
    return [{ path: 'reason', message: 'Only what is left out as a whole has a reason of its own' }]
  }
  const isWhole = spans.length === 0 && withoutFiles.length === 0
  if (fate === 'include' && !isWhole) {
    return [{ path: 'fate', message: 'Something of it is kept back, so it does not go as it is' }]
  }
  if (fate === 'redact' && isWhole) {
    return [{ path: 'fate', message: 'Mark what does not go out, or choose that all of it goes' }]
  }
  return []
}

function problemsWithSpans(item: Pick<ToldRecord, 'texts' | 'files'>, { spans }: Decided): FieldError[] {
  const lengths = new Map(textsOf(item).map(({ path, text }) => [path, text.length]))
  return spans.flatMap((span, index) => {
    const length = lengths.get(span.path)
    if (length === undefined || span.from >= span.to || span.to > length) {
      return [{ path: `spans.${String(index)}`, message: 'These words are not in the text any more' }]
    }
    return isNoteMissing(span) ? [{ path: `spans.${String(index)}.note`, message: ASKED }] : []
  })
}

function problemsWithFiles({ files }: Pick<ToldRecord, 'files'>, { withoutFiles }: Decided): FieldError[] {
  const ids = new Set(files.map(({ id }) => id))
  return withoutFiles.flatMap((file, index) => {
    if (!ids.has(file.id)) {
      return [{ path: `withoutFiles.${String(index)}`, message: 'This file is not there any more' }]
    }
    return isNoteMissing(file) ? [{ path: `withoutFiles.${String(index)}.note`, message: ASKED }] : []
  })
}

import type { ToldRecord, ToldText } from '../export/told.ts'
import { reasonLabels } from '../words/redaction.ts'
import { reasonCodes, type Decided, type ReasonCode, type Span } from './subjectAccess.ts'

/** In the place of what is blacked out: as long as any other, so that it tells neither a length nor a first letter. */
export const BAR = '█████'

/** The `path` of the name of a file, which is a text like any other. */
export const pathOfFile = (fileId: string): string => `file.${fileId}`

/** Every text of an item that may be blacked out: its own, then the names of its files. */
export const textsOf = ({ texts, files }: Pick<ToldRecord, 'texts' | 'files'>): ToldText[] => [
  ...texts,
  ...files.map(({ id, name }) => ({ path: pathOfFile(id), label: 'Name of a file', text: name }))
]

/** A stretch of one text, in UTF-16 units, and every reason for it. */
export interface Stretch {
  from: number
  to: number
  reasons: readonly ReasonCode[]
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * What is blacked out of a text, from its beginning on: whole graphemes, for half of a letter tells the rest of it, and
 * stretches that overlap or touch as one. `spans` are those of this text, anywhere in it.
 */
export function stretches(text: string, spans: readonly Pick<Span, 'from' | 'to' | 'reason'>[]): Stretch[] {
  const segments = graphemes.segment(text)
  const whole = spans
    .map(({ from, to, reason }) => {
      const first = segments.containing(from)
      const last = segments.containing(to - 1)
      return {
        from: first?.index ?? text.length,
        to: last ? last.index + last.segment.length : text.length,
        reasons: [reason]
      }
    })
    .filter(({ from, to }) => from < to)
    .sort((one, other) => one.from - other.from || one.to - other.to)
  const merged: Stretch[] = []
  for (const each of whole) {
    const before = merged.at(-1)
    if (!before || each.from > before.to) merged.push(each)
    else {
      const reasons = new Set([...before.reasons, ...each.reasons])
      merged[merged.length - 1] = {
        from: before.from,
        to: Math.max(before.to, each.to),
        reasons: reasonCodes.filter((code) => reasons.has(code))
      }
    }
  }
  return merged
}

/** A text as it goes out: what is read, and what stands in the place of what is not. */
export interface Piece {
  text: string
  isBar: boolean
}

/** The pieces of a text, in their order. A bar tells its reasons: `█████ [third party]`. */
export function piecesOf(text: string, spans: readonly Pick<Span, 'from' | 'to' | 'reason'>[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { from, to, reasons } of stretches(text, spans)) {
    if (from > at) pieces.push({ text: text.slice(at, from), isBar: false })
    pieces.push({ text: `${BAR} [${reasons.map((code) => reasonLabels[code]).join(', ')}]`, isBar: true })
    at = to
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isBar: false })
  return pieces
}

/**
 * An item as it goes out (C14): each stretch is a bar with its reason, and a file that is kept back is not there. What is
 * excluded says nothing at all. Who recorded it stands in its texts, where it can be blacked out, and nowhere else. The item
 * itself is as it was.
 */
export function redacted(
  item: ToldRecord,
  { fate, spans, withoutFiles }: Pick<Decided, 'fate' | 'spans' | 'withoutFiles'>
): ToldRecord {
  if (fate === 'exclude') return { ...item, byName: '', texts: [], files: [] }
  const blacked = (path: string, text: string): string =>
    piecesOf(
      text,
      spans.filter((span) => span.path === path)
    )
      .map((piece) => piece.text)
      .join('')
  const keptBack = new Set(withoutFiles.map(({ id }) => id))
  return {
    ...item,
    byName: '',
    texts: item.texts.map(({ path, label, text }) => ({ path, label, text: blacked(path, text) })),
    files: item.files
      .filter(({ id }) => !keptBack.has(id))
      .map((file) => ({ ...file, byName: '', name: blacked(pathOfFile(file.id), file.name) }))
  }
}

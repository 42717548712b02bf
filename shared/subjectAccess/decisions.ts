import { canonicalJson } from '../export/canonical.ts'
import type { Decided } from './subjectAccess.ts'

/** An item of an answer with what counts of it. */
export interface DecidedItem extends Decided {
  itemId: string
  itemSha256: string
}

/**
 * One item of what a review is about, as text: the SHA-256 over these, one after the other in the order of the items, tells
 * whether what was reviewed is what goes. Another decision, another item or another order is another text.
 */
export const decisionText = ({
  itemId,
  itemSha256,
  fate,
  reason,
  note,
  spans,
  withoutFiles
}: DecidedItem): string =>
  `${canonicalJson({ itemId, itemSha256, fate, reason, note, spans, withoutFiles })}\n`

import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import type {
  Decided,
  DecidedAs,
  ReasonCode,
  Span,
  WithheldFile
} from '../../shared/subjectAccess/subjectAccess.ts'

/** The newest decision on an item: the one that counts. */
export interface CountingDecision extends Decided {
  id: Id
  itemId: string
  itemSha256: string
  createdBy: Id
  byName: string
  at: Instant
}

type Row = Omit<CountingDecision, 'spans' | 'withoutFiles' | 'fate' | 'reason'> & {
  fate: DecidedAs
  reason: ReasonCode | ''
  spans: string
  withoutFiles: string
}

/** Every decision of a request that counts, by the item's id. */
export function countingDecisions(db: ReadDb, requestId: Id): ReadonlyMap<string, CountingDecision> {
  const rows = db.all<Row>(sql`
    SELECT d.id, d.item_id AS itemId, d.item_sha256 AS itemSha256, d.fate, d.reason, d.note, d.spans,
      d.without_files AS withoutFiles, d.created_by AS createdBy, d.created_at AS at, coalesce(a.name, '') AS byName
    FROM subject_redaction d LEFT JOIN account a ON a.id = d.created_by
    WHERE d.request_id = ${requestId} AND NOT EXISTS (SELECT 1 FROM subject_redaction later
      WHERE later.request_id = d.request_id AND later.item_id = d.item_id
        AND (later.created_at, later.id) > (d.created_at, d.id))`)
  return new Map(rows.map((row) => [row.itemId, asDecision(row)]))
}

const asDecision = (row: Row): CountingDecision => ({
  ...row,
  spans: JSON.parse(row.spans) as Span[],
  withoutFiles: JSON.parse(row.withoutFiles) as WithheldFile[]
})

export const decidedIn = ({ fate, reason, note, spans, withoutFiles }: Decided): Decided => ({
  ...{ fate, reason, note, spans, withoutFiles }
})

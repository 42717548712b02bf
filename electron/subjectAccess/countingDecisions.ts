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

/** A decision on an item; of those on one item the newest counts. */
export interface Decision extends Decided {
  id: Id
  itemId: string
  itemSha256: string
  createdBy: Id
  at: Instant
}

export type DecisionRow = Omit<Decision, 'spans' | 'withoutFiles' | 'fate' | 'reason'> & {
  fate: DecidedAs
  reason: ReasonCode | ''
  spans: string
  withoutFiles: string
}

/** What is read of a row; the table is `d`. */
export const DECISION = sql`d.id, d.item_id AS itemId, d.item_sha256 AS itemSha256, d.fate, d.reason, d.note, d.spans,
  d.without_files AS withoutFiles, d.created_by AS createdBy, d.created_at AS at`

export interface CountingDecision extends Decision {
  byName: string
}

/** The decisions on some items that count, by the item's id. */
export function countingDecisions(
  db: ReadDb,
  requestId: Id,
  of: readonly string[]
): ReadonlyMap<string, CountingDecision> {
  const rows = db.all<DecisionRow & { byName: string }>(sql`
    SELECT ${DECISION}, coalesce(a.name, '') AS byName
    FROM subject_redaction d LEFT JOIN account a ON a.id = d.created_by
    WHERE d.request_id = ${requestId} AND d.item_id IN (SELECT value FROM json_each(${JSON.stringify(of)}))
      AND NOT EXISTS (SELECT 1 FROM subject_redaction later
        WHERE later.request_id = d.request_id AND later.item_id = d.item_id
          AND (later.created_at, later.id) > (d.created_at, d.id))`)
  return new Map(rows.map((row) => [row.itemId, { ...asDecision(row), byName: row.byName }]))
}

export const asDecision = (row: DecisionRow): Decision => ({
  ...row,
  spans: listed<Span>(row.spans),
  withoutFiles: listed<WithheldFile>(row.withoutFiles)
})

/** Most decisions have none. */
const listed = <T>(json: string): T[] => (json === '[]' ? [] : (JSON.parse(json) as T[]))

export const decidedIn = ({ fate, reason, note, spans, withoutFiles }: Decided): Decided => ({
  ...{ fate, reason, note, spans, withoutFiles }
})

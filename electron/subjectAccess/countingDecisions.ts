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

/** What an item's state is worked out from. */
export type CountingFate = Pick<CountingDecision, 'fate' | 'itemSha256'>

/** The newest row on an item; the table is `d`. */
const counts = sql`NOT EXISTS (SELECT 1 FROM subject_redaction later
  WHERE later.request_id = d.request_id AND later.item_id = d.item_id
    AND (later.created_at, later.id) > (d.created_at, d.id))`

/** Of every item that was decided of no more than that, by the item's id: of 20,000 the stretches are not read. */
export function countingFates(db: ReadDb, requestId: Id): ReadonlyMap<string, CountingFate> {
  const rows = db.all<CountingFate & { itemId: string }>(
    sql`SELECT d.item_id AS itemId, d.item_sha256 AS itemSha256, d.fate FROM subject_redaction d
    WHERE d.request_id = ${requestId} AND ${counts}`
  )
  return new Map(rows.map((row) => [row.itemId, row]))
}

/**
 * Every decision of a request that counts, by the item's id.
 *
 * @param of only those on these items
 */
export function countingDecisions(
  db: ReadDb,
  requestId: Id,
  of?: readonly string[]
): ReadonlyMap<string, CountingDecision> {
  const isAsked = of ? sql`d.item_id IN (SELECT value FROM json_each(${JSON.stringify(of)}))` : sql`1`
  const rows = db.all<Row>(sql`
    SELECT d.id, d.item_id AS itemId, d.item_sha256 AS itemSha256, d.fate, d.reason, d.note, d.spans,
      d.without_files AS withoutFiles, d.created_by AS createdBy, d.created_at AS at, coalesce(a.name, '') AS byName
    FROM subject_redaction d LEFT JOIN account a ON a.id = d.created_by
    WHERE d.request_id = ${requestId} AND ${isAsked} AND ${counts}`)
  return new Map(rows.map((row) => [row.itemId, asDecision(row)]))
}

const asDecision = (row: Row): CountingDecision => ({
  ...row,
  spans: listed<Span>(row.spans),
  withoutFiles: listed<WithheldFile>(row.withoutFiles)
})

/** Most decisions have none. */
const listed = <T>(json: string): T[] => (json === '[]' ? [] : (JSON.parse(json) as T[]))

export const decidedIn = ({ fate, reason, note, spans, withoutFiles }: Decided): Decided => ({
  ...{ fate, reason, note, spans, withoutFiles }
})

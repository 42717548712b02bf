import { setImmediate as turn } from 'node:timers/promises'
import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import type { Id } from '../../shared/ids.ts'
import { decisionText } from '../../shared/subjectAccess/decisions.ts'
import { asDecision, DECISION, type Decision, type DecisionRow } from './countingDecisions.ts'

/** Rows read in one turn. */
const CHUNK = 1_000

/** The decision that counts on an item, and the text of it that a review's hash is over. */
export interface HeldDecision extends Decision {
  text: string
}
export type HeldDecisions = ReadonlyMap<string, HeldDecision>

/** Every decision of one request, in this thread's memory: rows are only ever added, so that no row is read twice. */
interface Held {
  requestId: Id
  /** Every row up to this one was read, or will have been once `isRead`. */
  upTo: number
  byItem: Map<string, HeldDecision>
  isRead: Promise<void>
}
const held = new WeakMap<Store, Held>()

/**
 * Every decision of a request that counts, by the item's id. What was decided before is read a piece at a time, so that
 * nobody who types waits; what is handed out reads what was added since, so that all of it is of the moment of its reader.
 */
export async function heldDecisions(store: Store, requestId: Id): Promise<(db: ReadDb) => HeldDecisions> {
  const before = held.get(store)
  const mine = before?.requestId === requestId ? before : await begin(store, requestId)
  await mine.isRead
  return (db) => {
    const added = rowsOf(db, sql`d.rowid > ${mine.upTo} AND +d.request_id = ${requestId} ORDER BY d.rowid`)
    for (const row of added) take(mine, row)
    mine.upTo = Math.max(mine.upTo, ...added.map(({ place }) => place))
    return mine.byItem
  }
}

async function begin(store: Store, requestId: Id): Promise<Held> {
  const last = await store.read((db) =>
    Promise.resolve(
      db.get<{ upTo: number }>(sql`SELECT coalesce(max(rowid), 0) AS upTo FROM subject_redaction`)
    )
  )
  const byItem = new Map<string, HeldDecision>()
  const mine: Held = { requestId, upTo: last.upTo, byItem, isRead: Promise.resolve() }
  mine.isRead = readAll(store, mine)
  held.set(store, mine)
  mine.isRead.catch(() => held.delete(store))
  return mine
}

async function readAll(store: Store, mine: Held): Promise<void> {
  const { requestId } = mine
  for (let after: Row | undefined, isMore = true; isMore;) {
    const beyond: SQL = after
      ? sql`AND (d.item_id, d.created_at, d.id) > (${after.itemId}, ${after.at}, ${after.id})`
      : sql``
    const rows = await store.read((db) =>
      Promise.resolve(
        rowsOf(
          db,
          sql`d.request_id = ${requestId} ${beyond} ORDER BY d.item_id, d.created_at, d.id LIMIT +${CHUNK}`
        )
      )
    )
    for (const row of rows) take(mine, row)
    after = rows.at(-1)
    isMore = rows.length === CHUNK
    await turn()
  }
}

type Row = DecisionRow & { place: number }
const rowsOf = (db: ReadDb, which: SQL): Row[] =>
  db.all<Row>(sql`SELECT d.rowid AS place, ${DECISION} FROM subject_redaction d WHERE ${which}`)

/** The newest counts, in whatever order they come: rows of another desk may be older than what is here. */
function take({ byItem }: Held, { place: _, ...row }: Row): void {
  const there = byItem.get(row.itemId)
  if (there && (there.at > row.at || (there.at === row.at && there.id > row.id))) return
  const decision = asDecision(row)
  byItem.set(row.itemId, { ...decision, text: decisionText(decision) })
}

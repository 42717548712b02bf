import { and, eq, sql, type AnyColumn, type SQL, type SQLWrapper } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { call, callAction } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { SORT_LIMIT, totalOf } from '../../shared/call/filter.ts'
import { CALL_BACK_ACTION, OPEN_ROWS, type OpenList, type Whose } from '../../shared/call/loop.ts'
import { rowColumns } from './listCalls.ts'
import { readable } from './readable.ts'

/** Of a call that was entered in error nothing waits (L23). The open promises in `call_loop` leave it out already. */
export const notInError = sql`NOT coalesce((SELECT in_error FROM call_error WHERE call_id = ${call.id}
  ORDER BY created_at DESC, id DESC LIMIT 1), 0)`

/** An action that is still to be done and that nothing else asks for. */
export const openAction = sql`${callAction.doneAt} = '' AND ${callAction.deletedAt} IS NULL`

/** The action that the form proposes with a call-back, however it is written. */
export const proposedCallBack = sql`lower(${callAction.what}) = ${CALL_BACK_ACTION.toLowerCase()}`

/**
 * The proposed action is the promise once more. While the call-back waits for the same person, the action is not asked
 * for beside it: one thing is asked once.
 */
export const notAskedAsCallBack = sql`NOT (${proposedCallBack} AND EXISTS (SELECT 1 FROM call_loop l
  WHERE l.id = 'call-back/' || ${callAction.callId} AND l.owner_id = ${callAction.ownerId}))`

/** Mine: what I own. Everyone's: all there is. Both only of calls that this person may read (L25). */
export const asked = (whose: Whose, actor: Actor, ownerId: AnyColumn): SQL | undefined =>
  and(readable(actor), whose === 'mine' ? eq(ownerId, actor.id) : undefined)

/** What every open item tells of its call and of who has it, in a query that joins the item to its call. */
export const itemColumns = (ownerId: AnyColumn) => ({
  callId: call.id,
  reference: call.reference,
  schoolName: call.schoolName,
  childNames: rowColumns.childNames,
  ownerId: sql<string>`${ownerId}`,
  ownerName: sql<string>`coalesce((SELECT name FROM account WHERE account.id = ${ownerId}), '')`
})

/** A list of which `rows` are the first: only a list that runs on is counted, and only up to a thousand. */
export async function listOf<Item>(
  db: ReadDb,
  rows: Item[],
  upTo: (limit: number) => SQLWrapper
): Promise<OpenList<Item>> {
  if (rows.length < OPEN_ROWS) return { rows, total: String(rows.length) }
  const { n } = await db.get<{ n: number }>(sql`SELECT count(*) AS n FROM ${upTo(SORT_LIMIT + 1)}`)
  return { rows, total: totalOf(n) }
}

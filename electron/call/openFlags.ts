import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { ReadDb } from '../../db/open.ts'
import { account, call, callFlag } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { FiledCall } from '../../shared/call/call.ts'
import { OPEN_ROWS, type FlagRaised, type OpenList, type Whose } from '../../shared/call/loop.ts'
import type { Id } from '../../shared/ids.ts'
import { asked, itemColumns, listOf, notInError } from './openItems.ts'
import { readable } from './readable.ts'

/** A flag that nobody has answered yet. */
export const openFlag = and(eq(callFlag.answeredAt, ''), isNull(callFlag.deletedAt))

/**
 * C5, L21: flags that wait for their one person, the oldest first. A flag is of two calls: that there is one, and why,
 * tells of the earlier call, and so it is only for those who may read both (L25).
 */
export async function openFlags(db: ReadDb, whose: Whose, actor: Actor): Promise<OpenList<FlagRaised>> {
  const earlier = alias(call, 'earlier')
  const isAsked = and(openFlag, asked(whose, actor, callFlag.ownerId), readable(actor, earlier), notInError)
  const found = await db
    .select({
      ...itemColumns(callFlag.ownerId),
      itemId: callFlag.id,
      why: callFlag.why,
      raisedAt: callFlag.createdAt,
      earlierCallId: callFlag.earlierCallId,
      earlierReference: sql<string>`coalesce(${earlier.reference}, '')`,
      earlierInError: sql<boolean>`coalesce((SELECT in_error FROM call_error WHERE call_id = ${earlier.id}
        ORDER BY created_at DESC, id DESC LIMIT 1), 0)`.mapWith(Boolean)
    })
    .from(callFlag)
    .innerJoin(call, eq(call.id, callFlag.callId))
    .leftJoin(earlier, eq(earlier.id, callFlag.earlierCallId))
    .where(isAsked)
    .orderBy(asc(callFlag.createdAt), asc(callFlag.id))
    .limit(OPEN_ROWS)
  const rows = found.map((row) => ({ ...row, kind: 'flag' as const }))
  return listOf(db, rows, (limit) =>
    db
      .select({ id: callFlag.id })
      .from(callFlag)
      .innerJoin(call, eq(call.id, callFlag.callId))
      .leftJoin(earlier, eq(earlier.id, callFlag.earlierCallId))
      .where(isAsked)
      .limit(limit)
  )
}

/** Every flag that a call raised and what was decided about it, the oldest first, among those of `openFlags`. */
export async function flagsOf(db: ReadDb, callId: Id, actor: Actor): Promise<FiledCall['flags']> {
  const earlier = alias(call, 'earlier')
  const [owner, answerer] = [alias(account, 'owner'), alias(account, 'answerer')]
  return db
    .select({
      id: callFlag.id,
      why: callFlag.why,
      raisedAt: callFlag.createdAt,
      earlierCallId: callFlag.earlierCallId,
      earlierReference: earlier.reference,
      ownerName: sql<string>`coalesce(${owner.name}, '')`,
      answer: callFlag.answer,
      answeredAt: callFlag.answeredAt,
      answeredBy: sql<string>`iif(${callFlag.answeredAt} = '', '', coalesce(${answerer.name}, ''))`
    })
    .from(callFlag)
    .innerJoin(earlier, eq(earlier.id, callFlag.earlierCallId))
    .leftJoin(owner, eq(owner.id, callFlag.ownerId))
    .leftJoin(answerer, eq(answerer.id, callFlag.updatedBy))
    .where(and(eq(callFlag.callId, callId), isNull(callFlag.deletedAt), readable(actor, earlier)))
    .orderBy(asc(callFlag.createdAt), asc(callFlag.id))
}

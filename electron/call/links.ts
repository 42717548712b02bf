import { and, asc, eq, inArray } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { call, callLink } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { FiledCall } from '../../shared/call/call.ts'
import type { CallLink, LinkKind } from '../../shared/call/link.ts'
import { naturalId, type Id } from '../../shared/ids.ts'
import { rowColumns } from './listCalls.ts'
import { readable } from './readable.ts'

type Written = Pick<typeof callLink.$inferInsert, 'hubId' | 'createdAt' | 'createdBy' | 'deviceId'>

/**
 * What the adviser said of earlier calls, one row for each; said twice of one, the last counts. A call that is not
 * there or that this person may not read (a draft that a colleague handed over may name one) is left out without a
 * word: they could not put it right, and filing must not wait for it.
 */
export async function insertLinks(
  tx: Tx,
  callId: Id,
  links: readonly CallLink[],
  written: Written,
  actor: Actor
): Promise<void> {
  const kinds = new Map<Id, LinkKind>(links.map((link) => [link.callId, link.kind]))
  if (kinds.size === 0) return
  const earlier = await tx
    .select({ id: call.id })
    .from(call)
    .where(and(inArray(call.id, [...kinds.keys()]), readable(actor)))
  if (earlier.length === 0) return
  await tx.insert(callLink).values(
    earlier.map(({ id }) => ({
      ...written,
      id: naturalId('call-link', callId, id),
      callId,
      earlierCallId: id,
      kind: kinds.get(id) ?? 'related'
    }))
  )
}

/** Calls that a call is linked with, both ways, among those that this person may read; the oldest first. */
export async function linksOf(db: ReadDb, callId: Id, actor: Actor): Promise<FiledCall['links']> {
  const columns = {
    callId: call.id,
    reference: call.reference,
    tookPlaceAt: call.tookPlaceAt,
    inError: rowColumns.inError,
    kind: callLink.kind
  }
  const earlier = await db
    .select(columns)
    .from(callLink)
    .innerJoin(call, eq(call.id, callLink.earlierCallId))
    .where(and(eq(callLink.callId, callId), readable(actor)))
    .orderBy(asc(call.tookPlaceAt), asc(call.id))
  const later = await db
    .select(columns)
    .from(callLink)
    .innerJoin(call, eq(call.id, callLink.callId))
    .where(and(eq(callLink.earlierCallId, callId), readable(actor)))
    .orderBy(asc(call.tookPlaceAt), asc(call.id))
  return [
    ...earlier.map((link) => ({ ...link, direction: 'earlier' as const })),
    ...later.map((link) => ({ ...link, direction: 'later' as const }))
  ]
}

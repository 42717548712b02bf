import { eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { call } from '../../db/schema/index.ts'
import { mayRead, type Subject } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'

/**
 * The call that something is written beside. One that this person may not read is not found.
 *
 * @throws Refusal not-found
 */
export async function readableCall(db: ReadDb, callId: Id, actor: Actor) {
  const [filed] = await db
    .select({
      id: call.id,
      hubId: call.hubId,
      writtenBy: call.createdBy,
      outcome: call.outcome,
      tookPlaceAt: call.tookPlaceAt
    })
    .from(call)
    .where(eq(call.id, callId))
  return filed && mayRead(actor, filed) ? filed : notFound()
}

/** A call as `mayRead` asks of it. One that is not at this desk belongs to no hub: who reads every call may read it. */
export async function subjectOf(db: ReadDb, callId: Id): Promise<Subject> {
  const [filed] = await db
    .select({ hubId: call.hubId, writtenBy: call.createdBy })
    .from(call)
    .where(eq(call.id, callId))
  return filed ?? { hubId: '', writtenBy: '' }
}

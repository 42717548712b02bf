import { desc, eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { call, callError } from '../../db/schema/index.ts'
import { mayMarkInError } from '../../shared/access/mayMarkInError.ts'
import { mayRead } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, Refusal, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { takeOnOrphans } from './openItem.ts'

/**
 * Takes a call out of every count, or puts it back; the call stays as it is (L23, ADR 11). Two people who do the same
 * at the same time: the second is told that it has changed, and neither reason is lost unseen. What waits again of a
 * call that is put back, for someone who has gone, waits for whoever put it back (L18).
 *
 * @throws Refusal not-found, not-allowed, changed-since, clashing-id
 */
export async function markInError(
  tx: Tx,
  { id, callId, inError, reason }: Parsed<'call.markInError'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const [before] = await tx.select().from(callError).where(eq(callError.id, id))
  if (before) {
    const isSame = before.callId === callId && before.inError === inError && before.reason === reason
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  const [filed] = await tx
    .select({ hubId: call.hubId, writtenBy: call.createdBy })
    .from(call)
    .where(eq(call.id, callId))
  if (!filed || !mayRead(actor, filed)) return notFound()
  if (!mayMarkInError(actor, filed)) throw new Refusal({ code: 'not-allowed' })
  const [latest] = await tx
    .select({ inError: callError.inError })
    .from(callError)
    .where(eq(callError.callId, callId))
    .orderBy(desc(callError.createdAt), desc(callError.id))
    .limit(1)
  if ((latest?.inError ?? false) === inError) throw new Refusal({ code: 'changed-since' })
  await tx.insert(callError).values({
    id,
    hubId: filed.hubId,
    createdAt: actor.now,
    createdBy: actor.id,
    deviceId: actor.deviceId,
    callId,
    inError,
    reason
  })
  if (!inError) await takeOnOrphans(tx, callId, actor)
  return null
}

import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { call, callAddendum } from '../../db/schema/index.ts'
import { mayRead } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, refuse } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'

type Added = Output<'call.addAddendum'>

/**
 * Corrects or adds to a filed call, which itself never changes.
 *
 * @throws Refusal not-found, clashing-id
 */
export async function addAddendum(
  tx: Tx,
  { id, callId, field, text }: Parsed<'call.addAddendum'>,
  actor: Actor
): Promise<Added | AlreadyDone<Added>> {
  const [before] = await tx.select().from(callAddendum).where(eq(callAddendum.id, id))
  if (before) {
    const isSame = before.callId === callId && before.field === field && before.text === text
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone({ id, at: before.createdAt })
  }
  const [filed] = await tx
    .select({ hubId: call.hubId, writtenBy: call.createdBy })
    .from(call)
    .where(eq(call.id, callId))
  if (!filed || !mayRead(actor, filed)) return notFound()
  await tx.insert(callAddendum).values({
    id,
    hubId: filed.hubId,
    createdAt: actor.now,
    createdBy: actor.id,
    deviceId: actor.deviceId,
    callId,
    field,
    text
  })
  return { id, at: actor.now }
}

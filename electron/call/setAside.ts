import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { callDraft } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'

/** Takes an unfinished call off the list, with a reason. It stays in the record: nothing is deleted (L4). */
export async function setAside(tx: Tx, { id, reason }: Parsed<'call.setAside'>, actor: Actor): Promise<null> {
  const changed = await tx
    .update(callDraft)
    .set({ setAsideAt: actor.now, setAsideReason: reason })
    .where(and(eq(callDraft.callId, id), eq(callDraft.ownerId, actor.id)))
    .returning({ id: callDraft.callId })
  return changed.length === 0 ? notFound() : null
}

import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { callAction, callAttempt } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { signedChange } from '../account/signed.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { openAction, proposedCallBack } from './openItems.ts'
import { readableCall } from './readableCall.ts'

/**
 * What became of ringing back (L22, L30). "Called back" closes the promise, and with it the action that the form
 * proposed, which is the same promise once more: its notes stay, each on lines of its own. The others leave it open and
 * stay on it for whoever rings next. What has happened is kept even where somebody else was quicker.
 *
 * @throws Refusal not-found (also of a call that promised none), clashing-id
 */
export async function recordAttempt(
  tx: Tx,
  { id, callId, result, note }: Parsed<'call.recordAttempt'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const [before] = await tx.select().from(callAttempt).where(eq(callAttempt.id, id))
  if (before) {
    const isSame = before.callId === callId && before.result === result && before.note === note
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  const promised = await readableCall(tx, callId, actor)
  if (promised.outcome !== 'call-back') return notFound()
  await tx.insert(callAttempt).values({
    id,
    hubId: promised.hubId,
    createdAt: actor.now,
    createdBy: actor.id,
    deviceId: actor.deviceId,
    callId,
    result,
    note
  })
  if (result === 'called-back') {
    const noted =
      note === '' ? sql`done_note` : sql`iif(done_note = '', '', done_note || char(10)) || ${note}`
    await tx
      .update(callAction)
      .set({ ...signedChange(actor), doneAt: actor.now, doneNote: noted })
      .where(and(eq(callAction.callId, callId), openAction, proposedCallBack))
  }
  return null
}

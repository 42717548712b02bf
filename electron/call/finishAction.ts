import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { callAction } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, Refusal } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { signedChange } from '../account/signed.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { ownerAtWork } from './openItem.ts'
import { readableCall } from './readableCall.ts'

/**
 * Marks an action as done, or as still to be done where that was a mistake (L22). Notes stay, each on lines of its own.
 * An action that has nobody at work any more when it opens again goes to whoever opened it (L18).
 *
 * @throws Refusal not-found, changed-since (somebody else was quicker, and said something else)
 */
export async function finishAction(
  tx: Tx,
  { id, done, note }: Parsed<'call.finishAction'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const [action] = await tx
    .select()
    .from(callAction)
    .where(and(eq(callAction.id, id), isNull(callAction.deletedAt)))
  if (!action) return notFound()
  await readableCall(tx, action.callId, actor)
  if ((action.doneAt !== '') === done) {
    const isSame = action.doneNote === note || action.doneNote.endsWith(`\n${note}`)
    if (note !== '' && !isSame) throw new Refusal({ code: 'changed-since' })
    return alreadyDone(null)
  }
  await tx
    .update(callAction)
    .set({
      ...signedChange(actor),
      doneAt: done ? actor.now : '',
      doneNote: [action.doneNote, note].filter((text) => text !== '').join('\n'),
      ownerId: done ? action.ownerId : await ownerAtWork(tx, action.ownerId, actor)
    })
    .where(eq(callAction.id, id))
  return null
}

import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { callFlag } from '../../db/schema/index.ts'
import { mayRead } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, Refusal } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { signedChange } from '../account/signed.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { subjectOf } from './readableCall.ts'

/**
 * What was decided about two concerns (C5, L22): by the person it is addressed to or, where they are away, by another
 * who may read both calls. Who it was is on the row.
 *
 * @throws Refusal not-found, changed-since (it has another answer already)
 */
export async function answerFlag(
  tx: Tx,
  { id, answer }: Parsed<'call.answerFlag'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const [flag] = await tx
    .select()
    .from(callFlag)
    .where(and(eq(callFlag.id, id), isNull(callFlag.deletedAt)))
  if (!flag) return notFound()
  for (const callId of [flag.callId, flag.earlierCallId])
    if (!mayRead(actor, await subjectOf(tx, callId))) return notFound()
  if (flag.answeredAt !== '') {
    if (flag.answer !== answer || flag.updatedBy !== actor.id) throw new Refusal({ code: 'changed-since' })
    return alreadyDone(null)
  }
  await tx
    .update(callFlag)
    .set({ ...signedChange(actor), answeredAt: actor.now, answer })
    .where(eq(callFlag.id, id))
  return null
}

import { and, eq } from 'drizzle-orm'
import { callDraft } from '../../db/schema/index.ts'
import { invalid, notFound } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { accountRow, personOf } from '../account/person.ts'
import { checkMayTakeOn } from '../account/takesOn.ts'
import { alreadyDone, type Write } from '../ipc/operation.ts'

/**
 * Hands an unfinished call to a colleague who takes calls. What is typed stays as it was last saved, and a save of the
 * one who had it that comes late is refused (L7).
 *
 * @throws Refusal not-found, invalid (toId)
 */
export const handDraft: Write<Parsed<'call.handDraft'>, Output<'call.handDraft'>> = async (
  tx,
  { id, toId }
) => {
  const unfinished = and(eq(callDraft.callId, id), eq(callDraft.setAsideAt, ''))
  const [kept] = await tx.select({ ownerId: callDraft.ownerId }).from(callDraft).where(unfinished)
  if (!kept) return notFound()
  if (kept.ownerId === toId) return alreadyDone(null)
  const to = await accountRow(tx, toId)
  if (to.status !== 'active') {
    invalid({ path: 'toId', message: 'Their access has been stopped. Choose someone else' })
  }
  checkMayTakeOn(await personOf(tx, to))
  await tx.update(callDraft).set({ ownerId: to.id }).where(unfinished)
  return null
}

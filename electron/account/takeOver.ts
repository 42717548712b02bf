import { and, eq } from 'drizzle-orm'
import { callDraft } from '../../db/schema/index.ts'
import { notFound, refuse } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { giveTo, openItem } from '../call/openItem.ts'
import type { Write } from '../ipc/operation.ts'
import { ownDraft } from './openWork.ts'
import { accountRow, activeAccount, personOf } from './person.ts'
import { checkMayTakeOn } from './takesOn.ts'

/**
 * L18: hands what a stopped person left open to someone at work who takes calls, and may read the call it comes from.
 * Nobody else's can be taken (L2).
 *
 * @throws Refusal not-found, not-your-draft, person-stopped, invalid (toId)
 */
export const takeOver: Write<Parsed<'account.takeOver'>, null> = async (tx, input, actor) => {
  const from = await accountRow(tx, input.accountId)
  if (from.status === 'active') refuse('not-your-draft')
  const to = await personOf(tx, await activeAccount(tx, input.toId))

  if (input.kind === 'draft') {
    checkMayTakeOn(to)
    const moved = await tx
      .update(callDraft)
      .set({ ownerId: to.id })
      .where(and(eq(callDraft.callId, input.workId), ownDraft(from.id)))
      .returning({ id: callDraft.callId })
    return moved.length > 0 ? null : notFound()
  }
  const item = await openItem(tx, input.kind, input.workId)
  if (item?.ownerId !== from.id) return notFound()
  checkMayTakeOn(to, item.calls)
  await giveTo(tx, item, to.id, actor, newId())
  return null
}

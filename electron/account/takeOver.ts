import { and, eq } from 'drizzle-orm'
import { callAction, callDraft } from '../../db/schema/index.ts'
import { hasRole } from '../../shared/access/roles.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import { contract, type Parsed } from '../../shared/ipc/contract.ts'
import type { Write } from '../ipc/operation.ts'
import { ownAction, ownDraft } from './openWork.ts'
import { accountRow, activeAccount, personOf } from './person.ts'
import { signedChange } from './signed.ts'

/** L18: hands what a stopped person left open to someone at work who takes calls. Nobody else's can be taken (L2). */
export const takeOver: Write<Parsed<'account.takeOver'>, null> = async (tx, input, actor) => {
  const from = await accountRow(tx, input.accountId)
  if (from.status === 'active') refuse('not-your-draft')
  const to = await personOf(tx, await activeAccount(tx, input.toId))
  const { may } = contract['call.drafts']
  if (may !== 'anyone' && !hasRole(to, ...may)) {
    invalid({ path: 'toId', message: 'Choose someone who takes calls' })
  }

  if (input.kind === 'draft') {
    const moved = await tx
      .update(callDraft)
      .set({ ownerId: to.id })
      .where(and(eq(callDraft.callId, input.workId), ownDraft(from.id)))
      .returning({ id: callDraft.callId })
    return moved.length > 0 ? null : notFound()
  }
  const moved = await tx
    .update(callAction)
    .set({ ...signedChange(actor), ownerId: to.id })
    .where(and(eq(callAction.id, input.workId), ownAction(from.id)))
    .returning({ id: callAction.id })
  return moved.length > 0 ? null : notFound()
}

import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { callHandOver } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { accountRow, personOf } from '../account/person.ts'
import { checkMayTakeOn } from '../account/takesOn.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { giveTo, mayReadItem, openItem } from './openItem.ts'

/**
 * Gives an open item to a colleague, whose it is from now on (L19, L21): someone at work who takes calls and may read
 * the calls that it is of.
 *
 * @throws Refusal not-found (also where it is closed meanwhile), invalid (toId), clashing-id
 */
export async function handOver(
  tx: Tx,
  { id, kind, itemId, toId }: Parsed<'call.handOver'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const [before] = await tx.select().from(callHandOver).where(eq(callHandOver.id, id))
  if (before) {
    const isSame = before.callId === itemId && before.kind === kind && before.toId === toId
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  const item = await openItem(tx, kind, itemId)
  if (!item || !mayReadItem(actor, item)) return notFound()
  if (item.ownerId === toId) return alreadyDone(null)
  const to = await accountRow(tx, toId)
  if (to.status !== 'active') {
    invalid({ path: 'toId', message: 'Their access has been stopped. Choose someone else' })
  }
  checkMayTakeOn(await personOf(tx, to), item.calls)
  await giveTo(tx, item, toId, actor, id)
  return null
}

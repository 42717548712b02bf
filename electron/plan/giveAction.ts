import { and, eq, isNull, sql, type SQL } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { account, planAction } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Id } from '../../shared/ids.ts'
import { londonDate } from '../../shared/time/london.ts'
import { signedChange } from '../account/signed.ts'
import { writtenBy } from '../family/written.ts'
import { keepChange } from './keepChange.ts'
import type { Action } from './theOutcome.ts'

/** Is this account, by its id, of somebody at work? */
export const isAtWork = async (db: ReadDb, id: Id): Promise<boolean> =>
  (await db.$count(
    account,
    and(eq(account.id, id), eq(account.status, 'active'), isNull(account.deletedAt))
  )) > 0

/** What somebody at this desk still has to do of any plan. */
export const openActionsOf = (ownerId: SQL | Id): SQL =>
  sql`${planAction.owner} = 'account' AND ${planAction.ownerId} = ${ownerId} AND ${planAction.endedOn} = ''
    AND ${planAction.deletedAt} IS NULL`

/** Gives an action of a plan to somebody at this desk (L18); whose it was before stays in the record. */
export async function giveAction(
  tx: Tx,
  { id, familyId, episodeId, outcomeId, words, dueOn, hubId, rowVersion }: Action,
  to: { id: Id; name: string },
  actor: Actor
): Promise<void> {
  await tx
    .update(planAction)
    .set({ ...signedChange(actor), owner: 'account', ownerId: to.id, ownerName: to.name })
    .where(eq(planAction.id, id))
  const change = { familyId, episodeId, outcomeId, actionId: id, words, dueOn, ownerName: to.name }
  await keepChange(
    tx,
    { ...change, version: rowVersion + 1, onDay: londonDate(actor.now) },
    writtenBy(actor, hubId)
  )
}

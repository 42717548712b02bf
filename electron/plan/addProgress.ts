import { desc, eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { planAction, planProgress } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { endsAction } from '../../shared/plan/standing.ts'
import { signedChange } from '../account/signed.ts'
import { writtenAfter, type Written } from '../family/written.ts'
import type { Action } from './theOutcome.ts'

type Told = Pick<Parsed<'plan.recordProgress'>, 'id' | 'progress' | 'on' | 'words' | 'evidence' | 'memberId'>

/** How far an action has come, after all that was recorded of it before. What is done or dropped is no longer due. */
export async function addProgress(
  tx: Tx,
  { id: actionId, familyId, episodeId }: Action,
  { on, ...told }: Told,
  written: Written,
  actor: Actor
): Promise<void> {
  const [last] = await tx
    .select({ at: planProgress.createdAt })
    .from(planProgress)
    .where(eq(planProgress.actionId, actionId))
    .orderBy(desc(planProgress.createdAt))
    .limit(1)
  await tx.insert(planProgress).values({
    ...writtenAfter(written, last?.at),
    ...told,
    ...{ actionId, familyId, episodeId, onDay: on }
  })
  await tx
    .update(planAction)
    .set({ ...signedChange(actor), endedOn: endsAction(told.progress) ? on : '' })
    .where(eq(planAction.id, actionId))
}

import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { planAction, planOutcome } from '../../db/schema/index.ts'
import { invalid, notFound } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'

export type Outcome = typeof planOutcome.$inferSelect
export type Action = typeof planAction.$inferSelect

/**
 * An outcome of the plan of an assessment.
 *
 * @throws Refusal not-found
 */
export async function theOutcome(tx: Tx, id: Id, episodeId: Id): Promise<Outcome> {
  const [outcome] = await tx
    .select()
    .from(planOutcome)
    .where(and(eq(planOutcome.id, id), eq(planOutcome.episodeId, episodeId), isNull(planOutcome.deletedAt)))
  return outcome ?? notFound()
}

/**
 * The same, that has not ended: nothing is added to one that has.
 *
 * @throws Refusal not-found, invalid
 */
export async function theOpenOutcome(tx: Tx, id: Id, episodeId: Id): Promise<Outcome> {
  const outcome = await theOutcome(tx, id, episodeId)
  if (outcome.ending !== '') {
    invalid({ path: '', message: 'This outcome has ended. Let it go on first, and say why.' })
  }
  return outcome
}

/**
 * An action of the plan of an assessment.
 *
 * @throws Refusal not-found
 */
export async function theAction(tx: Tx, id: Id, episodeId: Id): Promise<Action> {
  const [action] = await tx
    .select()
    .from(planAction)
    .where(and(eq(planAction.id, id), eq(planAction.episodeId, episodeId), isNull(planAction.deletedAt)))
  return action ?? notFound()
}

import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { isOpenStepUp, stateOfStepUp } from '../../db/stepUps.ts'
import { refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'

/** Is a step-up of this assessment without feedback? */
export const hasOpenStepUp = (db: ReadDb, episodeId: Id): boolean =>
  db.get<{ id: Id } | undefined>(
    sql`SELECT s.id FROM step_up s WHERE s.episode_id = ${episodeId} AND ${sql.raw(isOpenStepUp('s.id'))} LIMIT 1`
  ) !== undefined

/**
 * R45, C10: while a step-up is without feedback nothing that is done for the family may stop. A withdrawal of agreement
 * does not ask this: it is never refused.
 *
 * @throws Refusal step-up-waits
 */
export function mustHaveFeedback(db: ReadDb, episodeId: Id): void {
  if (hasOpenStepUp(db, episodeId)) refuse('step-up-waits')
}

/**
 * R59: before support ends after a step-up was accepted, what continues is confirmed with the allocated social worker, or
 * it is said why nobody is in doubt.
 *
 * @throws Refusal step-up-not-confirmed
 */
export function mustBeConfirmed(db: ReadDb, episodeId: Id): void {
  const found = db.get<{ id: Id } | undefined>(sql`SELECT s.id FROM step_up s
    WHERE s.episode_id = ${episodeId} AND ${sql.raw(stateOfStepUp('s.id'))} = 'accepted'
      AND NOT EXISTS (SELECT 1 FROM step_up_event c WHERE c.step_up_id = s.id AND c.event = 'confirm') LIMIT 1`)
  if (found) refuse('step-up-not-confirmed')
}

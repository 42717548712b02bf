import { and, eq, sql } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { stepDownEvent, stepDownNow } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import { recordEvent } from './recordEvent.ts'

/** A withdrawal of agreement, by the row of the agreement. */
interface Withdrawal {
  familyId: Id
  withdrawalId: Id
  on: CivilDate
  words: string
}

/**
 * Step-downs of a family that need a keyworker, or ask one, go back to triage when no agreement remains: somebody decides what
 * happens to the family now (R28, L29). None is dropped.
 */
export async function backToTriage(
  tx: Tx,
  { familyId, withdrawalId, on, words }: Withdrawal,
  actor: Actor
): Promise<void> {
  const found = await tx
    .select({ id: stepDownNow.stepDownId })
    .from(stepDownNow)
    .where(and(eq(stepDownNow.familyId, familyId), sql`${stepDownNow.state} IN ('to-allocate', 'allocated')`))
    .orderBy(stepDownNow.stepDownId)
  for (const { id: stepDownId } of found) {
    const event = {
      id: naturalId('step-down-withdrawn', stepDownId, withdrawalId),
      stepDownId,
      event: 'withdraw-agreement' as const
    }
    await recordEvent(tx, { ...event, aboutId: withdrawalId, on, words }, actor)
  }
}

/** The step-downs that a withdrawal brought back to triage. */
export function broughtBack(
  db: ReadDb,
  { familyId, withdrawalId }: Pick<Withdrawal, 'familyId' | 'withdrawalId'>
): Promise<{ id: Id }[]> {
  return db
    .select({ id: stepDownEvent.stepDownId })
    .from(stepDownNow)
    .innerJoin(stepDownEvent, eq(stepDownEvent.stepDownId, stepDownNow.stepDownId))
    .where(and(eq(stepDownNow.familyId, familyId), eq(stepDownEvent.aboutId, withdrawalId)))
    .orderBy(stepDownEvent.stepDownId)
}

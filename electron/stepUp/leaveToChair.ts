import { and, eq, sql } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { stepUp, stepUpEvent } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import { insertEvent } from './insertEvent.ts'
import { readStepUps } from './readStepUps.ts'

/** The event by which a withdrawal of agreement leaves a request to its chair, so that the withdrawal knows which those were. */
const leftBy = (stepUpId: Id, withdrawalId: Id): Id => naturalId('step-up-event', stepUpId, withdrawalId)

/**
 * C10: agreement was withdrawn while a step-up waits for feedback. The request stays open, with its chair, until somebody
 * records that it is withdrawn, or referred without agreement.
 */
export async function leaveToChair(
  tx: Tx,
  { familyId, withdrawalId, on, words }: { familyId: Id; withdrawalId: Id; on: CivilDate; words: string },
  actor: Actor
): Promise<void> {
  for (const request of readStepUps(tx, sql`s.family_id = ${familyId}`, actor)) {
    if (!request.mayDo.includes('agreement-withdrawn')) continue
    const id = leftBy(request.id, withdrawalId)
    await insertEvent(tx, request, { id, event: 'agreement-withdrawn', on, words }, actor)
  }
}

/** Which requests a withdrawal of agreement left to their chairs (L6). */
export async function leftToChair(
  db: ReadDb,
  { familyId, withdrawalId }: { familyId: Id; withdrawalId: Id }
): Promise<{ id: Id }[]> {
  const rows = await db
    .select({ id: stepUp.id, eventId: stepUpEvent.id })
    .from(stepUp)
    .innerJoin(
      stepUpEvent,
      and(eq(stepUpEvent.stepUpId, stepUp.id), eq(stepUpEvent.event, 'agreement-withdrawn'))
    )
    .where(eq(stepUp.familyId, familyId))
    .orderBy(stepUp.id)
  return rows.filter(({ id, eventId }) => eventId === leftBy(id, withdrawalId)).map(({ id }) => ({ id }))
}

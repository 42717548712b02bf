import { and, eq, getTableColumns, inArray, or, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { familyIndex, stepDown, stepDownNow } from '../../db/schema/index.ts'
import { mayRead, readScope } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, Refusal } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { letIn, standingColumns, type Standing } from '../family/readableFamily.ts'

/** A step-down as it stands, with what is told of it once (db/stepDowns.ts). */
export type OpenedStepDown = typeof stepDownNow.$inferSelect &
  Pick<typeof stepDown.$inferSelect, 'reference' | 'sourceKey' | 'createdBy'>

/**
 * Lets nobody by who may not read this step-down: its hub's coordinators and whoever received it; once it is known of which
 * family it is, whoever that family is open to (L25). One question.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function mustOpenStepDown(db: ReadDb, stepDownId: Id, actor: Actor): Promise<OpenedStepDown> {
  const { reference, sourceKey, createdBy } = stepDown
  const [found] = await db
    .select({
      now: { ...getTableColumns(stepDownNow), reference, sourceKey, createdBy },
      indexedId: familyIndex.familyId,
      standing: standingColumns(actor)
    })
    .from(stepDownNow)
    .innerJoin(stepDown, eq(stepDown.id, stepDownNow.stepDownId))
    .leftJoin(familyIndex, eq(familyIndex.familyId, stepDownNow.familyId))
    .where(eq(stepDownNow.stepDownId, stepDownId))
  if (!found) return notFound()
  const { now, indexedId, standing } = found
  if (now.familyId !== '') letIn(indexedId === null ? undefined : (standing as Standing), actor)
  else if (!mayRead(actor, { hubId: now.hubId, writtenBy: now.createdBy })) notFound()
  return now
}

/** The same for whoever asks whether it is open to somebody: undefined where it is not, or there is none. */
export async function openedOrNone(
  db: ReadDb,
  stepDownId: Id,
  actor: Actor
): Promise<OpenedStepDown | undefined> {
  try {
    return await mustOpenStepDown(db, stepDownId, actor)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** L18: what somebody looks after in triage and is not done. */
export const openStepDownsOf = (ownerId: SQL | Id): SQL | undefined =>
  and(eq(stepDownNow.isOpen, true), eq(stepDownNow.ownerId, ownerId))

/**
 * The step-downs that an actor may know of, as a condition on `step_down_now`: the same rule for lists and counts. Of a
 * family that opens with a reason they are among them, without a name. The hub of a family that is known is its own.
 */
export function knownStepDowns(actor: Actor): SQL | undefined {
  const scope = readScope(actor)
  switch (scope.kind) {
    case 'all':
      return undefined
    case 'hubs':
      return or(
        inArray(stepDownNow.hubId, [...scope.hubIds]),
        sql`${stepDownNow.familyId} = '' AND EXISTS (SELECT 1 FROM ${stepDown}
          WHERE ${stepDown.id} = ${stepDownNow.stepDownId} AND ${stepDown.createdBy} = ${scope.own})`,
        sql`${stepDownNow.familyId} IN (SELECT ${familyIndex.familyId} FROM ${familyIndex}
          WHERE ${familyIndex.createdBy} = ${scope.own} OR instr(${familyIndex.named}, ${scope.own}) > 0)`
      )
    case 'none':
      return sql`0`
  }
}

import { eq, getTableColumns, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { familyIndex, stepDown, stepDownNow } from '../../db/schema/index.ts'
import { mayRead, readScope } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { knownFamilies, mustOpen } from '../family/readableFamily.ts'

/** A step-down as it stands, with what is told of it once (db/stepDowns.ts). */
export type OpenedStepDown = typeof stepDownNow.$inferSelect &
  Pick<typeof stepDown.$inferSelect, 'reference' | 'sourceKey' | 'createdBy'>

/**
 * Lets nobody by who may not read this step-down: its hub's coordinators and whoever received it; once it is known of which
 * family it is, whoever that family is open to (L25).
 *
 * @throws Refusal not-found, family-restricted
 */
export async function mustOpenStepDown(db: ReadDb, stepDownId: Id, actor: Actor): Promise<OpenedStepDown> {
  const { reference, sourceKey, createdBy } = stepDown
  const [found] = await db
    .select({ ...getTableColumns(stepDownNow), reference, sourceKey, createdBy })
    .from(stepDownNow)
    .innerJoin(stepDown, eq(stepDown.id, stepDownNow.stepDownId))
    .where(eq(stepDownNow.stepDownId, stepDownId))
  if (!found) return notFound()
  if (found.familyId !== '') await mustOpen(db, found.familyId, actor)
  else if (!mayRead(actor, { hubId: found.hubId, writtenBy: found.createdBy })) notFound()
  return found
}

/**
 * The step-downs that an actor may know of, as a condition on `step_down_now` with `family_index` of its family: the same
 * rule for lists and counts. Of a family that opens with a reason they are among them, without a name.
 */
export function knownStepDowns(actor: Actor): SQL | undefined {
  const scope = readScope(actor)
  switch (scope.kind) {
    case 'all':
      return undefined
    case 'hubs':
      return sql`CASE WHEN ${stepDownNow.familyId} = ''
        THEN ${stepDownNow.hubId} IN (SELECT value FROM json_each(${JSON.stringify(scope.hubIds)}))
          OR EXISTS (SELECT 1 FROM ${stepDown} WHERE ${stepDown.id} = ${stepDownNow.stepDownId}
            AND ${stepDown.createdBy} = ${scope.own})
        ELSE coalesce(${knownFamilies(actor)}, 0) END`
    case 'none':
      return sql`0`
  }
}

/** For a query on `step_down_now`: how its family stands; NULL where none is known. */
export const ofItsFamily = eq(familyIndex.familyId, stepDownNow.familyId)

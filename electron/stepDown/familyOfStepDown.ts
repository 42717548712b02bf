import { eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { stepDownNow } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { openingOf } from '../family/readableFamily.ts'

/**
 * The family that a step-down is of, for whoever has to say why they open it: it is restricted and does not name them.
 *
 * @throws Refusal not-found: no family is known, or it is none of theirs
 */
export async function familyOfStepDown(
  db: ReadDb,
  { id }: Parsed<'stepDown.familyOf'>,
  actor: Actor
): Promise<Output<'stepDown.familyOf'>> {
  const [found] = await db
    .select({ familyId: stepDownNow.familyId })
    .from(stepDownNow)
    .where(eq(stepDownNow.stepDownId, id))
  if (!found || found.familyId === '' || (await openingOf(db, found.familyId, actor)) === 'no')
    return notFound()
  return found
}

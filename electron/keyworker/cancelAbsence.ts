import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { absence } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, Refusal } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'

/**
 * Takes a booked absence back, with its reason: it stays readable. Cover that was arranged for it goes on until it is ended.
 *
 * @throws Refusal not-found, changed-since
 */
export async function cancelAbsence(
  tx: Tx,
  { id, practitionerId, why, rowVersion }: Parsed<'keyworker.cancelAbsence'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const [booked] = await tx
    .select()
    .from(absence)
    .where(and(eq(absence.id, id), eq(absence.practitionerId, practitionerId)))
  if (!booked) return notFound()
  if (booked.cancelledWhy === why && booked.rowVersion === rowVersion + 1) return alreadyDone(null)
  if (booked.cancelledWhy !== '' || booked.rowVersion !== rowVersion)
    throw new Refusal({ code: 'changed-since' })
  await tx
    .update(absence)
    .set({ cancelledWhy: why, rowVersion: rowVersion + 1, updatedAt: actor.now, updatedBy: actor.id })
    .where(eq(absence.id, id))
  return null
}

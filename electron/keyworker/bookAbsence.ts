import { and, eq, gte, isNull, lte } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { absence, practitioner } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { showDate } from '../../shared/time/london.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'

/**
 * Books days on which somebody is away, both included (C9). Nobody is away twice on one day: what was booked before is
 * taken back first.
 *
 * @throws Refusal not-found, clashing-id, invalid (fromDay)
 */
export async function bookAbsence(
  tx: Tx,
  { id, ...booked }: Parsed<'keyworker.bookAbsence'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const [before] = await tx.select().from(absence).where(eq(absence.id, id))
  if (before) {
    const isSame = (Object.keys(booked) as (keyof typeof booked)[]).every(
      (key) => before[key] === booked[key]
    )
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  const { practitionerId, fromDay, toDay } = booked
  const [somebody] = await tx.select().from(practitioner).where(eq(practitioner.id, practitionerId))
  if (!somebody) return notFound()
  const [other] = await tx
    .select()
    .from(absence)
    .where(
      and(
        eq(absence.practitionerId, practitionerId),
        eq(absence.cancelledWhy, ''),
        isNull(absence.deletedAt),
        lte(absence.fromDay, toDay),
        gte(absence.toDay, fromDay)
      )
    )
  if (other) {
    const days = `${showDate(other.fromDay)} to ${showDate(other.toDay)}`
    invalid({ path: 'fromDay', message: `They are booked away from ${days} already` })
  }
  const written = writtenBy(actor, somebody.hubId)
  await tx.insert(absence).values({
    ...written,
    ...{ id, ...booked, cancelledWhy: '', rowVersion: 1 },
    ...{ updatedAt: actor.now, updatedBy: actor.id }
  })
  return null
}

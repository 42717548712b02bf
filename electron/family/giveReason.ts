import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { familyAccess } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { managerOf } from './restrictionOf.ts'
import { openingOf } from './readableFamily.ts'
import { writtenBy, type Written } from './written.ts'

/**
 * Opens a restricted family to somebody who is not named, until the London day ends. Why stands in its chronology, and
 * its manager is told (L21). Of a family that is open to them nothing is written.
 *
 * @throws Refusal not-found, clashing-id
 */
export async function giveReason(
  tx: Tx,
  { id, familyId, reason }: Parsed<'family.giveReason'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  if (await isGiven(tx, { id, familyId, factId: '', reason }, actor)) return alreadyDone(null)
  const opening = await openingOf(tx, familyId, actor)
  if (opening === 'no') notFound()
  if (opening === 'yes') return alreadyDone(null)
  const { hubId, ownerId } = managerOf(tx, familyId)
  await tx
    .insert(familyAccess)
    .values(accessRow({ id, familyId, factId: '', reason, ownerId }, writtenBy(actor, hubId)))
  return null
}

type Access = Pick<typeof familyAccess.$inferSelect, 'id' | 'familyId' | 'factId' | 'reason'>

/**
 * Whether this reason was given already, by this person.
 *
 * @throws Refusal clashing-id
 */
export async function isGiven(tx: Tx, access: Access, actor: Actor): Promise<boolean> {
  const [before] = await tx.select().from(familyAccess).where(eq(familyAccess.id, access.id))
  if (!before) return false
  const isSame = Object.entries(access).every(([key, value]) => before[key as keyof Access] === value)
  if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
  return true
}

/** A row that waits for its manager; where there is none, for nobody. */
export const accessRow = (access: Access & { ownerId: Id }, written: Written) => ({
  ...written,
  ...access,
  updatedAt: written.createdAt,
  updatedBy: written.createdBy,
  seenAt: access.ownerId === '' ? written.createdAt : ''
})

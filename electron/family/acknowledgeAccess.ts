import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { familyAccess } from '../../db/schema/index.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import { notFound, Refusal } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { signedChange } from '../account/signed.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'

/**
 * The manager has seen who opened a restricted family, and why (L21). A triage manager may see to it for one who has gone.
 *
 * @throws Refusal not-found, changed-since
 */
export async function acknowledgeAccess(
  tx: Tx,
  { id, rowVersion }: Parsed<'family.acknowledgeAccess'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const [access] = await tx
    .select()
    .from(familyAccess)
    .where(and(eq(familyAccess.id, id), isNull(familyAccess.deletedAt)))
  const isTold = access && (access.ownerId === actor.id || hasRole(actor, 'triage-manager'))
  if (!isTold) return notFound()
  if (access.seenAt !== '') return alreadyDone(null)
  if (access.rowVersion !== rowVersion) throw new Refusal({ code: 'changed-since' })
  await tx
    .update(familyAccess)
    .set({ ...signedChange(actor), seenAt: actor.now })
    .where(eq(familyAccess.id, id))
  return null
}

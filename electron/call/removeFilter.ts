import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { callFilter } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'

/** Forgets one of this person's filters; one that is gone already, or is another's, changes nothing. */
export async function removeFilter(tx: Tx, { id }: Parsed<'call.removeFilter'>, actor: Actor): Promise<null> {
  await tx.delete(callFilter).where(and(eq(callFilter.id, id), eq(callFilter.ownerId, actor.id)))
  return null
}

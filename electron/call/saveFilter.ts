import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { callFilter } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { SavedFilter } from '../../shared/call/filter.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'

/**
 * Keeps a filter of the list of calls under a name, on this computer and for this person alone. A name is theirs once,
 * whatever its capitals.
 *
 * @throws Refusal invalid (name), clashing-id
 */
export async function saveFilter(
  tx: Tx,
  { id, name, filter }: Parsed<'call.saveFilter'>,
  actor: Actor
): Promise<SavedFilter | AlreadyDone<SavedFilter>> {
  const content = JSON.stringify(filter)
  const [before] = await tx.select().from(callFilter).where(eq(callFilter.id, id))
  if (before) {
    const isSame = before.ownerId === actor.id && before.name === name && before.filter === content
    return isSame ? alreadyDone({ id, name, filter }) : refuse('clashing-id')
  }
  const [namesake] = await tx
    .select({ id: callFilter.id })
    .from(callFilter)
    .where(and(eq(callFilter.ownerId, actor.id), sql`${callFilter.name} = ${name} COLLATE NOCASE`))
  if (namesake) invalid({ path: 'name', message: 'You have a filter of this name already' })
  await tx.insert(callFilter).values({ id, ownerId: actor.id, name, filter: content, createdAt: actor.now })
  return { id, name, filter }
}

import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { formDraft } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'

/**
 * Takes an unfinished form off the list, with a reason. It stays in the record: nothing is deleted (L4).
 *
 * @throws Refusal not-found
 */
export async function setFormAside(
  tx: Tx,
  { id, reason }: Parsed<'draft.setAside'>,
  actor: Actor
): Promise<null> {
  const changed = await tx
    .update(formDraft)
    .set({ setAsideAt: actor.now, setAsideReason: reason })
    .where(and(eq(formDraft.id, id), eq(formDraft.ownerId, actor.id)))
    .returning({ id: formDraft.id })
  return changed.length === 0 ? notFound() : null
}

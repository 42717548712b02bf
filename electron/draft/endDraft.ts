import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { formDraft } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'

/**
 * What is filed is no draft any more, in the same transaction (L3): where the filing is refused the draft stays. Only who
 * typed it files it (L2).
 *
 * @throws Refusal not-your-draft
 */
export async function endDraft(tx: Tx, id: Id, actor: Actor): Promise<void> {
  const [kept] = await tx.select({ ownerId: formDraft.ownerId }).from(formDraft).where(eq(formDraft.id, id))
  if (kept && kept.ownerId !== actor.id) refuse('not-your-draft')
  await tx.delete(formDraft).where(eq(formDraft.id, id))
}

import { and, eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { formDraft } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { draftForm } from '../../shared/draft/draft.ts'
import { notFound } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'

/**
 * The half-filled form, to the person who typed it and no one else (L2).
 *
 * @throws Refusal not-found
 */
export async function openForm(
  db: ReadDb,
  { id }: Parsed<'draft.open'>,
  actor: Actor
): Promise<Output<'draft.open'>> {
  const [kept] = await db
    .select()
    .from(formDraft)
    .where(and(eq(formDraft.id, id), eq(formDraft.ownerId, actor.id)))
  if (!kept) return notFound()
  const { kind, body, savedAt, saves } = kept
  return { form: draftForm.parse({ kind, body: JSON.parse(body) as unknown }), savedAt, saves }
}

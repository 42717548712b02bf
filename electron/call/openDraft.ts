import { and, eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { callDraft } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { callDraft as draftSchema } from '../../shared/call/call.ts'
import { notFound } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'

/** The half-typed call, to the person who typed it and no one else (L2). */
export async function openDraft(
  db: ReadDb,
  { id }: Parsed<'call.openDraft'>,
  actor: Actor
): Promise<Output<'call.openDraft'>> {
  const [kept] = await db
    .select()
    .from(callDraft)
    .where(and(eq(callDraft.callId, id), eq(callDraft.ownerId, actor.id)))
  if (!kept) return notFound()
  return { draft: draftSchema.parse(JSON.parse(kept.body)), savedAt: kept.savedAt, saves: kept.saves }
}

import { eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { episode } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { Transfer } from '../../shared/transfer/transfer.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { readTransfers } from './readTransfers.ts'

/**
 * The transfers of an assessment, the newest request first.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function listTransfers(
  db: ReadDb,
  { episodeId }: Parsed<'transfer.list'>,
  actor: Actor
): Promise<Transfer[]> {
  const [found] = await db
    .select({ familyId: episode.familyId })
    .from(episode)
    .where(eq(episode.id, episodeId))
  if (!found) return notFound()
  await mustOpen(db, found.familyId, actor)
  return readTransfers(db, sql`t.episode_id = ${episodeId}`, actor).map(({ transfer }) => transfer)
}

import { and, eq, sql } from 'drizzle-orm'
import { isOpenEpisode } from '../../db/episodes.ts'
import type { ReadDb } from '../../db/open.ts'
import { episode } from '../../db/schema/index.ts'
import { notFound, refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'

/**
 * Lets nothing be written in an assessment that has closed, or that is none of this family.
 *
 * @throws Refusal not-found, assessment-closed
 */
export async function mustBeOpen(
  db: ReadDb,
  { familyId, episodeId }: { familyId: Id; episodeId: Id }
): Promise<void> {
  const [found] = await db
    .select({ isOpen: sql<number>`${sql.raw(isOpenEpisode('episode.id'))}`.mapWith(Boolean) })
    .from(episode)
    .where(and(eq(episode.id, episodeId), eq(episode.familyId, familyId)))
  if (!found) return notFound()
  if (!found.isOpen) refuse('assessment-closed')
}

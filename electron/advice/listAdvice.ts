import { desc, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, advice } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { mustOpen } from '../family/readableFamily.ts'

/**
 * R41: what was asked about a family and what was answered, the newest first. An answer that came later is a row of its own.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function listAdvice(
  db: ReadDb,
  { familyId }: Parsed<'advice.list'>,
  actor: Actor
): Promise<Output<'advice.list'>> {
  await mustOpen(db, familyId, actor)
  return db
    .select({
      id: advice.id,
      episodeId: advice.episodeId,
      askedOn: advice.askedOn,
      askedWhom: advice.askedWhom,
      question: advice.question,
      answer: advice.answer,
      answersId: advice.answersId,
      recordedAt: advice.createdAt,
      byName: sql<string>`coalesce(${account.name}, '')`
    })
    .from(advice)
    .leftJoin(account, eq(account.id, advice.createdBy))
    .where(eq(advice.familyId, familyId))
    .orderBy(desc(advice.askedOn), desc(advice.createdAt), desc(advice.id))
}

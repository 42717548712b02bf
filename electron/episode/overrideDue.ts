import { desc, eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { ruleOverride } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { mustBeOpen } from './mustBeOpen.ts'
import { readEpisode } from './readEpisode.ts'

/**
 * A manager gives another day than the rule's for something that is due and waits, today or later, with the reason (C12).
 * The rule's own day stays readable beside it, and each such row is counted.
 *
 * @throws Refusal not-found (nothing of the kind is due), family-restricted, clashing-id, assessment-closed, invalid (dueOn)
 */
export async function overrideDue(
  tx: Tx,
  { id, familyId, episodeId, rule, aboutId, dueOn, reason }: Parsed<'episode.overrideDue'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { hubId } = await mustOpen(tx, familyId, actor)
  const [before] = await tx.select().from(ruleOverride).where(eq(ruleOverride.id, id))
  if (before) {
    const isSame = before.episodeId === episodeId && before.rule === rule && before.aboutId === aboutId
    if (!isSame || before.dueOn !== dueOn || before.reason !== reason || before.createdBy !== actor.id)
      refuse('clashing-id')
    return alreadyDone(null)
  }
  await mustBeOpen(tx, { familyId, episodeId })
  const { due } = await readEpisode(tx, { id: episodeId }, actor)
  const waits = due.some((each) => each.rule === rule && each.aboutId === aboutId && each.doneOn === '')
  if (!waits) return notFound()
  if (dueOn < londonDate(actor.now)) invalid({ path: 'dueOn', message: 'Enter today or a later day' })
  const written = writtenAfter(writtenBy(actor, hubId), await lastOverriddenAt(tx, episodeId))
  await tx.insert(ruleOverride).values({ ...written, id, familyId, episodeId, rule, aboutId, dueOn, reason })
  return null
}

async function lastOverriddenAt(db: ReadDb, episodeId: Id): Promise<Instant | undefined> {
  const [last] = await db
    .select({ at: ruleOverride.createdAt })
    .from(ruleOverride)
    .where(eq(ruleOverride.episodeId, episodeId))
    .orderBy(desc(ruleOverride.createdAt))
    .limit(1)
  return last?.at
}

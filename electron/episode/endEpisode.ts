import { and, desc, eq, isNull } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { closurePart, episode, episodeClosure, episodeDate, episodeReopening } from '../../db/schema/index.ts'
import type { SaidInClosing } from '../../shared/episode/closing.ts'
import { notFound } from '../../shared/errors.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { signedChange } from '../account/signed.ts'
import { endTransfers } from '../transfer/endTransfers.ts'
import { endActions, endOutcomes, type PlanEnding } from './endPlan.ts'

/** The end of an assessment: `id` is the closure's. */
export interface EpisodeEnding extends PlanEnding {
  familyId: Id
}

/**
 * Ends an assessment, and in the same transaction everything that waits in it, so that nothing of it is left in any list of
 * what is due (L29). Whoever calls has made sure that it is open, and of what is said.
 */
export async function endEpisode(tx: Tx, ending: EpisodeEnding, said: SaidInClosing): Promise<void> {
  const { id, familyId, episodeId, written } = ending
  await tx.insert(episodeClosure).values({
    ...written,
    ...said.closure,
    id,
    familyId,
    episodeId,
    withdrawalReason: '',
    agreementId: '',
    adviceSought: false,
    signposted: false
  })
  for (const part of said.parts)
    await tx.insert(closurePart).values({
      ...written,
      ...part,
      id: newId(),
      familyId,
      episodeId,
      closureId: id
    })
  await endWhatWaits(tx, ending, said)
}

/** Since which day it has been open, and the last row of it that the closure comes after. */
export async function openSince(db: ReadDb, episodeId: Id) {
  const [reopened] = await db
    .select({ day: episodeReopening.reopenedOn, recordedAt: episodeReopening.createdAt })
    .from(episodeReopening)
    .where(eq(episodeReopening.episodeId, episodeId))
    .orderBy(desc(episodeReopening.createdAt), desc(episodeReopening.id))
    .limit(1)
  if (reopened) return reopened
  const [begun] = await db
    .select({ day: episode.registeredOn, recordedAt: episode.createdAt })
    .from(episode)
    .where(eq(episode.id, episodeId))
  return begun ?? notFound()
}

async function endWhatWaits(tx: Tx, ending: EpisodeEnding, { parts }: SaidInClosing): Promise<void> {
  const results = parts.flatMap(({ kind, aboutId, result, words }) =>
    kind === 'outcome' ? [[aboutId, { ending: result, why: words }] as const] : []
  )
  const goesOn = parts.flatMap(({ kind, aboutId }) => (kind === 'goes-on' && aboutId ? [aboutId] : []))
  await endOutcomes(tx, ending, new Map(results))
  await endActions(tx, ending, new Set(goesOn))
  await endTransfers(tx, ending)
  await tx
    .update(episodeDate)
    .set({
      ...signedChange(ending.actor),
      ending: 'cancelled',
      endedAt: ending.written.createdAt,
      endedWhy: ending.why
    })
    .where(
      and(
        eq(episodeDate.episodeId, ending.episodeId),
        eq(episodeDate.ending, ''),
        isNull(episodeDate.deletedAt)
      )
    )
}

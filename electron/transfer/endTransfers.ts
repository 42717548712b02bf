import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { episodeKeyworker, transferStep } from '../../db/schema/index.ts'
import { naturalId, type Id, type Instant } from '../../shared/ids.ts'
import type { Transfer } from '../../shared/transfer/transfer.ts'
import { writtenAfter, type Written } from '../family/written.ts'
import type { EpisodeEnding } from '../episode/endEpisode.ts'
import { takeBack } from '../keyworker/takeBack.ts'
import { readTransfers } from './readTransfers.ts'

/** What every row of `transfer_step` has beside what was typed of it. */
export const nothingSaid = { practitionerId: '', who: '', how: '', note: '', agreedOn: '' }

/** The step by which the end of an assessment cancels a transfer, so that what ended it knows which those were. */
export const stepThatEnds = (transferId: Id, endingId: Id): Id =>
  naturalId('transfer-step', transferId, endingId)

/**
 * Cancels the transfers of an assessment that wait, with its end (L29): whoever accepted and whose day has not come does not
 * become keyworker.
 */
export async function endTransfers(
  tx: Tx,
  { id, episodeId, on, why, written, actor }: Omit<EpisodeEnding, 'familyId'>
): Promise<void> {
  const found = readTransfers(tx, sql`t.episode_id = ${episodeId}`, actor)
  for (const { transfer } of found.filter((each) => each.transfer.isWaiting)) {
    const after = writtenAfter(written, lastStepAt(transfer))
    await tx.insert(transferStep).values({
      ...after,
      ...nothingSaid,
      id: stepThatEnds(transfer.id, id),
      familyId: transfer.familyId,
      episodeId,
      transferId: transfer.id,
      step: 'cancel',
      onDay: on,
      note: why
    })
    await takeBackKeyworker(tx, transfer.id, { byId: id, reason: why }, after)
  }
}

/** When its newest step was recorded, or it was asked for. */
export const lastStepAt = ({ steps, recordedAt }: Pick<Transfer, 'steps' | 'recordedAt'>): Instant =>
  steps.at(-1)?.recordedAt ?? recordedAt

/** Whom a transfer made keyworker does not become it. Nothing happens where it made nobody. */
export async function takeBackKeyworker(
  tx: Tx,
  transferId: Id,
  taken: { byId: Id; reason: string },
  written: Written
): Promise<void> {
  const rows = await tx
    .select()
    .from(episodeKeyworker)
    .where(and(eq(episodeKeyworker.sourceId, transferId), eq(episodeKeyworker.kind, 'transfer')))
  for (const row of rows) await takeBack(tx, row, taken, written)
}

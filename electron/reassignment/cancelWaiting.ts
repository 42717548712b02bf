import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { transferStep } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { FamilyToCover } from '../../shared/cover/cover.ts'
import type { Id } from '../../shared/ids.ts'
import { londonDate } from '../../shared/time/london.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { lastStepAt, nothingSaid, stepThatEnds, takeBackKeyworker } from '../transfer/endTransfers.ts'
import { readTransfers } from '../transfer/readTransfers.ts'

/**
 * Cancels what waits to be settled between keyworkers of a family whose keyworker leaves: nobody there is asked any more.
 * A transfer that another keyworker accepted goes on, and so does one out of the county, which is the family's.
 */
export async function cancelWaiting(
  tx: Tx,
  { episodeId, familyId, hubId }: FamilyToCover,
  { byId, fromId, why }: { byId: Id; fromId: Id; why: string },
  actor: Actor
): Promise<void> {
  const found = readTransfers(tx, sql`t.episode_id = ${episodeId}`, actor)
  for (const { transfer } of found) {
    const isAsked = transfer.state !== 'accepted' || transfer.toId === fromId
    if (!transfer.isWaiting || transfer.kind !== 'in-county' || !isAsked) continue
    const written = writtenAfter(writtenBy(actor, hubId), lastStepAt(transfer))
    await tx.insert(transferStep).values({
      ...written,
      ...nothingSaid,
      ...{ id: stepThatEnds(transfer.id, byId), familyId, episodeId, transferId: transfer.id },
      ...{ step: 'cancel', onDay: londonDate(actor.now), note: why }
    })
    await takeBackKeyworker(tx, transfer.id, { byId, reason: why }, written)
  }
}

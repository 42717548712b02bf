import { eq, sql } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { episode, transfer } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { problemsWithRequest, saidInRequest, type SaidInRequest } from '../../shared/transfer/problems.ts'
import { londonDate } from '../../shared/time/london.ts'
import { endDraft } from '../draft/endDraft.ts'
import { mustBeOpen } from '../episode/mustBeOpen.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { readTransfers } from './readTransfers.ts'

type Requested = Output<'transfer.request'>

/**
 * "Transfer keyworker": somebody asks that an open assessment goes to another keyworker, in the county or out of it, with
 * the reason (R36, R39). An assessment has one transfer that waits. The form's draft goes in the same act (L3).
 *
 * @throws Refusal not-found, family-restricted, assessment-closed, transfer-waits, invalid (by field), clashing-id,
 *   not-your-draft
 */
export async function requestTransfer(
  tx: Tx,
  draft: Parsed<'transfer.request'>,
  actor: Actor
): Promise<Requested | AlreadyDone<Requested>> {
  const { id, familyId, episodeId } = draft
  const { hubId } = await mustOpen(tx, familyId, actor)
  const [before] = await tx.select().from(transfer).where(eq(transfer.id, id))
  if (before) {
    const said = saidInRequest(draft, londonDate(before.createdAt))
    if (!said || before.createdBy !== actor.id || before.episodeId !== episodeId || !isSaid(before, said))
      refuse('clashing-id')
    return alreadyDone({ id })
  }
  await endDraft(tx, id, actor)
  await mustBeOpen(tx, draft)
  const waiting = readTransfers(tx, sql`t.episode_id = ${episodeId}`, actor)
  if (waiting.some((each) => each.transfer.isWaiting)) refuse('transfer-waits')

  const today = londonDate(actor.now)
  const { neighbours } = rulesOn(await settingsInRecord(tx), today)
  const problems = problemsWithRequest(draft, {
    today,
    registeredOn: await registeredOn(tx, episodeId),
    authorities: neighbours.map(({ key }) => key)
  })
  const said = saidInRequest(draft, today)
  if (problems.length > 0 || !said) return invalid(...problems)
  await tx.insert(transfer).values({
    ...writtenBy(actor, hubId),
    ...said,
    ...{ id, familyId, episodeId, reassignmentId: '' },
    authorityName: neighbours.find(({ key }) => key === said.authority)?.name ?? ''
  })
  return { id }
}

const isSaid = (row: typeof transfer.$inferSelect, said: SaidInRequest): boolean =>
  (Object.keys(said) as (keyof SaidInRequest)[]).every((key) => row[key] === said[key])

/** The day on which an assessment was registered. */
export async function registeredOn(db: ReadDb, episodeId: Id): Promise<CivilDate> {
  const [found] = await db
    .select({ day: episode.registeredOn })
    .from(episode)
    .where(eq(episode.id, episodeId))
  return found?.day ?? notFound()
}

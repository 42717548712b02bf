import { setImmediate as turn } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import type { Store } from '../../db/store.ts'
import { caseExport } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import { exportReference, handOverFileName } from '../../shared/export/export.ts'
import type { Output } from '../../shared/ipc/contract.ts'
import { problemsWithHandOver, type HandOverDraft } from '../../shared/keyworker/handOver.ts'
import { londonDate } from '../../shared/time/london.ts'
import type { Prepared } from '../export/prepareExport.ts'
import { nextNumber } from '../ipc/nextNumber.ts'
import type { Job } from '../ipc/operation.ts'
import { asPreview, gatherHandOver, type HandOver } from './gatherHandOver.ts'

/**
 * Which families would be handed over today, and which of them have not agreed to where they would go.
 *
 * @throws Refusal not-found, invalid (toId)
 */
export const previewHandOver: Job<HandOverDraft, Output<'keyworker.previewHandOver'>> = async (
  store,
  draft,
  actor
) => asPreview(await gatherHandOver(store, draft, actor, turn))

/** Before main asks where to: its number, and the name that is offered. One that is not saved leaves a gap. */
export const prepareHandOver: Job<HandOverDraft, Prepared> = async (store, draft, actor) => {
  await completeHandOver(store, draft, actor, turn)
  const reference = exportReference(actor.deskCode, await store.write((tx) => nextNumber(tx, 'export')))
  return { reference, fileName: handOverFileName(reference, londonDate(actor.now)) }
}

/**
 * What there is to hand over, of a form that says everything that it needs.
 *
 * @throws Refusal not-found, invalid (by field), clashing-id, and what `giveWay` throws
 */
export async function completeHandOver(
  store: Store,
  draft: HandOverDraft,
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<HandOver> {
  const gathered = await gatherHandOver(store, draft, actor, giveWay)
  const problems = problemsWithHandOver(draft, asPreview(gathered))
  if (problems.length > 0) invalid(...problems)
  const before = await store.read((db) => db.$count(caseExport, eq(caseExport.id, draft.id)))
  if (before > 0) refuse('clashing-id')
  return gathered
}

import { eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { closurePart, episodeClosure } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import {
  cancelledBecause,
  problemsWithClosing,
  saidInClosing,
  type SaidInClosing
} from '../../shared/episode/closing.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { endDraft } from '../draft/endDraft.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { mustBeConfirmed, mustHaveFeedback } from '../stepUp/mustHaveFeedback.ts'
import { endEpisode, openSince } from './endEpisode.ts'
import { openActions, openOutcomes } from './endPlan.ts'
import { mustBeOpen } from './mustBeOpen.ts'

/**
 * "Close assessment" and "Step up": an assessment ends with its reason, what became of each outcome of the plan, who is told
 * and, stepped up, the work that goes on (R35, R45). In the same transaction everything that waits in it ends, so that
 * nothing of it is left in any list of what is due (L29), and the form's draft goes (L3). Not while a step-up is without
 * feedback (R45), and after one that was accepted not before what continues is confirmed (R59).
 *
 * @throws Refusal not-found, family-restricted, assessment-closed, step-up-waits, step-up-not-confirmed,
 *   invalid (by field), clashing-id, not-your-draft
 */
export async function closeEpisode(
  tx: Tx,
  draft: Parsed<'episode.close'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { id, familyId, episodeId } = draft
  const { hubId } = await mustOpen(tx, familyId, actor)
  const [before] = await tx.select().from(episodeClosure).where(eq(episodeClosure.id, id))
  if (before) {
    const said = saidInClosing(draft, londonDate(before.createdAt))
    const isSame = before.episodeId === episodeId && before.createdBy === actor.id
    if (!isSame || !(await isSaid(tx, before, said))) refuse('clashing-id')
    return alreadyDone(null)
  }
  await endDraft(tx, id, actor)
  await mustBeOpen(tx, draft)
  mustHaveFeedback(tx, episodeId)
  mustBeConfirmed(tx, episodeId)

  const today = londonDate(actor.now)
  const since = await openSince(tx, episodeId)
  const problems = problemsWithClosing(draft, {
    today,
    openSince: since.day,
    openOutcomeIds: (await openOutcomes(tx, episodeId)).map((outcome) => outcome.id),
    openActionIds: (await openActions(tx, episodeId)).map((action) => action.id)
  })
  if (problems.length > 0) invalid(...problems)

  const said = saidInClosing(draft, today)
  const written = writtenAfter(writtenBy(actor, hubId), since.recordedAt)
  const why = cancelledBecause[draft.kind]
  const ending = { id, familyId, episodeId, on: said.closure.closedOn, why, written, actor }
  await endEpisode(tx, ending, said)
  return null
}

/** Is a closure in the record with all that belongs to it what this form says? */
async function isSaid(
  db: ReadDb,
  kept: typeof episodeClosure.$inferSelect,
  { closure, parts }: SaidInClosing
): Promise<boolean> {
  const keptParts = await db
    .select({
      kind: closurePart.kind,
      aboutId: closurePart.aboutId,
      result: closurePart.result,
      who: closurePart.who,
      words: closurePart.words,
      position: closurePart.position
    })
    .from(closurePart)
    .where(eq(closurePart.closureId, kept.id))
    .orderBy(closurePart.position)
  const { kind, closedOn, closureReason, couldTransfer, transferNote, stepOutAdvice, note } = kept
  const asKept = { kind, closedOn, closureReason, couldTransfer, transferNote, stepOutAdvice, note }
  return JSON.stringify([asKept, keptParts]) === JSON.stringify([closure, parts])
}

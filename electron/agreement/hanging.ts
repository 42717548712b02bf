import { and, eq, isNull, sql, type SQLWrapper } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { episodeClosure, episodeDate, planChange, planProgress, transferStep } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { WithdrawalDraft, Withdrawn } from '../../shared/agreement/agreement.ts'
import { plannedKinds, type PlannedKind } from '../../shared/episode/episode.ts'
import { naturalId, type CivilDate, type Id, type Instant } from '../../shared/ids.ts'
import { signedChange } from '../account/signed.ts'
import { endActions, endOutcomes, progressThatEnds, type PlanEnding } from '../episode/endPlan.ts'
import type { Written } from '../family/written.ts'
import { backToTriage, broughtBack } from '../stepDown/withdrawStepDowns.ts'
import { leaveToChair, leftToChair } from '../stepUp/leaveToChair.ts'
import { endTransfers, stepThatEnds } from '../transfer/endTransfers.ts'

/** Why what hung on agreement ended, as the record keeps it. */
const WITHDRAWN = 'Agreement was withdrawn'

/** A withdrawal after which no agreement remains, checked and kept. */
export interface Ending {
  draft: WithdrawalDraft
  withdrawnOn: CivilDate
  /** The assessment that it closes; undefined where none is open. */
  openEpisodeId: Id | undefined
  written: Written
  actor: Actor
}

/** The row of a withdrawal, as it is kept. */
export interface WithdrawalRow {
  id: Id
  familyId: Id
  createdAt: Instant
}

/** One kind of thing that may not go on without agreement: it ends, and nothing of it is deleted. */
interface Hanging {
  what: Withdrawn['ended'][number]['what']
  end(tx: Tx, ending: Ending): Promise<void>
  /** What a withdrawal ended, so that the same one sent again has the same answer (L6). */
  endedBy(db: ReadDb, withdrawal: WithdrawalRow): Promise<{ id: Id }[]>
}

/**
 * L29, R28: everything that hangs on a family's agreement, and how each ends when none remains, in this order and in the
 * one transaction of the withdrawal. What a later part of the desk adds (a meeting of the team, a transfer, a request for
 * funding) is a line here. The review of an agreement needs none: what is reviewed is the agreement that stands.
 */
export const hangsOnAgreement: readonly Hanging[] = [
  ...plannedKinds.map(plannedDates),
  { what: 'outcome', end: endOfAssessment(endOutcomes), endedBy: outcomesDropped },
  { what: 'action', end: endOfAssessment(endActions), endedBy: actionsDropped },
  { what: 'keyworker-transfer', end: endOfAssessment(endTransfers), endedBy: transfersCancelled },
  // it does not end: its chair decides what becomes of it (C10)
  { what: 'step-up', end: leaveStepUps, endedBy: stepUpsLeft },
  // nor does this: triage decides what happens to the family now
  { what: 'step-down', end: stepDownsToTriage, endedBy: stepDownsBrought },
  { what: 'assessment', end: closeAssessment, endedBy: closedBy }
]

function plannedDates(kind: PlannedKind): Hanging {
  const ofKind = (familyId: Id) => and(eq(episodeDate.familyId, familyId), eq(episodeDate.kind, kind))
  return {
    what: kind,
    async end(tx, { draft, written, actor }) {
      await tx
        .update(episodeDate)
        .set({
          ...signedChange(actor),
          ending: 'cancelled',
          endedAt: written.createdAt,
          endedWhy: WITHDRAWN
        })
        .where(and(ofKind(draft.familyId), eq(episodeDate.ending, ''), isNull(episodeDate.deletedAt)))
    },
    endedBy: (db, { familyId, createdAt }) =>
      db
        .select({ id: episodeDate.id })
        .from(episodeDate)
        .where(and(ofKind(familyId), eq(episodeDate.ending, 'cancelled'), eq(episodeDate.endedAt, createdAt)))
        .orderBy(episodeDate.id)
  }
}

/** What ends with the open assessment as it does with a closure: the plan, and transfers that wait. */
function endOfAssessment(end: (tx: Tx, ending: PlanEnding) => Promise<void>): Hanging['end'] {
  return async (tx, { draft, withdrawnOn, openEpisodeId, written, actor }) => {
    if (openEpisodeId === undefined) return
    const ending = { id: draft.id, episodeId: openEpisodeId, on: withdrawnOn, why: WITHDRAWN }
    await end(tx, { ...ending, written, actor })
  }
}

const ofFamily = (episodeId: SQLWrapper, familyId: Id) =>
  sql`${episodeId} IN (SELECT id FROM episode WHERE family_id = ${familyId})`

function outcomesDropped(db: ReadDb, { familyId, createdAt }: WithdrawalRow): Promise<{ id: Id }[]> {
  const { outcomeId, episodeId, why } = planChange
  return db
    .select({ id: outcomeId })
    .from(planChange)
    .where(and(ofFamily(episodeId, familyId), eq(why, WITHDRAWN), eq(planChange.createdAt, createdAt)))
    .orderBy(outcomeId)
}

async function actionsDropped(db: ReadDb, withdrawal: WithdrawalRow): Promise<{ id: Id }[]> {
  const { id, actionId, episodeId, words } = planProgress
  const rows = await db
    .select({ id: actionId, progressId: id })
    .from(planProgress)
    .where(and(ofFamily(episodeId, withdrawal.familyId), eq(words, WITHDRAWN)))
    .orderBy(actionId)
  return rows.filter((row) => row.progressId === progressThatEnds(row.id, withdrawal.id))
}

async function transfersCancelled(db: ReadDb, withdrawal: WithdrawalRow): Promise<{ id: Id }[]> {
  const { id, transferId, familyId } = transferStep
  const rows = await db
    .select({ id: transferId, stepId: id })
    .from(transferStep)
    .where(and(eq(familyId, withdrawal.familyId), eq(transferStep.step, 'cancel')))
    .orderBy(transferId)
  return rows
    .filter((row) => row.stepId === stepThatEnds(row.id, withdrawal.id))
    .map(({ id: each }) => ({ id: each }))
}

async function leaveStepUps(tx: Tx, { draft, withdrawnOn, actor }: Ending): Promise<void> {
  const { id: withdrawalId, familyId } = draft
  await leaveToChair(tx, { familyId, withdrawalId, on: withdrawnOn, words: WITHDRAWN }, actor)
}

function stepUpsLeft(db: ReadDb, { id: withdrawalId, familyId }: WithdrawalRow): Promise<{ id: Id }[]> {
  return leftToChair(db, { familyId, withdrawalId })
}

async function stepDownsToTriage(tx: Tx, { draft, withdrawnOn, actor }: Ending): Promise<void> {
  const { id: withdrawalId, familyId } = draft
  await backToTriage(tx, { familyId, withdrawalId, on: withdrawnOn, words: WITHDRAWN }, actor)
}

function stepDownsBrought(db: ReadDb, { id: withdrawalId, familyId }: WithdrawalRow): Promise<{ id: Id }[]> {
  return broughtBack(db, { familyId, withdrawalId })
}

/** R28, R29: closed with its three reasons. Its keyworker ends with it: the closure says when (ADR 17). */
async function closeAssessment(
  tx: Tx,
  { draft, withdrawnOn, openEpisodeId, written }: Ending
): Promise<void> {
  if (openEpisodeId === undefined) return
  await tx.insert(episodeClosure).values({
    ...written,
    id: naturalId('closure', openEpisodeId, draft.id),
    familyId: draft.familyId,
    episodeId: openEpisodeId,
    closedOn: withdrawnOn,
    agreementId: draft.id,
    ...closureOf(draft)
  })
}

/** What the form of a withdrawal says of the closure. */
export const closureOf = (draft: WithdrawalDraft) => ({
  closureReason: draft.closureReason.trim(),
  withdrawalReason: draft.withdrawalReason.trim(),
  adviceSought: draft.adviceSought,
  signposted: draft.signposted,
  note: draft.note.trim()
})

function closedBy(db: ReadDb, { id }: WithdrawalRow): Promise<{ id: Id }[]> {
  return db
    .select({ id: episodeClosure.episodeId })
    .from(episodeClosure)
    .where(eq(episodeClosure.agreementId, id))
}

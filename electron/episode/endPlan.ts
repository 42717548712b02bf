import { and, eq, isNull } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { planAction, planOutcome } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import type { OutcomeEnding } from '../../shared/plan/plan.ts'
import { signedChange } from '../account/signed.ts'
import type { Written } from '../family/written.ts'
import { addProgress } from '../plan/addProgress.ts'
import { keepChange } from '../plan/keepChange.ts'

/** What ends an assessment, and with it the plan: a closure, or a withdrawal of agreement. */
export interface PlanEnding {
  /** Of the closure or of the withdrawal. */
  id: Id
  episodeId: Id
  on: CivilDate
  why: string
  written: Written
  actor: Actor
}

/** The row that drops an action, so that what ended it knows which those were. */
export const progressThatEnds = (actionId: Id, endingId: Id): Id =>
  naturalId('plan-progress', actionId, endingId)

const openOf = {
  outcomes: (episodeId: Id) =>
    and(eq(planOutcome.episodeId, episodeId), eq(planOutcome.ending, ''), isNull(planOutcome.deletedAt)),
  actions: (episodeId: Id) =>
    and(eq(planAction.episodeId, episodeId), eq(planAction.endedOn, ''), isNull(planAction.deletedAt))
}

/** Outcomes of the plan of an assessment that have not ended, the first recorded first. */
export const openOutcomes = (db: ReadDb, episodeId: Id) =>
  db
    .select()
    .from(planOutcome)
    .where(openOf.outcomes(episodeId))
    .orderBy(planOutcome.createdAt, planOutcome.id)

/** Actions of the plan of an assessment that are neither done nor dropped, the first recorded first. */
export const openActions = (db: ReadDb, episodeId: Id) =>
  db.select().from(planAction).where(openOf.actions(episodeId)).orderBy(planAction.createdAt, planAction.id)

/** Ends every open outcome of a plan: each as somebody said of it, and as dropped where nobody did. */
export async function endOutcomes(
  tx: Tx,
  { episodeId, on, why, written, actor }: PlanEnding,
  said: ReadonlyMap<Id, { ending: OutcomeEnding; why: string }> = new Map()
): Promise<void> {
  for (const { id, familyId, words, personId, rowVersion } of await openOutcomes(tx, episodeId)) {
    const became = said.get(id) ?? { ending: 'dropped' as const, why }
    await tx
      .update(planOutcome)
      .set({ ...signedChange(actor), ending: became.ending, endedOn: on, endedWhy: became.why })
      .where(eq(planOutcome.id, id))
    const change = { familyId, episodeId, words, personId, ...became }
    await keepChange(tx, { ...change, outcomeId: id, version: rowVersion + 1, onDay: on }, written)
  }
}

/**
 * Ends every open action of a plan, so that none is due any more. Those that go on after a step-up are not dropped: they
 * keep how far they have come, and the closure lists them.
 */
export async function endActions(
  tx: Tx,
  { id: endingId, episodeId, on, why, written, actor }: PlanEnding,
  goesOn: ReadonlySet<Id> = new Set()
): Promise<void> {
  for (const action of await openActions(tx, episodeId)) {
    if (goesOn.has(action.id)) {
      await tx
        .update(planAction)
        .set({ ...signedChange(actor), endedOn: on })
        .where(eq(planAction.id, action.id))
    } else {
      const told = { progress: 'dropped', words: why, evidence: '', memberId: '' } as const
      await addProgress(
        tx,
        action,
        { ...told, id: progressThatEnds(action.id, endingId), on },
        written,
        actor
      )
    }
  }
}

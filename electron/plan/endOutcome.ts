import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { planAction, planOutcome } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, Refusal } from '../../shared/errors.ts'
import { naturalId } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { problemsWithEnding } from '../../shared/plan/standing.ts'
import { londonDate } from '../../shared/time/london.ts'
import { signedChange } from '../account/signed.ts'
import { mustBeOpen } from '../episode/mustBeOpen.ts'
import { mustBeSinceRegistered } from '../episode/mustBeSinceRegistered.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy, type Written } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { mustHaveFeedback } from '../stepUp/mustHaveFeedback.ts'
import { addProgress } from './addProgress.ts'
import { isKept, keepChange } from './keepChange.ts'
import { theOutcome } from './theOutcome.ts'

type Input = Parsed<'plan.endOutcome'>

/**
 * What became of an outcome, with how one knows; its open actions are dropped with it, so that nothing goes on being due. Or
 * it goes on after all (`ending` ''): what was dropped with it stays so. None ends while a step-up is without feedback (R45).
 *
 * @throws Refusal not-found, family-restricted, assessment-closed, step-up-waits, invalid (by field), changed-since
 */
export async function endOutcome(tx: Tx, input: Input, actor: Actor): Promise<null | AlreadyDone<null>> {
  const { id, familyId, episodeId, ending, on, why, rowVersion } = input
  const { hubId } = await mustOpen(tx, familyId, actor)
  const before = await theOutcome(tx, id, episodeId)
  const ended = { ending, endedOn: ending === '' ? '' : on, endedWhy: ending === '' ? '' : why }
  const said = { familyId, episodeId, outcomeId: id, version: rowVersion + 1, ending, why, onDay: on }
  if (await isKept(tx, id, said, actor)) return alreadyDone(null)
  await mustBeOpen(tx, { familyId, episodeId })
  if (ending !== '') mustHaveFeedback(tx, episodeId)
  if (before.rowVersion !== rowVersion) throw new Refusal({ code: 'changed-since' })
  const isEnded = before.ending !== ''
  if (isEnded === (ending !== '')) {
    invalid({
      path: 'ending',
      message: isEnded ? 'This outcome has ended already' : 'Choose what became of it'
    })
  }
  const problems = problemsWithEnding(input, londonDate(actor.now))
  if (problems.length > 0) invalid(...problems)
  await mustBeSinceRegistered(tx, episodeId, { path: 'on', on })

  const written = writtenBy(actor, hubId)
  await tx
    .update(planOutcome)
    .set({ ...signedChange(actor), ...ended })
    .where(eq(planOutcome.id, id))
  const { words, personId } = before
  await keepChange(tx, { ...said, words, personId }, written)
  if (ending !== '') await dropActions(tx, input, written, actor)
  return null
}

async function dropActions(
  tx: Tx,
  { id, episodeId, on, rowVersion }: Input,
  written: Written,
  actor: Actor
): Promise<void> {
  const open = await tx
    .select()
    .from(planAction)
    .where(
      and(
        eq(planAction.outcomeId, id),
        eq(planAction.episodeId, episodeId),
        eq(planAction.endedOn, ''),
        isNull(planAction.deletedAt)
      )
    )
  for (const action of open) {
    const told = { progress: 'dropped', words: 'Its outcome ended', evidence: '', memberId: '' } as const
    const progressId = naturalId('plan-progress', action.id, id, String(rowVersion))
    await addProgress(tx, action, { ...told, id: progressId, on }, written, actor)
  }
}

import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { planProgress } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, Refusal, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { endsAction, problemsWithProgress } from '../../shared/plan/standing.ts'
import { londonDate } from '../../shared/time/london.ts'
import { accountRow } from '../account/person.ts'
import { mustBeOpen } from '../episode/mustBeOpen.ts'
import { mustBeSinceRegistered } from '../episode/mustBeSinceRegistered.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { teamOf } from '../meeting/readTeam.ts'
import { mustHaveFeedback } from '../stepUp/mustHaveFeedback.ts'
import { addProgress } from './addProgress.ts'
import { giveAction, isAtWork } from './giveAction.ts'
import { theAction, theOpenOutcome, type Action } from './theOutcome.ts'

type Input = Parsed<'plan.recordProgress'>

/**
 * How far an action has come, on the writer's own word or on behalf of a member of the team (R57): who wrote it stands
 * beside whose word it is. Nothing that was recorded before is changed: "done" is taken back by going on, and what goes on
 * and has nobody at work any more is with whoever says so (L18). None is dropped while a step-up is without feedback (R45).
 *
 * @throws Refusal not-found, family-restricted, assessment-closed, step-up-waits, invalid (by field), changed-since, clashing-id
 */
export async function recordProgress(tx: Tx, input: Input, actor: Actor): Promise<null | AlreadyDone<null>> {
  const { id, familyId, episodeId, actionId, rowVersion } = input
  const { hubId } = await mustOpen(tx, familyId, actor)
  const [before] = await tx.select().from(planProgress).where(eq(planProgress.id, id))
  if (before) {
    if (before.createdBy !== actor.id || !isTold(before, input)) refuse('clashing-id')
    return alreadyDone(null)
  }
  await mustBeOpen(tx, { familyId, episodeId })
  // what was done was done: to stop before it is, is what has to wait
  if (input.progress === 'dropped') mustHaveFeedback(tx, episodeId)
  const action = await theAction(tx, actionId, episodeId)
  if (action.rowVersion !== rowVersion) throw new Refusal({ code: 'changed-since' })
  await theOpenOutcome(tx, action.outcomeId, episodeId)
  const problems = problemsWithProgress(input, londonDate(actor.now))
  if (problems.length > 0) invalid(...problems)
  await mustBeSinceRegistered(tx, episodeId, { path: 'on', on: input.on })
  if (input.memberId !== '') await mustBeOfTeam(tx, input, actor)
  const { progress, on, words, evidence, memberId } = input
  if (!endsAction(progress) && (await hasNobody(tx, action))) await takeOn(tx, action, actor)
  const told = { id, progress, on, words, evidence, memberId }
  await addProgress(tx, action, told, writtenBy(actor, hubId), actor)
  return null
}

const isTold = (before: typeof planProgress.$inferSelect, input: Input): boolean =>
  before.actionId === input.actionId &&
  before.progress === input.progress &&
  before.onDay === input.on &&
  before.words === input.words &&
  before.evidence === input.evidence &&
  before.memberId === input.memberId

const hasNobody = async (tx: Tx, { owner, ownerId, endedOn }: Action): Promise<boolean> =>
  endedOn !== '' && owner === 'account' && !(await isAtWork(tx, ownerId))

async function takeOn(tx: Tx, action: Action, actor: Actor): Promise<void> {
  await giveAction(tx, action, await accountRow(tx, actor.id), actor)
}

/** Somebody who has left the team may have done something while they were in it. */
async function mustBeOfTeam(tx: Tx, { episodeId, memberId }: Input, actor: Actor): Promise<void> {
  const { members } = await teamOf(tx, episodeId, actor)
  if (!members.some(({ ofId }) => ofId === memberId)) {
    invalid({ path: 'memberId', message: 'Choose somebody of the team' })
  }
}

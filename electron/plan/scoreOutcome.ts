import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { meeting, planScore } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { problemsWithScore } from '../../shared/plan/standing.ts'
import { londonDate } from '../../shared/time/london.ts'
import { mustBeOpen } from '../episode/mustBeOpen.ts'
import { mustBeSinceRegistered } from '../episode/mustBeSinceRegistered.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { theOpenOutcome } from './theOutcome.ts'

type Input = Parsed<'plan.score'>

/**
 * How near an outcome is, from 0 to 10, at a review or between two. A score is never changed: another one stands beside it.
 *
 * @throws Refusal not-found, family-restricted, assessment-closed, invalid (by field), clashing-id
 */
export async function scoreOutcome(tx: Tx, input: Input, actor: Actor): Promise<null | AlreadyDone<null>> {
  const { id, familyId, episodeId, outcomeId, meetingId, on, score, words } = input
  const { hubId } = await mustOpen(tx, familyId, actor)
  const [before] = await tx.select().from(planScore).where(eq(planScore.id, id))
  if (before) {
    if (before.createdBy !== actor.id || !isScored(before, input)) refuse('clashing-id')
    return alreadyDone(null)
  }
  await mustBeOpen(tx, { familyId, episodeId })
  await theOpenOutcome(tx, outcomeId, episodeId)
  const problems = problemsWithScore(input, londonDate(actor.now))
  if (problems.length > 0) invalid(...problems)
  await mustBeSinceRegistered(tx, episodeId, { path: 'on', on })
  if (meetingId !== '' && !(await isOfEpisode(tx, input))) {
    invalid({ path: 'meetingId', message: 'Choose a meeting of this assessment' })
  }
  await tx.insert(planScore).values({
    ...writtenBy(actor, hubId),
    ...{ id, familyId, episodeId, outcomeId, meetingId, onDay: on, score, words }
  })
  return null
}

const isScored = (before: typeof planScore.$inferSelect, input: Input): boolean =>
  before.outcomeId === input.outcomeId &&
  before.meetingId === input.meetingId &&
  before.onDay === input.on &&
  before.score === input.score &&
  before.words === input.words

const isOfEpisode = async (tx: Tx, { meetingId, episodeId }: Input): Promise<boolean> =>
  (await tx.$count(meeting, and(eq(meeting.id, meetingId), eq(meeting.episodeId, episodeId)))) > 0

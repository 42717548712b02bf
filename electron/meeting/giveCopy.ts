import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { meetingCopy } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { problemsWithCopy } from '../../shared/meeting/problems.ts'
import { londonDate } from '../../shared/time/london.ts'
import { mustBeOpen } from '../episode/mustBeOpen.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { teamOf } from './readTeam.ts'

/**
 * The record of a meeting was given to the family (R34), today or earlier. To each of them it is given in an act of its
 * own.
 *
 * @throws Refusal not-found, family-restricted, assessment-closed, invalid (on, meetingId), clashing-id
 */
export async function giveCopy(
  tx: Tx,
  { on: givenOn, ...given }: Parsed<'meeting.giveCopy'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { hubId, meetings } = await teamOf(tx, given.episodeId, actor)
  const [before] = await tx.select().from(meetingCopy).where(eq(meetingCopy.id, given.id))
  if (before) {
    const copy = { ...given, givenOn }
    const isSame = (Object.keys(copy) as (keyof typeof copy)[]).every((key) => before[key] === copy[key])
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  await mustBeOpen(tx, given)
  const kept = meetings.find(({ id }) => id === given.meetingId)
  if (!kept) return notFound()
  const problems = problemsWithCopy(givenOn, kept.records[0]?.heldOn ?? '', londonDate(actor.now))
  if (problems.length > 0) invalid(...problems)
  await tx.insert(meetingCopy).values({ ...writtenBy(actor, hubId), ...given, givenOn })
  return null
}

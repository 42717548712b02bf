import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { meeting, meetingInvitation } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import { naturalId } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { problemsWithArranging } from '../../shared/meeting/problems.ts'
import { londonDate } from '../../shared/time/london.ts'
import { mustBeOpen } from '../episode/mustBeOpen.ts'
import { planDate } from '../episode/planDate.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { teamOf, type Team } from './readTeam.ts'

type Arranged = Parsed<'meeting.arrange'>

/**
 * Arranges a meeting of the team for today or a later day, with who is invited (R34). It is a planned date as well, which
 * hangs on agreement and is never moved: it is cancelled with the reason and arranged anew (L29).
 *
 * @throws Refusal not-found, family-restricted, assessment-closed, invalid (by field), clashing-id
 */
export async function arrangeMeeting(
  tx: Tx,
  arranged: Arranged,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { id, familyId, episodeId, kind, on, startsAt, place, agenda, invited } = arranged
  const team = await teamOf(tx, episodeId, actor)
  const [before] = await tx.select().from(meeting).where(eq(meeting.id, id))
  if (before) {
    const isSame = before.episodeId === episodeId && before.kind === kind && before.onDay === on
    if (!isSame || before.createdBy !== actor.id || !isToldAgain(arranged, team)) refuse('clashing-id')
    return alreadyDone(null)
  }
  await mustBeOpen(tx, arranged)
  const today = londonDate(actor.now)
  const ids = team.members.filter(({ inError }) => !inError).map(({ ofId }) => ofId)
  const problems = problemsWithArranging(arranged, { team: ids, today })
  if (problems.length > 0) invalid(...problems)

  const note = [startsAt, place].filter((each) => each !== '').join(', ')
  await planDate(tx, { id, familyId, episodeId, kind: 'meeting', dueOn: on, note }, actor)
  const written = { ...writtenBy(actor, team.hubId), familyId, episodeId }
  await tx.insert(meeting).values({ ...written, id, kind, onDay: on, startsAt, place, agenda })
  for (const { memberId, how } of invited) {
    await tx.insert(meetingInvitation).values({
      ...written,
      ...{ id: naturalId('invitation', id, memberId), meetingId: id, memberId, how, invitedOn: today }
    })
  }
  return null
}

/** Is this the meeting that stands there, with the same people invited (L6)? */
function isToldAgain({ id, startsAt, place, agenda, invited }: Arranged, { meetings }: Team): boolean {
  const kept = meetings.find((each) => each.id === id)
  const asText = (list: Arranged['invited']) =>
    JSON.stringify(list.map(({ memberId, how }) => [memberId, how]).sort())
  return (
    kept?.startsAt === startsAt &&
    kept.place === place &&
    kept.agenda === agenda &&
    asText(kept.invited) === asText(invited)
  )
}

import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { episodeDate } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { openEpisodeOf } from './beginEpisode.ts'

/**
 * Plans a meeting, a transfer or a funding request in the assessment of a family that is open, for today or a later day.
 * A date is never moved: it is cancelled with the reason and planned anew, so that the old one stays readable.
 *
 * @throws Refusal not-found, family-restricted, invalid (dueOn), clashing-id
 */
export async function planDate(
  tx: Tx,
  { id, familyId, episodeId, kind, dueOn, note }: Parsed<'episode.planDate'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { hubId } = await mustOpen(tx, familyId, actor)
  const [before] = await tx.select().from(episodeDate).where(eq(episodeDate.id, id))
  if (before) {
    const isSame = before.episodeId === episodeId && before.kind === kind && before.dueOn === dueOn
    if (!isSame || before.note !== note || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  if ((await openEpisodeOf(tx, familyId))?.id !== episodeId) return notFound()
  if (dueOn < londonDate(actor.now)) invalid({ path: 'dueOn', message: 'Enter today or a later day' })
  await tx.insert(episodeDate).values({
    ...writtenBy(actor, hubId),
    id,
    familyId,
    episodeId,
    kind,
    dueOn,
    note,
    updatedAt: actor.now,
    updatedBy: actor.id,
    ending: '',
    endedAt: '',
    endedWhy: ''
  })
  return null
}

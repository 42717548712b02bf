import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { episodeKeyworker } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { whoIsKeyworker } from '../keyworker/keyworkerOn.ts'
import { mustBeGivable } from '../practitioner/mustBeGivable.ts'
import { mustBeOpen } from './mustBeOpen.ts'
import { mustBeSinceRegistered } from './mustBeSinceRegistered.ts'

/**
 * Gives an open assessment that nobody owns a keyworker, from a day on that is not in the future (L18, L19, R23, R33).
 * Who has one is not given another: that is a transfer.
 *
 * @throws Refusal not-found, family-restricted, clashing-id, assessment-closed, keyworker-named, invalid (by field)
 */
export async function nameKeyworker(
  tx: Tx,
  { id, familyId, episodeId, practitionerId, from }: Parsed<'episode.nameKeyworker'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { hubId } = await mustOpen(tx, familyId, actor)
  const [before] = await tx.select().from(episodeKeyworker).where(eq(episodeKeyworker.id, id))
  if (before) {
    const isSame = before.episodeId === episodeId && before.practitionerId === practitionerId
    if (!isSame || before.validFrom !== from || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  await mustBeOpen(tx, { familyId, episodeId })
  const today = londonDate(actor.now)
  if (whoIsKeyworker(tx, episodeId, today) !== '') refuse('keyworker-named')
  if (from > today) invalid({ path: 'from', message: 'Enter today or an earlier day' })
  await mustBeGivable(tx, practitionerId, from)
  await mustBeSinceRegistered(tx, episodeId, { path: 'from', on: from })
  await tx.insert(episodeKeyworker).values({
    ...writtenBy(actor, hubId),
    id,
    familyId,
    episodeId,
    practitionerId,
    validFrom: from,
    validTo: ''
  })
  return null
}

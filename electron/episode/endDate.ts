import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { episodeDate } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, Refusal } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { signedChange } from '../account/signed.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'

/**
 * A planned date was kept, a meeting not before its day, or it is cancelled with the reason. Once ended it stays so; ending it the same way again is
 * found out (L6).
 *
 * @throws Refusal not-found, family-restricted, invalid (why, ending), changed-since
 */
export async function endDate(
  tx: Tx,
  { id, familyId, ending, why, rowVersion }: Parsed<'episode.endDate'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  await mustOpen(tx, familyId, actor)
  const [kept] = await tx.select().from(episodeDate).where(eq(episodeDate.id, id))
  if (kept?.familyId !== familyId) return notFound()
  if (kept.ending === ending && kept.endedWhy === why && kept.updatedBy === actor.id) return alreadyDone(null)
  if (kept.ending !== '' || kept.rowVersion !== rowVersion) throw new Refusal({ code: 'changed-since' })
  if (ending === 'cancelled' && why === '') invalid({ path: 'why', message: 'Enter why it is cancelled' })
  // its day is the one from which the next one is due (R34)
  if (ending === 'done' && kept.kind === 'meeting' && kept.dueOn > londonDate(actor.now))
    invalid({ path: 'ending', message: 'Its day has not come. If it was held earlier, record the meeting' })
  await tx
    .update(episodeDate)
    .set({ ...signedChange(actor), ending, endedAt: actor.now, endedWhy: why })
    .where(eq(episodeDate.id, id))
  return null
}

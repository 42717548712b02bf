import { desc, eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { episodeLevel } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, Refusal, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { londonDate } from '../../shared/time/london.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { mustBeOpen } from './mustBeOpen.ts'
import { mustBeSinceRegistered } from './mustBeSinceRegistered.ts'

/**
 * The level of need with its rationale, up or down (R10, S0): a new row, so that every level before it stays readable, with
 * the name that the level had on its day. It advises and never blocks.
 *
 * @throws Refusal not-found, family-restricted, clashing-id, assessment-closed, changed-since, invalid (on, level)
 */
export async function changeLevel(
  tx: Tx,
  { id, familyId, episodeId, basedOn, level, rationale, on }: Parsed<'episode.changeLevel'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { hubId } = await mustOpen(tx, familyId, actor)
  const [before] = await tx.select().from(episodeLevel).where(eq(episodeLevel.id, id))
  if (before) {
    const isSame = before.episodeId === episodeId && before.level === level && before.onDay === on
    if (!isSame || before.rationale !== rationale || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  await mustBeOpen(tx, { familyId, episodeId })
  const [newest] = await tx
    .select({ id: episodeLevel.id, createdAt: episodeLevel.createdAt })
    .from(episodeLevel)
    .where(eq(episodeLevel.episodeId, episodeId))
    .orderBy(desc(episodeLevel.createdAt), desc(episodeLevel.id))
    .limit(1)
  if ((newest?.id ?? '') !== basedOn) throw new Refusal({ code: 'changed-since' })
  if (on > londonDate(actor.now)) invalid({ path: 'on', message: 'Enter today or an earlier day' })
  await mustBeSinceRegistered(tx, episodeId, { path: 'on', on })
  const named = rulesOn(await settingsInRecord(tx), on).levels.find(({ key }) => key === level)
  if (!named) invalid({ path: 'level', message: 'Choose a level from the list' })
  await tx.insert(episodeLevel).values({
    ...writtenAfter(writtenBy(actor, hubId), newest?.createdAt),
    id,
    familyId,
    episodeId,
    level,
    levelName: named.name,
    rationale,
    onDay: on
  })
  return null
}

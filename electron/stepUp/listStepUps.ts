import { eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { episode } from '../../db/schema/index.ts'
import { waitingStepUps } from '../../db/stepUps.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { StepUp } from '../../shared/stepUp/record.ts'
import { knownFamilies, mustOpen } from '../family/readableFamily.ts'
import { readStepUps } from './readStepUps.ts'

/**
 * The requests for step-up of an assessment, the newest first.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function listStepUps(
  db: ReadDb,
  { episodeId }: Parsed<'stepUp.list'>,
  actor: Actor
): Promise<StepUp[]> {
  const [found] = await db
    .select({ familyId: episode.familyId })
    .from(episode)
    .where(eq(episode.id, episodeId))
  if (!found) return notFound()
  await mustOpen(db, found.familyId, actor)
  return readStepUps(db, sql`s.episode_id = ${episodeId}`, actor).toReversed()
}

/**
 * Every request without feedback, of a hub or of all, the first asked for first: what waits for a meeting, for an answer, or
 * for its chair since agreement was withdrawn (C10). Of a restricted family nobody is named.
 */
export async function listOpenStepUps(
  db: ReadDb,
  { hubId }: Parsed<'stepUp.open'>,
  actor: Actor
): Promise<StepUp[]> {
  const ofHub = hubId === '' ? sql`1` : sql`family_index.hub_id = ${hubId}`
  const known = knownFamilies(actor) ?? sql`1`
  const waiting = sql.raw(waitingStepUps({ accepted: false }))
  return readStepUps(db, sql`s.id IN (${waiting}) AND ${ofHub} AND ${known}`, actor)
}

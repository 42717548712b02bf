import { desc, eq, sql } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { isOpenEpisode } from '../../db/episodes.ts'
import { episode, episodeKeyworker } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { deskReference } from '../../shared/account/deskCode.ts'
import { naturalId, type Id } from '../../shared/ids.ts'
import { londonDate } from '../../shared/time/london.ts'
import type { Written } from '../family/written.ts'
import { nextNumber } from '../ipc/nextNumber.ts'

/** R20: the one assessment of a family that is open; undefined where none is. */
export async function openEpisodeOf(db: ReadDb, familyId: Id): Promise<{ id: Id } | undefined> {
  const [open] = await db
    .select({ id: episode.id })
    .from(episode)
    .where(sql`${episode.familyId} = ${familyId} AND ${sql.raw(isOpenEpisode('episode.id'))}`)
  return open
}

/** What an assessment begins with. */
export interface Beginning {
  id: Id
  familyId: Id
  reason: string
  practitionerId: Id
  goesOnBecause: string
}

/** Did the assessment of this id begin so (L6)? A reason to go on that nothing asked for was not kept. */
export async function hasBegunSo(
  db: ReadDb,
  { id, familyId, reason, practitionerId, goesOnBecause }: Beginning
): Promise<boolean> {
  const [begun] = await db.select().from(episode).where(eq(episode.id, id))
  const keyworkers = await db.$count(
    episodeKeyworker,
    eq(episodeKeyworker.id, keyworkerId(id, practitionerId))
  )
  return (
    begun?.familyId === familyId &&
    begun.reason === reason.trim() &&
    ['', goesOnBecause.trim()].includes(begun.goesOnBecause) &&
    keyworkers === 1
  )
}

const keyworkerId = (episodeId: Id, practitionerId: Id): Id =>
  naturalId('keyworker', episodeId, practitionerId)

/**
 * Starts an assessment in a family that has none open, with its keyworker (R22, R23): whoever calls has made sure of both.
 * It knows the one before it.
 *
 * @returns its reference
 */
export async function beginEpisode(
  tx: Tx,
  begun: Beginning,
  actor: Actor,
  written: Written
): Promise<string> {
  const { id, familyId, reason, practitionerId, goesOnBecause } = begun
  const today = londonDate(actor.now)
  const [previous] = await tx
    .select({ id: episode.id })
    .from(episode)
    .where(eq(episode.familyId, familyId))
    .orderBy(desc(episode.createdAt), desc(episode.id))
    .limit(1)
  const reference = deskReference('FFA', actor.deskCode, await nextNumber(tx, 'episode'))
  await tx.insert(episode).values({
    ...written,
    id,
    familyId,
    reference,
    registeredOn: today,
    reason: reason.trim(),
    previousId: previous?.id ?? '',
    goesOnBecause
  })
  if (practitionerId === '') return reference
  await tx.insert(episodeKeyworker).values({
    ...written,
    id: keyworkerId(id, practitionerId),
    familyId,
    episodeId: id,
    practitionerId,
    validFrom: today,
    validTo: ''
  })
  return reference
}

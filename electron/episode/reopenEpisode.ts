import { desc, eq, sql } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { episodeClosure, episodeReopening } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, Refusal, refuse } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { mayBeGivenFamily } from '../../shared/practitioner/practitioner.ts'
import { londonDate, showDate } from '../../shared/time/london.ts'
import { mustTakePart } from '../agreement/mustTakePart.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { holdsAmiss } from '../keyworker/holdsAmiss.ts'
import { whoIsKeyworker } from '../keyworker/keyworkerOn.ts'
import { practitionerOf } from '../practitioner/listPractitioners.ts'
import { openEpisodeOf } from './beginEpisode.ts'

/**
 * A closed assessment goes on after all, with the reason: where the family takes part (R24), has no other open (R20), and
 * its keyworker may still be given a family (R23); with no keyworker it stands among those that nobody owns (L18). The
 * closure stays readable, and what it cancelled stays cancelled. Stepped up is an end.
 *
 * @throws Refusal not-found, family-restricted, invalid (on), changed-since, clashing-id, another-assessment-open,
 * keyworker-not-registered, not-taking-part, stepped-up
 */
export async function reopenEpisode(
  tx: Tx,
  { id, familyId, episodeId, closureId, on, reason }: Parsed<'episode.reopen'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { hubId } = await mustOpen(tx, familyId, actor)
  const [before] = await tx.select().from(episodeReopening).where(eq(episodeReopening.id, id))
  if (before) {
    const isSame = before.closureId === closureId && before.reopenedOn === on && before.reason === reason
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  const closure = await standingClosure(tx, episodeId)
  if (closure?.familyId !== familyId) return notFound()
  if (closure.id !== closureId) throw new Refusal({ code: 'changed-since' })
  if (closure.kind === 'stepped-up') refuse('stepped-up')
  if (await openEpisodeOf(tx, familyId)) refuse('another-assessment-open')
  mustTakePart(tx, familyId)
  const today = londonDate(actor.now)
  if (!(await isKeyworkerGivable(tx, episodeId, today))) refuse('keyworker-not-registered')
  if (on > today) invalid({ path: 'on', message: 'The day cannot be in the future' })
  if (on < closure.closedOn)
    invalid({ path: 'on', message: `Enter a day from ${showDate(closure.closedOn)} on, when it was closed` })
  await tx.insert(episodeReopening).values({
    ...writtenAfter(writtenBy(actor, hubId), closure.createdAt),
    id,
    familyId,
    episodeId,
    closureId,
    reopenedOn: on,
    reason
  })
  // whoever is to come, or is back after a cover, may have left while it was closed
  if (holdsAmiss(tx, [episodeId])) refuse('keyworker-not-registered')
  return null
}

/** The closure by which an assessment is closed; undefined where it is open, or none of this record. */
async function standingClosure(db: ReadDb, episodeId: Id) {
  const [closure] = await db
    .select()
    .from(episodeClosure)
    .where(
      sql`${episodeClosure.episodeId} = ${episodeId} AND NOT EXISTS (
        SELECT 1 FROM ${episodeReopening} WHERE ${episodeReopening.closureId} = ${episodeClosure.id})`
    )
    .orderBy(desc(episodeClosure.createdAt), desc(episodeClosure.id))
    .limit(1)
  return closure
}

async function isKeyworkerGivable(db: ReadDb, episodeId: Id, today: CivilDate): Promise<boolean> {
  const practitionerId = whoIsKeyworker(db, episodeId, today)
  if (practitionerId === '') return true
  const practitioner = await practitionerOf(db, practitionerId, today)
  return practitioner !== undefined && mayBeGivenFamily(practitioner, today)
}

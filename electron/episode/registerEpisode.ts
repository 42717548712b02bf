import { eq, sql } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { episode } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import { childrenOn } from '../../shared/family/members.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { readPhone } from '../../shared/person/phone.ts'
import { londonDate } from '../../shared/time/london.ts'
import { mustTakePart } from '../agreement/mustTakePart.ts'
import { knownFamily } from '../family/peopleOf.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { keyworkerOn } from '../keyworker/keyworkerOn.ts'
import { practitionerOf } from '../practitioner/listPractitioners.ts'
import { mustBeGivable } from '../practitioner/mustBeGivable.ts'
import { beginEpisode, hasBegunSo, openEpisodeOf } from './beginEpisode.ts'
import { reasonToGoOn } from './findElsewhere.ts'

type Registered = Output<'episode.register'>

/**
 * Begins an assessment in a family of the record: one that agreed to take part (R24) and has none open (R20), with a
 * keyworker who may be given it (R23). The one before it is linked, so a family that comes back, as after a step-up, keeps
 * its history.
 *
 * @throws Refusal not-found, family-restricted, clashing-id, not-taking-part, invalid (by field; `familyId` where one is open,
 *   with whose it is)
 */
export async function registerEpisode(
  tx: Tx,
  { id, familyId, needs, practitionerId, goesOnBecause }: Parsed<'episode.register'>,
  actor: Actor
): Promise<Registered | AlreadyDone<Registered>> {
  const { hubId } = await mustOpen(tx, familyId, actor)
  const [before] = await tx.select().from(episode).where(eq(episode.id, id))
  if (before) {
    const isSame = await hasBegunSo(tx, { id, familyId, reason: needs, practitionerId, goesOnBecause })
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone({ id, reference: before.reference })
  }
  const open = await openEpisodeOf(tx, familyId)
  const today = londonDate(actor.now)
  if (open) invalid({ path: 'familyId', message: await whoseItIs(tx, open.id, today) })
  mustTakePart(tx, familyId)
  await mustBeGivable(tx, practitionerId, today)
  const childIds = childrenOn(knownFamily(tx, familyId).members, today)
  const because = await reasonToGoOn(tx, { familyId, childIds, because: goesOnBecause }, actor)
  const begun = { id, familyId, reason: needs, practitionerId, goesOnBecause: because }
  return { id, reference: await beginEpisode(tx, begun, actor, writtenBy(actor, hubId)) }
}

/** R20, S1: a family that has one open is sent to its keyworker. */
async function whoseItIs(db: ReadDb, episodeId: Id, today: CivilDate): Promise<string> {
  const { reference, practitionerId } = db.get<{ reference: string; practitionerId: Id }>(sql`
    SELECT e.reference AS reference, coalesce(${keyworkerOn('e.id', today)}, '') AS practitionerId
    FROM episode e WHERE e.id = ${episodeId}`)
  const keyworker = await practitionerOf(db, practitionerId, today)
  if (!keyworker) return `${reference} is open in this family, and has no keyworker yet`
  const { name, employerName, phone, mainNumber } = keyworker
  const contact = [name, employerName, readPhone(phone || mainNumber).national].filter(Boolean).join(', ')
  return `${reference} is open in this family. Its keyworker is ${contact}`
}

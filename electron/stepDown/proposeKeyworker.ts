import { eq, sql } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { stepDownAllocation } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, Refusal, refuse } from '../../shared/errors.ts'
import { naturalIdBeside, type Id, type Instant } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { allocatedWords, problemsWithProposal, reasonsKept } from '../../shared/stepDown/allocating.ts'
import { reasonsFor, type RankedCandidate } from '../../shared/stepDown/ranking.ts'
import { londonDate } from '../../shared/time/london.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { mustBeGivable } from '../practitioner/mustBeGivable.ts'
import { candidatesFor } from './candidates.ts'
import { mustOpenStepDown, type OpenedStepDown } from './mustOpenStepDown.ts'
import { recordEvent } from './recordEvent.ts'

/**
 * "Assign keyworker" (C8): somebody is asked to take a step-down, and nothing else changes until they accept. Kept are their
 * load on that day, without this family and with it, where they stood among the candidates and why. Whoever is second is told
 * who was first.
 *
 * @throws Refusal not-found, family-restricted, clashing-id, changed-since, step-not-possible, invalid (by field; '' where it
 *   is allocated already)
 */
export async function proposeKeyworker(
  tx: Tx,
  proposal: Parsed<'stepDown.propose'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { id, stepDownId, practitionerId, note } = proposal
  const now = await mustOpenStepDown(tx, stepDownId, actor)
  const [before] = await tx.select().from(stepDownAllocation).where(eq(stepDownAllocation.id, id))
  if (before) {
    const isSame =
      before.stepDownId === stepDownId && before.practitionerId === practitionerId && before.note === note
    if (!isSame || !saysReasons(before, proposal) || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  if (now.state === 'allocated') invalid({ path: '', message: whoWasFirst(tx, now, actor.now) })
  if (now.lastId !== proposal.basedOn) throw new Refusal({ code: 'changed-since' })
  if (now.state !== 'to-allocate') refuse('step-not-possible')
  const candidate = await mustBeCandidate(tx, now, practitionerId, actor.now)
  const problems = problemsWithProposal(proposal, candidate)
  if (problems.length > 0) invalid(...problems)

  await tx.insert(stepDownAllocation).values({
    ...writtenAfter(writtenBy(actor, now.hubId), now.lastAt),
    ...reasonsKept(proposal, candidate),
    ...{ id, stepDownId, practitionerId, note, decisionId: now.decisionId, place: candidate.place },
    loadBefore: candidate.load.percent,
    loadAfter: candidate.after.percent,
    why: reasonsFor(candidate).join(' ')
  })
  const event = { id: naturalIdBeside(id, 'propose'), stepDownId, event: 'propose' as const }
  await recordEvent(tx, { ...event, aboutId: id, toId: practitionerId, on: londonDate(actor.now) }, actor)
  return null
}

/** A reason that nothing asked for was not kept (L6). */
const saysReasons = (
  before: typeof stepDownAllocation.$inferSelect,
  { overReason, outsideReason }: Parsed<'stepDown.propose'>
): boolean =>
  ['', overReason].includes(before.overReason) && ['', outsideReason].includes(before.outsideReason)

/** When the clock of `allocated` began, they were asked. */
function whoWasFirst(db: ReadDb, { practitionerId, since }: OpenedStepDown, now: Instant): string {
  const { name } = db.get<{ name: string }>(
    sql`SELECT coalesce((SELECT name FROM practitioner WHERE id = ${practitionerId}), '') AS name`
  )
  return allocatedWords(name, since, now)
}

/**
 * Lets nobody be asked who may not hold this family: untrained or gone (R23), or asked against by the family.
 *
 * @throws Refusal invalid (practitionerId)
 */
export async function mustBeCandidate(
  db: ReadDb,
  now: OpenedStepDown,
  practitionerId: Id,
  at: Instant
): Promise<RankedCandidate> {
  const today = londonDate(at)
  await mustBeGivable(db, practitionerId, today)
  const candidate = (await candidatesFor(db, now, today)).find(
    (each) => each.practitionerId === practitionerId
  )
  return candidate ?? invalid({ path: 'practitionerId', message: 'The family asked not to have them' })
}

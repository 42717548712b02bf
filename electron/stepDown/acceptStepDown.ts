import { desc, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { episode, episodeLevel, stepDownDecision, transfer, transferStep } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import { childrenOn } from '../../shared/family/members.ts'
import { naturalIdBeside, type CivilDate, type Id } from '../../shared/ids.ts'
import { problemsWithAnswer } from '../../shared/stepDown/allocating.ts'
import { reasonToOpen, type ToldOfFamily } from '../../shared/stepDown/carrying.ts'
import type { AnsweredProposal } from '../../shared/stepDown/stepDown.ts'
import { londonDate } from '../../shared/time/london.ts'
import { mustTakePart } from '../agreement/mustTakePart.ts'
import { beginEpisode, openEpisodeOf } from '../episode/beginEpisode.ts'
import { reasonToGoOn } from '../episode/findElsewhere.ts'
import { mustBeSinceRegistered } from '../episode/mustBeSinceRegistered.ts'
import { knownFamily } from '../family/peopleOf.ts'
import { writtenAfter, writtenBy, type Written } from '../family/written.ts'
import { makeKeyworker } from '../keyworker/makeKeyworker.ts'
import { lastKeyworkerOf, problemsWithChangeover } from '../transfer/changeover.ts'
import { nothingSaid } from '../transfer/endTransfers.ts'
import { readTransfers } from '../transfer/readTransfers.ts'
import { carryNeeds, toldLast } from './carryNeeds.ts'
import type { OpenedStepDown } from './mustOpenStepDown.ts'
import { mustBeCandidate } from './proposeKeyworker.ts'

/** A yes, with the proposal that it answers. */
export interface Acceptance {
  answer: Extract<AnsweredProposal, { answer: 'accept' }>
  practitionerId: Id
  /** The London day on which they were asked. */
  proposedOn: CivilDate
}

/**
 * Whoever was asked says yes (C8): the assessment of the family opens with them as its keyworker; where one is open, the one
 * who has it stays until the day of the yes, and a transfer says why they changed. The level of the decision, what the sender
 * told and the clocks come with it, all in this one transaction. Agreement is reviewed after it (R30), and is due on the
 * desk's lists until then.
 *
 * @returns the id of the assessment that the family has
 * @throws Refusal step-down-without-family, not-taking-part, transfer-waits, clashing-id, invalid (by field)
 */
export async function acceptStepDown(
  tx: Tx,
  now: OpenedStepDown,
  { answer, practitionerId, proposedOn }: Acceptance,
  actor: Actor
): Promise<Id> {
  const { familyId } = now
  if (familyId === '') refuse('step-down-without-family')
  await mustBeCandidate(tx, now, practitionerId, actor.now)
  mustTakePart(tx, familyId)
  const open = await openEpisodeOf(tx, familyId)
  const before = open && lastKeyworkerOf(tx, open.id)?.practitionerId
  const changesKeyworker = before !== undefined && before !== practitionerId
  const today = londonDate(actor.now)
  const problems = problemsWithAnswer(answer, { today, proposedOn, changesKeyworker })
  if (problems.length > 0) invalid(...problems)

  const giving: Giving = {
    ...{ familyId, practitionerId, answer },
    episodeId: open?.id ?? answer.episodeId,
    told: await toldLast(tx, now),
    written: writtenBy(actor, now.hubId)
  }
  if (!open) await openAssessment(tx, giving, actor)
  else if (before === undefined) await nameFirst(tx, giving)
  else if (changesKeyworker) await changeKeyworker(tx, giving, actor)
  await recordLevel(tx, now.decisionId, giving, today)
  await carryNeeds(tx, giving.told, { acceptId: answer.id, familyId, episodeId: giving.episodeId }, actor)
  return giving.episodeId
}

/** Which family goes to whom, in which assessment. */
interface Giving extends Omit<Acceptance, 'proposedOn'> {
  familyId: Id
  episodeId: Id
  told: ToldOfFamily
  written: Written
}

async function openAssessment(
  tx: Tx,
  { familyId, practitionerId, answer, told, written }: Giving,
  actor: Actor
): Promise<void> {
  const { episodeId: id, goesOnBecause: because } = answer
  if ((await tx.$count(episode, eq(episode.id, id))) > 0) refuse('clashing-id')
  const childIds = childrenOn(knownFamily(tx, familyId).members, londonDate(actor.now))
  const goesOnBecause = await reasonToGoOn(tx, { familyId, childIds, because }, actor)
  await beginEpisode(
    tx,
    { id, familyId, reason: reasonToOpen(told), practitionerId, goesOnBecause },
    actor,
    written
  )
}

/** Of an open assessment that nobody has owned yet, whoever accepts is the first keyworker: that is no transfer (L19). */
async function nameFirst(
  tx: Tx,
  { familyId, episodeId, practitionerId, answer, written }: Giving
): Promise<void> {
  await mustBeSinceRegistered(tx, episodeId, { path: 'on', on: answer.on })
  const row = { id: naturalIdBeside(answer.id, 'keyworker'), familyId, episodeId, practitionerId }
  const named = { kind: 'named' as const, overId: '', validFrom: answer.on, validTo: '', sourceId: '' }
  await makeKeyworker(tx, { ...row, ...named }, written)
}

/**
 * The one who has the family stays until the day of the yes (issue 7, section 4): asked for, proposed and accepted in one act,
 * with the reason step-down (R36), so that its review, introduction and agreement are asked for as after every transfer.
 *
 * @throws Refusal transfer-waits, invalid (on)
 */
async function changeKeyworker(tx: Tx, giving: Giving, actor: Actor): Promise<void> {
  const { familyId, episodeId, practitionerId, answer, told, written } = giving
  const { on, who } = answer
  const waiting = readTransfers(tx, sql`t.episode_id = ${episodeId}`, actor)
  if (waiting.some((each) => each.transfer.isWaiting)) refuse('transfer-waits')
  const problems = problemsWithChangeover(tx, episodeId, { practitionerId, on })
  if (problems.length > 0) invalid(...problems)

  const id = naturalIdBeside(answer.id, 'transfer')
  await tx.insert(transfer).values({
    ...written,
    ...{
      id,
      familyId,
      episodeId,
      kind: 'in-county',
      reason: 'step-down',
      belowThreshold: '',
      requestedOn: on
    },
    ...{ note: `Step-down ${told.reference}`, authority: '', authorityName: '', reassignmentId: '' }
  })
  const proposed = writtenAfter(written, written.createdAt)
  const step = { ...nothingSaid, familyId, episodeId, transferId: id, onDay: on }
  await tx.insert(transferStep).values([
    {
      ...{ ...step, ...proposed, id: naturalIdBeside(answer.id, 'propose'), step: 'propose' },
      ...{ practitionerId, agreedOn: answer.agreedOn }
    },
    {
      ...{ ...step, ...writtenAfter(written, proposed.createdAt) },
      ...{ id: naturalIdBeside(answer.id, 'accept'), step: 'accept', who }
    }
  ])
  const row = { id: naturalIdBeside(answer.id, 'keyworker'), familyId, episodeId, practitionerId }
  const given = { kind: 'transfer' as const, overId: '', validFrom: on, validTo: '', sourceId: id }
  await makeKeyworker(tx, { ...row, ...given }, written)
}

/** R10, R50: the level that was decided, with its rationale, is the assessment's from today on. */
async function recordLevel(
  tx: Tx,
  decisionId: Id,
  { familyId, episodeId, answer, written }: Giving,
  today: CivilDate
): Promise<void> {
  const [decided] = await tx.select().from(stepDownDecision).where(eq(stepDownDecision.id, decisionId))
  if (!decided) return notFound()
  const [newest] = await tx
    .select({ at: episodeLevel.createdAt })
    .from(episodeLevel)
    .where(eq(episodeLevel.episodeId, episodeId))
    .orderBy(desc(episodeLevel.createdAt))
    .limit(1)
  const { level, levelName, rationale } = decided
  await tx.insert(episodeLevel).values({
    ...writtenAfter(written, newest?.at),
    ...{ id: naturalIdBeside(answer.id, 'level'), familyId, episodeId, level, levelName, rationale },
    onDay: today
  })
}

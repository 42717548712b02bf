import { eq, sql } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { coverPart, reassignment, transfer, transferStep } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { FamilyToCover, HeldDays } from '../../shared/cover/cover.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { LAST_DAY } from '../../shared/keyworker/spans.ts'
import {
  problemsWithReassignment,
  problemsWithReassignmentDay,
  reassignmentDay,
  saidInReassignment,
  type SaidInReassignment
} from '../../shared/reassignment/making.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { londonDate } from '../../shared/time/london.ts'
import type { TransferStep } from '../../shared/transfer/transfer.ts'
import { standIn } from '../cover/arrangeCover.ts'
import { heldBy, isTheirs, toGiveAway } from '../cover/heldBy.ts'
import { mustBePractitioner } from '../cover/mustBePractitioner.ts'
import { mustNameAll } from '../cover/mustNameAll.ts'
import { takersOn } from '../cover/takersOn.ts'
import { endDraft } from '../draft/endDraft.ts'
import { writtenAfter, writtenBy, type Written } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { makeKeyworker } from '../keyworker/makeKeyworker.ts'
import { nothingSaid } from '../transfer/endTransfers.ts'
import { cancelWaiting } from './cancelWaiting.ts'

type Made = Output<'reassignment.make'>

/**
 * "Give all families to others": from a day on everything that is one keyworker's is another's, all of it or nothing
 * (L18). Each family of theirs is transferred because of a change of job (R36), accepted at once; agreement is reviewed
 * after it, and until then the notes do not open (R30). What they stand in for goes to others for the rest of its days.
 * What waited to be accepted between keyworkers is cancelled: it was asked of somebody who is gone.
 *
 * @throws Refusal not-found, families-hidden, changed-since (a family came or went since the form was looked at),
 *   invalid (by field), clashing-id, not-your-draft
 */
export async function makeReassignment(
  tx: Tx,
  draft: Parsed<'reassignment.make'>,
  actor: Actor
): Promise<Made | AlreadyDone<Made>> {
  const { id, practitionerId } = draft
  const said = saidInReassignment(draft)
  const made = { id, families: said.parts.length }
  const [before] = await tx.select().from(reassignment).where(eq(reassignment.id, id))
  if (before) {
    if (before.createdBy !== actor.id || !(await isSaid(tx, before, said))) refuse('clashing-id')
    return alreadyDone(made)
  }
  await endDraft(tx, id, actor)
  await mustBePractitioner(tx, practitionerId)
  const today = londonDate(actor.now)
  const from = reassignmentDay(draft, today)
  if (from === '') return invalid(...problemsWithReassignmentDay(draft, today))
  const days = { from, to: LAST_DAY }
  const held = heldBy(tx, practitionerId, days, isTheirs(practitionerId), actor)
  if (held.hidden > 0) refuse('families-hidden')
  const families = held.families.map((each) => toGiveAway(each, practitionerId))
  if (families.length === 0) invalid({ path: 'fromDay', message: 'They hold no family on this day or later' })
  mustNameAll(draft.parts, families)
  const takers = new Map(
    (await takersOn(tx, days, practitionerId)).map((each) => [each.practitionerId, each])
  )
  const problems = problemsWithReassignment(draft, { today, families, takers })
  if (problems.length > 0) invalid(...problems)

  await tx.insert(reassignment).values({ ...writtenBy(actor, COUNTY_HUB_ID), ...said.reassignment, id })
  for (const part of said.parts) {
    const family = families.find(({ episodeId }) => episodeId === part.episodeId)
    if (family) await giveFamily(tx, { said, part, family, id, today }, actor)
  }
  return made
}

type SaidPart = SaidInReassignment['parts'][number]

interface Giving {
  said: SaidInReassignment
  part: SaidPart
  family: FamilyToCover
  /** The reassignment's. */
  id: Id
  today: CivilDate
}

async function giveFamily(tx: Tx, giving: Giving, actor: Actor): Promise<void> {
  const { said, part, family, id } = giving
  const { why, practitionerId: fromId } = said.reassignment
  await cancelWaiting(tx, family, { byId: id, fromId, why }, actor)
  for (const held of family.days) {
    if (held.isForGood) await giveForGood(tx, giving, held, writtenBy(actor, family.hubId))
    else {
      const notToldWhy = part.toldOn === '' ? why : ''
      const goesOn = { coverId: held.coverId, reassignmentId: id, family, held }
      await standIn(tx, { ...goesOn, part: { ...part, notToldWhy, note: '' } }, actor)
    }
  }
}

/** A transfer that was asked for, proposed and accepted in one act. */
async function giveForGood(
  tx: Tx,
  { said, part, id, today }: Giving,
  held: HeldDays,
  written: Written
): Promise<void> {
  const { familyId, episodeId, practitionerId, toldOn } = part
  const transferId = naturalId('reassigned-transfer', id, held.rowId)
  await tx.insert(transfer).values({
    ...written,
    ...{ id: transferId, familyId, episodeId, kind: 'in-county', reason: 'job-change', belowThreshold: '' },
    ...{
      requestedOn: today,
      note: said.reassignment.why,
      authority: '',
      authorityName: '',
      reassignmentId: id
    }
  })
  const steps: { step: TransferStep; onDay: CivilDate; practitionerId?: Id; who?: string }[] = [
    ...(toldOn === '' ? [] : [{ step: 'tell-family' as const, onDay: toldOn, who: 'The family' }]),
    { step: 'propose', onDay: held.from, practitionerId },
    { step: 'accept', onDay: today }
  ]
  let recorded = written
  for (const step of steps) {
    // each later than the one before: in this order they are read
    recorded = writtenAfter(recorded, recorded.createdAt)
    await tx.insert(transferStep).values({
      ...recorded,
      ...nothingSaid,
      ...step,
      ...{ id: naturalId('reassigned-step', transferId, step.step), familyId, episodeId, transferId }
    })
  }
  const row = { id: naturalId('reassigned-keyworker', transferId), familyId, episodeId, practitionerId }
  const lasting = {
    kind: 'transfer' as const,
    overId: '',
    validFrom: held.from,
    validTo: '',
    sourceId: transferId
  }
  await makeKeyworker(tx, { ...row, ...lasting }, written)
}

/** Is a reassignment in the record, with all its families, what this form says? */
async function isSaid(
  db: ReadDb,
  kept: typeof reassignment.$inferSelect,
  { reassignment: said, parts }: SaidInReassignment
): Promise<boolean> {
  // when the family is told afterwards is no part of what was said
  const forGood = db.all<SaidPart>(sql`SELECT t.family_id AS familyId, t.episode_id AS episodeId,
      k.practitioner_id AS practitionerId, coalesce((SELECT told.on_day FROM transfer_step told
        JOIN transfer_step accepted ON accepted.transfer_id = t.id AND accepted.step = 'accept'
        WHERE told.transfer_id = t.id AND told.step = 'tell-family' AND told.created_at < accepted.created_at), '') AS toldOn
    FROM transfer t JOIN episode_keyworker k ON k.episode_id = t.episode_id AND k.source_id = t.id
    WHERE t.reassignment_id = ${kept.id}`)
  const ofCovers = await db
    .select({
      familyId: coverPart.familyId,
      episodeId: coverPart.episodeId,
      practitionerId: coverPart.practitionerId,
      toldOn: coverPart.toldOn
    })
    .from(coverPart)
    .where(eq(coverPart.reassignmentId, kept.id))
  const rows = [...forGood, ...ofCovers]
  const isKept = (part: SaidPart) =>
    rows.some(
      (row) =>
        row.familyId === part.familyId &&
        row.episodeId === part.episodeId &&
        row.practitionerId === part.practitionerId &&
        row.toldOn === part.toldOn
    )
  return (
    kept.practitionerId === said.practitionerId &&
    kept.fromDay === said.fromDay &&
    kept.why === said.why &&
    new Set(rows.map(({ episodeId }) => episodeId)).size === parts.length &&
    parts.every(isKept)
  )
}

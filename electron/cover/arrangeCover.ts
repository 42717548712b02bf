import { and, eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { absence, cover, coverPart } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import {
  coverDays,
  problemsWithCover,
  problemsWithCoverDays,
  saidInCover,
  type SaidOfPart
} from '../../shared/cover/arranging.ts'
import type { FamilyToCover, HeldDays } from '../../shared/cover/cover.ts'
import { invalid, Refusal, refuse } from '../../shared/errors.ts'
import { naturalId, type Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { londonDate } from '../../shared/time/london.ts'
import { endDraft } from '../draft/endDraft.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { makeKeyworker } from '../keyworker/makeKeyworker.ts'
import { heldBy, toCover } from './heldBy.ts'
import { mustBePractitioner } from './mustBePractitioner.ts'
import { mustNameAll } from './mustNameAll.ts'
import { takersOn } from './takersOn.ts'

type Arranged = Output<'cover.arrange'>

/**
 * "Arrange cover" (C9, R40): for every family that somebody holds on some days another stands in, or the Senior Coordinator
 * is told that nobody was found; all of them or none. Afterwards the keyworker is back without anybody doing anything.
 *
 * @throws Refusal not-found, families-hidden, changed-since (a family came or went since the form was looked at),
 *   invalid (by field), clashing-id, not-your-draft
 */
export async function arrangeCover(
  tx: Tx,
  draft: Parsed<'cover.arrange'>,
  actor: Actor
): Promise<Arranged | AlreadyDone<Arranged>> {
  const { id, practitionerId } = draft
  const said = saidInCover(draft)
  const arranged = { id, families: said.parts.length }
  const [before] = await tx.select().from(cover).where(eq(cover.id, id))
  if (before) {
    if (before.createdBy !== actor.id || !(await isSaid(tx, before, said))) refuse('clashing-id')
    return alreadyDone(arranged)
  }
  await endDraft(tx, id, actor)
  await mustBePractitioner(tx, practitionerId)
  const days = coverDays(draft)
  if (!days) return invalid(...problemsWithCoverDays(draft))
  const holds = (span: { practitionerId: Id }) => span.practitionerId === practitionerId
  const held = heldBy(tx, practitionerId, days, holds, actor)
  if (held.hidden > 0) refuse('families-hidden')
  const families = held.families.map((each) => toCover(each, practitionerId))
  if (families.length === 0)
    invalid({ path: 'fromDay', message: 'They hold no family on these days, so no cover is needed' })
  mustNameAll(draft.parts, families)
  await mustBeAbsence(tx, draft)
  const takers = new Map(
    (await takersOn(tx, days, practitionerId)).map((each) => [each.practitionerId, each])
  )
  const problems = problemsWithCover(draft, { today: londonDate(actor.now), families, takers })
  if (problems.length > 0) invalid(...problems)

  await tx.insert(cover).values({ ...writtenBy(actor, COUNTY_HUB_ID), ...said.cover, id })
  for (const part of said.parts) {
    const family = families.find(({ episodeId }) => episodeId === part.episodeId)
    for (const held of family?.days ?? [])
      if (family) await standIn(tx, { coverId: id, reassignmentId: '', part, family, held }, actor)
  }
  return arranged
}

/** An absence that was taken back meanwhile needs no cover. */
async function mustBeAbsence(
  db: ReadDb,
  { absenceId, practitionerId }: Pick<Parsed<'cover.arrange'>, 'absenceId' | 'practitionerId'>
): Promise<void> {
  if (absenceId === '') return
  const standing = and(
    eq(absence.id, absenceId),
    eq(absence.practitionerId, practitionerId),
    eq(absence.cancelledWhy, '')
  )
  if ((await db.$count(absence, standing)) === 0) throw new Refusal({ code: 'changed-since' })
}

/** One family, for days on which one keyworker has it. */
export interface StandIn {
  coverId: Id
  /** '' where it is arranged with the cover. */
  reassignmentId: Id
  part: SaidOfPart
  family: Pick<FamilyToCover, 'hubId' | 'teamIds'>
  held: HeldDays
}

/** Writes that somebody stands in on some days, or that nobody was found for them. */
export async function standIn(
  tx: Tx,
  { coverId, reassignmentId, part, family, held }: StandIn,
  actor: Actor
): Promise<void> {
  const { practitionerId, familyId, episodeId } = part
  const written = writtenBy(actor, family.hubId)
  // one act gives the same days once
  const id = naturalId('cover-part', reassignmentId || coverId, held.rowId, held.from)
  const rowId = practitionerId === '' ? '' : naturalId('cover-keyworker', id)
  await tx.insert(coverPart).values({
    ...written,
    ...part,
    ...{ id, coverId, reassignmentId, rowId, fromDay: held.from, toDay: held.to },
    fromTeam: family.teamIds.includes(practitionerId)
  })
  if (rowId === '') return
  const row = { id: rowId, familyId, episodeId, practitionerId, kind: 'cover' as const, overId: held.rowId }
  await makeKeyworker(tx, { ...row, validFrom: held.from, validTo: held.to, sourceId: coverId }, written)
}

/** Is a cover in the record, with all its families, what this form says? */
async function isSaid(
  db: ReadDb,
  kept: typeof cover.$inferSelect,
  said: ReturnType<typeof saidInCover>
): Promise<boolean> {
  const arranged = and(eq(coverPart.coverId, kept.id), eq(coverPart.reassignmentId, ''))
  const rows = await db.select().from(coverPart).where(arranged)
  return (
    isSame(kept, said.cover) &&
    new Set(rows.map(({ episodeId }) => episodeId)).size === said.parts.length &&
    said.parts.every((part) => rows.some((row) => isSame(row, part)))
  )
}

/** Has a row every column as it was said? */
const isSame = (row: Readonly<Record<string, unknown>>, said: object): boolean =>
  Object.entries(said).every(([column, value]) => row[column] === value)

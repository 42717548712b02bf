import { desc, eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import { transferNotes } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { agreementNow, sharingNeedsReason } from '../../shared/agreement/standing.ts'
import type { AgreementRow } from '../../shared/agreement/agreement.ts'
import type { EpisodeRecord } from '../../shared/episode/episode.ts'
import { invalid, notFound } from '../../shared/errors.ts'
import type { FamilyRecord } from '../../shared/family/family.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import {
  heldBackOf,
  NOTES_HANDED_OVER,
  type HandOverDraft,
  type HandOverPreview,
  type HeldBack,
  type NoteHeldBack
} from '../../shared/keyworker/handOver.ts'
import type { HeldFamily } from '../../shared/keyworker/keyworker.ts'
import type { Meeting, TeamMember } from '../../shared/meeting/meeting.ts'
import type { NoteRow } from '../../shared/note/note.ts'
import type { PlanOutcome } from '../../shared/plan/plan.ts'
import type { Practitioner } from '../../shared/practitioner/practitioner.ts'
import type { StepUp } from '../../shared/stepUp/record.ts'
import { londonDate } from '../../shared/time/london.ts'
import type { Transfer } from '../../shared/transfer/transfer.ts'
import { agencyNames } from '../agency/agencyNames.ts'
import { readEpisode } from '../episode/readEpisode.ts'
import { knownFamily, tellsWithheldOf } from '../family/peopleOf.ts'
import { readFamily } from '../family/readFamily.ts'
import { teamOf } from '../meeting/readTeam.ts'
import { listNotes } from '../note/listNotes.ts'
import { readPlan } from '../plan/readPlan.ts'
import { practitionerOf } from '../practitioner/listPractitioners.ts'
import { listStepUps } from '../stepUp/listStepUps.ts'
import { listTransfers } from '../transfer/listTransfers.ts'
import { familiesOf } from './heldFamilies.ts'

/** A family as it is handed over. */
export interface FamilyToHandOver {
  held: HeldFamily
  family: FamilyRecord
  episode: EpisodeRecord
  outcomes: PlanOutcome[]
  members: TeamMember[]
  meetings: Meeting[]
  transfers: Transfer[]
  stepUps: StepUp[]
  /** What was agreed last; undefined where nobody was asked. */
  agreement: AgreementRow | undefined
  /** Of those with which the family agreed to share. */
  agencies: ReadonlyMap<Id, string>
  /** The last ones that go, what happened last first, and why others among the last ones do not. */
  notes: NoteRow[]
  heldBack: HeldBack
  /** Whether a text tells an address or a number that is withheld. */
  tells: (...texts: string[]) => boolean
  needsReason: boolean
}

export interface HandOver {
  keyworker: Practitioner
  /** Undefined where a team takes them, or nobody was chosen. */
  to: Practitioner | undefined
  /** It leaves for another agency or school than the one where the families are now. */
  isOutside: boolean
  families: FamilyToHandOver[]
}

/**
 * What a keyworker holds today and is open to the actor, a family at a time, so that nobody who types waits. What they held
 * before, what comes to them later and what the actor may not open is no part of it.
 *
 * @throws Refusal not-found, invalid (toId), and what `giveWay` throws
 */
export async function gatherHandOver(
  store: Store,
  draft: HandOverDraft,
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<HandOver> {
  const today = londonDate(actor.now)
  const { keyworker, to, holds } = await store.read(async (db) => ({
    ...(await betweenWhom(db, draft, today)),
    holds: familiesOf(db, draft.practitionerId, actor).holds.filter(({ from }) => from <= today)
  }))
  const isOutside = to !== undefined && to.employerId !== keyworker.employerId
  const families: FamilyToHandOver[] = []
  for (const held of holds) {
    families.push(await store.read((db) => familyOf(db, held, draft, isOutside ? to.employerId : '', actor)))
    await giveWay()
  }
  return { keyworker, to, isOutside, families }
}

async function betweenWhom(
  db: ReadDb,
  { practitionerId, receiver, toId }: HandOverDraft,
  today: CivilDate
): Promise<Pick<HandOver, 'keyworker' | 'to'>> {
  const keyworker = (await practitionerOf(db, practitionerId, today)) ?? notFound()
  if (receiver !== 'keyworker' || toId === '') return { keyworker, to: undefined }
  const to = await practitionerOf(db, toId, today)
  return { keyworker, to: to ?? invalid({ path: 'toId', message: 'Choose the keyworker from the list' }) }
}

/** @param agencyId where it leaves for; '' where it stays where the family is now */
async function familyOf(
  db: ReadDb,
  held: HeldFamily,
  draft: HandOverDraft,
  agencyId: Id,
  actor: Actor
): Promise<FamilyToHandOver> {
  const { familyId, episodeId } = held
  const family = await readFamily(db, { id: familyId }, actor)
  const { members, meetings } = await teamOf(db, episodeId, actor)
  const { outcomes } = await readPlan(db, { episodeId }, actor)
  const transfers = await listTransfers(db, { episodeId }, actor)
  const agreement = agreementNow(family.agreements)
  const names = await agencyNames(db, { ids: agreement?.agencyIds ?? [] })
  const tells = tellsWithheldOf(knownFamily(db, familyId))
  const passes = await passesOf(db, transfers, draft)
  return {
    ...{ held, family, outcomes, members, meetings, transfers, agreement, tells },
    episode: await readEpisode(db, { id: episodeId }, actor),
    stepUps: await listStepUps(db, { episodeId }, actor),
    agencies: new Map(names.map(({ id, name }) => [id, name])),
    needsReason: agencyId !== '' && sharingNeedsReason(agreement, agencyId),
    ...(await lastNotes(db, held, (note) => heldBackWhy(note, draft, passes, tells), actor))
  }
}

/** Of a transfer to whoever gets it that waits: what of the notes they may be given so far. */
type Passes = (note: NoteRow) => NoteHeldBack | undefined

async function passesOf(
  db: ReadDb,
  transfers: readonly Transfer[],
  { receiver, toId }: HandOverDraft
): Promise<Passes> {
  const transfer = transfers.find(
    ({ isWaiting, toId: proposedId }) => isWaiting && receiver === 'keyworker' && proposedId === toId
  )
  if (!transfer) return () => undefined
  // R30: until agreement was reviewed the notes do not open to them
  if (transfer.agreementReviewedOn === '') return () => 'not-reviewed'
  const [chosen] = await db
    .select({ given: transferNotes.given, noteIds: transferNotes.noteIds })
    .from(transferNotes)
    .where(eq(transferNotes.transferId, transfer.id))
    .orderBy(desc(transferNotes.createdAt), desc(transferNotes.id))
    .limit(1)
  const isGiven = (note: NoteRow): boolean => {
    switch (chosen?.given) {
      case undefined:
      case 'all':
        return true
      case 'family-may-see':
        return note.familyMaySee
      case 'chosen':
        return chosen.noteIds.split(' ').includes(note.id)
      case 'none':
        return false
    }
  }
  return (note) => (isGiven(note) ? undefined : 'not-given')
}

function heldBackWhy(
  note: NoteRow,
  { restricted }: HandOverDraft,
  passes: Passes,
  tells: FamilyToHandOver['tells']
): NoteHeldBack | undefined {
  const why = passes(note)
  if (why !== undefined) return why
  if (!note.familyMaySee && !restricted) return 'restricted'
  const { words, childsVoice, present, restrictedWhy, addenda } = note
  const texts = [words, childsVoice, present, restrictedWhy, ...addenda.map((addendum) => addendum.words)]
  return tells(...texts) ? 'withheld' : undefined
}

/** The last notes that go, and those between them that do not. */
async function lastNotes(
  db: ReadDb,
  { familyId, episodeId }: HeldFamily,
  why: (note: NoteRow) => NoteHeldBack | undefined,
  actor: Actor
): Promise<Pick<FamilyToHandOver, 'notes' | 'heldBack'>> {
  const notes: NoteRow[] = []
  const heldBack: HeldBack = {}
  const query = { familyId, episodeId, noteId: '', kinds: [], personId: '', text: '' }
  for (let after = ''; ;) {
    const { rows, next } = await listNotes(db, { ...query, after }, actor)
    for (const note of rows) {
      const reason = why(note)
      if (reason === undefined) notes.push(note)
      else heldBack[reason] = (heldBack[reason] ?? 0) + 1
      if (notes.length === NOTES_HANDED_OVER) return { notes, heldBack }
    }
    if (next === '') return { notes, heldBack }
    after = next
  }
}

export const asPreview = ({ families, isOutside }: HandOver): HandOverPreview => ({
  families: families.map(({ held, notes, heldBack, needsReason }) => ({
    ...{ familyId: held.familyId, episodeId: held.episodeId },
    ...{ reference: held.reference, childNames: held.childNames, needsReason },
    ...{ notes: notes.length, heldBack: heldBackOf(heldBack) }
  })),
  isOutside
})

import { desc, eq, inArray, and } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { caseNote, transferNotes } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { agreementNow, sharingNeedsReason } from '../../shared/agreement/standing.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { londonDate, showDate } from '../../shared/time/london.ts'
import type { Transfer } from '../../shared/transfer/transfer.ts'
import { mustBeOpen } from '../episode/mustBeOpen.ts'
import { readFamily } from '../family/readFamily.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { whoIsKeyworker } from '../keyworker/keyworkerOn.ts'
import { practitionerOf } from '../practitioner/listPractitioners.ts'
import { lastStepAt } from './endTransfers.ts'
import { theTransfer } from './takeTransferStep.ts'

/**
 * What of the notes so far the new keyworker may be given (L24): chosen by a person once somebody has accepted, and never
 * before agreement was reviewed (R30), and with a reason where the family did not agree to share with whom they go to. A later choice stands instead of an earlier one, which stays readable.
 *
 * @throws Refusal not-found, family-restricted, clashing-id, assessment-closed, step-not-possible, agreement-not-reviewed,
 *   invalid (on, noteIds, note)
 */
export async function giveNotes(
  tx: Tx,
  input: Parsed<'transfer.giveNotes'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { id, familyId, episodeId, transferId, given, on, note } = input
  const { hubId } = await mustOpen(tx, familyId, actor)
  const noteIds = given === 'chosen' ? input.noteIds.toSorted().join(' ') : ''
  const [before] = await tx.select().from(transferNotes).where(eq(transferNotes.id, id))
  if (before) {
    const isSame = before.transferId === transferId && before.given === given && before.noteIds === noteIds
    if (!isSame || before.onDay !== on || before.note !== note || before.createdBy !== actor.id)
      refuse('clashing-id')
    return alreadyDone(null)
  }
  const transfer = theTransfer(tx, input, actor)
  await mustBeOpen(tx, input)
  if (transfer.state !== 'accepted') refuse('step-not-possible')
  const reviewedOn = transfer.agreementReviewedOn
  if (reviewedOn === '') refuse('agreement-not-reviewed')
  if (on > londonDate(actor.now)) invalid({ path: 'on', message: 'Enter today or an earlier day' })
  if (on < reviewedOn)
    invalid({
      path: 'on',
      message: `Enter ${showDate(reviewedOn)} or a later day: agreement was reviewed then`
    })
  if (given === 'chosen') await mustBeNotesOf(tx, episodeId, input.noteIds)
  if (given !== 'none' && note === '') await mustBeAgreedToShare(tx, transfer, actor)

  const [last] = await tx
    .select({ at: transferNotes.createdAt })
    .from(transferNotes)
    .where(eq(transferNotes.transferId, transferId))
    .orderBy(desc(transferNotes.createdAt))
    .limit(1)
  await tx.insert(transferNotes).values({
    ...writtenAfter(writtenAfter(writtenBy(actor, hubId), lastStepAt(transfer)), last?.at),
    ...{ id, familyId, episodeId, transferId, given, noteIds, note },
    practitionerId: transfer.toId,
    onDay: on
  })
  return null
}

/**
 * Domain 0.4: notes that leave for an agency or authority with which the family did not agree to share go with a reason, and
 * never without one. Nothing leaves where the new keyworker works where the last one does.
 */
async function mustBeAgreedToShare(db: ReadDb, transfer: Transfer, actor: Actor): Promise<void> {
  const { familyId, episodeId, toId, authorityName, requestedOn } = transfer
  const to = await practitionerOf(db, toId, londonDate(actor.now))
  const from = await practitionerOf(db, whoIsKeyworker(db, episodeId, requestedOn), londonDate(actor.now))
  if (to !== undefined && to.employerId === from?.employerId) return
  const { agreements } = await readFamily(db, { id: familyId }, actor)
  if (!sharingNeedsReason(agreementNow(agreements), to?.employerId ?? '')) return
  const where = to?.employerName || authorityName || 'whoever gets them'
  invalid({
    path: 'note',
    message: `The family has not agreed to share with ${where}. Enter why the notes are given`
  })
}

/** L25: nothing but notes of this assessment goes with it. */
async function mustBeNotesOf(db: ReadDb, episodeId: Id, noteIds: readonly Id[]): Promise<void> {
  if (noteIds.length === 0) invalid({ path: 'noteIds', message: 'Choose at least one note' })
  const ids = [...new Set(noteIds)]
  const found = await db.$count(
    caseNote,
    and(eq(caseNote.episodeId, episodeId), eq(caseNote.addsTo, ''), inArray(caseNote.id, ids))
  )
  if (found !== ids.length) invalid({ path: 'noteIds', message: 'Choose notes of this assessment' })
}

import type { Tx } from '../../db/open.ts'
import { agreement } from '../../db/schema/index.ts'
import type { AgreementDraft, WithdrawalDraft } from '../../shared/agreement/agreement.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { readDate } from '../../shared/time/civilDate.ts'
import type { Written } from '../family/written.ts'

/** What a row of `agreement` holds beside who wrote it. */
export type Said = Omit<typeof agreement.$inferInsert, keyof Written>

/** A decision as it is kept: what does not belong to it is left out, a day that was left empty is today. */
export function saidInAgreement(draft: AgreementDraft, today: CivilDate): Said {
  const isGiven = draft.decision === 'given'
  const isRefused = draft.decision === 'refused'
  return {
    id: draft.id,
    familyId: draft.familyId,
    decision: draft.decision || 'not-asked',
    ...whoSaid(draft),
    ...scopeSaid(draft, isGiven),
    decidedOn: readDate(draft.decidedOn) || today,
    reviewOn: isGiven ? readDate(draft.reviewOn) : '',
    reason: isRefused ? draft.reason.trim() : '',
    deniedNote: isRefused ? draft.deniedNote.trim() : '',
    safetyConcern: isRefused ? draft.safetyConcern : '',
    prompt: isRefused && draft.safetyConcern === 'yes' ? draft.prompt : '',
    throughPersonId: '',
    note: draft.note.trim()
  }
}

/**
 * A withdrawal as it is kept (R28, L29). Where agreement stands through someone else it is a narrower agreement, which is
 * reviewed when the one before it was to be (`reviewOn`).
 */
export function saidInWithdrawal(draft: WithdrawalDraft, reviewOn: CivilDate, today: CivilDate): Said {
  const stands = draft.standing === 'stands-through'
  return {
    id: draft.id,
    familyId: draft.familyId,
    decision: stands ? 'given' : 'withdrawn',
    ...whoSaid(draft),
    ...scopeSaid(draft, stands),
    decidedOn: readDate(draft.withdrawnOn) || today,
    reviewOn: stands ? reviewOn : '',
    reason: draft.withdrawalReason.trim(),
    deniedNote: stands ? '' : draft.deniedNote.trim(),
    safetyConcern: '',
    prompt: '',
    throughPersonId: stands ? draft.throughPersonId : '',
    note: draft.note.trim()
  }
}

const whoSaid = (draft: AgreementDraft | WithdrawalDraft) => ({
  byPersonId: draft.byPersonId,
  byName: draft.byName.trim(),
  relation: draft.relation.trim(),
  capacity: draft.capacity,
  capacityNote: draft.capacityNote.trim(),
  route: draft.route
})

const scopeSaid = ({ takePart, share, agencyIds }: AgreementDraft | WithdrawalDraft, isGiven: boolean) => ({
  takePart: isGiven && takePart,
  share: isGiven && share,
  agencyIds: isGiven && share ? agencyIds.join(' ') : ''
})

/** Is this row what was said, word for word? For an act that is sent a second time (L6). */
export const isSaid = (row: typeof agreement.$inferSelect, said: Said): boolean =>
  (Object.keys(said) as (keyof Said)[]).every((key) => row[key] === said[key])

/** Keeps what a family said. The form has been checked. */
export async function insertAgreement(
  tx: Tx,
  draft: AgreementDraft,
  today: CivilDate,
  written: Written
): Promise<void> {
  await tx.insert(agreement).values({ ...written, ...saidInAgreement(draft, today) })
}

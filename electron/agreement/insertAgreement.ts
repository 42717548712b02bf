import type { Tx } from '../../db/open.ts'
import { agreement } from '../../db/schema/index.ts'
import type { AgreementDraft } from '../../shared/agreement/agreement.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { readDate } from '../../shared/time/civilDate.ts'
import type { Written } from '../family/written.ts'

/** Keeps what a family said. The form has been checked; a date that was left empty is today. */
export async function insertAgreement(
  tx: Tx,
  draft: AgreementDraft,
  today: CivilDate,
  written: Written
): Promise<void> {
  const isGiven = draft.decision === 'given'
  await tx.insert(agreement).values({
    ...written,
    id: draft.id,
    familyId: draft.familyId,
    decision: draft.decision || 'not-asked',
    byPersonId: draft.byPersonId,
    byName: draft.byName.trim(),
    relation: draft.relation.trim(),
    capacity: draft.capacity,
    capacityNote: draft.capacityNote.trim(),
    route: draft.route,
    takePart: isGiven && draft.takePart,
    share: isGiven && draft.share,
    agencyIds: isGiven && draft.share ? draft.agencyIds.join(' ') : '',
    decidedOn: readDate(draft.decidedOn) || today,
    reviewOn: isGiven ? readDate(draft.reviewOn) : '',
    reason: draft.decision === 'refused' ? draft.reason.trim() : '',
    deniedNote: draft.decision === 'refused' ? draft.deniedNote.trim() : '',
    safetyConcern: draft.decision === 'refused' ? draft.safetyConcern : '',
    prompt: draft.decision === 'refused' ? draft.prompt : '',
    throughPersonId: '',
    note: draft.note.trim()
  })
}

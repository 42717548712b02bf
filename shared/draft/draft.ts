import { z } from 'zod'
import { adviceDraft } from '../advice/advice.ts'
import { assessmentDraft } from '../assessment/assessment.ts'
import { coverDraft } from '../cover/cover.ts'
import { closingDraft } from '../episode/episode.ts'
import { caseNotesExport } from '../export/caseNotes.ts'
import { handOverDraft } from '../keyworker/handOver.ts'
import { letterDraft } from '../letter/letter.ts'
import { meetingDraft } from '../meeting/meeting.ts'
import { noteDraft } from '../note/note.ts'
import { recordedAgreement, withdrawalDraft } from '../agreement/agreement.ts'
import { checkDraft } from '../check/check.ts'
import { registrationDraft } from '../family/family.ts'
import { type Id, type Instant } from '../ids.ts'
import { reassignmentDraft } from '../reassignment/reassignment.ts'
import { sharingDraft } from '../sharing/sharing.ts'
import { triageLetterDraft } from '../stepDown/letter.ts'
import { decisionDraft, returnDraft, stepDownDraft } from '../stepDown/stepDown.ts'
import { outcomesDraft, stepUpDraft } from '../stepUp/stepUp.ts'
import { subjectAccessDraft } from '../subjectAccess/subjectAccess.ts'
import { transferDraft } from '../transfer/transfer.ts'

/** What may stand in a form of each kind while it is typed. */
export const draftBodies = {
  registration: registrationDraft,
  agreement: recordedAgreement,
  withdrawal: withdrawalDraft,
  sharing: sharingDraft,
  check: checkDraft,
  assessment: assessmentDraft,
  note: noteDraft,
  meeting: meetingDraft,
  closing: closingDraft,
  transfer: transferDraft,
  cover: coverDraft,
  reassignment: reassignmentDraft,
  'hand-over': handOverDraft,
  letter: letterDraft,
  advice: adviceDraft,
  'step-down': stepDownDraft,
  return: returnDraft,
  decision: decisionDraft,
  'triage-letter': triageLetterDraft,
  'step-up': stepUpDraft,
  outcomes: outcomesDraft,
  'subject-access': subjectAccessDraft,
  export: caseNotesExport
} as const

/** Forms, other than a call, that are saved as they are typed, whatever their state (L1). */
export const draftForm = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('registration'), body: draftBodies.registration }),
  z.strictObject({ kind: z.literal('agreement'), body: draftBodies.agreement }),
  z.strictObject({ kind: z.literal('withdrawal'), body: draftBodies.withdrawal }),
  z.strictObject({ kind: z.literal('sharing'), body: draftBodies.sharing }),
  z.strictObject({ kind: z.literal('check'), body: draftBodies.check }),
  z.strictObject({ kind: z.literal('assessment'), body: draftBodies.assessment }),
  z.strictObject({ kind: z.literal('note'), body: draftBodies.note }),
  z.strictObject({ kind: z.literal('meeting'), body: draftBodies.meeting }),
  z.strictObject({ kind: z.literal('closing'), body: draftBodies.closing }),
  z.strictObject({ kind: z.literal('transfer'), body: draftBodies.transfer }),
  z.strictObject({ kind: z.literal('cover'), body: draftBodies.cover }),
  z.strictObject({ kind: z.literal('reassignment'), body: draftBodies.reassignment }),
  z.strictObject({ kind: z.literal('hand-over'), body: draftBodies['hand-over'] }),
  z.strictObject({ kind: z.literal('letter'), body: draftBodies.letter }),
  z.strictObject({ kind: z.literal('advice'), body: draftBodies.advice }),
  z.strictObject({ kind: z.literal('step-down'), body: draftBodies['step-down'] }),
  z.strictObject({ kind: z.literal('return'), body: draftBodies.return }),
  z.strictObject({ kind: z.literal('decision'), body: draftBodies.decision }),
  z.strictObject({ kind: z.literal('triage-letter'), body: draftBodies['triage-letter'] }),
  z.strictObject({ kind: z.literal('step-up'), body: draftBodies['step-up'] }),
  z.strictObject({ kind: z.literal('outcomes'), body: draftBodies.outcomes }),
  z.strictObject({ kind: z.literal('subject-access'), body: draftBodies['subject-access'] }),
  z.strictObject({ kind: z.literal('export'), body: draftBodies.export })
])
export type DraftForm = z.output<typeof draftForm>
export type DraftKind = DraftForm['kind']

export const savedDraft = z.strictObject({
  form: draftForm,
  /** How often it has been saved, as the page knows: an older save never covers a newer one. */
  savedBefore: z.int().min(0)
})

export interface FormDraftRow {
  id: Id
  kind: DraftKind
  savedAt: Instant
  /** What tells it from others in a list: the first name of the form, or the children and the reference of the family; '' for neither. */
  title: string
  /** The family that it is about; '' for a new one or none. */
  familyId: Id
  /** The assessment that it is of; '' for none. */
  episodeId: Id
  /** The keyworker that it is about; '' for none. */
  practitionerId: Id
  /** The step-down that it is about; '' for none. */
  stepDownId: Id
  /** The Action and Impact Meeting that it is about; '' for none. */
  meetingId: Id
  /** The call that is exported; '' for none. */
  callId: Id
}

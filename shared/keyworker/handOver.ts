import { z } from 'zod'
import type { FieldError } from '../errors.ts'
import { id, naturalId, type Id } from '../ids.ts'
import { emptySharing } from '../sharing/emptySharing.ts'
import { sharingGrounds, sharingHows, type SharingDraft } from '../sharing/sharing.ts'

const line = (limit: number) =>
  z.string().max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const idOrNone = z.union([z.literal(''), id])

/** Who takes the families: a keyworker of the directory, or a team of the service. */
export const handOverReceivers = ['keyworker', 'team'] as const
export type HandOverReceiver = (typeof handOverReceivers)[number]

export const handOverFormats = ['pdf', 'docx'] as const

const handOverReason = z.strictObject({
  familyId: id,
  ground: z.enum(['', ...sharingGrounds]),
  advisedBy: line(200),
  reason: line(2_000)
})
/** Why it goes ahead for a family that has not agreed to sharing with where the new keyworker works (domain 0.4). */
export type HandOverReason = z.output<typeof handOverReason>

/** "Export a hand-over" of one keyworker's caseload as it is typed, in any state. */
export const handOverDraft = z.strictObject({
  id,
  /** The keyworker whose families they are today. */
  practitionerId: id,
  receiver: z.enum(['', ...handOverReceivers]),
  /** The keyworker who takes them; '' while none is chosen, and for a team. */
  toId: idOrNone,
  /** What stands in the field where they are looked for. */
  toText: line(200),
  teamName: line(200),
  purpose: line(2_000),
  /** How it gets there, where it goes to another agency or school. */
  how: z.enum(['', ...sharingHows]),
  /** Case notes that the family may not see. */
  restricted: z.boolean(),
  reasons: z.array(handOverReason).max(500),
  format: z.enum(handOverFormats),
  isProtected: z.boolean(),
  /** Why it goes without a passphrase. */
  openReason: line(1_000)
})
export type HandOverDraft = z.output<typeof handOverDraft>

export const emptyHandOver = ({
  id: draftId,
  practitionerId
}: Pick<HandOverDraft, 'id' | 'practitionerId'>): HandOverDraft => ({
  id: draftId,
  practitionerId,
  receiver: '',
  toId: '',
  toText: '',
  teamName: '',
  purpose: '',
  how: '',
  restricted: false,
  reasons: [],
  format: 'pdf',
  isProtected: true,
  openReason: ''
})

export const emptyHandOverReason = (familyId: Id): HandOverReason => ({
  familyId,
  ground: '',
  advisedBy: '',
  reason: ''
})

/** Case notes of each family that stand in a hand-over: the last ones. */
export const NOTES_HANDED_OVER = 3

/** Why one of the last case notes of a family is left out of a hand-over: of several the first. */
export const notesHeldBack = ['not-reviewed', 'not-given', 'restricted', 'withheld'] as const
export type NoteHeldBack = (typeof notesHeldBack)[number]
export type HeldBack = Partial<Record<NoteHeldBack, number>>

export const heldBackOf = (heldBack: HeldBack): number =>
  Object.values(heldBack).reduce((sum, count) => sum + count, 0)

/** What would be handed over today: the families that the keyworker holds, as far as they are open to whoever asks. */
export interface HandOverPreview {
  families: {
    familyId: Id
    episodeId: Id
    reference: string
    childNames: string
    /** Case notes that stand in it, and how many of the last ones are left out. */
    notes: number
    heldBack: number
    /** The family has not agreed to sharing with where the new keyworker works. */
    needsReason: boolean
  }[]
  /** It leaves for another agency or school than the one where the families are now. */
  isOutside: boolean
}

const isBlank = (text: string): boolean => text.trim() === ''

/** What stands between what was typed and a hand-over, in the order of the form. */
export function problemsWithHandOver(
  draft: HandOverDraft,
  { families, isOutside }: Pick<HandOverPreview, 'families' | 'isOutside'>
): FieldError[] {
  const { purpose, how, isProtected, openReason } = draft
  return [
    ...(families.length === 0
      ? [
          {
            path: '',
            message: 'They hold no family today that is open to you: there is nothing to hand over'
          }
        ]
      : []),
    ...problemsWithReceiver(draft),
    ...families
      .filter(({ needsReason }) => needsReason)
      .flatMap(({ familyId, reference }) => problemsWithReason(reasonFor(draft, familyId), reference)),
    ...(isOutside && how === '' ? [{ path: 'how', message: 'Choose how it gets there' }] : []),
    ...(isBlank(purpose) ? [{ path: 'purpose', message: 'Enter what it is for' }] : []),
    ...(!isProtected && isBlank(openReason)
      ? [{ path: 'openReason', message: 'Enter why it goes without a passphrase' }]
      : [])
  ]
}

function problemsWithReceiver({ receiver, toId, teamName }: HandOverDraft): FieldError[] {
  switch (receiver) {
    case '':
      return [{ path: 'receiver', message: 'Choose who takes the families' }]
    case 'keyworker':
      return toId === '' ? [{ path: 'toId', message: 'Choose the keyworker from the list' }] : []
    case 'team':
      return isBlank(teamName) ? [{ path: 'teamName', message: 'Enter the name of the team' }] : []
  }
}

export const reasonFor = ({ reasons }: HandOverDraft, familyId: Id): HandOverReason =>
  reasons.find((each) => each.familyId === familyId) ?? emptyHandOverReason(familyId)

/** By the family, not by its place: families come and go while it is typed. */
export const reasonPath = (familyId: Id, field: keyof HandOverReason): string =>
  `reasons.${familyId}.${field}`

/** Each message names its family: several may be without a reason. */
function problemsWithReason(
  { familyId, ground, advisedBy, reason }: HandOverReason,
  reference: string
): FieldError[] {
  const demanded = (field: 'ground' | 'advisedBy' | 'reason', typed: string, message: string) =>
    isBlank(typed) ? [{ path: reasonPath(familyId, field), message }] : []
  return [
    ...demanded('ground', ground, `Choose why ${reference} goes ahead without agreement`),
    ...(ground === 'public-interest'
      ? demanded('advisedBy', advisedBy, `Enter who advised it for ${reference}`)
      : []),
    ...demanded('reason', reason, `Say in your words why ${reference} goes ahead`)
  ]
}

/** The sharing with where the new keyworker works that a hand-over of one family is (domain 0.4). */
export const sharingOfHandOver = (
  draft: HandOverDraft,
  {
    familyId,
    personIds,
    agencyId,
    toName,
    reference
  }: { familyId: Id; personIds: Id[]; agencyId: Id; toName: string; reference: string }
): SharingDraft => {
  const { ground, advisedBy, reason } = reasonFor(draft, familyId)
  return {
    ...emptySharing(naturalId('hand-over sharing', draft.id, familyId), familyId),
    ...{ agencyId, personThere: toName, personIds, purpose: draft.purpose, how: draft.how },
    what: `Hand-over of the family to its new keyworker, as export ${reference}`,
    ...{ ground, advisedBy, reason }
  }
}

import { z } from 'zod'
import { civilDate, id, type CivilDate, type Id, type Instant } from '../ids.ts'

const words = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)

export const transferKinds = ['in-county', 'out-of-county'] as const
export type TransferKind = (typeof transferKinds)[number]

/** R36, S3. */
export const transferReasons = [
  'local-move',
  'out-of-county',
  'setting-change',
  'job-change',
  'to-intensive',
  'to-statutory',
  'family-request',
  'not-engaging',
  'keyworker-unable',
  'step-down'
] as const
export type TransferReason = (typeof transferReasons)[number]

/** Where a transfer stands; `state.ts` says what leads from each to which. */
export const transferStates = ['requested', 'proposed', 'accepted', 'handed-over', 'cancelled'] as const
export type TransferState = (typeof transferStates)[number]

/** What is done for a transfer. The first five are facts that change no state. */
export const transferSteps = [
  'plan-review',
  'hold-review',
  'tell-family',
  'review-agreement',
  'contact-authority',
  'introduce',
  'propose',
  'accept',
  'decline',
  'hand-over',
  'cancel'
] as const
export type TransferStep = (typeof transferSteps)[number]

/** "Transfer keyworker", as typed, in any state. */
export const transferDraft = z.strictObject({
  /** The transfer's id. */
  id,
  familyId: id,
  episodeId: id,
  kind: z.enum(['', ...transferKinds]),
  reason: z.enum(['', ...transferReasons]),
  belowThreshold: z.enum(['', 'yes', 'no']),
  /** As typed; an empty day is today. */
  requestedOn: z.string().max(20),
  /** The key of a `neighbour` setting; '' within the county. */
  authority: z.string().max(80),
  note: z.string().max(2_000)
})
export type TransferDraft = z.output<typeof transferDraft>

const stepOf = { id, familyId: id, episodeId: id, transferId: id, note: words(2_000) }
const who = (empty: string) => words(200).min(1, empty)
const why = (empty: string) => words(2_000).min(1, empty)

/** One step of a transfer. `id`: the step's own. */
export const takenTransferStep = z.discriminatedUnion('step', [
  /** R37: a review of the team is planned, for a day to come, or was held. */
  z.strictObject({ ...stepOf, step: z.literal('plan-review'), on: civilDate }),
  z.strictObject({ ...stepOf, step: z.literal('hold-review'), on: civilDate }),
  /** R37: the family is involved and knows. */
  z.strictObject({
    ...stepOf,
    step: z.literal('tell-family'),
    on: civilDate,
    who: who('Enter who of the family was told'),
    how: words(200)
  }),
  /** R30: on or after the day of the request. */
  z.strictObject({
    ...stepOf,
    step: z.literal('review-agreement'),
    on: civilDate,
    who: who('Enter with whom agreement was reviewed')
  }),
  /** R39. */
  z.strictObject({
    ...stepOf,
    step: z.literal('contact-authority'),
    on: civilDate,
    who: who('Enter who was spoken to')
  }),
  /** Within the county: to whom. Out of it: the worker there, by name. `on`: the changeover. */
  z.strictObject({
    ...stepOf,
    step: z.literal('propose'),
    on: civilDate,
    practitionerId: z.union([z.literal(''), id]),
    who: words(200),
    agreedOn: civilDate
  }),
  /** On behalf of whoever was proposed. */
  z.strictObject({ ...stepOf, step: z.literal('accept'), on: civilDate, who: who('Enter who said yes') }),
  z.strictObject({
    ...stepOf,
    step: z.literal('decline'),
    on: civilDate,
    who: who('Enter who said no'),
    note: why('Enter why they said no')
  }),
  /** The new keyworker met the family with the team: asked for, never demanded. */
  z.strictObject({ ...stepOf, step: z.literal('introduce'), on: civilDate }),
  /** R39: the other authority has the family from this day on, and the assessment closes here. */
  z.strictObject({
    ...stepOf,
    step: z.literal('hand-over'),
    on: civilDate,
    who: who('Enter who has the family there now')
  }),
  z.strictObject({
    ...stepOf,
    step: z.literal('cancel'),
    on: civilDate,
    note: why('Enter why it is taken back')
  })
])
export type TakenTransferStep = z.output<typeof takenTransferStep>

/** L24: what of the notes so far the new keyworker may be given. */
export const notesGiven = ['all', 'family-may-see', 'chosen', 'none'] as const
export type NotesGiven = (typeof notesGiven)[number]

export const givenNotes = z.strictObject({
  id,
  familyId: id,
  episodeId: id,
  transferId: id,
  given: z.enum(notesGiven, 'Choose what they may be given'),
  /** Where they are chosen one by one. */
  noteIds: z.array(id).max(2_000),
  on: civilDate,
  note: words(2_000)
})

/** One transfer as it stands. */
export interface Transfer {
  id: Id
  familyId: Id
  episodeId: Id
  reference: string
  /** '' where the family is restricted and not open to whoever asks. */
  childNames: string
  kind: TransferKind
  reason: TransferReason
  belowThreshold: '' | 'yes' | 'no'
  requestedOn: CivilDate
  note: string
  authorityName: string
  state: TransferState
  /** What may be done now, by `mayDo` of state.ts. */
  mayDo: TransferStep[]
  /** Something is still to come of it: an open assessment has at most one of these. */
  isWaiting: boolean
  /** Of a proposal that stands, or was accepted. '' where nobody is proposed, and out of the county. */
  toId: Id
  toName: string
  changeoverOn: CivilDate
  /** R37: the day for which a review is planned, or a meeting of the team arranged; '' where none is. */
  reviewPlannedFor: CivilDate
  /** R37: also by a meeting of the team that was recorded, on the day of the request or later. */
  reviewHeldOn: CivilDate
  familyToldOn: CivilDate
  /** R30: also by agreement given anew, on the day of the request or later. The notes open from this day on. */
  agreementReviewedOn: CivilDate
  authorityContactedOn: CivilDate
  introducedOn: CivilDate
  /** L24; '' where nothing was chosen. */
  notesGiven: NotesGiven | ''
  steps: TransferStepTaken[]
  recordedAt: Instant
  byName: string
}

export interface TransferStepTaken {
  id: Id
  step: TransferStep
  on: CivilDate
  practitionerName: string
  who: string
  how: string
  note: string
  agreedOn: CivilDate
  recordedAt: Instant
  byName: string
}

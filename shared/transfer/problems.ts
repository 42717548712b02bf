import type { FieldError } from '../errors.ts'
import type { CivilDate } from '../ids.ts'
import { readDate } from '../time/civilDate.ts'
import { addDays, showDate } from '../time/london.ts'
import type { TakenTransferStep, Transfer, TransferDraft, TransferKind, TransferReason } from './transfer.ts'

/** How far ahead a changeover may be agreed, in days: a slip of the keyboard must not wait for years. */
export const CHANGEOVER_AHEAD_DAYS = 366

/** A form that nobody has typed in: nothing of it is stored before the first keystroke (L4). */
export const emptyTransfer = (ids: Pick<TransferDraft, 'id' | 'familyId' | 'episodeId'>): TransferDraft => ({
  ...ids,
  kind: '',
  reason: '',
  belowThreshold: '',
  requestedOn: '',
  authority: '',
  note: ''
})

/** L28: an empty day is today. */
export const requestDay = (
  { requestedOn }: Pick<TransferDraft, 'requestedOn'>,
  today: CivilDate
): CivilDate => readDate(requestedOn) || today

/** What a request is checked against. */
export interface AboutRequest {
  today: CivilDate
  registeredOn: CivilDate
  /** Keys of the authorities next to the county, by the settings in force. */
  authorities: readonly string[]
}

/**
 * What stands between what was typed and a transfer that is asked for, in the order of the form (R36, R39). Paths are those
 * of `TransferDraft`.
 */
export function problemsWithRequest(draft: TransferDraft, about: AboutRequest): FieldError[] {
  return [
    ...(draft.kind === '' ? [{ path: 'kind', message: 'Choose where the new keyworker works' }] : []),
    ...problemsWithAuthority(draft, about),
    ...problemsWithReason(draft),
    ...problemsWithRequestDay(draft, about)
  ]
}

function problemsWithAuthority(
  { kind, authority }: TransferDraft,
  { authorities }: AboutRequest
): FieldError[] {
  return kind === 'out-of-county' && !authorities.includes(authority)
    ? [{ path: 'authority', message: 'Choose the authority that the family goes to' }]
    : []
}

function problemsWithReason({ kind, reason, belowThreshold }: TransferDraft): FieldError[] {
  if (reason === '') return [{ path: 'reason', message: 'Choose why the keyworker changes' }]
  if (reason === 'out-of-county' && kind === 'in-county')
    return [{ path: 'reason', message: 'Choose another reason, or that the family leaves the county' }]
  return reason === 'not-engaging' && belowThreshold === ''
    ? [{ path: 'belowThreshold', message: 'Choose whether it is below the threshold of safeguarding' }]
    : []
}

function problemsWithRequestDay(draft: TransferDraft, { today, registeredOn }: AboutRequest): FieldError[] {
  const path = 'requestedOn'
  if (draft.requestedOn.trim() !== '' && readDate(draft.requestedOn) === '')
    return [{ path, message: 'Enter a date like 23/11/2026' }]
  return dayWithin(path, requestDay(draft, today), registeredOn, today)
}

/** The columns of a request that somebody typed. */
export interface SaidInRequest {
  kind: TransferKind
  reason: TransferReason
  belowThreshold: TransferDraft['belowThreshold']
  requestedOn: CivilDate
  note: string
  authority: string
}

/**
 * What a request says; undefined while it does not say where to or why. `today` is the day for an empty one. What its kind
 * does not ask for is left out.
 */
export function saidInRequest(draft: TransferDraft, today: CivilDate): SaidInRequest | undefined {
  const { kind, reason } = draft
  if (kind === '' || reason === '') return undefined
  return {
    kind,
    reason,
    belowThreshold: reason === 'not-engaging' ? draft.belowThreshold : '',
    requestedOn: requestDay(draft, today),
    note: draft.note.trim(),
    authority: kind === 'out-of-county' ? draft.authority : ''
  }
}

/** What the day of a step is checked against. */
export interface AboutStep extends Pick<Transfer, 'kind' | 'requestedOn'> {
  today: CivilDate
  registeredOn: CivilDate
}

/**
 * What is wrong with the days of a step, and with whom it names, whatever the record says besides. A review of agreement
 * counts on or after the day of the request (R30).
 */
export function problemsWithStep(taken: TakenTransferStep, about: AboutStep): FieldError[] {
  const { today, registeredOn, requestedOn } = about
  switch (taken.step) {
    case 'plan-review':
      return dayWithin('on', taken.on, today, addDays(today, CHANGEOVER_AHEAD_DAYS))
    case 'tell-family':
    case 'contact-authority':
      return dayWithin('on', taken.on, registeredOn, today)
    case 'propose':
      return [
        ...problemsWithWhom(taken, about),
        ...dayWithin('on', taken.on, registeredOn, addDays(today, CHANGEOVER_AHEAD_DAYS)),
        ...dayWithin('agreedOn', taken.agreedOn, registeredOn, today)
      ]
    case 'review-agreement':
      return taken.on < requestedOn
        ? [
            {
              path: 'on',
              message: `Agreement is reviewed after a transfer is asked for: ${from(requestedOn)}`
            }
          ]
        : dayWithin('on', taken.on, requestedOn, today)
    case 'hold-review':
    case 'accept':
    case 'decline':
    case 'introduce':
    case 'hand-over':
    case 'cancel':
      return dayWithin('on', taken.on, requestedOn, today)
  }
}

function problemsWithWhom(
  { practitionerId, who }: Extract<TakenTransferStep, { step: 'propose' }>,
  { kind }: AboutStep
): FieldError[] {
  if (kind === 'out-of-county')
    return who === '' ? [{ path: 'who', message: 'Enter who takes the family there' }] : []
  return practitionerId === ''
    ? [{ path: 'practitionerId', message: 'Choose the keyworker from the list' }]
    : []
}

const from = (day: CivilDate): string => `enter ${showDate(day)} or a later day`

function dayWithin(path: string, on: CivilDate, first: CivilDate, last: CivilDate): FieldError[] {
  if (on < first) return [{ path, message: `Enter ${showDate(first)} or a later day` }]
  return on > last ? [{ path, message: `Enter ${showDate(last)} or an earlier day` }] : []
}

/** What is still to be done before a keyworker can be proposed, in the order of the card. */
export type Missing = 'tell-family' | 'review' | 'contact-authority'

/**
 * R37, R39: before somebody is proposed the family knows, a review of the team is held or planned, and out of the county the
 * other authority was spoken to. A review that was planned for a day that has gone by, and not held, is none.
 */
export function missingForProposal(
  transfer: Pick<
    Transfer,
    'kind' | 'familyToldOn' | 'reviewHeldOn' | 'reviewPlannedFor' | 'authorityContactedOn'
  >,
  today: CivilDate
): Missing[] {
  const hasReview = transfer.reviewHeldOn !== '' || transfer.reviewPlannedFor >= today
  const isAsked = transfer.kind === 'in-county' || transfer.authorityContactedOn !== ''
  return [
    ...(transfer.familyToldOn === '' ? (['tell-family'] as const) : []),
    ...(hasReview ? [] : (['review'] as const)),
    ...(isAsked ? [] : (['contact-authority'] as const))
  ]
}

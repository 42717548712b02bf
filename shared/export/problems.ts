import type { AgreementRow } from '../agreement/agreement.ts'
import type { FieldError } from '../errors.ts'
import { naturalId, type CivilDate, type Id } from '../ids.ts'
import { goesWithoutAgreement, isShareeTold, problemsWithSharing } from '../sharing/problems.ts'
import { emptySharing } from '../sharing/emptySharing.ts'
import type { SharingDraft } from '../sharing/sharing.ts'
import { readDate } from '../time/civilDate.ts'
import { isOfRecord, type CaseNotesExport } from './caseNotes.ts'

/** What the record knows of what is exported: of a call, which is of no family, people and agreements are empty. */
export interface ExportAbout {
  /** Everyone who belongs or belonged to the family. */
  people: readonly Id[]
  children: readonly Id[]
  episodes: readonly Id[]
  /** The meetings with a record, or the requests for step-up, of the assessment that was chosen; or the call. */
  subjects: readonly Id[]
  agreements: readonly AgreementRow[]
  today: CivilDate
}

const isBlank = (text: string): boolean => text.trim() === ''

/** What stands between what was typed and a preview, in the order of the form. */
export function problemsWithSelection(draft: CaseNotesExport, about: ExportAbout): FieldError[] {
  const { receiver, restricted } = draft
  return [
    ...problemsWithScope(draft, about),
    ...problemsWithDays(draft),
    ...(isNothingAsked(draft) ? [{ path: 'notes', message: 'Tick what is to be exported' }] : []),
    ...(receiver === 'person' && restricted
      ? [
          {
            path: 'restricted',
            message: 'Untick this: a person of the family must not get notes that it may not see'
          }
        ]
      : [])
  ]
}

function problemsWithScope(
  { scope, episodeId, personId, subjectId }: CaseNotesExport,
  { episodes, children, subjects }: ExportAbout
): FieldError[] {
  const assessment = episodes.includes(episodeId)
    ? []
    : [{ path: 'episodeId', message: 'Choose the assessment' }]
  const subject = (message: string) => (subjects.includes(subjectId) ? [] : [{ path: 'subjectId', message }])
  switch (scope) {
    case 'family':
      return []
    case 'assessment':
      return assessment
    case 'child':
      return children.includes(personId) ? [] : [{ path: 'personId', message: 'Choose the child' }]
    case 'meeting':
      return [...assessment, ...subject('Choose the meeting')]
    case 'step-up':
      return [...assessment, ...subject('Choose the request for step-up')]
    case 'call':
      return subject('Choose the call')
  }
}

/** A record goes by itself. */
const isNothingAsked = ({ scope, notes, chronology, assessment }: CaseNotesExport): boolean =>
  !isOfRecord(scope) && !notes && !chronology && !assessment

function problemsWithDays({ from, to }: CaseNotesExport): FieldError[] {
  const unread = (path: 'from' | 'to', typed: string): FieldError[] =>
    !isBlank(typed) && readDate(typed) === '' ? [{ path, message: 'Enter a date like 23/11/2026' }] : []
  const isTurned = readDate(from) !== '' && readDate(to) !== '' && readDate(from) > readDate(to)
  return [
    ...unread('from', from),
    ...unread('to', to),
    ...(isTurned ? [{ path: 'to', message: 'The last day cannot be before the first' }] : [])
  ]
}

/** What stands between what was typed and an export, in the order of the form. */
export function problemsWithExport(draft: CaseNotesExport, about: ExportAbout): FieldError[] {
  const { purpose, isProtected, openReason, receiver } = draft
  return [
    ...problemsWithSelection(draft, about),
    ...problemsWithReceiver(draft, about),
    ...(isBlank(purpose) ? [{ path: 'purpose', message: 'Enter what it is for' }] : []),
    // a receipt is handed to the caller as it is
    ...(!isProtected && receiver !== 'caller' && isBlank(openReason)
      ? [{ path: 'openReason', message: 'Enter why it goes without a passphrase' }]
      : [])
  ]
}

/** Of what is asked for a sharing the form knows the rest itself. */
const askedHere: readonly string[] = ['agencyId', 'bodyName', 'how', 'ground', 'advisedBy', 'reason']

const unsaid: FieldError = { path: 'receiver', message: 'Choose who it is for' }

function problemsWithReceiver(draft: CaseNotesExport, about: ExportAbout): FieldError[] {
  switch (draft.receiver) {
    case '':
      return [unsaid]
    case 'caller':
      return draft.scope === 'call' ? [] : [unsaid]
    case 'person':
      if (draft.scope === 'call') return [unsaid]
      return about.people.includes(draft.receiverId)
        ? []
        : [{ path: 'receiverId', message: 'Choose the person' }]
    case 'agency':
    case 'body':
      return problemsWithSharing(sharingOf(draft, about.people), about).filter(({ path }) =>
        askedHere.includes(path)
      )
  }
}

/** The sharing that an export for an agency or body is (domain 0.4). `personIds`: whom it tells of. */
export const sharingOf = (draft: CaseNotesExport, personIds: readonly Id[]): SharingDraft => ({
  ...emptySharing(naturalId('export sharing', draft.id), draft.familyId),
  agencyId: draft.receiver === 'agency' ? draft.agencyId : '',
  agencyText: draft.receiver === 'agency' ? draft.agencyText : '',
  notInDirectory: draft.receiver === 'body',
  bodyName: draft.receiver === 'body' ? draft.bodyName : '',
  personThere: draft.personThere,
  personIds: [...personIds],
  what: 'Case notes',
  purpose: draft.purpose,
  how: draft.how,
  ground: draft.ground,
  advisedBy: draft.advisedBy,
  reason: draft.reason
})

/** Is it asked why it goes ahead without agreement? As soon as it is said to which agency or body. */
export function isGroundAsked(
  draft: CaseNotesExport,
  { agreements, today }: Pick<ExportAbout, 'agreements' | 'today'>
): boolean {
  if (draft.receiver !== 'agency' && draft.receiver !== 'body') return false
  const sharing = sharingOf(draft, [])
  return isShareeTold(sharing) && goesWithoutAgreement(sharing, agreements, today)
}

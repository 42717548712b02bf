import type { AgreementRow } from '../agreement/agreement.ts'
import type { FieldError } from '../errors.ts'
import { naturalId, type CivilDate, type Id } from '../ids.ts'
import { goesWithoutAgreement, isShareeTold, problemsWithSharing } from '../sharing/problems.ts'
import { emptySharing } from '../sharing/emptySharing.ts'
import type { SharingDraft } from '../sharing/sharing.ts'
import { readDate } from '../time/civilDate.ts'
import type { CaseNotesExport } from './caseNotes.ts'

/** What the record knows of the family whose case notes are exported. */
export interface ExportAbout {
  /** Everyone who belongs or belonged to the family. */
  people: readonly Id[]
  children: readonly Id[]
  episodes: readonly Id[]
  agreements: readonly AgreementRow[]
  today: CivilDate
}

const isBlank = (text: string): boolean => text.trim() === ''

/** What stands between what was typed and a preview, in the order of the form. */
export function problemsWithSelection(draft: CaseNotesExport, about: ExportAbout): FieldError[] {
  const { scope, episodeId, personId, receiver, restricted } = draft
  return [
    ...(scope === 'assessment' && !about.episodes.includes(episodeId)
      ? [{ path: 'episodeId', message: 'Choose the assessment' }]
      : []),
    ...(scope === 'child' && !about.children.includes(personId)
      ? [{ path: 'personId', message: 'Choose the child' }]
      : []),
    ...problemsWithDays(draft),
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
  const { purpose, isProtected, openReason } = draft
  return [
    ...problemsWithSelection(draft, about),
    ...problemsWithReceiver(draft, about),
    ...(isBlank(purpose) ? [{ path: 'purpose', message: 'Enter what it is for' }] : []),
    ...(!isProtected && isBlank(openReason)
      ? [{ path: 'openReason', message: 'Enter why it goes without a passphrase' }]
      : [])
  ]
}

/** Of what is asked for a sharing the form knows the rest itself. */
const askedHere: readonly string[] = ['agencyId', 'bodyName', 'how', 'ground', 'advisedBy', 'reason']

function problemsWithReceiver(draft: CaseNotesExport, about: ExportAbout): FieldError[] {
  switch (draft.receiver) {
    case '':
      return [{ path: 'receiver', message: 'Choose who it is for' }]
    case 'person':
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

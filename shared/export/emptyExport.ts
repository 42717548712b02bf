import type { Id } from '../ids.ts'
import type { CaseNotesExport, ExportedAs } from './caseNotes.ts'

/** "Export case notes" as it is begun: all notes of an assessment, or of the whole family, with a passphrase. */
export const emptyExport = (id: Id, familyId: Id, episodeId: Id): CaseNotesExport => ({
  id,
  familyId,
  scope: episodeId === '' ? 'family' : 'assessment',
  episodeId,
  personId: '',
  subjectId: '',
  from: '',
  to: '',
  kinds: [],
  notes: true,
  chronology: false,
  assessment: false,
  files: true,
  restricted: false,
  alsoAboutOthers: false,
  receiver: '',
  agencyId: '',
  agencyText: '',
  bodyName: '',
  personThere: '',
  receiverId: '',
  purpose: '',
  how: '',
  ground: '',
  advisedBy: '',
  reason: '',
  format: 'pdf',
  isProtected: true,
  openReason: ''
})

/**
 * The same as it is begun from a page: with what that page is about chosen. A step-up pack has the notes, the assessment and
 * the plan with it.
 *
 * @param subjectId the meeting, the request for step-up or the call; '' otherwise
 */
export function begunExport(
  id: Id,
  familyId: Id,
  episodeId: Id,
  what: ExportedAs,
  subjectId: Id
): CaseNotesExport {
  const empty = emptyExport(id, familyId, episodeId)
  switch (what) {
    case 'case-notes':
      return empty
    case 'chronology':
      return { ...empty, notes: false, chronology: true }
    case 'assessment':
      return { ...empty, notes: false, assessment: true }
    case 'meeting':
    case 'call':
      return { ...empty, scope: what, subjectId, notes: false }
    case 'step-up':
      return { ...empty, scope: what, subjectId, assessment: true }
  }
}

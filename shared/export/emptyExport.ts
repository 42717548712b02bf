import type { Id } from '../ids.ts'
import type { CaseNotesExport } from './caseNotes.ts'

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

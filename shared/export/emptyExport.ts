import type { Id } from '../ids.ts'
import type { CaseNotesExport } from './caseNotes.ts'

/** "Export case notes" as it is begun: everything of an assessment, or of the whole family, with a passphrase. */
export const emptyExport = (id: Id, familyId: Id, episodeId: Id): CaseNotesExport => ({
  id,
  familyId,
  scope: episodeId === '' ? 'family' : 'assessment',
  episodeId,
  personId: '',
  from: '',
  to: '',
  kinds: [],
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

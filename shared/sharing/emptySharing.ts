import type { Id } from '../ids.ts'
import type { SharingDraft } from './sharing.ts'

/** "Share information" of a family, as it is begun. */
export const emptySharing = (id: Id, familyId: Id): SharingDraft => ({
  id,
  familyId,
  agencyId: '',
  agencyText: '',
  notInDirectory: false,
  bodyName: '',
  personThere: '',
  personIds: [],
  what: '',
  purpose: '',
  how: '',
  sharedOn: '',
  ground: '',
  advisedBy: '',
  reason: ''
})

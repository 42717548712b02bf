import type { Id } from '../ids.ts'
import type { SubjectAccessDraft } from './subjectAccess.ts'

/** A form in which nothing is typed yet. */
export const emptyRequest = (id: Id): SubjectAccessDraft => ({
  ...{ id, kind: '', personId: '', personText: '', requester: '', requesterName: '', contact: '' },
  ...{ entitledBy: '', receivedOn: '', answerBy: '', identityHow: '', identityOn: '', from: '', to: '' },
  wanted: ''
})

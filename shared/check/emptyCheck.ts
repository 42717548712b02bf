import type { DraftChild } from '../call/call.ts'
import type { Id } from '../ids.ts'
import type { CheckDraft } from './check.ts'

/** A new check with room for a first child. */
export const emptyCheck = (ids: { checkId: Id; childId: Id }): CheckDraft => ({
  id: ids.checkId,
  callerName: '',
  callerRole: '',
  employer: '',
  employerId: '',
  employerText: '',
  agreedBy: '',
  agreedRelation: '',
  agreedOn: '',
  agreedHow: '',
  children: [emptyCheckChild(ids.childId)]
})

export const emptyCheckChild = (id: Id): DraftChild => ({
  id,
  name: '',
  birth: '',
  upn: '',
  relation: '',
  address: ''
})

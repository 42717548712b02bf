import type { Id } from '../ids.ts'
import type { NoteDraft } from './note.ts'

/** "Add a case note" of an assessment, as it is begun. */
export const emptyNote = (of: { id: Id; familyId: Id; episodeId: Id }): NoteDraft => ({
  ...of,
  addsTo: '',
  kind: '',
  happenedOn: '',
  happenedTime: '',
  words: '',
  childsVoice: '',
  aboutIds: [],
  presentIds: [],
  present: '',
  familyMaySee: '',
  restrictedWhy: ''
})

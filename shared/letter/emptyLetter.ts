import type { Id } from '../ids.ts'
import type { LetterDraft } from './letter.ts'

/** "Write a letter" to a family, as it is begun. */
export const emptyLetter = (
  id: Id,
  of: Pick<LetterDraft, 'familyId' | 'episodeId' | 'aboutId' | 'template'>
): LetterDraft => ({
  ...of,
  id,
  toPersonId: '',
  toName: '',
  withAddress: false,
  subject: '',
  body: ''
})

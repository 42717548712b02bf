import type { Id } from '../ids.ts'
import type { AdviceDraft } from './advice.ts'

/** "Ask for advice" about a family, or the answer to a question, as it is begun. */
export const emptyAdvice = (
  id: Id,
  of: Pick<AdviceDraft, 'familyId' | 'episodeId' | 'askedWhom' | 'answersId'>
): AdviceDraft => ({ ...of, id, askedOn: '', question: '', answer: '' })

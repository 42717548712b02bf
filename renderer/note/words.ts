import type { NotePart } from '../../shared/note/note.ts'

export * from '../../shared/words/note.ts'

/** What stands before an excerpt that is not of the note's own words. */
export const notePartLabels: Record<NotePart, string> = {
  words: '',
  'childs-voice': 'The child’s voice',
  addendum: 'Added later',
  present: 'Who was there',
  'restricted-why': 'Why the family may not see it'
}

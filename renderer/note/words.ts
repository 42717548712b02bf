import type { ChronologyBodies } from '../../shared/family/chronology.ts'
import type { NotePart } from '../../shared/note/note.ts'
import type { Names } from '../family/factWords.ts'
import { noteKindLabels } from '../words/labels.ts'

/** "Robin Vale, Sam Vale and Jo Vale" */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`

/** What stands before an excerpt that is not of the note's own words. */
export const notePartLabels: Record<NotePart, string> = {
  words: '',
  'childs-voice': 'The child’s voice',
  addendum: 'Added later',
  present: 'Who was there',
  'restricted-why': 'Why the family may not see it'
}

/** What the chronology says of a case note, or of what was added to one. */
export function noteSaid(
  { noteKind, addsTo, aboutIds, begins, isWhole, familyMaySee }: ChronologyBodies['note'],
  names: Names
) {
  const about = listed(aboutIds.map((id) => names.person(id)))
  const kind = noteKindLabels[noteKind]
  const what =
    addsTo === '' ? `Case note, ${kind.toLowerCase()}` : `Added to a case note (${kind.toLowerCase()})`
  return {
    what: about ? `${what}, about ${about}` : what,
    details: [isWhole ? begins : `${begins} …`, familyMaySee ? '' : 'The family may not see this note']
  }
}

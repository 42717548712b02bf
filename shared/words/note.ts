import type { ChronologyBodies } from '../family/chronology.ts'
import type { Names } from './facts.ts'
import { noteKindLabels } from './labels.ts'

/** "Robin Vale, Sam Vale and Jo Vale" */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`

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

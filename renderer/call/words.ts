import type { CallRow, DraftRow } from '../../shared/call/call.ts'
import type { EarlierFamily, EarlierKind } from '../../shared/call/earlier.ts'

export * from '../../shared/words/call.ts'
export { strengthWords } from '../person/words.ts'
export { addendumFieldLabels } from '../words/labels.ts'

/** What a call that is not filed yet is known by. */
export function draftWords({ schoolText, callerName }: DraftRow): string {
  return [schoolText, callerName].filter((text) => text.trim()).join(', ') || 'No name yet'
}

/** Who is rung back. */
export const whoToRing = ({
  callerName,
  schoolName,
  reference
}: Pick<CallRow, 'callerName' | 'schoolName' | 'reference'>): string => callerName || schoolName || reference

/** What an earlier call has to do with the one being typed (C5). */
export const earlierKindWords: Record<EarlierKind, string> = {
  child: 'About this child',
  sibling: 'About a sibling',
  address: 'At this address',
  school: 'From this school'
}

/** What a family of the record has to do with the call being typed. */
export const familyKindWords: Record<EarlierFamily['kind'], string> = {
  child: 'This child’s family',
  sibling: 'A sibling’s family',
  address: 'Family at this address'
}

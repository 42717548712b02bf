import type { CallRow, DraftRow, FiledCall } from '../../shared/call/call.ts'
import type { EarlierFamily, EarlierKind } from '../../shared/call/earlier.ts'
import { showDate } from '../words/dates.ts'
import { callerKindLabels, otherKindLabels } from '../words/labels.ts'

export { strengthWords } from '../person/words.ts'
export { addendumFieldLabels } from '../words/labels.ts'

/** `4 min 05 s`, `1 h 02 min` */
export function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const twoDigits = (count: number) => String(count).padStart(2, '0')
  if (minutes < 60) return `${String(minutes)} min ${twoDigits(seconds % 60)} s`
  return `${String(Math.floor(minutes / 60))} h ${twoDigits(minutes % 60)} min`
}

export const yesOrNo = (value: boolean): string => (value ? 'Yes' : 'No')

/** Who called, by their school or by what they are. */
export function callerWords({ schoolName, callerKind, otherKind }: CallRow): string {
  if (schoolName) return schoolName
  if (callerKind === 'keyworker') return 'A keyworker'
  return otherKind ? otherKindLabels[otherKind] : callerKindLabels[callerKind]
}

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

/** What became of the contact form, as it was answered. */
export function referralWords({ answer, referredOn }: FiledCall['referrals'][number]): string {
  if (answer === 'yes') return referredOn ? `They referred on ${showDate(referredOn)}` : 'They referred'
  return answer === 'no' ? 'They did not refer' : 'Not known'
}

/** How a linked call stands to the one that is looked at. */
export function linkWords({ kind, direction }: FiledCall['links'][number]): string {
  if (kind !== 'further') return 'Has to do with this call'
  return direction === 'earlier' ? 'This call goes on from it' : 'Goes on from this call'
}

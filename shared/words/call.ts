import type { CallRow, FiledCall } from '../call/call.ts'
import type { AttemptResult } from '../call/loop.ts'
import { showDate } from '../time/london.ts'
import { callerKindLabels, otherKindLabels } from './labels.ts'

/** `4 min 05 s`, `1 h 02 min` */
export function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const twoDigits = (count: number) => String(count).padStart(2, '0')
  if (minutes < 60) return `${String(minutes)} min ${twoDigits(seconds % 60)} s`
  return `${String(Math.floor(minutes / 60))} h ${twoDigits(minutes % 60)} min`
}

export const yesOrNo = (value: boolean): string => (value ? 'Yes' : 'No')

/** Who called, by their school or by what they are. */
export function callerWords({
  schoolName,
  callerKind,
  otherKind
}: Pick<CallRow, 'schoolName' | 'callerKind' | 'otherKind'>): string {
  if (schoolName) return schoolName
  if (callerKind === 'keyworker') return 'A keyworker'
  return otherKind ? otherKindLabels[otherKind] : callerKindLabels[callerKind]
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

export const attemptLabels: Record<AttemptResult, string> = {
  'called-back': 'Called back',
  'no-answer': 'No answer',
  'left-message': 'Left a message'
}

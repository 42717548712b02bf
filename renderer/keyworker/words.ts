import type { AbsenceKind, Load } from '../../shared/keyworker/keyworker.ts'
import { weekdayNames } from '../../shared/report/describe.ts'

export const absenceLabels: Record<AbsenceKind, string> = {
  leave: 'Leave',
  sickness: 'Sickness',
  training: 'Training',
  other: 'Something else'
}

export const families = (count: number): string => (count === 1 ? '1 family' : `${String(count)} families`)

/** `7.2`: a capacity is in fifths of a family. */
export const showCapacity = (capacity: number): string => String(Math.round(capacity * 10) / 10)

/** "4 of 7.2 families, 56 %" */
export const loadWords = ({ held, capacity, percent }: Load): string =>
  `${String(held)} of ${showCapacity(capacity)} ${capacity === 1 ? 'family' : 'families'}, ${String(percent)} %`

/** "Monday, Wednesday and Friday" of `135`. */
export function daysWords(weekdays: string): string {
  if (weekdays === '12345') return 'Monday to Friday'
  const names = [...weekdays].map((day) => weekdayNames[Number(day) - 1] ?? '')
  const last = names.pop() ?? ''
  return names.length > 0 ? `${names.join(', ')} and ${last}` : last
}

/** "Mon Wed Fri" of `135`. */
export const shortDays = (weekdays: string): string =>
  [...weekdays].map((day) => (weekdayNames[Number(day) - 1] ?? '').slice(0, 3)).join(' ')

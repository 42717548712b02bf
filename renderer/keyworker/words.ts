import type { AbsenceKind, GroupLoad, KeyworkerRow, Load } from '../../shared/keyworker/keyworker.ts'
import { weekdayNames } from '../../shared/report/describe.ts'
import type { TransferState } from '../../shared/transfer/transfer.ts'
import { showDate } from '../words/dates.ts'

export const absenceLabels: Record<AbsenceKind, string> = {
  leave: 'Leave',
  sickness: 'Sickness',
  training: 'Training',
  other: 'Something else'
}

/** How far a transfer has come that waits. */
export const waitingLabels: Record<TransferState, string> = {
  requested: 'Nobody is proposed yet',
  proposed: 'Waits for an answer',
  accepted: 'Accepted',
  'handed-over': 'Handed over',
  cancelled: 'Taken back'
}

export const families = (count: number): string => (count === 1 ? '1 family' : `${String(count)} families`)

/** `7.2`: a capacity is in fifths of a family. */
export const showCapacity = (capacity: number): string => String(Math.round(capacity * 10) / 10)

/** "4 of 7.2 families, 56%" */
export const loadWords = ({ held, capacity, percent }: Load): string =>
  `${String(held)} of ${showCapacity(capacity)} ${capacity === 1 ? 'family' : 'families'}, ${String(percent)}%`

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

/** What is so today that whoever gives a family to somebody should know, each in a few words. */
export function todayWords(row: KeyworkerRow): { words: string; kind: 'warn' | 'plain' }[] {
  const plain = (words: string) => ({ words, kind: 'plain' as const })
  const warn = (words: string) => ({ words, kind: 'warn' as const })
  return [
    ...(row.leftOn === '' ? [] : [warn(`Last day ${showDate(row.leftOn)}`)]),
    ...(row.isGivable || row.leftOn !== '' ? [] : [warn('Cannot be given a family')]),
    ...(row.awayUntil === '' ? [] : [warn(`Away until ${showDate(row.awayUntil)}`)]),
    ...(row.awayUntil === '' && !row.isAtWork ? [plain('Day off')] : []),
    ...(row.coveredBy.length === 0 ? [] : [plain(`Covered by ${row.coveredBy.join(', ')}`)]),
    ...(row.covers.length === 0 ? [] : [plain(`Covers ${row.covers.join(', ')}`)])
  ]
}

/** "The heaviest load is that of Watford and Three Rivers, 96%. The lightest is that of Dacorum and St Albans, 41%." */
export function describeGroups(groups: readonly Pick<GroupLoad, 'id' | 'name' | 'load'>[]): string {
  const named = groups.filter(({ id }) => id !== '')
  const [first] = named
  const last = named.at(-1)
  if (!first || !last) return ''
  const of = ({ name, load }: Pick<GroupLoad, 'name' | 'load'>) => `${name}, ${String(load.percent)}%`
  if (first === last) return `The load of ${of(first)}.`
  return `The heaviest load is that of ${of(first)}. The lightest is that of ${of(last)}.`
}

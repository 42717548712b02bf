import type { CivilDate, Instant } from '../../shared/ids.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { workingMinutes } from '../../shared/setting/workingTime.ts'
import {
  addDays,
  daysBetween,
  londonDate,
  londonTime,
  showDate,
  showWeekday
} from '../../shared/time/london.ts'

export interface DueWords {
  text: string
  overdue: boolean
}

/** `9:00`, as the opening hours are told. */
export const clockFace = (instant: Instant): string => londonTime(instant).replace(/^0/, '')

/** `today`, `tomorrow`, `yesterday`, `Friday` within six days, else `23 November 2026`. */
export function dayWords(day: CivilDate, today: CivilDate): string {
  if (day === today) return 'today'
  if (day === addDays(today, 1)) return 'tomorrow'
  if (day === addDays(today, -1)) return 'yesterday'
  return Math.abs(daysBetween(today, day)) <= 6 ? showWeekday(day) : showDate(day)
}

/** `today 14:03`, `Friday 16:00`, `3 September 2026, 9:00` */
export function whenWords(instant: Instant, now: Instant): string {
  const day = londonDate(instant)
  const words = dayWords(day, londonDate(now))
  return `${words}${words === showDate(day) ? ',' : ''} ${clockFace(instant)}`
}

/**
 * `Due today 17:00`, `Overdue since Friday 16:00`: at the instant itself it is not overdue yet. `dueAt` is '' where no
 * opening is set.
 */
export function dueAtWords(dueAt: Instant, now: Instant): DueWords {
  if (dueAt === '') return { overdue: false, text: 'Due when the hub opens' }
  if (dueAt >= now) return { overdue: false, text: `Due ${whenWords(dueAt, now)}` }
  const isToday = londonDate(dueAt) === londonDate(now)
  return { overdue: true, text: `Overdue since ${isToday ? clockFace(dueAt) : whenWords(dueAt, now)}` }
}

/** `Due today`, `Overdue, was due Friday`, `No day agreed`: what is due on a day is not overdue on that day. */
export function dueOnWords(day: CivilDate, today: CivilDate): DueWords {
  if (day === '') return { overdue: false, text: 'No day agreed' }
  const overdue = day < today
  return { overdue, text: `${overdue ? 'Overdue, was due' : 'Due'} ${dayWords(day, today)}` }
}

/** Time that the hub is open: `25 minutes`, and in whole hours from one on, `6 opening hours`: never more than is true. */
export function openTimeWords(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const [count, unit] = hours > 0 ? [hours, 'opening hour'] : [minutes, 'minute']
  return `${String(count)} ${unit}${count === 1 ? '' : 's'}`
}

/**
 * `6 opening hours left`, '' once it is due: opening hours, not hours of the clock, since a Friday afternoon is not two
 * days (C4).
 */
export function timeLeftWords(settings: readonly Setting[], now: Instant, dueAt: Instant): string {
  const minutes = workingMinutes(settings, now, dueAt)
  return minutes > 0 ? `${openTimeWords(minutes)} left` : ''
}

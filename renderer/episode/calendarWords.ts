import type { CalendarEntry } from '../../shared/episode/episode.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { addDays, showDate, weekday, weekdays } from '../../shared/time/london.ts'
import { dueLabels } from './steps.ts'

const whatLabels: Record<Exclude<CalendarEntry['what'], 'due'>, string> = {
  meeting: 'Team meeting',
  transfer: 'Transfer to another keyworker',
  funding: 'Funding request',
  action: 'Action of the plan',
  'agreement-review': 'Review of agreement'
}

/** `Team meeting`, `Due: finalise the assessment` */
export function entryName({ what, rule }: Pick<CalendarEntry, 'what' | 'rule'>): string {
  if (what !== 'due') return whatLabels[what]
  const label = rule === '' ? '' : dueLabels[rule]
  return `Due: ${label.charAt(0).toLowerCase()}${label.slice(1)}`
}

/** The family's children, or that no name may be told. */
export const entryFamily = ({ childNames, reference }: CalendarEntry): string =>
  childNames || `Restricted family, ${reference}`

/** The part of the assessment where it is seen to; a restricted family asks first why it is opened. */
export function entryPath({ what, rule, episodeId, familyId, childNames }: CalendarEntry): string {
  if (childNames === '') return `/families/${familyId}`
  const isOfTeam = what === 'meeting' || rule.startsWith('R34')
  const part = isOfTeam ? 'team' : what === 'action' ? 'plan' : rule === 'R31' ? 'assessment' : 'overview'
  return `/assessments/${episodeId}/${part}`
}

/** `14:30 Team meeting, Robin Vale, overdue`: all of an entry in one line. */
export const entryLine = (entry: CalendarEntry): string =>
  [
    `${entry.startsAt} ${entryName(entry)}`.trim(),
    entryFamily(entry),
    entry.isOverdue && 'overdue',
    entry.isDone && 'held'
  ]
    .filter(Boolean)
    .join(', ')

/** The first day of the month of a day. */
export const monthOf = (day: CivilDate): CivilDate => `${day.slice(0, 7)}-01`

/** The month `by` months later, by its first day. */
export function monthsLater(month: CivilDate, by: 1 | -1): CivilDate {
  return monthOf(addDays(month, by === 1 ? 31 : -1))
}

/** `November 2026` */
export const monthName = (month: CivilDate): string => showDate(month).replace(/^\d+ /, '')

/** The whole weeks, from Monday to Sunday, that a month is part of. */
export function weeksOf(month: CivilDate): { from: CivilDate; to: CivilDate } {
  const last = addDays(monthsLater(month, 1), -1)
  const afterMonday = (day: CivilDate) => weekdays.indexOf(weekday(day))
  return { from: addDays(month, -afterMonday(month)), to: addDays(last, 6 - afterMonday(last)) }
}

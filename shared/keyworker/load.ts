import type { CivilDate, Id, Instant } from '../ids.ts'
import type { Rules } from '../setting/inForce.ts'
import type { SettingValue } from '../setting/setting.ts'
import { weekday, weekdays } from '../time/london.ts'
import type { Absence, Load, WorkingPattern } from './keyworker.ts'

/** When somebody works, how much they could hold and where: of a row of theirs, or `nothingSaid`. */
export type Working = Pick<WorkingPattern, 'weekdays' | 'termTimeOnly' | 'fullTimeFamilies' | 'districts'>

/** The families at full time are those of five days. */
const FULL_TIME_DAYS = 5

/** Of whom nobody said when they work: five days all the year, the families of the setting, no district. */
export const nothingSaid = ({ fullTimeFamilies }: SettingValue<'caseload'>): Working => ({
  weekdays: '12345',
  termTimeOnly: false,
  fullTimeFamilies,
  districts: []
})

/** The row in force on a day: the one from the latest day, and of two from one day the one recorded later. */
export function patternOn<P extends { id: Id; validFrom: CivilDate; recordedAt: Instant }>(
  patterns: readonly P[],
  on: CivilDate
): P | undefined {
  const place = ({ validFrom, recordedAt, id }: P) => `${validFrom} ${recordedAt} ${id}`
  return patterns
    .filter(({ validFrom }) => validFrom <= on)
    .toSorted((a, b) => (place(a) > place(b) ? -1 : 1))[0]
}

/** How many families somebody could hold: those at full time × days ÷ 5, in fifths of a family (12 at three days: 7.2). */
export const capacityOf = ({
  weekdays: days,
  fullTimeFamilies
}: Pick<Working, 'weekdays' | 'fullTimeFamilies'>): number =>
  (fullTimeFamilies * days.length) / FULL_TIME_DAYS

/** The load of so many families, in whole per cent of what somebody could hold; a half counts as one. */
export function loadOf({ held, covering }: Pick<Load, 'held' | 'covering'>, capacity: number): Load {
  // whole numbers: the half of a per cent is then exactly one half, here as in SQL
  const fifths = Math.round(capacity * FULL_TIME_DAYS)
  return { held, covering, capacity, percent: Math.round((held * FULL_TIME_DAYS * 100) / fifths) }
}

/**
 * Is somebody at work on a day: a day of their week, within a term where they work in term time only, and not one of an
 * absence that stands? Of days before the first term and after the last one that is written down nobody knows whether
 * schools are open: they count as days of work.
 */
export function isAtWork(
  { weekdays: days, termTimeOnly }: Pick<Working, 'weekdays' | 'termTimeOnly'>,
  absences: readonly Pick<Absence, 'fromDay' | 'toDay' | 'cancelledWhy'>[],
  terms: readonly { key: CivilDate; lastDay: CivilDate }[],
  on: CivilDate
): boolean {
  return (
    days.includes(String(weekdays.indexOf(weekday(on)) + 1)) &&
    !(termTimeOnly && isHoliday(terms, on)) &&
    !absences.some(({ fromDay, toDay, cancelledWhy }) => cancelledWhy === '' && fromDay <= on && on <= toDay)
  )
}

/** The local hubs of the districts where somebody works, by name. */
export const hubsOf = (
  districts: readonly string[],
  rules: Pick<Rules, 'districts' | 'hubs'>
): Rules['hubs'] =>
  rules.hubs.filter((hub) =>
    rules.districts.some(({ key, hubId }) => hubId === hub.key && districts.includes(key))
  )

/** Between two terms. */
const isHoliday = (terms: readonly { key: CivilDate; lastDay: CivilDate }[], on: CivilDate): boolean =>
  terms.some(({ lastDay }) => lastDay < on) &&
  terms.some(({ key }) => key > on) &&
  !terms.some(({ key, lastDay }) => key <= on && on <= lastDay)

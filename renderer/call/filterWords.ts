import type { TypedPart } from '../../shared/call/excerpt.ts'
import { everyCall, NONE, type CallFilter } from '../../shared/call/filter.ts'
import type { Rules } from '../../shared/setting/inForce.ts'
import { showDate, showWeekday } from '../words/dates.ts'
import { lineLabels, optionsOf, otherKindLabels } from '../words/labels.ts'

/** A part of a filter that narrows, as it is read on the page. */
export interface Chip {
  part: keyof CallFilter
  words: string
}

export const referralFilterLabels: Record<Exclude<CallFilter['referral'], ''>, string> = {
  yes: 'They referred',
  no: 'They did not refer',
  'not-known': 'Not known',
  unanswered: 'Not answered yet'
}

export const typedPartLabels: Record<TypedPart, string> = {
  concern: 'Concern',
  advice: 'Advice',
  disagreement: 'Disagreement',
  'level-why': 'Why this level',
  child: 'Child',
  action: 'Action',
  addendum: 'Addendum',
  attempt: 'Call-back',
  referral: 'Did they refer?',
  'in-error': 'Entered in error',
  caller: 'Caller',
  phone: 'Phone number',
  school: 'School',
  'confirmed-by': 'Assessment confirmed by',
  'set-back': 'Why it was recorded later',
  level: 'Level of need',
  reference: 'Reference'
}

export const noneWords = 'None'
const otherKinds = optionsOf(otherKindLabels).map(({ value, label }) => ({ key: value, name: label }))

/** A Monday: the days of the week are counted from it. */
const MONDAY = '2026-11-23'

/** `Mondays` */
const weekdayWords = (weekday: number): string =>
  `${showWeekday(MONDAY.replace('23', String(22 + weekday)))}s`

/** `10:00 to 10:59` */
function hourWords(hour: number): string {
  const hours = String(hour).padStart(2, '0')
  return `${hours}:00 to ${hours}:59`
}

export interface Names {
  rules: Rules
  /** The adviser's and the school's. */
  adviser: string
  school: string
}

/** What narrows the list, in the order of the filter; the searched words stand in their own field. */
export function chipsOf(filter: CallFilter, { rules, adviser, school }: Names): Chip[] {
  const nameIn = (list: readonly { key: string; name: string }[], key: string) =>
    key === NONE ? noneWords : (list.find((each) => each.key === key)?.name ?? key)
  const words: Record<Exclude<keyof CallFilter, 'search'>, () => string> = {
    from: () => `From ${showDate(filter.from)}`,
    to: () => `To ${showDate(filter.to)}`,
    line: () => `Line: ${filter.line && (rules.lines[filter.line].name || lineLabels[filter.line])}`,
    adviserId: () => `Adviser: ${adviser}`,
    schoolId: () => `School: ${school}`,
    district: () => `District: ${nameIn(rules.districts, filter.district)}`,
    outcome: () => `Outcome: ${nameIn(rules.outcomes, filter.outcome)}`,
    level: () => `Level: ${nameIn(rules.levels, filter.level)}`,
    hours: () => (filter.hours === 'in' ? 'In hours' : 'Out of hours'),
    turnedAway: () => (filter.turnedAway === 'yes' ? 'Turned away' : 'Not turned away'),
    otherKind: () => `Kind of caller: ${nameIn(otherKinds, filter.otherKind)}`,
    toCheck: () => 'School to check',
    mine: () => 'My calls',
    weekday: () => weekdayWords(Number(filter.weekday)),
    hour: () => hourWords(Number(filter.hour)),
    referral: () => `Did they refer? ${filter.referral && referralFilterLabels[filter.referral]}`,
    inError: () => 'Entered in error'
  }
  return (Object.keys(words) as (keyof typeof words)[])
    .filter((part) => filter[part] !== everyCall[part])
    .map((part) => ({ part, words: words[part]() }))
}

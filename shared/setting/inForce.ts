import { lines, otherKinds, type Line, type OtherKind } from '../call/call.ts'
import { REVIEW_DAYS } from '../agreement/agreement.ts'
import { DANGER_ENDING } from '../call/danger.ts'
import type { CivilDate } from '../ids.ts'
import { settingKinds, type Setting, type SettingKind, type SettingValue } from './setting.ts'

type Keyed<K extends SettingKind> = SettingValue<K> & { key: string }

/** Everything the desk goes by on one civil date (S0 1.4; domain 0.1: rules change, so each is dated). */
export interface Rules {
  on: CivilDate
  openingHours: SettingValue<'opening-hours'>
  hubCallers: SettingValue<'hub-callers'>
  lines: Record<Line, SettingValue<'line'>>
  numbers: Record<string, SettingValue<'contact-number'>>
  signposts: Record<OtherKind, string>
  /** In the order they are shown. */
  levels: Keyed<'level-of-need'>[]
  outcomes: Keyed<'outcome'>[]
  districts: Keyed<'district'>[]
  hubs: Keyed<'local-hub'>[]
  locking: SettingValue<'locking'>
  followUp: SettingValue<'follow-up'>
  /** ONS codes by the first half of a postcode: `{ SG14: 'E07000242' }`. */
  postcodeAreas: Record<string, string>
  agreement: SettingValue<'agreement'>
  assessment: SettingValue<'assessment'>
  /** By name. */
  noteTemplates: Keyed<'note-template'>[]
  /** By name. */
  neighbours: Keyed<'neighbour'>[]
  caseload: SettingValue<'caseload'>
  /** The first first; `key` is its first day. */
  terms: Keyed<'term'>[]
  /** By name. */
  letterTemplates: Keyed<'letter-template'>[]
  triage: SettingValue<'triage'>
  triageLetters: Keyed<'triage-letter'>[]
  screen: SettingValue<'screen'>
  /** Ids of every row in force, sorted: two calls under the same rules have the same list. */
  settingIds: string[]
  /** `kind/key` of every row in force whose value nobody has confirmed yet. */
  provisional: string[]
}

/** What holds where no row says otherwise: closed to all, with the numbers of R8 still read out. */
const closedAllWeek: SettingValue<'opening-hours'> = {
  monday: null,
  tuesday: null,
  wednesday: null,
  thursday: null,
  friday: null,
  saturday: null,
  sunday: null
}

const followUpUnsaid: SettingValue<'follow-up'> = {
  earlierCallsDays: 90,
  twoConcernsDays: 14,
  callBackWorkingDays: 1,
  referralWorkingDays: 10
}

/** How many families a keyworker can hold at five days a week, where nobody has said it. */
export const FULL_TIME_FAMILIES = 12

/** C7, C8, R46: nobody has confirmed any of these. */
const triageUnsaid: SettingValue<'triage'> = {
  triageWorkingDays: 2,
  allocationWorkingDays: 5,
  acceptanceWorkingDays: 2,
  senderWorkingDays: 5,
  noteDays: 14
}

/** R31, R34, S1 and L6. */
const assessmentUnsaid: SettingValue<'assessment'> = {
  finaliseDays: 21,
  firstMeetingDays: 42,
  reviewDays: 42,
  recordWorkingDays: 3,
  copyWorkingDays: 5
}

const isOfKind =
  <K extends SettingKind>(kind: K) =>
  (row: Setting): row is Setting<K> =>
    row.kind === kind

/** The later start wins, then the later recording, then the greater id: the same row on every computer. */
const outranks = (a: Setting, b: Setting): boolean => rank(a) > rank(b)
const rank = (row: Setting): string => `${row.validFrom} ${row.recordedAt} ${row.id}`

/**
 * The row in force for each key of a kind on a civil date, both ends included, ordered by key. Where a temporary row
 * ends, the one before it holds again.
 */
export function inForce<K extends SettingKind>(
  settings: readonly Setting[],
  kind: K,
  on: CivilDate
): Setting<K>[] {
  const byKey = new Map<string, Setting<K>>()
  for (const row of settings.filter(isOfKind(kind))) {
    if (row.validFrom > on || (row.validTo !== '' && row.validTo < on)) continue
    const rival = byKey.get(row.key)
    if (!rival || outranks(row, rival)) byKey.set(row.key, row)
  }
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** C5, C6: how far back is looked and how soon is asked again, by the row in force on a civil date. */
export function followUpOn(settings: readonly Setting[], on: CivilDate): SettingValue<'follow-up'> {
  return inForce(settings, 'follow-up', on)[0]?.value ?? followUpUnsaid
}

/** R31, R34: the clocks of an assessment, by the row in force on a civil date. */
export function clocksOn(settings: readonly Setting[], on: CivilDate): SettingValue<'assessment'> {
  return inForce(settings, 'assessment', on)[0]?.value ?? assessmentUnsaid
}

/** How many families a keyworker at five days a week can hold, by the row in force on a civil date. */
export function caseloadOn(settings: readonly Setting[], on: CivilDate): SettingValue<'caseload'> {
  return inForce(settings, 'caseload', on)[0]?.value ?? { fullTimeFamilies: FULL_TIME_FAMILIES }
}

/** The clocks of triage, by the row in force on a civil date. */
export function triageOn(settings: readonly Setting[], on: CivilDate): SettingValue<'triage'> {
  return inForce(settings, 'triage', on)[0]?.value ?? triageUnsaid
}

/** The rules in force on a civil date; a call goes by those of the day it took place. */
export function rulesOn(settings: readonly Setting[], on: CivilDate): Rules {
  const rows = <K extends SettingKind>(kind: K) => inForce(settings, kind, on)
  const keyed = <K extends SettingKind>(kind: K): Keyed<K>[] =>
    rows(kind).map((row) => ({ ...row.value, key: row.key }))
  const ordered = <T extends { order: number }>(list: T[]): T[] => list.sort((a, b) => a.order - b.order)
  const byName = <T extends { name: string }>(list: T[]): T[] =>
    list.sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))

  const lineRows = new Map(rows('line').map((row) => [row.key, row.value]))
  const signpostRows = new Map(rows('signpost').map((row) => [row.key, row.value.text]))
  const all = settingKinds.flatMap((kind): Setting[] => inForce(settings, kind, on))

  return {
    on,
    openingHours: rows('opening-hours')[0]?.value ?? closedAllWeek,
    hubCallers: rows('hub-callers')[0]?.value ?? { callers: [], others: [] },
    lines: record(lines, (line) => lineRows.get(line) ?? { name: line, anyone: false }),
    numbers: Object.fromEntries(rows('contact-number').map((row) => [row.key, row.value])),
    signposts: record(otherKinds, (kind) => signpostRows.get(kind) ?? DANGER_ENDING),
    levels: ordered(keyed('level-of-need')),
    outcomes: ordered(keyed('outcome')),
    districts: byName(keyed('district')),
    hubs: byName(keyed('local-hub')),
    locking: rows('locking')[0]?.value ?? { idleMinutes: 10, callMinutes: 30 },
    followUp: followUpOn(settings, on),
    postcodeAreas: Object.fromEntries(rows('postcode-area').map((row) => [row.key, row.value.district])),
    agreement: rows('agreement')[0]?.value ?? { reviewDays: REVIEW_DAYS },
    assessment: clocksOn(settings, on),
    noteTemplates: byName(keyed('note-template')),
    neighbours: byName(keyed('neighbour')),
    caseload: caseloadOn(settings, on),
    terms: keyed('term'),
    letterTemplates: byName(keyed('letter-template')),
    triage: triageOn(settings, on),
    triageLetters: byName(keyed('triage-letter')),
    screen: rows('screen')[0]?.value ?? { hideFromRecordings: true },
    settingIds: all.map((row) => row.id).sort(),
    provisional: all.filter((row) => row.provisional).map((row) => `${row.kind}/${row.key}`)
  }
}

function record<K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>
}

import { lines, otherKinds, type OtherKind } from '../../shared/call/call.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { inForce } from '../../shared/setting/inForce.ts'
import type { Setting, SettingKind, SettingValue } from '../../shared/setting/setting.ts'
import { addDays, showDay, weekdays } from '../words/dates.ts'
import { callerKindLabels, noteKindLabels, otherKindLabels } from '../words/labels.ts'

/** One key of a kind: what holds today and what is planned. */
export interface Entry {
  key: string
  label: string
  /** In force today; of a closed day, on that day. */
  current: Setting | undefined
  /** Still to come, in their order. What a later change covers whole is left out. */
  planned: Setting[]
}

export function entriesOf(settings: readonly Setting[], kind: SettingKind, today: CivilDate): Entry[] {
  const ofKind = settings.filter((row) => row.kind === kind)
  const valueOn = (key: string, on: CivilDate) => inForce(settings, kind, on).find((row) => row.key === key)
  return [...new Set(ofKind.map(({ key }) => key))]
    .filter((key) => kind !== 'closed-day' || key >= today)
    .map((key): Entry => {
      const current = valueOn(key, kind === 'closed-day' ? key : today)
      const planned = ofKind
        .filter((row) => row !== current && row.key === key && row.validFrom > today)
        .filter((row) => valueOn(key, row.validFrom) === row)
        .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
      const shown = current ?? planned[0]
      return { key, label: shown ? labelOf(shown) : key, current, planned }
    })
    .filter(({ current, planned }) => current !== undefined || planned.length > 0)
    .sort(byPlace)
}

/** Where a setting comes from. That it is provisional stands before it as a tag, and is not said twice. */
export function sourceWords({ provisional, source }: Pick<Setting, 'provisional' | 'source'>): string {
  const told = provisional ? source.replace(/^Provisional: /, '') : source
  return told === source ? told : told.charAt(0).toUpperCase() + told.slice(1)
}

/** Every row of a key that was, is or will be in force, the newest first. What a later one covers whole is left out. */
export const versionsOf = (settings: readonly Setting[], kind: SettingKind, key: string): Setting[] =>
  settings
    .filter((row) => row.kind === kind && row.key === key)
    .filter((row) => inForce(settings, kind, row.validFrom).includes(row))
    .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))

/** What was in force until a row begins; undefined where it adds something new. */
export const valueBefore = (
  settings: readonly Setting[],
  row: Pick<Setting, 'kind' | 'key'>,
  from: CivilDate
) => inForce(settings, row.kind, addDays(from, -1)).find(({ key }) => key === row.key)?.value

/** Whether a value comes back once this row ends. */
export const resumes = (settings: readonly Setting[], { kind, key, validTo }: Setting): boolean =>
  validTo !== '' && inForce(settings, kind, addDays(validTo, 1)).some((row) => row.key === key)

const listed: Partial<Record<SettingKind, readonly string[]>> = { line: lines, signpost: otherKinds }

function byPlace(a: Entry, b: Entry): number {
  const placeOf = ({ key, current, planned }: Entry): number => {
    const { kind, value } = (current ?? planned[0]) as Setting
    return 'order' in value ? value.order : (listed[kind]?.indexOf(key) ?? 0)
  }
  const isDay = ['closed-day', 'term'].includes((a.current ?? a.planned[0])?.kind ?? '')
  return (
    placeOf(a) - placeOf(b) ||
    (isDay ? a.key.localeCompare(b.key) : a.label.localeCompare(b.label, 'en-GB', { numeric: true }))
  )
}

export function labelOf({ kind, key, value }: Pick<Setting, 'kind' | 'key' | 'value'>): string {
  if (kind === 'closed-day') return showDay(key)
  if (kind === 'postcode-area') return key
  if (kind === 'term' && 'name' in value) return `${value.name}, from ${showDay(key)}`
  if (kind === 'signpost') return otherKindLabels[key as OtherKind]
  return 'name' in value ? value.name : ''
}

/** What a value names by its key. */
export interface Names {
  hub(hubId: string): string
  district(onsCode: string): string
}

type Words = { [K in SettingKind]: (value: SettingValue<K>, names: Names) => string[] }

const words: Words = {
  'opening-hours': hoursWords,
  'closed-day': ({ name, bankHoliday }) => [bankHoliday ? `${name}, a bank holiday` : name],
  'hub-callers': ({ callers, others }) => [
    ...callers.map((kind) => callerKindLabels[kind]),
    ...others.map((kind) => otherKindLabels[kind])
  ],
  line: ({ anyone }) => [anyone ? 'Anyone may call it' : 'Only callers who may use the hub'],
  'contact-number': ({ number, note }) => [number || 'No number yet', note],
  signpost: ({ text }) => [text],
  'level-of-need': ({ description }) => [description],
  outcome: () => [],
  district: ({ shortName, hubId }, names) => [names.hub(hubId), shortName && `Short name: ${shortName}`],
  'local-hub': ({ seniorCoordinator, coordinator }) => [
    `Senior Coordinator: ${seniorCoordinator || 'not named yet'}`,
    `Coordinator: ${coordinator || 'not named yet'}`
  ],
  locking: ({ idleMinutes, callMinutes }) => [
    `After ${minutes(idleMinutes)} without a key or the mouse`,
    `After ${minutes(callMinutes)} while a call is timed`
  ],
  'follow-up': (value) => [
    `Earlier calls are looked for ${days(value.earlierCallsDays)} back`,
    `Two concerns about one child within ${days(value.twoConcernsDays)} raise a flag`,
    `A call-back is due within ${workingDays(value.callBackWorkingDays)}`,
    `“Did they refer?” is asked after ${workingDays(value.referralWorkingDays)}`
  ],
  'postcode-area': ({ district }, names) => [names.district(district)],
  assessment: (value) => [
    `An assessment is finalised within ${days(value.finaliseDays)} of registration`,
    `The team first meets within ${days(value.firstMeetingDays)}, and again within ${days(value.reviewDays)}`,
    `A meeting is recorded within ${workingDays(value.recordWorkingDays)}`,
    `The family is given the record within ${workingDays(value.copyWorkingDays)}`
  ],
  'note-template': ({ noteKind, text }) => [noteKindLabels[noteKind], text],
  agreement: ({ reviewDays }) => [`Agreement is looked at again after ${days(reviewDays)}`],
  neighbour: ({ phone, contact }) => [phone || 'No number yet', contact && `Ask for ${contact}`],
  caseload: ({ fullTimeFamilies }) => [
    `A keyworker at five days a week can hold ${String(fullTimeFamilies)} families`
  ],
  term: ({ lastDay }) => [`Until ${showDay(lastDay)}`],
  'letter-template': ({ subject }) => [subject],
  triage: ({
    triageWorkingDays,
    allocationWorkingDays,
    acceptanceWorkingDays,
    senderWorkingDays,
    noteDays
  }) => [
    `To triage a step-down: ${workingDays(triageWorkingDays)}`,
    `To find it a keyworker: ${workingDays(allocationWorkingDays)}`,
    `For the keyworker to answer: ${workingDays(acceptanceWorkingDays)}`,
    `For the sender to add what is missing: ${workingDays(senderWorkingDays)}`,
    `The last case note of a step-up is at most ${days(noteDays)} old`
  ],
  'triage-letter': ({ subject }) => [subject],
  screen: ({ hideFromRecordings }) => [
    hideFromRecordings
      ? 'Left out of recordings and shared screens (Windows and macOS)'
      : 'Seen in recordings and shared screens'
  ]
}

/** What a value says, in plain lines. */
export function valueWords<K extends SettingKind>(
  { kind, value }: Pick<Setting<K>, 'kind' | 'value'>,
  names: Names
): string[] {
  return words[kind](value, names).filter(Boolean)
}

const days = (count: number): string => `${String(count)} ${count === 1 ? 'day' : 'days'}`
const workingDays = (count: number): string => `${String(count)} working ${count === 1 ? 'day' : 'days'}`
const minutes = (count: number): string => `${String(count)} ${count === 1 ? 'minute' : 'minutes'}`

/** "Monday to Thursday: 9:00 to 17:00", a line for each run of days that are alike. */
function hoursWords(hours: SettingValue<'opening-hours'>): string[] {
  const face = (time: string) => time.replace(/^0/, '')
  const runs: { first: string; last: string; words: string }[] = []
  for (const day of weekdays) {
    const span = hours[day]
    const text = span ? `${face(span.opens)} to ${face(span.closes)}` : 'closed'
    const name = day.charAt(0).toUpperCase() + day.slice(1)
    const run = runs.at(-1)
    if (run?.words === text) run.last = name
    else runs.push({ first: name, last: name, words: text })
  }
  return runs.map(
    ({ first, last, words: text }) => `${first === last ? first : `${first} to ${last}`}: ${text}`
  )
}

import type { CallerKind, OtherKind } from '../call/call.ts'
import type { CivilDate } from '../ids.ts'
import { showDay, weekdays } from '../time/london.ts'
import type { SettingKind, SettingValue } from './setting.ts'

type Describe<K extends SettingKind> = (
  before: SettingValue<K> | undefined,
  after: SettingValue<K>
) => string[]

/**
 * What a change of a setting will do, in plain lines, for its preview: "From Monday 1 March 2027: closes 16:30 instead
 * of 17:00, Monday to Thursday" (R12, S0). `before` is what is in force until then, undefined where nothing is. A
 * closed day says which day by its `key`.
 */
export function describeChange<K extends SettingKind>(
  kind: K,
  before: SettingValue<K> | undefined,
  after: SettingValue<K>,
  validFrom: CivilDate,
  key = ''
): string[] {
  const lines = describers[kind](before, after)
  const when = kind === 'closed-day' && key !== '' ? `On ${showDay(key)}` : `From ${showDay(validFrom)}`
  return (lines.length > 0 ? lines : ['nothing changes']).map((line) => `${when}: ${line}`)
}

const describers: { [K in SettingKind]: Describe<K> } = {
  'opening-hours': describeHours,
  'closed-day': (before, after) => [
    ...(before ? named('the closed day', before.name, after.name) : [`closed, ${after.name}`]),
    ...(before && before.bankHoliday !== after.bankHoliday
      ? [after.bankHoliday ? 'it counts as a bank holiday' : 'it no longer counts as a bank holiday']
      : [])
  ],
  'hub-callers': (before, after) => [
    ...admitted(before?.callers, after.callers, callerWords),
    ...admitted(before?.others, after.others, otherWords)
  ],
  line: (before, after) => [
    ...named('the line', before?.name, after.name),
    ...(before?.anyone === after.anyone
      ? []
      : [after.anyone ? 'anyone may call the line' : 'only callers who may use the hub may call the line'])
  ],
  'contact-number': (before, after) => [
    ...named('the entry', before?.name, after.name),
    ...stated(`the number of ${after.name}`, before?.number, after.number),
    ...stated('the note', before?.note, after.note)
  ],
  signpost: (before, after) => (before?.text === after.text ? [] : [`the caller is told: “${after.text}”`]),
  'level-of-need': (before, after) => [
    ...named('the level', before?.name, after.name),
    ...stated('its description', before?.description, after.description),
    ...moved(before?.order, after.order)
  ],
  outcome: (before, after) => [
    ...named('the outcome', before?.name, after.name),
    ...moved(before?.order, after.order)
  ],
  district: (before, after) => [
    ...named('the district', before?.name, after.name),
    ...stated('its short name', before?.shortName, after.shortName),
    ...(before?.hubId === after.hubId ? [] : ['it belongs to another local hub'])
  ],
  'local-hub': (before, after) => [
    ...named('the local hub', before?.name, after.name),
    ...stated('its Senior Coordinator', before?.seniorCoordinator, after.seniorCoordinator),
    ...stated('its Coordinator', before?.coordinator, after.coordinator)
  ],
  locking: (before, after) => [
    ...minutes('when nobody types', before?.idleMinutes, after.idleMinutes),
    ...minutes('while a call is timed', before?.callMinutes, after.callMinutes)
  ],
  'follow-up': (before, after) => [
    ...counted('earlier calls are looked for', 'days back', before?.earlierCallsDays, after.earlierCallsDays),
    ...counted('two concerns raise a flag within', 'days', before?.twoConcernsDays, after.twoConcernsDays),
    ...counted(
      'a call-back is due within',
      'working days',
      before?.callBackWorkingDays,
      after.callBackWorkingDays
    ),
    ...counted(
      '“Did they refer?” is asked after',
      'working days',
      before?.referralWorkingDays,
      after.referralWorkingDays
    )
  ],
  'postcode-area': (before, after) =>
    before?.district === after.district
      ? []
      : [before ? 'it belongs to another district' : 'its district is proposed in forms'],
  agreement: (before, after) =>
    counted('agreement is looked at again after', 'days', before?.reviewDays, after.reviewDays),
  assessment: (before, after) => [
    ...counted('an assessment is finalised within', 'days', before?.finaliseDays, after.finaliseDays),
    ...counted('the team first meets within', 'days', before?.firstMeetingDays, after.firstMeetingDays),
    ...counted('it meets again within', 'days', before?.reviewDays, after.reviewDays),
    ...counted(
      'a meeting is recorded within',
      'working days',
      before?.recordWorkingDays,
      after.recordWorkingDays
    ),
    ...counted(
      'its record is given to the family within',
      'working days',
      before?.copyWorkingDays,
      after.copyWorkingDays
    )
  ],
  'note-template': (before, after) =>
    before?.text === after.text && before.name === after.name && before.noteKind === after.noteKind
      ? []
      : [before ? 'the template is another' : `notes may begin with “${after.name}”`],
  neighbour: (before, after) => [
    ...named('the authority', before?.name, after.name),
    ...stated('its number', before?.phone, after.phone),
    ...stated('whom to ask for', before?.contact, after.contact)
  ],
  caseload: (before, after) =>
    counted(
      'a keyworker at five days a week can hold',
      'families',
      before?.fullTimeFamilies,
      after.fullTimeFamilies
    ),
  term: (before, after) => [
    ...named('the term', before?.name, after.name),
    ...(before?.lastDay === after.lastDay ? [] : ['it ends on another day'])
  ],
  'letter-template': (before, after) =>
    before?.text === after.text && before.name === after.name && before.subject === after.subject
      ? []
      : [before ? 'the letter is another' : `“${after.name}” can be written to families`],
  triage: (before, after) => [
    ...counted(
      'a step-down is triaged within',
      'working days',
      before?.triageWorkingDays,
      after.triageWorkingDays
    ),
    ...counted(
      'it has a keyworker within',
      'working days',
      before?.allocationWorkingDays,
      after.allocationWorkingDays
    ),
    ...counted(
      'a keyworker answers within',
      'working days',
      before?.acceptanceWorkingDays,
      after.acceptanceWorkingDays
    ),
    ...counted(
      'a sender adds what is missing within',
      'working days',
      before?.senderWorkingDays,
      after.senderWorkingDays
    ),
    ...counted('the last case note of a step-up may be', 'days old', before?.noteDays, after.noteDays)
  ],
  'triage-letter': (before, after) =>
    before?.text === after.text && before.name === after.name && before.subject === after.subject
      ? []
      : ['the letter is another'],
  screen: (before, after) =>
    before?.hideFromRecordings === after.hideFromRecordings
      ? []
      : [`the desk is ${after.hideFromRecordings ? 'left out of' : 'seen in'} recordings and shared screens`]
}

const callerWords: Record<CallerKind, string> = {
  school: 'schools',
  keyworker: 'keyworkers with an open Families First Assessment',
  'someone-else': 'callers of every other kind'
}

const otherWords: Record<OtherKind, string> = {
  'early-years': 'early years settings',
  health: 'health staff',
  'school-outside-county': 'schools outside the county',
  'keyworker-without-assessment': 'keyworkers without an open assessment',
  public: 'members of the public',
  other: 'other callers'
}

function admitted<T extends string>(
  before: readonly T[] = [],
  after: readonly T[],
  words: Record<T, string>
): string[] {
  return [
    ...after.filter((kind) => !before.includes(kind)).map((kind) => `${words[kind]} may use the hub`),
    ...before
      .filter((kind) => !after.includes(kind))
      .map((kind) => `${words[kind]} may no longer use the hub`)
  ]
}

function named(what: string, before: string | undefined, after: string): string[] {
  if (before === after) return []
  return [before === undefined ? `${what} “${after}” is added` : `${what} “${before}” is called “${after}”`]
}

function stated(what: string, before = '', after: string): string[] {
  if (before === after) return []
  if (after === '') return [`${what} is left empty instead of ${before}`]
  return [before === '' ? `${what} is ${after}` : `${what} is ${after} instead of ${before}`]
}

function moved(before: number | undefined, after: number): string[] {
  return before === undefined || before === after ? [] : ['it is shown in another place in the list']
}

function minutes(when: string, before: number | undefined, after: number): string[] {
  if (before === after) return []
  const instead = before === undefined ? '' : ` instead of ${before}`
  return [`the desk locks after ${after} ${after === 1 ? 'minute' : 'minutes'}${instead} ${when}`]
}

function counted(what: string, unit: string, before: number | undefined, after: number): string[] {
  if (before === after) return []
  const named = after === 1 ? unit.replace('days', 'day') : unit
  return [`${what} ${after} ${named}${before === undefined ? '' : ` instead of ${before}`}`]
}

type Day = SettingValue<'opening-hours'>['monday']

/** One line for each change, with the days that it is for. */
function describeHours(
  before: SettingValue<'opening-hours'> | undefined,
  after: SettingValue<'opening-hours'>
): string[] {
  const daysByChange = new Map<string, number[]>()
  weekdays.forEach((day, index) => {
    const change = dayChange(before?.[day] ?? null, after[day])
    if (change !== '') daysByChange.set(change, [...(daysByChange.get(change) ?? []), index])
  })
  return [...daysByChange].map(([change, days]) => `${change}, ${listDays(days)}`)
}

function dayChange(before: Day, after: Day): string {
  if (!after) return before ? `closed instead of ${span(before)}` : ''
  if (!before) return `open ${span(after)} instead of closed`
  const opens = `opens ${face(after.opens)} instead of ${face(before.opens)}`
  const closes = `closes ${face(after.closes)} instead of ${face(before.closes)}`
  return [before.opens !== after.opens && opens, before.closes !== after.closes && closes]
    .filter(Boolean)
    .join(', ')
}

const face = (time: string): string => time.replace(/^0/, '')
const span = (hours: NonNullable<Day>): string => `${face(hours.opens)} to ${face(hours.closes)}`

/** [0, 1, 2, 4] → "Monday to Wednesday and Friday". */
function listDays(days: readonly number[]): string {
  const runs: number[][] = []
  for (const day of days) {
    const run = runs.at(-1)
    if (run?.at(-1) === day - 1) run.push(day)
    else runs.push([day])
  }
  const names = runs.flatMap((run) =>
    run.length > 2 ? [`${dayName(run.at(0))} to ${dayName(run.at(-1))}`] : run.map(dayName)
  )
  const last = names.pop() ?? ''
  return names.length > 0 ? `${names.join(', ')} and ${last}` : last
}

function dayName(index = 0): string {
  const name = weekdays[index] ?? ''
  return name.charAt(0).toUpperCase() + name.slice(1)
}

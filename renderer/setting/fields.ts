import { callerKinds, otherKinds } from '../../shared/call/call.ts'
import type { SettingKind } from '../../shared/setting/setting.ts'
import { weekdays } from '../words/dates.ts'
import { callerKindLabels, otherKindLabels } from '../words/labels.ts'

/** What stands in the form: a flat record, named by the dotted path inside the value. */
export type Typed = Record<string, string | boolean>

export interface Field {
  path: string
  label: string
  input: 'text' | 'area' | 'time' | 'date' | 'number' | 'tick' | 'hub' | 'district' | 'noteKind'
  hint?: string
  /** Characters of an area; 1,000 where it does not say. */
  limit?: number
  /** Shown only while this one is ticked. */
  when?: string
}

/** Fields that belong together; `legend` '' where they stand alone. */
export interface FieldGroup {
  legend: string
  fields: Field[]
}

const text = (path: string, label: string, hint?: string): Field => ({
  path,
  label,
  input: 'text',
  ...(hint ? { hint } : {})
})
const tick = (path: string, label: string): Field => ({ path, label, input: 'tick' })
const place: Field = {
  path: 'order',
  label: 'Place in the list',
  input: 'number',
  hint: 'Lower numbers come first'
}
const alone = (...fields: Field[]): FieldGroup[] => [{ legend: '', fields }]

export const fieldGroups: Record<SettingKind, FieldGroup[]> = {
  'opening-hours': weekdays.map((day) => ({
    legend: day.charAt(0).toUpperCase() + day.slice(1),
    fields: [
      tick(`${day}.open`, 'Open'),
      { path: `${day}.opens`, label: 'Opens', input: 'time', when: `${day}.open` },
      { path: `${day}.closes`, label: 'Closes', input: 'time', when: `${day}.open` }
    ]
  })),
  'closed-day': alone(text('name', 'What the day is'), tick('bankHoliday', 'It is a bank holiday')),
  'hub-callers': [
    {
      legend: 'Who may use the hub',
      fields: callerKinds.map((kind) => tick(`callers.${kind}`, callerKindLabels[kind]))
    },
    {
      legend: 'Let through as well',
      fields: otherKinds.map((kind) => tick(`others.${kind}`, otherKindLabels[kind]))
    }
  ],
  line: alone(text('name', 'Name'), tick('anyone', 'Anyone may call it')),
  'contact-number': alone(
    text('name', 'Whose number it is'),
    text('number', 'Number'),
    text('note', 'When to use it')
  ),
  signpost: alone({ path: 'text', label: 'What to read out', input: 'area' }),
  'level-of-need': alone(text('name', 'Name'), text('description', 'What it means'), place),
  outcome: alone(text('name', 'Name'), place),
  district: alone(text('name', 'Name'), text('shortName', 'Short name'), {
    path: 'hubId',
    label: 'Local hub',
    input: 'hub'
  }),
  'local-hub': alone(
    text('name', 'Name'),
    text('seniorCoordinator', 'Senior Coordinator'),
    text('coordinator', 'Coordinator')
  ),
  locking: alone(
    { path: 'idleMinutes', label: 'Minutes without a key or the mouse', input: 'number' },
    { path: 'callMinutes', label: 'Minutes while a call is timed', input: 'number' }
  ),
  'follow-up': alone(
    { path: 'earlierCallsDays', label: 'Days to look back for earlier calls', input: 'number' },
    { path: 'twoConcernsDays', label: 'Days within which two concerns raise a flag', input: 'number' },
    { path: 'callBackWorkingDays', label: 'Working days to call back', input: 'number' },
    { path: 'referralWorkingDays', label: 'Working days before “Did they refer?”', input: 'number' }
  ),
  'postcode-area': alone({ path: 'district', label: 'District', input: 'district' }),
  agreement: alone({
    path: 'reviewDays',
    label: 'Days until an agreement is looked at again',
    input: 'number'
  }),
  assessment: alone(
    { path: 'finaliseDays', label: 'Days to finalise an assessment', input: 'number' },
    { path: 'firstMeetingDays', label: 'Days until the team first meets', input: 'number' },
    { path: 'reviewDays', label: 'Days until it meets again', input: 'number' },
    { path: 'recordWorkingDays', label: 'Working days to record a meeting', input: 'number' },
    { path: 'copyWorkingDays', label: 'Working days to give the family the record', input: 'number' }
  ),
  'note-template': alone(
    text('name', 'Name'),
    { path: 'noteKind', label: 'Kind of note', input: 'noteKind' },
    { path: 'text', label: 'What the note begins with', input: 'area', limit: 5_000 }
  ),
  neighbour: alone(
    text('name', 'Name'),
    text('phone', 'Number of its early help service'),
    text('contact', 'Whom to ask for')
  ),
  caseload: alone({
    path: 'fullTimeFamilies',
    label: 'Families at five days a week',
    input: 'number',
    hint: 'For keyworkers of whom nothing else is written down'
  }),
  term: alone(text('name', 'Name'), { path: 'lastDay', label: 'Last day', input: 'date' }),
  'letter-template': alone(text('name', 'Name'), text('subject', 'What it is about'), {
    path: 'text',
    label: 'Letter',
    input: 'area',
    limit: 20_000,
    hint: 'What the record knows is filled in where a field stands between double braces, as {{to}}'
  }),
  triage: alone(
    { path: 'triageWorkingDays', label: 'Working days to triage a step-down', input: 'number' },
    { path: 'allocationWorkingDays', label: 'Working days to find it a keyworker', input: 'number' },
    { path: 'acceptanceWorkingDays', label: 'Working days for the keyworker to answer', input: 'number' },
    {
      path: 'senderWorkingDays',
      label: 'Working days for the sender to add what is missing',
      input: 'number'
    },
    { path: 'noteDays', label: 'Days that the last case note of a step-up may be old', input: 'number' }
  ),
  'triage-letter': alone(text('name', 'Name'), text('subject', 'What it is about'), {
    path: 'text',
    label: 'Letter',
    input: 'area',
    limit: 20_000,
    hint: 'What the record knows is filled in where a field stands between double braces, as {{worker}}'
  }),
  screen: alone(tick('hideFromRecordings', 'Leave the desk out of recordings and shared screens'))
}

const fieldsOf = (kind: SettingKind): Field[] => fieldGroups[kind].flatMap(({ fields }) => fields)

/** What a value puts into its form; blank for a new one. */
export function typedOf(kind: SettingKind, value: unknown): Typed {
  const at = (path: string): unknown =>
    path
      .split('.')
      .reduce<unknown>((part, name) => (part as Record<string, unknown> | null)?.[name], value ?? {})
  const isTicked = (path: string): boolean => {
    const [list = '', name = ''] = path.split('.')
    if (kind === 'opening-hours') return at(list) != null
    return kind === 'hub-callers' ? ((at(list) ?? []) as string[]).includes(name) : at(path) === true
  }
  return Object.fromEntries(
    fieldsOf(kind).map(({ path, input }) => [path, input === 'tick' ? isTicked(path) : asText(at(path))])
  )
}

const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** The value that a form stands for, right or not. */
export function valueOf(kind: SettingKind, typed: Typed): unknown {
  if (kind === 'opening-hours') {
    return Object.fromEntries(
      weekdays.map((day) => [
        day,
        typed[`${day}.open`]
          ? { opens: asTime(typed[`${day}.opens`]), closes: asTime(typed[`${day}.closes`]) }
          : null
      ])
    )
  }
  if (kind === 'hub-callers') {
    const ticked = (list: string, names: readonly string[]) =>
      names.filter((name) => typed[`${list}.${name}`])
    return { callers: ticked('callers', callerKinds), others: ticked('others', otherKinds) }
  }
  return Object.fromEntries(
    fieldsOf(kind).map(({ path, input }) => [path, input === 'number' ? asNumber(typed[path]) : typed[path]])
  )
}

/** As typed on any keyboard: 9:00, 9.00 and 0900 are 09:00. Not the browser's own field: it may show AM and PM. */
function asTime(typed: string | boolean | undefined): string {
  const clock = /^(\d{1,2})[:.]?(\d\d)$/.exec(String(typed).trim())
  return clock ? `${(clock[1] ?? '').padStart(2, '0')}:${clock[2] ?? ''}` : String(typed).trim()
}

const asNumber = (typed: string | boolean | undefined): number => {
  const digits = String(typed).trim()
  return /^\d+$/.test(digits) ? Number(digits) : NaN
}

import { factValues, type FactKind, type FactValue } from '../../shared/family/fact.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { readBirth } from '../../shared/person/birth.ts'
import { findPostcode } from '../../shared/person/postcode.ts'
import { readDate, writeDate } from '../../shared/time/civilDate.ts'
import {
  answerLabels,
  educationalSupportLabels,
  ethnicityLabels,
  optionsOf,
  sexLabels
} from '../words/labels.ts'

/** What stands in the form: the value's own fields, dates as they are typed. */
export type Typed = Record<string, string | boolean | string[]>

export interface Field {
  path: string
  label: string
  input:
    | 'text'
    | 'area'
    | 'date'
    | 'birth'
    | 'choice'
    | 'tick'
    | 'school'
    | 'district'
    | 'hub'
    | 'person'
    | 'people'
    | 'staff'
    | 'manager'
    | 'keyworker'
  hint?: string
  options?: { value: string; label: string }[]
}

const text = (path: string, label: string, hint?: string): Field => ({
  path,
  label,
  input: 'text',
  ...(hint ? { hint } : {})
})
const area = (path: string, label: string, hint?: string): Field => ({
  ...text(path, label, hint),
  input: 'area'
})
const choice = (path: string, label: string, labels: Record<string, string>): Field => ({
  path,
  label,
  input: 'choice',
  options: optionsOf(labels)
})
const note = area('note', 'Note (optional)')
const withheldFrom: Field = {
  path: 'withheldFrom',
  label: 'Withhold it from',
  input: 'people',
  hint: 'It is left out of letters, exports, receipts and helpdesk answers, and shown only to somebody who says why'
}

/** What is asked for each kind of fact, in this order. */
export const fieldsOf: Record<FactKind, Field[]> = {
  name: [text('name', 'Name')],
  'other-name': [text('name', 'Other name'), text('note', 'When or where it is used (optional)')],
  birth: [{ path: 'date', label: 'Date of birth', input: 'birth', hint: 'Like 3/9/15' }],
  'expected-birth': [{ path: 'date', label: 'Expected on', input: 'date' }],
  died: [{ path: 'date', label: 'Died on', input: 'date' }],
  sex: [choice('sex', 'Sex', sexLabels)],
  ethnicity: [
    choice('ethnicity', 'Ethnicity', ethnicityLabels),
    text('inOwnWords', 'In their own words (optional)')
  ],
  disability: [choice('answer', 'Disability', answerLabels), note],
  'learning-need': [choice('answer', 'Learning need or disability', answerLabels), note],
  'educational-needs': [choice('support', 'Special educational needs', educationalSupportLabels), note],
  gp: [text('practice', 'GP or practice'), text('phone', 'Its phone number (optional)')],
  language: [text('language', 'Language'), choice('interpreter', 'Interpreter needed', answerLabels)],
  upn: [text('upn', 'UPN')],
  address: [
    area('address', 'Address with postcode'),
    { path: 'district', label: 'District', input: 'district' },
    withheldFrom
  ],
  phone: [
    text('number', 'Phone number'),
    { path: 'mayLeaveMessage', label: 'May we leave a message?', input: 'tick' },
    { path: 'maySayWho', label: 'May we say who we are?', input: 'tick' },
    text('note', 'Note (optional)', 'Whose it is, or when to ring'),
    withheldFrom
  ],
  school: [{ path: 'schoolId', label: 'School', input: 'school' }],
  relation: [
    text('relation', 'Relation', 'Like mother, stepbrother or family friend'),
    { path: 'personId', label: 'Of whom', input: 'person' }
  ],
  warning: [
    area('text', 'Warning', 'What somebody must know before they ring or visit'),
    { path: 'reviewOn', label: 'Look at it again on', input: 'date' }
  ],
  hub: [{ path: 'hubId', label: 'Local hub', input: 'hub' }],
  restriction: [
    { path: 'named', label: 'Who may open it without giving a reason', input: 'staff' },
    { path: 'managerId', label: 'Who is told when somebody else opens it', input: 'manager' },
    area('why', 'Why it is restricted')
  ],
  'asked-against': [
    {
      path: 'practitionerId',
      label: 'Keyworker',
      input: 'keyworker',
      hint: 'They are not offered when this family needs a keyworker'
    },
    area('why', 'What the family said (optional)')
  ]
}

const dates = new Set<Field['input']>(['date', 'birth'])
const lists = new Set<Field['input']>(['people', 'staff'])
/** What is chosen from a list is kept with the name it had. */
const named = new Set<FactKind>(['school', 'asked-against'])

function emptyOf({ input }: Field): string | boolean | string[] {
  if (lists.has(input)) return []
  return input === 'tick' ? false : ''
}

/** The fields of a kind as they stand in the form: of a fact that is there, or empty. */
export function typedOf<K extends FactKind>(kind: K, value?: FactValue<K>): Typed {
  const empty = Object.fromEntries(fieldsOf[kind].map((field) => [field.path, emptyOf(field)]))
  if (!value) return named.has(kind) ? { ...empty, name: '' } : empty
  const typed: Typed = { ...empty, ...(value as Typed) }
  for (const { path, input } of fieldsOf[kind]) {
    if (dates.has(input)) typed[path] = writeDate(String(typed[path]))
  }
  return structuredClone(typed)
}

/** What was typed as a fact holds it, read but not checked. */
export function valueOf(kind: FactKind, typed: Typed, today: CivilDate): Record<string, unknown> {
  const value: Record<string, unknown> = { ...typed }
  for (const { path, input } of fieldsOf[kind]) {
    if (input === 'date') value[path] = readDate(String(typed[path]))
    if (input === 'birth') value[path] = birthDate(String(typed[path]), today)
  }
  if (kind === 'address') value['postcode'] = findPostcode(String(typed['address'])) ?? ''
  if (kind === 'hub') value['district'] = typed['district'] ?? ''
  return value
}

function birthDate(typed: string, today: CivilDate): CivilDate {
  const birth = readBirth(typed, today)
  return birth.kind === 'date' ? birth.date : ''
}

/** Whether anything stands in the form that did not stand there when it was opened. */
export const isTyped = (typed: unknown, before: unknown): boolean =>
  JSON.stringify(typed) !== JSON.stringify(before)

/** The words of a value that was typed, where they can be read. */
export function readValue<K extends FactKind>(
  kind: K,
  typed: Typed,
  today: CivilDate
): FactValue<K> | undefined {
  return factValues[kind].safeParse(valueOf(kind, typed, today)).data as FactValue<K> | undefined
}

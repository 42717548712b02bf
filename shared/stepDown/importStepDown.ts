import { naturalId, type Id, type Instant } from '../ids.ts'
import { fold } from '../person/fold.ts'
import type { Rules } from '../setting/inForce.ts'
import { emptyStepDown, emptyStepDownPerson } from './emptyStepDown.ts'
import { problemsWithReceipt, problemsWithStepDown } from './problems.ts'
import type { StepDownDraft, StepDownPerson } from './stepDown.ts'
import { fileStepDown, type FilePerson, type FileStepDown, type PersonField } from './stepDownFile.ts'

/** What is wrong, and where in the step-down: `['people', 0, 'name']`. */
export interface PlacedProblem {
  path: readonly PropertyKey[]
  message: string
}

/** One step-down of the file. The ids follow from it, so that the same file gives the same on every computer. */
export interface ImportedStepDown {
  key: string
  stepDownId: Id
  versionId: Id
  /** Follows from what is told of it, but for when it arrived, in whatever order its people stand. */
  digest: string
  told: FileStepDown
}

const asLine = (text: string): string => text.trim().replace(/\r\n?/g, '\n')

/** Without what says nothing: an empty text is one that is not there. */
function tidied<T extends object>(told: T): T {
  const texts = Object.entries(told).map(([field, value]: [string, unknown]) => [
    field,
    typeof value === 'string' ? asLine(value) : value
  ])
  return Object.fromEntries(texts.filter(([, value]) => value !== '')) as T
}

const inOrder = (told: object): string =>
  JSON.stringify(Object.entries(told).sort(([one], [other]) => (one < other ? -1 : 1)))

/** Reads one step-down, from JSON or from rows that were put together. */
export function importedStepDown(value: unknown): ImportedStepDown | { problems: PlacedProblem[] } {
  const read = fileStepDown.safeParse(value)
  if (!read.success) return { problems: read.error.issues.map(({ path, message }) => ({ path, message })) }
  const { people, ...whole } = tidied(read.data)
  const told = { ...whole, people: people.map(tidied) }
  const problems = problemsWithRepeats(told.people)
  if (problems.length > 0) return { problems }
  const { received_on: _on, received_time: _time, ...said } = whole
  const digest = naturalId('imported-step-down-told', inOrder(said), ...told.people.map(inOrder).sort())
  const key = told.step_down_id
  return {
    key,
    stepDownId: naturalId('imported-step-down', key),
    versionId: naturalId('imported-step-down-version', key, digest),
    ...{ digest, told }
  }
}

function problemsWithRepeats(people: readonly FilePerson[]): PlacedProblem[] {
  const seen = new Set<string>()
  return people.flatMap((person, index) => {
    const who = inOrder([fold(person.name ?? ''), person.date_of_birth ?? ''])
    const isAgain = person.name !== undefined && seen.has(who)
    seen.add(who)
    return isAgain
      ? [{ path: ['people', index, 'name'], message: 'This person is in the step-down already' }]
      : []
  })
}

/** Somebody of the version before. */
export type PersonBefore = Pick<StepDownPerson, 'id' | 'role' | 'name' | 'birth' | 'expected' | 'upn'>

type IsSame = (person: FilePerson, before: PersonBefore) => boolean

/** The surest first: whoever has the same number is the same, however the name is written now. */
const sameness: IsSame[] = [
  ({ upn = '' }, before) => upn !== '' && fold(upn) === fold(before.upn),
  ({ name = '', date_of_birth = '' }, before) =>
    name !== '' && fold(name) === fold(before.name) && date_of_birth === before.birth,
  ({ name = '' }, before) => name !== '' && fold(name) === fold(before.name),
  ({ name = '', role, expected_date = '' }, before) =>
    name === '' && before.name === '' && role === before.role && expected_date === before.expected,
  ({ name = '', role }, before) => name === '' && before.name === '' && role === before.role
]

/**
 * The ids of the people of a version, in their order. Whoever was there before keeps theirs, so that a matched child or
 * whoever agreed stays the same; the id of somebody new follows from what is said of them.
 */
export function personIds(
  { stepDownId, told: { people } }: Pick<ImportedStepDown, 'stepDownId' | 'told'>,
  before: readonly PersonBefore[]
): Id[] {
  const left = new Map(before.map((each) => [each.id, each]))
  const found = new Map<number, Id>()
  for (const isSame of sameness) {
    for (const [index, person] of people.entries()) {
      if (found.has(index)) continue
      const same = [...left.values()].find((each) => isSame(person, each))
      if (!same) continue
      left.delete(same.id)
      found.set(index, same.id)
    }
  }
  const taken = new Set(found.values())
  return people.map((person, index) => {
    const known = found.get(index)
    if (known !== undefined) return known
    const { role, name = '', date_of_birth = '', expected_date = '' } = person
    const who = [stepDownId, role, fold(name), date_of_birth, expected_date]
    let id = naturalId('imported-step-down-person', ...who)
    // two unborn children of whom nothing else is known are two
    for (let time = 2; taken.has(id); time++) {
      id = naturalId('imported-step-down-person', ...who, String(time))
    }
    taken.add(id)
    return id
  })
}

/** Nobody of the version before is in this one, and none of them was to be born since: it is another family's. */
export function tellsOfOthers(
  { told: { people } }: Pick<ImportedStepDown, 'told'>,
  before: readonly PersonBefore[]
): boolean {
  if (people.length === 0 || before.length === 0) return false
  if (before.some(({ role }) => role === 'unborn')) return false
  return !people.some((person) => before.some((each) => sameness.some((isSame) => isSame(person, each))))
}

/** What a step-down of a file is held against. */
export interface ImportingStepDowns {
  now: Instant
  rules: Pick<Rules, 'districts'>
  /** ONS codes by every name of a district, folded (`districtCodes`). */
  districtCodes: ReadonlyMap<string, string>
  /** Schools of the directory by URN; undefined where there is none of it. */
  schools: ReadonlyMap<string, { id: Id; name: string } | undefined>
}

/** By which field of the form each field of the file is read. */
const draftFields = {
  received_on: 'receivedOn',
  received_time: 'receivedAt',
  source: 'source',
  sending_team: 'sendingTeam',
  worker_name: 'workerName',
  worker_phone: 'workerPhone',
  worker_email: 'workerEmail',
  worker_address: 'workerAddress',
  work_completed_on: 'workCompletedOn',
  address: 'address',
  district: 'district',
  areas_to_progress: 'areas',
  tried: 'tried',
  agreement: 'agreement',
  agreed_by: 'agreedBy',
  agreed_relation: 'agreedRelation',
  agreed_on: 'agreedOn',
  agreed_scope: 'agreedScope',
  previous_assessment: 'hadPrevious',
  previous_reference: 'previousReference',
  previous_keyworker: 'previousKeyworker',
  last_plan: 'lastPlan',
  risk: 'risk',
  risks: 'risks',
  requested_level: 'requestedLevel',
  note: 'note'
} as const satisfies Record<Exclude<keyof FileStepDown, 'step_down_id' | 'people'>, keyof StepDownDraft>

const personFieldOf: Partial<Record<string, PersonField>> = {
  birth: 'date_of_birth',
  expected: 'expected_date',
  schoolId: 'school_urn'
}

/** The step-down as the form would have it typed. `basedOn` is the version before, '' of the first; `ids` are its people's. */
export function draftOf(
  { stepDownId, versionId, told }: ImportedStepDown,
  { basedOn, ids }: { basedOn: Id; ids: readonly Id[] },
  { rules, districtCodes, schools }: Pick<ImportingStepDowns, 'rules' | 'districtCodes' | 'schools'>
): StepDownDraft {
  const { people: told2, step_down_id: _key, ...whole } = told
  const people = told2.map((person, index) => personOf(person, ids[index] ?? '', schools))
  const answers = Object.fromEntries(
    Object.entries(whole).map(([field, text]) => [draftFields[field as keyof typeof draftFields], text])
  ) as Partial<StepDownDraft>
  const { agreedBy = '', district = '' } = answers
  const agreed = people.find(({ name }) => name !== '' && fold(name) === fold(agreedBy))
  return {
    ...emptyStepDown({ id: versionId, stepDownId, personId: '' }),
    ...answers,
    ...{ basedOn, people },
    ...(agreed ? { agreedById: agreed.id, agreedBy: '' } : {}),
    district:
      rules.districts.find(({ key }) => key === district)?.key ?? districtCodes.get(fold(district)) ?? ''
  }
}

function personOf(told: FilePerson, id: Id, schools: ImportingStepDowns['schools']): StepDownPerson {
  const { role, name = '', sex = '', upn = '', relation = '', phone = '', needs = '' } = told
  const { date_of_birth: birth = '', expected_date: expected = '', school_urn: urn = '' } = told
  const school = schools.get(urn)
  return {
    ...emptyStepDownPerson(id, role),
    ...{ name, birth, expected, sex, upn, relation, phone, needs },
    schoolId: school?.id ?? '',
    school: told.school ?? school?.name ?? (urn === '' ? '' : `URN ${urn}`)
  }
}

/** What the form would not take of it, in the words of the form and by the fields of the file. */
export function problemsWithImported(
  { told }: Pick<ImportedStepDown, 'told'>,
  draft: StepDownDraft,
  { now, rules }: ImportingStepDowns
): PlacedProblem[] {
  const { district } = told
  const typed = [
    ...(draft.basedOn === '' ? problemsWithReceipt(draft, now) : []),
    ...problemsWithStepDown(draft, { now, rules })
  ].map(({ path, message }) => ({ path: pathInFile(path), message }))
  const unknown = `“${(district ?? '').slice(0, 40)}” is not a district of the county`
  return [
    ...typed,
    ...(district !== undefined && draft.district === '' ? [{ path: ['district'], message: unknown }] : []),
    ...told.people.flatMap(problemsWithAge)
  ]
}

/** A date that the form does not ask for would be lost in silence. */
function problemsWithAge({ role, date_of_birth, expected_date }: FilePerson, index: number): PlacedProblem[] {
  const wrong = (field: PersonField, message: string) => [{ path: ['people', index, field], message }]
  if (role === 'unborn' && date_of_birth !== undefined) {
    return wrong('date_of_birth', 'An unborn child has no date of birth. Use expected_date')
  }
  return role !== 'unborn' && expected_date !== undefined
    ? wrong('expected_date', 'Only an unborn child is expected. Leave this out')
    : []
}

/** `people.0.birth` of the form → `['people', 0, 'date_of_birth']` of the file. */
function pathInFile(path: string): PropertyKey[] {
  const [field = '', index, of] = path.split('.')
  if (index === undefined || of === undefined) {
    return [Object.entries(draftFields).find(([, each]) => each === field)?.[0] ?? field]
  }
  return ['people', Number(index), personFieldOf[of] ?? of]
}

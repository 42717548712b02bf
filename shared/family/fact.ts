import { z } from 'zod'
import { civilDate, id, type CivilDate, type Id, type Instant } from '../ids.ts'

const text = (limit: number, empty: string) =>
  z
    .string()
    .trim()
    .min(1, empty)
    .max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const optional = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const answer = z.enum(['yes', 'no', 'not-known'], 'Choose an answer')
const chosen = (empty: string) => z.uuid({ error: empty }).lowercase()
const day = z.iso.date({ error: 'Enter a date, like 23/11/2026' })
/** People to whom it must not be told; empty where it may be told to anyone in the family. */
const withheldFrom = z.array(id).max(30)

export const sexes = ['female', 'male', 'not-known'] as const
export type Sex = (typeof sexes)[number]

/** The groups of the 2021 census, and what stands for no answer. */
export const ethnicities = [
  'white-british',
  'white-irish',
  'gypsy-or-irish-traveller',
  'roma',
  'white-other',
  'white-and-black-caribbean',
  'white-and-black-african',
  'white-and-asian',
  'mixed-other',
  'indian',
  'pakistani',
  'bangladeshi',
  'chinese',
  'asian-other',
  'african',
  'caribbean',
  'black-other',
  'arab',
  'other',
  'not-said',
  'not-known'
] as const
export type Ethnicity = (typeof ethnicities)[number]

export const educationalSupports = ['none', 'sen-support', 'ehc-plan', 'not-known'] as const

/**
 * What each kind of fact about a person or a family holds. A fact is a dated row that is never changed: a correction is
 * a new version of it, a change a new fact from a later day, so that the old value stays readable (issue 4, section 1).
 */
export const factValues = {
  name: z.strictObject({ name: text(200, 'Enter the name') }),
  'other-name': z.strictObject({ name: text(200, 'Enter the other name'), note: optional(200) }),
  birth: z.strictObject({ date: day }),
  /** Of an unborn child. */
  'expected-birth': z.strictObject({ date: day }),
  died: z.strictObject({ date: day }),
  sex: z.strictObject({ sex: z.enum(sexes, 'Choose the sex') }),
  ethnicity: z.strictObject({
    ethnicity: z.enum(ethnicities, 'Choose the ethnicity'),
    inOwnWords: optional(200)
  }),
  disability: z.strictObject({ answer, note: optional(1_000) }),
  /** R1, S0: a learning need or disability that keeps a young person eligible to the day before the 25th birthday. */
  'learning-need': z.strictObject({ answer, note: optional(1_000) }),
  'educational-needs': z.strictObject({
    support: z.enum(educationalSupports, 'Choose the support'),
    note: optional(1_000)
  }),
  gp: z.strictObject({ practice: text(200, 'Enter the GP’s name or practice'), phone: optional(60) }),
  language: z.strictObject({ language: text(80, 'Enter the language'), interpreter: answer }),
  upn: z.strictObject({ upn: text(20, 'Enter the UPN') }),
  address: z.strictObject({
    address: text(300, 'Enter the address'),
    /** Written the usual way; '' where the address holds none. */
    postcode: optional(10),
    /** ONS code; '' where it is not known. */
    district: optional(12),
    withheldFrom
  }),
  phone: z.strictObject({
    number: text(60, 'Enter the number'),
    note: optional(200),
    mayLeaveMessage: z.boolean(),
    maySayWho: z.boolean(),
    withheldFrom
  }),
  school: z.strictObject({
    schoolId: chosen('Choose the school from the list'),
    name: text(200, 'Choose the school')
  }),
  /** What this person is to another: "mother of". */
  relation: z.strictObject({ personId: chosen('Choose to whom'), relation: text(100, 'Enter the relation') }),
  /** Of a person or of a family. */
  warning: z.strictObject({ text: text(1_000, 'Enter the warning'), reviewOn: day }),
  /** Of a family: the local hub of its district from a day on. */
  hub: z.strictObject({ hubId: chosen('Choose the local hub'), district: optional(12) }),
  /** Of a family: who may open it without giving a reason, and the one who is told when somebody else does (L21). */
  restriction: z.strictObject({
    named: z.array(id).min(1, 'Name at least one person').max(50),
    managerId: chosen('Choose who is told when somebody else opens it'),
    why: text(1_000, 'Enter why it is restricted')
  }),
  /** Of a family: a keyworker whom it asked not to have (C8). */
  'asked-against': z.strictObject({
    practitionerId: chosen('Choose the keyworker from the list'),
    name: text(200, 'Choose the keyworker'),
    why: optional(1_000)
  })
} as const

export type FactKind = keyof typeof factValues
export type FactValue<K extends FactKind = FactKind> = z.output<(typeof factValues)[K]>
export const factKinds = Object.keys(factValues) as FactKind[]

/** Kinds of which several hold at the same time; of the others the one with the latest first day holds. */
export const severalAtOnce = [
  'other-name',
  'address',
  'phone',
  'school',
  'relation',
  'warning',
  'asked-against'
] as const satisfies FactKind[]
export const familyFactKinds = [
  'warning',
  'hub',
  'restriction',
  'asked-against'
] as const satisfies FactKind[]
/** What may be withheld from named people: never in letters, exports, receipts and answers of the helpdesk. */
export const mayBeWithheld = ['address', 'phone'] as const satisfies FactKind[]

/** One version of one fact, as it is kept. */
export interface FactRow<K extends FactKind = FactKind> {
  id: Id
  /** The fact that it is a version of: the id of its first version. */
  ofId: Id
  /** The person or the family that it is about. */
  subjectId: Id
  kind: K
  value: FactValue<K>
  /** The first day that it holds; '' where nobody knows since when. */
  validFrom: CivilDate
  /** The last day that it holds; '' while it does. */
  validTo: CivilDate
  inError: boolean
  /** Why it was changed, '' for the first version. */
  reason: string
  recordedAt: Instant
}

const isOfKind =
  <K extends FactKind>(kind: K) =>
  (row: FactRow): row is FactRow<K> =>
    row.kind === kind

const recorded = ({ recordedAt, id: versionId }: FactRow): string => `${recordedAt} ${versionId}`

/** The newest version of each fact, in the order in which the facts were first recorded. */
export function newestVersions<R extends FactRow>(rows: readonly R[]): R[] {
  const newest = new Map<Id, R>()
  for (const row of rows) {
    const rival = newest.get(row.ofId)
    if (!rival || recorded(row) > recorded(rival)) newest.set(row.ofId, row)
  }
  return [...newest.values()]
}

/** Does it hold on a civil date, both ends included? What was entered in error never does. */
export const holdsOn = ({ inError, validFrom, validTo }: FactRow, on: CivilDate): boolean =>
  !inError && (validFrom === '' || validFrom <= on) && (validTo === '' || validTo >= on)

/** Every fact of a kind that holds on a civil date, the latest first. `rows` may hold several subjects and versions. */
export function factsOn<K extends FactKind>(
  rows: readonly FactRow[],
  subjectId: Id,
  kind: K,
  on: CivilDate
): FactRow<K>[] {
  const ofSubject = rows.filter((row) => row.subjectId === subjectId).filter(isOfKind(kind))
  return newestVersions<FactRow<K>>(ofSubject)
    .filter((row) => holdsOn(row, on))
    .sort((a, b) => (`${a.validFrom} ${recorded(a)}` < `${b.validFrom} ${recorded(b)}` ? 1 : -1))
}

/** The one that holds: of several the one with the latest first day, then the one recorded last. */
export const factOn = <K extends FactKind>(
  rows: readonly FactRow[],
  subjectId: Id,
  kind: K,
  on: CivilDate
): FactRow<K> | undefined => factsOn(rows, subjectId, kind, on)[0]

const ofKind = <K extends FactKind>(kind: K) =>
  z.strictObject({ kind: z.literal(kind), value: factValues[kind] })

/** A fact with its kind, as the page sends it. */
export const fact = z.discriminatedUnion('kind', [
  ofKind('name'),
  ofKind('other-name'),
  ofKind('birth'),
  ofKind('expected-birth'),
  ofKind('died'),
  ofKind('sex'),
  ofKind('ethnicity'),
  ofKind('disability'),
  ofKind('learning-need'),
  ofKind('educational-needs'),
  ofKind('gp'),
  ofKind('language'),
  ofKind('upn'),
  ofKind('address'),
  ofKind('phone'),
  ofKind('school'),
  ofKind('relation'),
  ofKind('warning'),
  ofKind('hub'),
  ofKind('restriction'),
  ofKind('asked-against')
])
export type Fact = z.output<typeof fact>

/** First day or last day of what is dated: '' where it is not known or has not ended. */
export const dayOrNone = z.union([z.literal(''), civilDate])

/**
 * Records a fact: a new one (`ofId` is its own `id`), or a new version of one. `basedOn` is the version that was read: the
 * newest of this fact; of a new fact of a kind of which only one holds, the one that holds now; '' where there was none.
 * Of a new fact of a kind of which several hold, `basedOn` is the one whose place it takes, which ends the day before in
 * the same act: an address that was moved away from. '' for one beside the others.
 */
export const recordedFact = z.strictObject({
  id,
  ofId: id,
  basedOn: z.union([z.literal(''), id]),
  familyId: id,
  subjectId: id,
  fact,
  validFrom: dayOrNone,
  validTo: dayOrNone,
  inError: z.boolean(),
  reason: optional(1_000)
})

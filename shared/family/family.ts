import { z } from 'zod'
import type { AgreementRow } from '../agreement/agreement.ts'
import { agreementDraft } from '../agreement/agreement.ts'
import type { EpisodeRow } from '../episode/episode.ts'
import { id, instant, type CivilDate, type Id, type Instant } from '../ids.ts'
import { ethnicities, sexes, dayOrNone, type FactRow } from './fact.ts'

/** What a person is in a family. One may be in two families, and something else in each. */
export const memberRoles = ['child', 'unborn', 'parent-carer', 'other'] as const
export type MemberRole = (typeof memberRoles)[number]

const line = (limit: number) =>
  z.string().max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const oneOf = <const T extends readonly string[]>(values: T) => z.enum(['', ...values])
const idOrNone = z.union([z.literal(''), id])
const why = (empty: string) => z.string().trim().min(1, empty).max(1_000, 'Use 1,000 characters or fewer')

/** A person of the registration form, in any state. */
export const draftPerson = z.strictObject({
  id,
  /** Someone the record has already; '' for someone new. */
  personId: idOrNone,
  /** The ids of the people who were offered and are none of them (L15); empty until that is said. */
  noneOf: z.array(id).max(20),
  role: oneOf(memberRoles),
  name: line(200),
  /** As spoken: `readBirth` reads it. */
  birth: line(40),
  /** Of an unborn child, as typed: `readDate` reads it. */
  expected: line(20),
  sex: oneOf(sexes),
  ethnicity: oneOf(ethnicities),
  disability: oneOf(['yes', 'no', 'not-known']),
  learningNeed: oneOf(['yes', 'no', 'not-known']),
  educationalNeeds: oneOf(['none', 'sen-support', 'ehc-plan', 'not-known']),
  gp: line(200),
  language: line(80),
  interpreter: oneOf(['yes', 'no', 'not-known']),
  upn: line(20),
  schoolId: idOrNone,
  schoolText: line(200),
  /** To the first child of the form: "mother", "brother". */
  relation: line(100),
  address: line(300),
  /** ONS code, where the postcode does not tell it. */
  district: line(12),
  phone: line(60),
  mayLeaveMessage: z.boolean(),
  maySayWho: z.boolean()
})
export type DraftPerson = z.output<typeof draftPerson>

/** The registration form as it is typed (R22): every field in any state, so that it can always be saved (L1). */
export const registrationDraft = z.strictObject({
  /** The family's id. */
  id,
  episodeId: id,
  startedAt: instant,
  /** What the family needs that calls for more than one agency (R2). */
  reason: line(5_000),
  people: z.array(draftPerson).max(30),
  agreement: agreementDraft,
  practitionerId: idOrNone,
  /** What stands in the field where the keyworker is looked for. */
  practitionerText: line(200),
  /** Why, although a child is in another family with an open assessment; '' where none is (R20). */
  goesOnBecause: line(1_000),
  /** The call or the helpdesk check that it goes on from. */
  callId: idOrNone,
  checkId: idOrNone
})
export type RegistrationDraft = z.output<typeof registrationDraft>

/** Someone in a family from a day on. A row that is never changed: a new version ends or corrects it. */
export interface MemberRow {
  id: Id
  ofId: Id
  familyId: Id
  personId: Id
  /** Whose record counts for this person: the same, unless two were merged. */
  keptId: Id
  role: MemberRole
  validFrom: CivilDate
  validTo: CivilDate
  inError: boolean
  reason: string
  recordedAt: Instant
}

/** A fact as a page gets it; what is withheld comes without its value's words until a reason is given. */
export interface ShownFact extends FactRow {
  recordedByName: string
  withheld: boolean
}

/** Everything of a family but its chronology. Names and so on are facts: `factOn` reads them. */
export interface FamilyRecord {
  id: Id
  reference: string
  registeredAt: Instant
  /** What it goes by in the system that it came in from; '' where it was registered here. */
  sourceKey: string
  hubId: Id
  hubName: string
  restricted: boolean
  /** Every version of every membership. */
  members: MemberRow[]
  /** Every version of every fact of the family and of its people. */
  facts: ShownFact[]
  /** The newest first. */
  agreements: AgreementRow[]
  /** The newest first; at most one is open (R20). */
  episodes: EpisodeRow[]
  /** How often something was shared although the family had not agreed to it. */
  sharedWithoutAgreement: number
  /** Merges that may still be undone. */
  merges: { id: Id; keptId: Id; mergedId: Id; mergedName: string; at: Instant; undoUntil: CivilDate }[]
}

export interface FamilyRow {
  id: Id
  reference: string
  registeredAt: Instant
  hubName: string
  /** '' where the family is restricted and the reader is not named. */
  childNames: string
  restricted: boolean
  keyworkerName: string
  /** What was decided; `none` where nothing is recorded, '' where it may not be told. */
  agreement: string
  nextDate: CivilDate
}

/** Someone joins a family: new (`person`), or known (`personId`). */
export const newMember = z.strictObject({
  /** The membership's id. */
  id,
  familyId: id,
  person: draftPerson,
  from: dayOrNone,
  reason: z.string().trim().max(1_000)
})

export const changedMember = z.strictObject({
  /** The new version's id. */
  id,
  ofId: id,
  basedOn: id,
  familyId: id,
  role: z.enum(memberRoles),
  validFrom: dayOrNone,
  validTo: dayOrNone,
  inError: z.boolean(),
  reason: why('Enter why')
})

/** Leaves one family and joins another in one act; nothing is lost in either. */
export const movedMember = z.strictObject({
  /** Of the version that ends the old membership. */
  id,
  ofId: id,
  basedOn: id,
  familyId: id,
  /** The new membership's id. */
  joiningId: id,
  toFamilyId: id,
  role: z.enum(memberRoles),
  /** The first day in the new family; the old membership ends the day before. */
  on: z.iso.date({ error: 'Enter a date' }),
  reason: why('Enter why')
})

export const accessReason = z.strictObject({
  id,
  familyId: id,
  reason: why('Enter why you need to see this')
})
export const withheldReason = z.strictObject({
  id,
  familyId: id,
  /** The version of the fact. */
  factId: id,
  reason: why('Enter why you need to see this')
})

/** How many days before it is due what waits about a family is told. */
export const DUE_AHEAD_DAYS = 7

/** What waits for somebody about families, worked out from the record. */
export const familyDueKinds = [
  'agreement-review',
  'warning-review',
  'meeting',
  'transfer',
  'funding',
  'restricted-opened',
  'check-passed-on',
  'advice-waiting',
  'transfer-review',
  'transfer-proposal',
  'transfer-answer',
  'changeover',
  'hand-over',
  'transfer-agreement',
  'introduction',
  'cover-begins',
  'cover-ends',
  'step-down-agreement',
  'step-up-to-plan',
  'step-up-meeting',
  'step-up-information',
  'step-up-without-agreement',
  'step-up-to-confirm',
  'step-up-to-end'
] as const
export interface FamilyDue {
  kind: (typeof familyDueKinds)[number]
  /** The row that it is about: an agreement, a fact, a planned date, an access, a check, a question, a step-up. */
  id: Id
  rowVersion: number
  /** '' for a check that found no family. */
  familyId: Id
  familyReference: string
  /** '' where the family is restricted and the reader is not named. */
  familyName: string
  dueOn: CivilDate
  ownerName: string
  note: string
}

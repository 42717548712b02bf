import { z } from 'zod'
import { civilDate, id, type CivilDate, type Id, type Instant } from '../ids.ts'

const words = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const text = (limit: number) => z.string().max(limit)
const idOrNone = z.union([z.literal(''), id])
const of = { familyId: id, episodeId: id }

/** R34: the first meeting of the team, a review, or another one. */
export const meetingKinds = ['first', 'review', 'other'] as const
export type MeetingKind = (typeof meetingKinds)[number]
export const attendances = ['came', 'apologies', 'did-not-come'] as const
export type Attendance = (typeof attendances)[number]

/**
 * Somebody joins the Team Around the Family, or a later version of it: `ofId` is the first version's id, and the same as
 * `id` for a new member. Exactly one of `personId`, `practitionerId` and `name` says who it is.
 */
export const teamMemberVersion = z.strictObject({
  id,
  ...of,
  ofId: id,
  basedOn: idOrNone,
  personId: idOrNone,
  practitionerId: idOrNone,
  name: words(200),
  role: words(100),
  employer: z.enum(['', 'agency', 'school']),
  employerId: idOrNone,
  phone: words(60),
  email: words(200),
  validFrom: civilDate,
  validTo: z.union([z.literal(''), civilDate]),
  inError: z.boolean(),
  reason: words(1_000)
})

export type TeamMemberVersion = z.output<typeof teamMemberVersion>

/** One version of somebody in the team; the keyworker is in it by itself, under the id of that row. */
export interface TeamMember {
  id: Id
  ofId: Id
  /** Of the record that counts. */
  personId: Id
  practitionerId: Id
  /** As the record has it now, wherever it comes from. */
  name: string
  role: string
  employer: '' | 'agency' | 'school'
  employerId: Id
  agencyName: string
  /** Of a person of the family the number that may be told, '' where it is withheld. */
  phone: string
  email: string
  isKeyworker: boolean
  validFrom: CivilDate
  /** The last day; '' while they belong to it. */
  validTo: CivilDate
  inError: boolean
  reason: string
  byName: string
  recordedAt: Instant
}

const invited = z.strictObject({ memberId: id, how: words(100) })

/** "Arrange a meeting". `id` is the planned date's as well; `memberId`: the first version's in the team. */
export const arrangedMeeting = z.strictObject({
  id,
  ...of,
  kind: z.enum(meetingKinds, 'Choose which meeting it is'),
  on: civilDate,
  /** HH:MM in London; '' where it is not known yet. */
  startsAt: z.union([
    z.literal(''),
    z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time like 14:30')
  ]),
  place: words(300),
  agenda: words(5_000),
  invited: z.array(invited).max(60)
})

/** The record of a meeting as it is typed, in any state. */
export const meetingDraft = z.strictObject({
  /** Of the record. */
  id,
  familyId: id,
  episodeId: id,
  /** Of one that was held without having been arranged, a new one. */
  meetingId: id,
  /** Which meeting it was, where it had not been arranged; '' otherwise. */
  kind: z.enum(['', ...meetingKinds]),
  /** As typed; an empty day is the one that was arranged. What is added later is of the same day. */
  heldOn: text(20),
  attendance: z
    .array(z.strictObject({ memberId: id, attendance: z.enum(['', ...attendances]), note: text(500) }))
    .max(60),
  record: text(50_000),
  decisions: text(20_000),
  familyViews: text(20_000)
})
export type MeetingDraft = z.output<typeof meetingDraft>

export type ArrangedMeeting = z.output<typeof arrangedMeeting>

/** R34: the record was given to the family. */
export const givenCopy = z.strictObject({
  id,
  ...of,
  meetingId: id,
  on: civilDate,
  toWhom: words(200).min(1, 'Enter who was given it'),
  how: words(200).min(1, 'Choose how it was given')
})

export interface Meeting {
  id: Id
  kind: MeetingKind
  /** The day it was held; before that the one it is arranged for. */
  on: CivilDate
  startsAt: string
  place: string
  agenda: string
  /** False for one that was held without having been arranged: it has no planned date. */
  wasArranged: boolean
  /** Of the planned date; 'done' as soon as it is recorded. */
  ending: '' | 'done' | 'cancelled'
  endedWhy: string
  rowVersion: number
  invited: { memberId: Id; how: string; on: CivilDate }[]
  attendance: { memberId: Id; attendance: Attendance; note: string }[]
  /** The first, then what was added. */
  records: {
    id: Id
    heldOn: CivilDate
    record: string
    decisions: string
    familyViews: string
    at: Instant
    byName: string
  }[]
  copies: { id: Id; on: CivilDate; toWhom: string; how: string; byName: string }[]
}

export interface TeamRecord {
  episodeId: Id
  /** Every version of every member. */
  members: TeamMember[]
  /** The newest day first. */
  meetings: Meeting[]
}

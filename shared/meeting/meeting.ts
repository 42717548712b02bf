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

export interface TeamMember {
  id: Id
  ofId: Id
  personId: Id
  practitionerId: Id
  /** As the record has it now, wherever it comes from. */
  name: string
  role: string
  agencyName: string
  phone: string
  email: string
  isKeyworker: boolean
  validFrom: CivilDate
  validTo: CivilDate
  inError: boolean
  reason: string
}

const invited = z.strictObject({ memberId: id, how: words(100) })

/** "Arrange a meeting". `id` is the planned date's as well. */
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
  meetingId: id,
  /** As typed; an empty day is the one that was arranged. */
  heldOn: text(20),
  attendance: z
    .array(z.strictObject({ memberId: id, attendance: z.enum(['', ...attendances]), note: text(500) }))
    .max(60),
  record: text(50_000),
  decisions: text(20_000),
  familyViews: text(20_000)
})
export type MeetingDraft = z.output<typeof meetingDraft>

export const givenCopy = z.strictObject({
  id,
  ...of,
  meetingId: id,
  on: civilDate,
  toWhom: words(200).min(1, 'Enter who was given it'),
  how: words(200).min(1, 'Enter how')
})

export interface Meeting {
  id: Id
  kind: MeetingKind
  on: CivilDate
  startsAt: string
  place: string
  agenda: string
  /** Of the planned date. */
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

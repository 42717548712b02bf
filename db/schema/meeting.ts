import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Attendance, MeetingKind } from '../../shared/meeting/meeting.ts'
import { written, yesNo } from './columns.ts'

const ofEpisode = () => ({ familyId: text('family_id').notNull(), episodeId: text('episode_id').notNull() })
const ofMeeting = () => ({ ...ofEpisode(), meetingId: text('meeting_id').notNull() })

/**
 * Somebody in the Team Around the Family from a day on (R33): a person of the family, a practitioner of the directory, or
 * somebody else with their agency. Append-only, versions as of facts.
 */
export const teamMember = sqliteTable(
  'team_member',
  {
    ...written(),
    ...ofEpisode(),
    ofId: text('of_id').notNull(),
    personId: text('person_id').notNull(),
    practitionerId: text('practitioner_id').notNull(),
    name: text('name').notNull(),
    role: text('role').notNull(),
    employer: text('employer').$type<'' | 'agency' | 'school'>().notNull(),
    employerId: text('employer_id').notNull(),
    phone: text('phone').notNull(),
    email: text('email').notNull(),
    validFrom: text('valid_from').notNull(),
    validTo: text('valid_to').notNull(),
    inError: yesNo('in_error'),
    reason: text('reason').notNull()
  },
  (t) => [
    index('team_member_episode').on(t.episodeId),
    index('team_member_of').on(t.ofId),
    index('team_member_practitioner').on(t.practitionerId)
  ]
)

/**
 * What belongs to a planned date that is a meeting of the team: it has the date's id. Whether it was held or cancelled
 * says the date (`episode_date.ending`), so that a withdrawal ends both (L29). One that was held without having been
 * arranged has no planned date.
 */
export const meeting = sqliteTable(
  'meeting',
  {
    ...written(),
    ...ofEpisode(),
    kind: text('kind').$type<MeetingKind>().notNull(),
    onDay: text('on_day').notNull(),
    /** HH:MM in London; '' where it is not known yet. */
    startsAt: text('starts_at').notNull(),
    place: text('place').notNull(),
    agenda: text('agenda').notNull()
  },
  (t) => [index('meeting_episode').on(t.episodeId), index('meeting_day').on(t.onDay)]
)

/** Who was asked to come, how, and on which day. */
export const meetingInvitation = sqliteTable(
  'meeting_invitation',
  {
    ...written(),
    ...ofMeeting(),
    /** `team_member.of_id`. */
    memberId: text('member_id').notNull(),
    how: text('how').notNull(),
    invitedOn: text('invited_on').notNull()
  },
  (t) => [index('meeting_invitation_meeting').on(t.meetingId)]
)

/** Who came. Append-only: of a member the newest counts. */
export const meetingAttendance = sqliteTable(
  'meeting_attendance',
  {
    ...written(),
    ...ofMeeting(),
    memberId: text('member_id').notNull(),
    attendance: text('attendance').$type<Attendance>().notNull(),
    note: text('note').notNull()
  },
  (t) => [index('meeting_attendance_meeting').on(t.meetingId)]
)

/** What was said and decided (R34). Append-only: a later one adds to it. */
export const meetingRecord = sqliteTable(
  'meeting_record',
  {
    ...written(),
    ...ofMeeting(),
    heldOn: text('held_on').notNull(),
    record: text('record').notNull(),
    decisions: text('decisions').notNull(),
    /** Was the family there, and what did it say? */
    familyViews: text('family_views').notNull()
  },
  (t) => [index('meeting_record_meeting').on(t.meetingId), index('meeting_record_episode').on(t.episodeId)]
)

/** R34: the record was given to the family. */
export const meetingCopy = sqliteTable(
  'meeting_copy',
  {
    ...written(),
    ...ofMeeting(),
    givenOn: text('given_on').notNull(),
    toWhom: text('to_whom').notNull(),
    how: text('how').notNull()
  },
  (t) => [index('meeting_copy_meeting').on(t.meetingId)]
)

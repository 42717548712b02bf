import { and, asc, eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { episodeDate, meeting, meetingAttendance, meetingRecord } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import { naturalId, type CivilDate, type Id, type Instant } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { Meeting, MeetingDraft } from '../../shared/meeting/meeting.ts'
import { heldOn, problemsWithRecord, type Recording } from '../../shared/meeting/problems.ts'
import { readDate } from '../../shared/time/civilDate.ts'
import { londonDate } from '../../shared/time/london.ts'
import { signedChange } from '../account/signed.ts'
import { endDraft } from '../draft/endDraft.ts'
import { mustBeOpen } from '../episode/mustBeOpen.ts'
import { writtenAfter, writtenBy, type Written } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { teamOf, type Team } from './readTeam.ts'

type Draft = Parsed<'meeting.record'>

/**
 * The record of a meeting that was held, arranged or not: who came, what was said and decided, what the family said
 * (R34). What was planned is kept by it. A later record adds to the first and never changes it; of somebody's attendance
 * the newest counts. The form's draft goes in the same act (L3).
 *
 * @throws Refusal not-found, family-restricted, assessment-closed, invalid (by field), meeting-cancelled, clashing-id, not-your-draft
 */
export async function recordMeeting(tx: Tx, draft: Draft, actor: Actor): Promise<null | AlreadyDone<null>> {
  const team = await teamOf(tx, draft.episodeId, actor)
  const kept = team.meetings.find(({ id }) => id === draft.meetingId)
  const [before] = await tx.select().from(meetingRecord).where(eq(meetingRecord.id, draft.id))
  if (before) {
    if (before.createdBy !== actor.id || !(await isRecorded(tx, draft, before, kept))) refuse('clashing-id')
    return alreadyDone(null)
  }
  await mustBeOpen(tx, draft)
  await endDraft(tx, draft.id, actor)
  if (kept?.ending === 'cancelled') refuse('meeting-cancelled')
  const recording = recordingOf(team, kept, londonDate(actor.now))
  const problems = problemsWithRecord(draft, recording)
  if (problems.length > 0) invalid(...problems)

  const day = heldOn(draft, recording)
  const written = writtenAfter(writtenBy(actor, team.hubId), kept?.records.at(-1)?.at)
  if (!kept) await insertHeld(tx, draft, day, written)
  await keepDate(tx, draft, actor)
  await tx.insert(meetingRecord).values({ ...written, ...typed(draft), heldOn: day })
  await insertAttendance(tx, draft, kept, written)
  return null
}

const recordingOf = (
  { members, registeredOn }: Team,
  kept: Meeting | undefined,
  today: CivilDate
): Recording => ({
  meeting: kept,
  recordedDay: kept?.records[0]?.heldOn ?? '',
  registeredOn,
  team: members.map(({ ofId }) => ofId),
  today
})

/** What of a form is kept as it was typed. */
const typed = ({ id, familyId, episodeId, meetingId, record, decisions, familyViews }: MeetingDraft) => ({
  ...{ id, familyId, episodeId, meetingId },
  record: record.trim(),
  decisions: decisions.trim(),
  familyViews: familyViews.trim()
})

/** Is this form what was recorded (L6)? The day and the kind are told by the first record alone. */
async function isRecorded(
  tx: Tx,
  draft: Draft,
  before: typeof meetingRecord.$inferSelect,
  kept: Meeting | undefined
): Promise<boolean> {
  const isFirst = kept?.records[0]?.id === before.id
  const again = { ...typed(draft), heldOn: (isFirst && readDate(draft.heldOn)) || before.heldOn }
  const keys = Object.keys(again) as (keyof typeof again)[]
  const isSameKind = !isFirst || kept.wasArranged || kept.kind === draft.kind
  return (
    isSameKind &&
    keys.every((key) => before[key] === again[key]) &&
    (await isSameAttendance(tx, draft, before.createdAt))
  )
}

/** Did this record tell of the same people what the form tells, beside what was known before it? */
async function isSameAttendance(tx: Tx, draft: Draft, recordedAt: Instant): Promise<boolean> {
  const rows = await tx
    .select()
    .from(meetingAttendance)
    .where(eq(meetingAttendance.meetingId, draft.meetingId))
    .orderBy(asc(meetingAttendance.createdAt), asc(meetingAttendance.id))
  const told = rows.filter(({ id, memberId }) => id === attendanceId(draft, memberId))
  const said = newAttendance(
    draft,
    rows.filter(({ createdAt }) => createdAt < recordedAt)
  )
  return (
    told.length === said.length &&
    said.every(({ memberId, ...each }) =>
      isSameAnswer(
        told.find((row) => row.memberId === memberId),
        each
      )
    )
  )
}

type Answer = Pick<Draft['attendance'][number], 'attendance' | 'note'>

const isSameAnswer = (known: Answer | undefined, { attendance, note }: Answer): boolean =>
  known?.attendance === attendance && known.note === note.trim()

/** Who came by a form, but for what is known already; of `known` the last of each counts. */
const newAttendance = (
  { attendance }: Draft,
  known: readonly (Answer & { memberId: Id })[]
): Draft['attendance'] =>
  attendance.filter(
    (each) =>
      each.attendance !== '' &&
      !isSameAnswer(
        known.findLast(({ memberId }) => memberId === each.memberId),
        each
      )
  )

const attendanceId = ({ id }: Pick<Draft, 'id'>, memberId: Id): Id => naturalId('attendance', id, memberId)

/** One that nobody arranged: it has no planned date, for nothing was planned. */
async function insertHeld(
  tx: Tx,
  { familyId, episodeId, meetingId, kind }: Draft,
  day: CivilDate,
  written: Written
): Promise<void> {
  if (kind === '') return
  const unsaid = { startsAt: '', place: '', agenda: '' }
  await tx
    .insert(meeting)
    .values({ ...written, id: meetingId, familyId, episodeId, kind, onDay: day, ...unsaid })
}

/** What was planned has taken place. */
async function keepDate(tx: Tx, { meetingId }: Draft, actor: Actor): Promise<void> {
  await tx
    .update(episodeDate)
    .set({ ...signedChange(actor), ending: 'done', endedAt: actor.now })
    .where(and(eq(episodeDate.id, meetingId), eq(episodeDate.ending, '')))
}

async function insertAttendance(
  tx: Tx,
  draft: Draft,
  kept: Meeting | undefined,
  written: Written
): Promise<void> {
  const { familyId, episodeId, meetingId } = draft
  for (const { memberId, attendance, note } of newAttendance(draft, kept?.attendance ?? [])) {
    if (attendance === '') continue
    await tx.insert(meetingAttendance).values({
      ...{ ...written, id: attendanceId(draft, memberId), familyId, episodeId, meetingId },
      ...{ memberId, attendance, note: note.trim() }
    })
  }
}

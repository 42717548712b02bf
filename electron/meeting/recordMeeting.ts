import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { episodeDate, meeting, meetingAttendance, meetingRecord } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { Meeting, MeetingDraft } from '../../shared/meeting/meeting.ts'
import { heldOn, problemsWithRecord, type Recording } from '../../shared/meeting/problems.ts'
import { readDate } from '../../shared/time/civilDate.ts'
import { londonDate } from '../../shared/time/london.ts'
import { signedChange } from '../account/signed.ts'
import { endDraft } from '../draft/endDraft.ts'
import { mustBeOpen } from '../episode/mustBeOpen.ts'
import { writtenBy, type Written } from '../family/written.ts'
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
  const [before] = await tx.select().from(meetingRecord).where(eq(meetingRecord.id, draft.id))
  if (before) {
    if (before.createdBy !== actor.id || !(await isRecorded(tx, draft, before))) refuse('clashing-id')
    return alreadyDone(null)
  }
  await mustBeOpen(tx, draft)
  await endDraft(tx, draft.id, actor)
  const kept = team.meetings.find(({ id }) => id === draft.meetingId)
  if (kept?.ending === 'cancelled') refuse('meeting-cancelled')
  const recording = recordingOf(team, kept, londonDate(actor.now))
  const problems = problemsWithRecord(draft, recording)
  if (problems.length > 0) invalid(...problems)

  const day = heldOn(draft, recording)
  const written = writtenBy(actor, team.hubId)
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

/** Is this form what was recorded (L6)? Of attendance that the record before had already nothing was written. */
async function isRecorded(tx: Tx, draft: Draft, before: typeof meetingRecord.$inferSelect): Promise<boolean> {
  const again = { ...typed(draft), heldOn: readDate(draft.heldOn) || before.heldOn }
  const rows = await tx
    .select()
    .from(meetingAttendance)
    .where(eq(meetingAttendance.meetingId, draft.meetingId))
  const isSameAttendance = draft.attendance.every(({ memberId, attendance, note }) => {
    const row = rows.find(({ id }) => id === attendanceId(draft, memberId))
    return !row || (row.attendance === attendance && row.note === note.trim())
  })
  const keys = Object.keys(again) as (keyof typeof again)[]
  return isSameAttendance && keys.every((key) => before[key] === again[key])
}

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
  { id, familyId, episodeId, meetingId, attendance: said }: Draft,
  kept: Meeting | undefined,
  written: Written
): Promise<void> {
  for (const { memberId, attendance, note } of said) {
    const known = kept?.attendance.find((each) => each.memberId === memberId)
    const isKnown = known?.attendance === attendance && known.note === note.trim()
    if (attendance === '' || isKnown) continue
    await tx.insert(meetingAttendance).values({
      ...{ ...written, id: attendanceId({ id }, memberId), familyId, episodeId, meetingId },
      ...{ memberId, attendance, note: note.trim() }
    })
  }
}

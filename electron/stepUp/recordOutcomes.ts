import { eq, getTableColumns } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { caseNote, impactMeeting, impactMeetingRecord, stepUpEvent } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import { childrenOn, membersOn } from '../../shared/family/members.ts'
import { naturalId, naturalIdBeside, type CivilDate, type Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { emptyNote } from '../../shared/note/emptyNote.ts'
import { outcomeDay, problemsWithOutcomes } from '../../shared/stepUp/problems.ts'
import type { StepUp } from '../../shared/stepUp/record.ts'
import type { OutcomesDraft, StepUpOutcome } from '../../shared/stepUp/stepUp.ts'
import { writeDate } from '../../shared/time/civilDate.ts'
import { londonDate, showDate, toInstant } from '../../shared/time/london.ts'
import { stepUpOutcomeLabels } from '../../shared/words/stepUp.ts'
import { signedChange } from '../account/signed.ts'
import { endDraft } from '../draft/endDraft.ts'
import { knownFamily } from '../family/peopleOf.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { addNote } from '../note/addNote.ts'
import { insertEvent } from './insertEvent.ts'
import { agendaOf } from './planMeeting.ts'
import { theMeeting, type MeetingRow } from './theMeeting.ts'

type Item = OutcomesDraft['items'][number]

/**
 * "Record outcome": an Action and Impact Meeting was held, and every request on its agenda has its outcome (R42). All of it
 * is one act, so that no half of a meeting is recorded; what is refused stays in the form beside its request. Minutes become
 * a case note of the family that they are of, and of no other (R54). The form's draft goes in the same act (L3).
 *
 * @throws Refusal not-found, step-not-possible, invalid (by field), clashing-id, not-your-draft
 */
export async function recordOutcomes(
  tx: Tx,
  draft: Parsed<'stepUp.recordOutcomes'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { id, meetingId } = draft
  const meeting = await theMeeting(tx, meetingId, actor)
  const [before] = await tx.select().from(impactMeetingRecord).where(eq(impactMeetingRecord.id, id))
  if (before) {
    if (before.createdBy !== actor.id || !(await isRecorded(tx, draft, meeting))) refuse('clashing-id')
    return alreadyDone(null)
  }
  if (meeting.ending !== '') refuse('step-not-possible')
  await endDraft(tx, id, actor)
  const agenda = agendaOf(tx, meetingId, actor)
  const problems = problemsWithOutcomes(draft, {
    ...{ today: londonDate(actor.now), meetingOn: meeting.onDay, agenda }
  })
  if (problems.length > 0) invalid(...problems)
  mustAllBeOpen(draft, agenda)

  for (const item of draft.items) {
    const stepUp = agenda.find((each) => each.id === item.stepUpId)
    if (stepUp) await recordOutcome(tx, { draft, meeting, item, stepUp }, actor)
  }
  await tx
    .insert(impactMeetingRecord)
    .values({ ...writtenBy(actor, meeting.hubId), id, meetingId, heldOn: meeting.onDay })
  await tx
    .update(impactMeeting)
    .set({ ...signedChange(actor), ending: 'held' })
    .where(eq(impactMeeting.id, meetingId))
  return null
}

/** L25: nothing is written about a family that opens only with a reason before one was given. */
function mustAllBeOpen({ items }: OutcomesDraft, agenda: readonly StepUp[]): void {
  const problems = items.flatMap(({ stepUpId }, index) =>
    agenda.some(({ id, isHidden }) => id === stepUpId && isHidden)
      ? [
          {
            path: `items.${String(index)}.outcome`,
            message: 'This family is restricted. Open it with a reason first'
          }
        ]
      : []
  )
  if (problems.length > 0) invalid(...problems)
}

const eventId = (draftId: Id, stepUpId: Id): Id => naturalId('step-up-outcome', draftId, stepUpId)
const minutesId = (draftId: Id, stepUpId: Id): Id => naturalIdBeside(draftId, 'minutes', stepUpId)

interface Recording {
  draft: OutcomesDraft
  meeting: MeetingRow
  item: Item
  stepUp: StepUp
}

async function recordOutcome(tx: Tx, recording: Recording, actor: Actor): Promise<void> {
  const { draft, meeting, item, stepUp } = recording
  const said = saidOf(item, meeting.onDay)
  if (!said) return
  const hasMinutes = item.minutes.trim() !== ''
  const noteId = hasMinutes ? minutesId(draft.id, stepUp.id) : ''
  const of = { id: eventId(draft.id, stepUp.id), meetingId: meeting.id, noteId }
  await insertEvent(tx, stepUp, { ...said, ...of }, actor)
  if (hasMinutes) await addMinutes(tx, noteId, recording, said.event, actor)
}

/** What one outcome says; undefined while it says nothing. Only what was accepted has a name and a day of its own. */
function saidOf(
  item: Item,
  meetingOn: CivilDate
): { event: StepUpOutcome; on: CivilDate; who: string; words: string } | undefined {
  const { outcome } = item
  if (outcome === '') return undefined
  const isAccepted = outcome === 'accept'
  return {
    event: outcome,
    on: isAccepted ? outcomeDay(item, meetingOn) : meetingOn,
    who: isAccepted ? item.who.trim() : '',
    words: item.words.trim()
  }
}

/** About the children of the family, or whoever belongs to it where no child does any more. */
async function addMinutes(
  tx: Tx,
  noteId: Id,
  { meeting, item, stepUp }: Recording,
  outcome: StepUpOutcome,
  actor: Actor
): Promise<void> {
  const { familyId, episodeId } = stepUp
  const { members } = knownFamily(tx, familyId)
  const today = londonDate(actor.now)
  const children = childrenOn(members, today)
  const { here, gone } = membersOn(members, today)
  const heading = `Action and Impact Meeting of ${showDate(meeting.onDay)}: ${stepUpOutcomeLabels[outcome]}.`
  const begins = toInstant(meeting.onDay, meeting.startsAt)
  await addNote(
    tx,
    {
      ...emptyNote({ id: noteId, familyId, episodeId }),
      kind: 'meeting',
      happenedOn: writeDate(meeting.onDay),
      // one that began sooner than it was planned is recorded before its time
      happenedTime: begins !== undefined && begins <= actor.now ? meeting.startsAt : '',
      aboutIds: children.length > 0 ? children : [...here, ...gone].map(({ keptId }) => keptId),
      words: `${heading}\n\n${item.minutes.trim()}`,
      familyMaySee: item.familyMaySee,
      restrictedWhy: item.restrictedWhy
    },
    actor
  )
}

/** Is this form what was recorded (L6)? */
async function isRecorded(tx: Tx, draft: OutcomesDraft, { id, onDay }: MeetingRow): Promise<boolean> {
  const rows = await tx
    .select({ ...getTableColumns(stepUpEvent), note: caseNote.words })
    .from(stepUpEvent)
    .leftJoin(caseNote, eq(caseNote.id, stepUpEvent.noteId))
    .where(eq(stepUpEvent.meetingId, id))
  return draft.items.every((item) => {
    const said = saidOf(item, onDay)
    const kept = rows.find((row) => row.id === eventId(draft.id, item.stepUpId))
    const minutes = item.minutes.trim()
    return (
      (minutes === '' ? kept?.note === null : kept?.note?.endsWith(`\n\n${minutes}`) === true) &&
      kept?.event === said?.event &&
      kept?.onDay === said?.on &&
      kept?.who === said?.who &&
      kept?.words === said?.words
    )
  })
}

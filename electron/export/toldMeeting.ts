import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import type { Meeting, MeetingKind, TeamMember } from '../../shared/meeting/meeting.ts'
import { memberOf } from '../../shared/meeting/team.ts'
import type { PlanOutcome } from '../../shared/plan/plan.ts'
import { showDate, showDateTime, showDay } from '../../shared/time/london.ts'
import { attendanceLabels } from '../../shared/words/meeting.ts'
import { teamOf } from '../meeting/readTeam.ts'
import { readPlan } from '../plan/readPlan.ts'
import { below, joined, toldTexts, type Said } from './toldTexts.ts'

const titles: Record<MeetingKind, string> = {
  first: 'First Team Around the Family meeting',
  review: 'Review by the Team Around the Family',
  other: 'Team Around the Family meeting'
}

/**
 * The meetings of an assessment, the first first: who was invited and came, what was said and decided, what was scored of the
 * plan in it, and who was given the record. One that was not held, or was cancelled, is told as such.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function toldMeetings(db: ReadDb, episodeId: Id, actor: Actor): Promise<ToldRecord[]> {
  const { members, meetings } = await teamOf(db, episodeId, actor)
  if (meetings.length === 0) return []
  const { outcomes } = await readPlan(db, { episodeId }, actor)
  const arranged = new Map(arrangedBy(db, episodeId).map((each) => [each.id, each]))
  return meetings.toReversed().map((meeting) => ({
    ...{ id: meeting.id, kind: 'meeting', reference: '', title: titles[meeting.kind], on: meeting.on },
    recordedAt: meeting.records[0]?.at ?? arranged.get(meeting.id)?.at ?? actor.now,
    byName: meeting.records[0]?.byName ?? arranged.get(meeting.id)?.byName ?? '',
    texts: toldTexts([
      ...arrangedSaid(meeting, members),
      ...heldSaid(meeting, members),
      ...scoredSaid(meeting, outcomes),
      ...copiesSaid(meeting)
    ]),
    files: []
  }))
}

/** Who arranged each, as a meeting or as a date that was planned, and when. */
const arrangedBy = (db: ReadDb, episodeId: Id): { id: Id; at: Instant; byName: string }[] =>
  db.all(sql`SELECT m.id, m.created_at AS at, coalesce(a.name, '') AS byName FROM (
      SELECT id, created_at, created_by FROM meeting WHERE episode_id = ${episodeId}
      UNION ALL SELECT id, created_at, created_by FROM episode_date
        WHERE episode_id = ${episodeId} AND kind = 'meeting' AND id NOT IN (SELECT id FROM meeting)) m
    LEFT JOIN account a ON a.id = m.created_by`)

const asMember = (members: readonly TeamMember[], memberId: Id): string => {
  const member = memberOf(members, memberId)
  if (!member) return 'Not known'
  return joined(member.name, member.isKeyworker ? 'keyworker' : member.role, member.agencyName)
}

const arrangedSaid = (meeting: Meeting, members: readonly TeamMember[]): Said[] => [
  ['when', 'When', joined(showDay(meeting.on), meeting.startsAt)],
  ['place', 'Where', meeting.place],
  ['ended', 'What became of it', endedWords(meeting)],
  ['agenda', 'Agenda', meeting.agenda],
  [
    'invited',
    'Invited',
    below(
      ...meeting.invited.map(({ memberId, how }) => joined(asMember(members, memberId), how.toLowerCase()))
    )
  ]
]

function endedWords({ ending, endedWhy }: Meeting): string {
  if (ending === 'cancelled') return below('Cancelled', endedWhy)
  return ending === 'done' ? '' : 'Not recorded yet'
}

const heldSaid = (meeting: Meeting, members: readonly TeamMember[]): Said[] => [
  [
    'attendance',
    'Who came',
    below(
      ...meeting.attendance.map(({ memberId, attendance, note }) =>
        joined(`${asMember(members, memberId)}: ${attendanceLabels[attendance].toLowerCase()}`, note)
      )
    )
  ],
  ...meeting.records.flatMap(({ record, decisions, familyViews, byName, at }, index): Said[] => [
    [`records.${String(index)}.record`, index === 0 ? 'What was said' : 'Added later', record],
    [`records.${String(index)}.decisions`, 'What was decided', decisions],
    [`records.${String(index)}.familyViews`, 'What the family said', familyViews],
    // who recorded the first stands below the whole
    [`records.${String(index)}.by`, 'Added by', index === 0 ? '' : joined(byName, showDateTime(at))]
  ])
]

const scoredSaid = ({ id }: Meeting, outcomes: readonly PlanOutcome[]): Said[] =>
  outcomes.flatMap(({ words, scores }) =>
    scores
      .filter(({ meetingId }) => meetingId === id)
      .map((score): Said => [
        `scores.${score.id}`,
        'Scored in the meeting',
        below(`${words}: ${String(score.score)} out of 10`, score.words)
      ])
  )

const copiesSaid = ({ copies }: Meeting): Said[] =>
  copies.map(({ id, toWhom, on, how, byName }): Said => [
    `copies.${id}`,
    'The record was given to',
    joined(toWhom, showDate(on), how.toLowerCase(), `recorded by ${byName}`)
  ])

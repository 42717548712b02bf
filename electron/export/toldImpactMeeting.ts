import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import type { CivilDate, Id, Instant } from '../../shared/ids.ts'
import type { StepUp } from '../../shared/stepUp/record.ts'
import { showDay } from '../../shared/time/london.ts'
import { eventSaid } from '../../shared/words/stepUp.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { readStepUps } from '../stepUp/readStepUps.ts'
import { below, joined, toldTexts, type Said } from './toldTexts.ts'

interface Found {
  id: Id
  hubName: string
  onDay: CivilDate
  startsAt: string
  place: string
  chairName: string
  endedWhy: string
  recordedAt: Instant
  byName: string
}

/**
 * The Action and Impact Meetings that looked at a family, the first first, with what they said of it and of nobody else: the
 * note on a meeting is about all of its families and stays here.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function toldImpactMeetings(db: ReadDb, familyId: Id, actor: Actor): Promise<ToldRecord[]> {
  await mustOpen(db, familyId, actor)
  const stepUps = readStepUps(db, sql`s.family_id = ${familyId}`, actor)
  return meetingsOf(db, familyId).map((meeting) => ({
    ...{ id: meeting.id, kind: 'impact-meeting', reference: '', title: 'Action and Impact Meeting' },
    ...{ on: meeting.onDay, recordedAt: meeting.recordedAt, byName: meeting.byName },
    texts: toldTexts([
      ['when', 'When', joined(showDay(meeting.onDay), meeting.startsAt)],
      ['place', 'Where', meeting.place],
      ['hub', 'Local hub', meeting.hubName],
      ['chair', 'Chaired by', meeting.chairName],
      ['endedWhy', 'Why it was cancelled', meeting.endedWhy],
      ...stepUps.flatMap((stepUp) => saidOf(stepUp, meeting.id))
    ]),
    files: []
  }))
}

const meetingsOf = (db: ReadDb, familyId: Id): Found[] =>
  db.all(sql`SELECT m.id, m.on_day AS onDay, m.starts_at AS startsAt, m.place, m.ended_why AS endedWhy,
      m.created_at AS recordedAt, coalesce(c.name, '') AS chairName, coalesce(a.name, '') AS byName,
      coalesce((SELECT json_extract(value, '$.name') FROM setting WHERE kind = 'local-hub' AND key = m.hub_id
        AND deleted_at IS NULL ORDER BY valid_from DESC LIMIT 1), '') AS hubName
    FROM impact_meeting m LEFT JOIN account c ON c.id = m.chair_id LEFT JOIN account a ON a.id = m.created_by
    WHERE m.deleted_at IS NULL AND m.id IN (SELECT x.meeting_id FROM step_up_event x WHERE x.family_id = ${familyId})
    ORDER BY m.on_day, m.starts_at, m.id`)

const saidOf = ({ reference, events }: StepUp, meetingId: Id): Said[] =>
  events
    .filter((event) => event.meetingId === meetingId)
    .map((event) => [`events.${event.id}`, reference, below(eventSaid(event), event.words)])

import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { agendaOfStepUp } from '../../db/stepUps.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { ImpactMeeting, ImpactMeetingRow } from '../../shared/stepUp/record.ts'
import { knownFamilies } from '../family/readableFamily.ts'
import { everOnAgenda, onAgenda } from './planMeeting.ts'
import { readStepUps } from './readStepUps.ts'
import { chairs, knownMeetings, theMeeting } from './theMeeting.ts'

const PAGE = 50

/**
 * Action and Impact Meetings, those to come with the next first, or those that were held or cancelled with the last first.
 * A request of a family that one may not know of is not counted (L25).
 */
export async function listMeetings(
  db: ReadDb,
  { hubId, when, after }: Parsed<'stepUp.meetings'>,
  actor: Actor
): Promise<Output<'stepUp.meetings'>> {
  const isComing = when === 'coming'
  const where = sql`impact_meeting.deleted_at IS NULL
    AND impact_meeting.ending ${isComing ? sql`= ''` : sql`<> ''`}
    AND ${hubId === '' ? sql`1` : sql`impact_meeting.hub_id = ${hubId}`}
    AND ${knownMeetings(actor) ?? sql`1`}
    AND ${after === '' ? sql`1` : isComing ? sql`${place} > ${after}` : sql`${place} < ${after}`}`
  const rows = db.all<ImpactMeetingRow & { at: string }>(sql`
    SELECT ${columns(actor)}, ${place} AS at FROM impact_meeting
    WHERE ${where} ORDER BY at ${isComing ? sql`ASC` : sql`DESC`} LIMIT ${PAGE + 1}`)
  const shown = rows.slice(0, PAGE)
  const next = rows.length > PAGE ? (shown.at(-1)?.at ?? '') : ''
  return { rows: shown.map(({ at: _at, ...row }) => row), next }
}

const place = sql`impact_meeting.on_day || ' ' || impact_meeting.starts_at || ' ' || impact_meeting.id`

const columns = (
  actor: Actor
): SQL => sql`impact_meeting.id, impact_meeting.hub_id AS hubId, ${hubName} AS hubName,
  impact_meeting.on_day AS onDay, impact_meeting.starts_at AS startsAt, impact_meeting.place,
  impact_meeting.chair_id AS chairId,
  coalesce((SELECT name FROM account WHERE id = impact_meeting.chair_id), '') AS chairName, impact_meeting.ending,
  (SELECT count(*) FROM step_up s JOIN family_index ON family_index.family_id = s.family_id
    WHERE s.id IN (SELECT p.step_up_id FROM step_up_event p WHERE p.meeting_id = impact_meeting.id)
      AND ${sql.raw(agendaOfStepUp('s.id'))} = impact_meeting.id
      AND ${knownFamilies(actor) ?? sql`1`}) AS cases`

const hubName = sql`coalesce((SELECT json_extract(value, '$.name') FROM setting
  WHERE kind = 'local-hub' AND key = impact_meeting.hub_id AND deleted_at IS NULL
  ORDER BY valid_from DESC LIMIT 1), '')`

/**
 * One meeting with every request that was ever on its agenda: those that stand on it in their order, then the others. Of a
 * restricted family nobody is named.
 *
 * @throws Refusal not-found
 */
export async function readMeeting(
  db: ReadDb,
  { id }: Parsed<'stepUp.meeting'>,
  actor: Actor
): Promise<ImpactMeeting> {
  const { note, endedWhy, rowVersion } = await theMeeting(db, id, actor)
  const row = db.get<ImpactMeetingRow>(
    sql`SELECT ${columns(actor)} FROM impact_meeting WHERE impact_meeting.id = ${id}`
  )
  const known = readStepUps(db, sql`${everOnAgenda(id)} AND ${knownFamilies(actor) ?? sql`1`}`, actor)
  const agenda = onAgenda(known, id)
  const others = known.filter((stepUp) => !agenda.includes(stepUp))
  return { ...row, note, endedWhy, rowVersion, stepUps: [...agenda, ...others] }
}

/** Who may chair a meeting (R42). */
export const listChairs = async (db: ReadDb): Promise<Output<'stepUp.chairs'>> => chairs(db)

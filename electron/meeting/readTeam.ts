import { sql } from 'drizzle-orm'
import { closedOn } from '../../db/episodes.ts'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { factOn, factsOn } from '../../shared/family/fact.ts'
import type { ShownFact } from '../../shared/family/family.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { LAST_DAY } from '../../shared/keyworker/spans.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Meeting, TeamMember } from '../../shared/meeting/meeting.ts'
import { londonDate } from '../../shared/time/london.ts'
import {
  asBoolean,
  besideAsJson,
  factsAsJson,
  peopleOf,
  shownFacts,
  writersName,
  type ToldFact
} from '../family/peopleOf.ts'
import { letIn, standingFor, type Standing } from '../family/readableFamily.ts'
import { employerName } from '../practitioner/employerName.ts'

/** The team of an assessment, as somebody who writes about it knows it. */
export interface Team {
  hubId: Id
  registeredOn: CivilDate
  /** Every version of everybody, as they were recorded. */
  members: TeamMember[]
  /** The newest day first. */
  meetings: Meeting[]
}

/** One row: each list as JSON, so that a team is one question however often it met. */
interface Found extends Standing {
  familyId: Id
  registeredOn: CivilDate
  members: string
  meetings: string
}

/**
 * Everybody who is or was in the Team Around the Family (R33), and its meetings, in two questions. Of a person of the
 * family no number is told that is withheld.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function readTeam(
  db: ReadDb,
  { episodeId }: Parsed<'meeting.team'>,
  actor: Actor
): Promise<Output<'meeting.team'>> {
  const { members, meetings } = await teamOf(db, episodeId, actor)
  return { episodeId, members, meetings }
}

/**
 * The same, for whoever writes about the team.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function teamOf(db: ReadDb, episodeId: Id, actor: Actor): Promise<Team> {
  const { familyId, hubId, registeredOn, ...lists } = letIn(rowOf(db, episodeId, actor), actor)
  const told = db.get<{ facts: string; beside: string }>(sql`WITH ${peopleOf(familyId)}
    SELECT ${factsAsJson(sql`f.kind IN ('name', 'phone')`)} AS facts, ${besideAsJson} AS beside`)
  const facts = shownFacts(JSON.parse(told.facts) as ToldFact[], JSON.parse(told.beside) as ToldFact[])
  const today = londonDate(actor.now)
  const members = (JSON.parse(lists.members) as TeamMember[]).map((row) =>
    row.personId === '' ? row : { ...row, ...asKnown(facts, row.personId, today) }
  )
  const meetings = JSON.parse(lists.meetings) as Meeting[]
  return { hubId, registeredOn, members, meetings }
}

/** What the family's record says of one of its people today. */
function asKnown(
  facts: readonly ShownFact[],
  personId: Id,
  on: CivilDate
): Pick<TeamMember, 'name' | 'phone'> {
  const isTold = ({ id }: { id: Id }) => facts.some((fact) => fact.id === id && !fact.withheld)
  return {
    name: factOn(facts, personId, 'name', on)?.value.name ?? '',
    phone: factsOn(facts, personId, 'phone', on).find(isTold)?.value.number ?? ''
  }
}

const members = sql`(SELECT json_group_array(json_object(
    'id', m.id, 'ofId', m.of_id, 'personId', coalesce(r.kept_id, ''), 'practitionerId', m.practitioner_id,
    'name', coalesce(p.name, m.name), 'role', iif(m.role = '', coalesce(p.role, ''), m.role),
    'employer', coalesce(p.employer, m.employer), 'employerId', coalesce(p.employer_id, m.employer_id),
    'agencyName', iif(p.id IS NULL, ${employerName('m')}, ${employerName('p')}),
    'phone', coalesce(p.phone, m.phone), 'email', coalesce(p.email, m.email), 'isKeyworker', json('false'),
    'validFrom', m.valid_from, 'validTo', m.valid_to, 'inError', ${asBoolean('m.in_error')}, 'reason', m.reason,
    'byName', ${writersName}, 'recordedAt', m.created_at) ORDER BY m.created_at, m.id)
  FROM team_member m LEFT JOIN practitioner p ON p.id = m.practitioner_id
    LEFT JOIN person_index r ON r.person_id = m.person_id LEFT JOIN account a ON a.id = m.created_by
  WHERE m.episode_id = e.id)`

/** Of one row; NULL of one that never counts. */
const lastDay = sql`(SELECT max(s.to_day) FROM keyworker_span s WHERE s.row_id = k.id AND s.episode_id = k.episode_id)`

/** With an assessment its keyworker ends (ADR 17). */
const keyworkers = sql`(SELECT json_group_array(json_object(
    'id', k.id, 'ofId', k.id, 'personId', '', 'practitionerId', k.practitioner_id,
    'name', coalesce(p.name, ''), 'role', coalesce(p.role, ''), 'employer', coalesce(p.employer, ''),
    'employerId', coalesce(p.employer_id, ''), 'agencyName', ${employerName('p')},
    'phone', coalesce(p.phone, ''), 'email', coalesce(p.email, ''), 'isKeyworker', json('true'),
    'validFrom', k.valid_from,
    'validTo', iif(${lastDay} < coalesce(${sql.raw(closedOn('k.episode_id'))}, ${LAST_DAY}), ${lastDay},
      coalesce(${sql.raw(closedOn('k.episode_id'))}, '')),
    'inError', json('false'), 'reason', '', 'byName', ${writersName}, 'recordedAt', k.created_at)
    ORDER BY k.created_at, k.id)
  FROM episode_keyworker k LEFT JOIN practitioner p ON p.id = k.practitioner_id
    LEFT JOIN account a ON a.id = k.created_by
  WHERE k.episode_id = e.id AND ${lastDay} IS NOT NULL)`

const invited = sql`(SELECT json_group_array(json_object(
    'memberId', i.member_id, 'how', i.how, 'on', i.invited_on) ORDER BY i.created_at, i.rowid)
  FROM meeting_invitation i WHERE i.meeting_id = x.id)`

/** Of a member the newest counts. */
const attendance = sql`(SELECT json_group_array(json_object(
    'memberId', t.member_id, 'attendance', t.attendance, 'note', t.note) ORDER BY t.created_at, t.rowid)
  FROM meeting_attendance t WHERE t.meeting_id = x.id AND NOT EXISTS (
    SELECT 1 FROM meeting_attendance later WHERE later.meeting_id = t.meeting_id
      AND later.member_id = t.member_id AND (later.created_at, later.id) > (t.created_at, t.id)))`

const records = sql`(SELECT json_group_array(json_object(
    'id', n.id, 'heldOn', n.held_on, 'record', n.record, 'decisions', n.decisions, 'familyViews', n.family_views,
    'at', n.created_at, 'byName', ${writersName}) ORDER BY n.created_at, n.id)
  FROM meeting_record n LEFT JOIN account a ON a.id = n.created_by WHERE n.meeting_id = x.id)`

const copies = sql`(SELECT json_group_array(json_object(
    'id', c.id, 'on', c.given_on, 'toWhom', c.to_whom, 'how', c.how, 'byName', ${writersName})
    ORDER BY c.created_at, c.id)
  FROM meeting_copy c LEFT JOIN account a ON a.id = c.created_by WHERE c.meeting_id = x.id)`

/** A date that was planned as a meeting before there was anything more to say of one is a meeting as well. */
const meetings = sql`(SELECT json_group_array(json(one) ORDER BY on_day DESC, id DESC) FROM (
  SELECT x.id, x.on_day, json_object(
    'id', x.id, 'kind', coalesce(m.kind, 'other'), 'on', x.on_day, 'startsAt', coalesce(m.starts_at, ''),
    'place', coalesce(m.place, ''), 'agenda', coalesce(m.agenda, ''),
    'wasArranged', json(iif(d.id IS NULL, 'false', 'true')),
    'ending', iif(x.held_on IS NULL, coalesce(d.ending, ''), 'done'), 'endedWhy', coalesce(d.ended_why, ''),
    'rowVersion', coalesce(d.row_version, 0),
    'invited', json(${invited}), 'attendance', json(${attendance}), 'records', json(${records}),
    'copies', json(${copies})) AS one
  FROM (
    SELECT y.id, y.held_on, coalesce(y.held_on, y.planned_on) AS on_day FROM (
      SELECT o.id, o.planned_on,
        (SELECT n.held_on FROM meeting_record n WHERE n.meeting_id = o.id ORDER BY n.created_at, n.id LIMIT 1) AS held_on
      FROM (
        SELECT id, due_on AS planned_on FROM episode_date
          WHERE episode_id = e.id AND kind = 'meeting' AND deleted_at IS NULL
        UNION ALL SELECT id, on_day FROM meeting
          WHERE episode_id = e.id AND id NOT IN (SELECT id FROM episode_date)) o) y) x
    LEFT JOIN meeting m ON m.id = x.id LEFT JOIN episode_date d ON d.id = x.id))`

const rowOf = (db: ReadDb, episodeId: Id, actor: Actor) =>
  db.get<Found | undefined>(sql`
    SELECT ${standingFor(actor)}, e.family_id AS familyId, e.registered_on AS registeredOn,
      ${meetings} AS meetings,
      (SELECT json_group_array(json(value)) FROM (
        SELECT value FROM json_each(${keyworkers}) UNION ALL SELECT value FROM json_each(${members}))) AS members
    FROM episode e JOIN family_index ON family_index.family_id = e.family_id WHERE e.id = ${episodeId}`)

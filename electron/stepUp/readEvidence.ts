import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CivilDate, Instant } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { StepUpEvidence } from '../../shared/stepUp/record.ts'
import { londonDate } from '../../shared/time/london.ts'
import { personName } from '../family/personName.ts'
import { keyworkers } from '../family/readFamily.ts'
import { letIn, standingFor, type Standing } from '../family/readableFamily.ts'
import { memberName } from '../plan/memberName.ts'
import { readPlan } from '../plan/readPlan.ts'

/** One row: each list as JSON. */
interface Found extends Standing, Pick<StepUpEvidence, 'reference' | 'registeredOn' | 'reason'> {
  needs: string
  meetings: string
  noteCount: number
  lastNoteAt: Instant
  keyworkers: string
  transfers: string
  levels: string
}

/**
 * The evidence that early intervention happened, assembled from the record on one page (R42, R43): what was assessed, the
 * plan with its scores and actions, who met when, the case notes by their number, and who had the family. Two questions,
 * however much was done.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function readEvidence(
  db: ReadDb,
  { episodeId }: Parsed<'stepUp.evidence'>,
  actor: Actor
): Promise<StepUpEvidence> {
  const today = londonDate(actor.now)
  const found = letIn(
    db.get<
      Found | undefined
    >(sql`SELECT ${standingFor(actor)}, e.reference, e.registered_on AS registeredOn, e.reason,
        ${needs(today)} AS needs, ${meetings(today)} AS meetings, ${notes('count(*)')} AS noteCount,
        coalesce(${notes('max(n.happened_at)')}, '') AS lastNoteAt, ${keyworkers} AS keyworkers,
        ${transfers} AS transfers, ${levels} AS levels
      FROM episode e JOIN family_index ON family_index.family_id = e.family_id WHERE e.id = ${episodeId}`),
    actor
  )
  const { outcomes } = await readPlan(db, { episodeId }, actor)
  const { reference, registeredOn, reason, noteCount, lastNoteAt } = found
  const assessed = JSON.parse(found.needs) as (StepUpEvidence['needs'][number] & { at: Instant })[]
  return {
    ...{ episodeId, reference, registeredOn, reason, outcomes },
    needs: assessed.map(({ at, ...need }) => ({ ...need, on: londonDate(at) })),
    meetings: JSON.parse(found.meetings) as StepUpEvidence['meetings'],
    notes: { count: noteCount, lastOn: lastNoteAt === '' ? '' : londonDate(lastNoteAt) },
    keyworkers: JSON.parse(found.keyworkers) as StepUpEvidence['keyworkers'],
    transfers: JSON.parse(found.transfers) as StepUpEvidence['transfers'],
    levels: JSON.parse(found.levels) as StepUpEvidence['levels']
  }
}

/** Of each person and domain what was written last. */
const needs = (today: CivilDate) => sql`(SELECT json_group_array(json_object('personId', x.kept_id,
    'personName', ${personName(sql`x.kept_id`, today)}, 'domain', x.domain, 'needs', x.needs,
    'strengths', x.strengths, 'at', x.created_at) ORDER BY x.kept_id, x.domain)
  FROM (SELECT n.*, p.kept_id,
      row_number() OVER (PARTITION BY p.kept_id, n.domain ORDER BY n.created_at DESC, n.assessment_id DESC) AS place
    FROM assessment_entry n JOIN person_index p ON p.person_id = n.person_id WHERE n.episode_id = e.id) x
  WHERE x.place = 1 AND (x.needs <> '' OR x.strengths <> ''))`

/** Of a member the newest counts. */
const attendance = (today: CivilDate) => sql`(SELECT json_group_array(json_object(
    'name', ${memberName(sql`t.member_id`, today)}, 'attendance', t.attendance) ORDER BY t.attendance, t.created_at)
  FROM meeting_attendance t WHERE t.meeting_id = m.id AND NOT EXISTS (
    SELECT 1 FROM meeting_attendance later WHERE later.meeting_id = t.meeting_id
      AND later.member_id = t.member_id AND (later.created_at, later.id) > (t.created_at, t.id)))`

const heldOn = sql`(SELECT r.held_on FROM meeting_record r WHERE r.meeting_id = m.id
  ORDER BY r.created_at, r.id LIMIT 1)`

const meetings = (today: CivilDate) => sql`(SELECT json_group_array(json_object('id', m.id, 'kind', m.kind,
    'on', ${heldOn}, 'attendance', json(${attendance(today)})) ORDER BY ${heldOn} DESC, m.id)
  FROM meeting m WHERE m.episode_id = e.id AND ${heldOn} IS NOT NULL)`

/** By the family, for that is how notes lie in the file (ADR 29). */
const notes = (what: string) => sql`(SELECT ${sql.raw(what)} FROM case_note n
  WHERE n.family_id = e.family_id AND n.episode_id = e.id AND n.adds_to = '')`

/** Those that came to something or still may. */
const transfers = sql`(SELECT json_group_array(json_object('id', t.id, 'kind', t.kind, 'reason', t.reason,
    'on', t.requested_on) ORDER BY t.requested_on DESC, t.id)
  FROM transfer t WHERE t.episode_id = e.id AND NOT EXISTS (
    SELECT 1 FROM transfer_step s WHERE s.transfer_id = t.id AND s.step = 'cancel'))`

const levels = sql`(SELECT json_group_array(json_object('id', l.id, 'levelName', l.level_name,
    'rationale', l.rationale, 'on', l.on_day) ORDER BY l.created_at DESC, l.id DESC)
  FROM episode_level l WHERE l.episode_id = e.id)`

import { sql } from 'drizzle-orm'
import { standingAgreement } from '../../db/agreements.ts'
import { eventsOf } from '../../db/episodeEvents.ts'
import { closedOn, isOpenEpisode } from '../../db/episodes.ts'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { dueDates, type DueOverride, type MeetingHeld } from '../../shared/episode/clocks.ts'
import type { EpisodeEvent, EpisodePerson, EpisodeRecord } from '../../shared/episode/episode.ts'
import { mayDo, stateOf } from '../../shared/episode/state.ts'
import { factOn } from '../../shared/family/fact.ts'
import { membersOn } from '../../shared/family/members.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { RuleCode } from '../../shared/rule/rule.ts'
import { londonDate } from '../../shared/time/london.ts'
import { knownFamily } from '../family/peopleOf.ts'
import { keyworkers } from '../family/readFamily.ts'
import { hubName, letIn, standingFor, type Standing } from '../family/readableFamily.ts'
import { settingsInRecord } from '../setting/listSettings.ts'

/** One row: each list as JSON, so that an assessment is one question however much was done in it. */
interface Found
  extends
    Standing,
    Pick<
      EpisodeRecord,
      | 'id'
      | 'reference'
      | 'familyId'
      | 'familyReference'
      | 'hubName'
      | 'registeredOn'
      | 'registeredByName'
      | 'needs'
      | 'goesOnBecause'
    > {
  previous: string | null
  following: string | null
  keyworkers: string
  steps: string
  levels: string
  closures: string
  meetings: string
  overrides: string
  events: string
  isOpen: number
  takesPart: number
}

/**
 * An assessment: how far it has come, who is its keyworker, what is due and what ended it. What belongs to its notes, plan
 * and meetings is read by their own operations.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function readEpisode(
  db: ReadDb,
  { id }: Parsed<'episode.read'>,
  actor: Actor
): Promise<EpisodeRecord> {
  const today = londonDate(actor.now)
  const found = letIn(everythingOf(db, id, actor), actor)
  const steps = JSON.parse(found.steps) as EpisodeRecord['steps']
  const overrides = JSON.parse(found.overrides) as (Omit<DueOverride, 'rule'> & { rule: RuleCode })[]
  const events = found.events.split(' ').filter(Boolean) as EpisodeEvent[]
  const {
    reference,
    familyId,
    familyReference,
    hubId,
    registeredOn,
    registeredByName,
    needs,
    goesOnBecause
  } = found
  return {
    id,
    reference,
    familyId,
    familyReference,
    people: peopleKnown(db, familyId, today),
    hubId,
    hubName: found.hubName,
    state: stateOf(events),
    mayDo: mayDo(events),
    registeredOn,
    registeredByName,
    needs,
    goesOnBecause,
    previous: found.previous === null ? undefined : (JSON.parse(found.previous) as EpisodeRecord['previous']),
    following:
      found.following === null ? undefined : (JSON.parse(found.following) as EpisodeRecord['following']),
    keyworkers: JSON.parse(found.keyworkers) as EpisodeRecord['keyworkers'],
    steps,
    startedAgainst: overrides
      .filter(({ dueOn }) => dueOn === '')
      .map(({ rule, reason, byName }) => ({ rule, reason, byName })),
    levels: JSON.parse(found.levels) as EpisodeRecord['levels'],
    due: dueDates(
      {
        registeredOn,
        finalisedOn: steps.find(({ step }) => step === 'finalise')?.on ?? '',
        isOpen: found.isOpen === 1,
        meetings: meetingsOf(found.meetings),
        overrides: overrides.filter(({ dueOn }) => dueOn !== '') as DueOverride[]
      },
      await settingsInRecord(db),
      today
    ),
    closures: JSON.parse(found.closures) as EpisodeRecord['closures'],
    takesPart: found.takesPart === 1
  }
}

const meetingsOf = (json: string): MeetingHeld[] =>
  (JSON.parse(json) as (MeetingHeld & { recordedAt: string })[]).map((meeting) => ({
    ...meeting,
    recordedOn: meeting.recordedAt === '' ? '' : londonDate(meeting.recordedAt)
  }))

/** The people by the name that this family may know (ADR 14). */
export function peopleKnown(db: ReadDb, familyId: Id, today: CivilDate): EpisodePerson[] {
  const { members, facts, people } = knownFamily(db, familyId)
  const { here, gone } = membersOn(members, today)
  const byRecordThatCounts = facts.map((fact) => ({ ...fact, subjectId: fact.keptId }))
  const asPerson =
    (isHere: boolean) =>
    ({ keptId, role, validTo }: (typeof here)[number]): EpisodePerson => ({
      keptId,
      personIds: [...people].filter(([, person]) => person.keptId === keptId).map(([personId]) => personId),
      name: factOn(byRecordThatCounts, keptId, 'name', today)?.value.name ?? '',
      role,
      isHere,
      until: isHere ? '' : validTo
    })
  return [...here.map(asPerson(true)), ...gone.map(asPerson(false))]
}

const nameOf = (accountId: string) =>
  sql.raw(`coalesce((SELECT name FROM account WHERE id = ${accountId}), '')`)

const previous = sql`(SELECT json_object('id', o.id, 'reference', o.reference,
    'closedOn', coalesce(${sql.raw(closedOn('o.id'))}, ''))
  FROM episode o WHERE o.id = e.previous_id AND o.family_id = e.family_id)`

const following = sql`(SELECT json_object('id', o.id, 'reference', o.reference)
  FROM episode o WHERE o.family_id = e.family_id AND o.previous_id = e.id ORDER BY o.created_at, o.id LIMIT 1)`

const steps = sql`(SELECT json_group_array(json_object(
    'id', s.id, 'step', s.step, 'on', s.on_day, 'note', s.note, 'recordedAt', s.created_at,
    'byName', ${nameOf('s.created_by')}, 'severalAgencies', s.several_agencies,
    'progressingWell', s.progressing_well, 'alreadyIdentified', s.already_identified)
    ORDER BY s.created_at, s.id)
  FROM episode_step s WHERE s.episode_id = e.id)`

const levels = sql`(SELECT json_group_array(json_object(
    'id', l.id, 'level', l.level, 'levelName', l.level_name, 'rationale', l.rationale, 'on', l.on_day,
    'recordedAt', l.created_at, 'byName', ${nameOf('l.created_by')}) ORDER BY l.created_at DESC, l.id DESC)
  FROM episode_level l WHERE l.episode_id = e.id)`

const overridden = sql`(SELECT json_group_array(json_object(
    'rule', o.rule, 'aboutId', o.about_id, 'dueOn', o.due_on, 'reason', o.reason,
    'byName', ${nameOf('o.created_by')}) ORDER BY o.created_at, o.id)
  FROM rule_override o WHERE o.episode_id = e.id)`

const first = (table: string, column: string) =>
  sql.raw(`coalesce((SELECT min(${column}) FROM ${table} WHERE meeting_id = m.id), '')`)

/** A meeting that took place has a record, or its planned date says so. */
const meetings = sql`(SELECT json_group_array(json_object(
    'id', m.id, 'kind', m.kind, 'arrangedFor', m.on_day,
    'heldOn', coalesce((SELECT r.held_on FROM meeting_record r WHERE r.meeting_id = m.id
      ORDER BY r.created_at, r.id LIMIT 1), iif(d.ending = 'done', m.on_day, '')),
    'isCancelled', json(iif(d.ending = 'cancelled', 'true', 'false')),
    'recordedAt', ${first('meeting_record', 'created_at')}, 'copiedOn', ${first('meeting_copy', 'given_on')}) ORDER BY m.on_day, m.id)
  FROM meeting m LEFT JOIN episode_date d ON d.id = m.id WHERE m.episode_id = e.id)`

const parts = sql`(SELECT json_group_array(json_object('kind', p.kind, 'aboutId', p.about_id, 'result', p.result,
    'who', p.who, 'words', p.words) ORDER BY p.kind, p.position)
  FROM closure_part p WHERE p.closure_id = c.id)`

const reopened = sql`(SELECT json_object('reopened', json_object('on', r.reopened_on, 'reason', r.reason,
    'byName', ${nameOf('r.created_by')}))
  FROM episode_reopening r WHERE r.closure_id = c.id ORDER BY r.created_at, r.id LIMIT 1)`

const closures = sql`(SELECT json_group_array(json_patch(json_object(
    'id', c.id, 'kind', c.kind, 'closedOn', c.closed_on, 'closureReason', c.closure_reason,
    'withdrawalReason', c.withdrawal_reason, 'couldTransfer', c.could_transfer, 'transferNote', c.transfer_note,
    'stepOutAdvice', c.step_out_advice, 'note', c.note, 'byName', ${nameOf('c.created_by')}, 'at', c.created_at,
    'parts', json(${parts})), coalesce(${reopened}, '{}')) ORDER BY c.created_at DESC, c.id DESC)
  FROM episode_closure c WHERE c.episode_id = e.id)`

const takesPart = sql.raw(`EXISTS (SELECT 1 FROM agreement a
  WHERE a.id = ${standingAgreement('e.family_id')} AND a.decision = 'given' AND a.take_part)`)

const everythingOf = (db: ReadDb, id: Id, actor: Actor) =>
  db.get<Found | undefined>(sql`
    SELECT ${standingFor(actor)}, e.reference, e.family_id AS familyId, y.reference AS familyReference,
      ${hubName} AS hubName, e.registered_on AS registeredOn, ${nameOf('e.created_by')} AS registeredByName,
      e.reason AS needs, e.goes_on_because AS goesOnBecause, ${previous} AS previous, ${following} AS following,
      ${keyworkers} AS keyworkers, ${steps} AS steps, ${levels} AS levels, ${closures} AS closures,
      ${meetings} AS meetings, ${overridden} AS overrides, ${sql.raw(eventsOf('e.id'))} AS events,
      ${sql.raw(isOpenEpisode('e.id'))} AS isOpen, ${takesPart} AS takesPart
    FROM episode e JOIN family y ON y.id = e.family_id
      JOIN family_index ON family_index.family_id = e.family_id
    WHERE e.id = ${id}`)

import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { inWords } from '../../db/prepared.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { AgreementRow } from '../../shared/agreement/agreement.ts'
import type { EpisodeRow } from '../../shared/episode/episode.ts'
import { factOn, type FactRow } from '../../shared/family/fact.ts'
import type { FamilyRecord, MemberRow } from '../../shared/family/family.ts'
import type { CivilDate, Id, Instant } from '../../shared/ids.ts'
import { LAST_DAY } from '../../shared/keyworker/spans.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { UNDO_DAYS } from '../../shared/person/find.ts'
import { addDays, londonDate } from '../../shared/time/london.ts'
import { employerName } from '../practitioner/employerName.ts'
import {
  asBoolean,
  besideAsJson,
  factsAsJson,
  membersAsJson,
  peopleOf,
  shownFacts,
  writersName,
  type ToldFact
} from './peopleOf.ts'
import { hubName, letIn, standingFor, type Standing } from './readableFamily.ts'

interface ToldMerge {
  id: Id
  keptId: Id
  mergedId: Id
  at: Instant
}

/** One row: each list as JSON, so that a family is one question however large it is. */
interface Found extends Standing {
  reference: string
  registeredAt: Instant
  sourceKey: string
  hubName: string
  members: string
  facts: string
  beside: string
  agreements: string
  episodes: string
  planned: string
  merges: string
  sharedWithoutAgreement: number
}

/**
 * Everything of a family but its chronology. What is withheld comes without its words, what belongs to where somebody
 * went not at all (ADR 14).
 *
 * @throws Refusal not-found, family-restricted
 */
export async function readFamily(
  db: ReadDb,
  { id }: Parsed<'family.read'>,
  actor: Actor
): Promise<FamilyRecord> {
  const found = letIn(everythingOf(db, id, actor), actor)
  const facts = JSON.parse(found.facts) as ToldFact[]
  return {
    id,
    reference: found.reference,
    registeredAt: found.registeredAt,
    sourceKey: found.sourceKey,
    hubId: found.hubId,
    hubName: found.hubName,
    restricted: found.named !== '',
    members: JSON.parse(found.members) as MemberRow[],
    facts: shownFacts(facts, JSON.parse(found.beside) as ToldFact[]),
    agreements: (JSON.parse(found.agreements) as (AgreementRow & { agencyIds: string })[]).map((row) => ({
      ...row,
      agencyIds: (row.agencyIds as string).split(' ').filter((each) => each !== '')
    })),
    episodes: withPlanned(JSON.parse(found.episodes) as Omit<EpisodeRow, 'planned'>[], found.planned),
    sharedWithoutAgreement: found.sharedWithoutAgreement,
    merges: undoable(JSON.parse(found.merges) as ToldMerge[], facts, londonDate(actor.now))
  }
}

type Planned = EpisodeRow['planned'][number]
/** As `planned` has them. */
type DateOf = [
  id: Id,
  kind: Planned['kind'],
  dueOn: CivilDate,
  note: string,
  ending: Planned['ending'],
  rowVersion: number
]

function withPlanned(episodes: readonly Omit<EpisodeRow, 'planned'>[], planned: string): EpisodeRow[] {
  const dates = JSON.parse(planned) as Record<Id, DateOf[]>
  return episodes.map((episode) => ({
    ...episode,
    planned: (dates[episode.id] ?? [])
      .map(([id, kind, dueOn, note, ending, rowVersion]) => ({ id, kind, dueOn, note, ending, rowVersion }))
      .sort(byDay)
  }))
}

/** Sorting some hundred dates takes SQLite four times as long. */
const byDay = (a: Planned, b: Planned): number =>
  a.dueOn < b.dueOn || (a.dueOn === b.dueOn && a.id < b.id) ? -1 : 1

const undoable = (merges: readonly ToldMerge[], facts: readonly FactRow[], today: CivilDate) =>
  merges
    .map((merge) => ({
      ...merge,
      mergedName: factOn(facts, merge.mergedId, 'name', today)?.value.name ?? '',
      undoUntil: addDays(londonDate(merge.at), UNDO_DAYS)
    }))
    .filter(({ undoUntil }) => undoUntil >= today)

const agreements = sql`(SELECT json_group_array(json_object(
    'id', g.id, 'decision', g.decision, 'byPersonId', g.by_person_id, 'byName', g.by_name,
    'relation', g.relation, 'capacity', g.capacity, 'capacityNote', g.capacity_note, 'route', g.route,
    'takePart', ${asBoolean('g.take_part')}, 'share', ${asBoolean('g.share')}, 'agencyIds', g.agency_ids,
    'decidedOn', g.decided_on, 'reviewOn', g.review_on, 'reason', g.reason, 'deniedNote', g.denied_note,
    'safetyConcern', g.safety_concern, 'prompt', g.prompt, 'throughPersonId', g.through_person_id,
    'note', g.note, 'recordedAt', g.created_at, 'recordedByName', ${writersName})
    ORDER BY g.created_at DESC, g.id DESC)
  FROM agreement g LEFT JOIN account a ON a.id = g.created_by WHERE g.family_id = y.id)`

/** With an assessment its keyworker ends (ADR 17). */
const closedOn = sql.raw(
  `(SELECT nullif(n.closed_on, '') FROM episode_now n WHERE n.episode_id = k.episode_id)`
)

const lastDay = sql.raw(`'${LAST_DAY}'`)

/** Everybody who was its keyworker, the newest first, as JSON: of an `episode` that the query calls `e`. */
export const keyworkers = sql`(SELECT json_group_array(json_object(
    'practitionerId', k.practitioner_id, 'name', coalesce(p.name, ''), 'agencyName', ${employerName('p')},
    'phone', coalesce(p.phone, ''), 'validFrom', k.from_day,
    'validTo', iif(k.to_day < coalesce(${closedOn}, ${lastDay}), k.to_day, coalesce(${closedOn}, '')),
    'isCover', ${asBoolean('k.is_cover')}) ORDER BY k.from_day DESC)
  FROM keyworker_span k LEFT JOIN practitioner p ON p.id = k.practitioner_id
  WHERE k.episode_id = e.id AND k.from_day <= coalesce(${closedOn}, ${lastDay}))`

/**
 * By assessment. Beside the assessments and not in them, for JSON that is patched or read by json() is written anew; and
 * without names, which of some hundred dates are half of it.
 */
const planned = sql`(SELECT json_group_object(e.id, (
    SELECT json_group_array(json_array(d.id, d.kind, d.due_on, d.note, d.ending, d.row_version))
    FROM episode_date d WHERE d.episode_id = e.id AND d.deleted_at IS NULL))
  FROM episode e WHERE e.family_id = y.id)`

const closure = sql`(SELECT json_object('closure', json_object(
    'closedOn', c.closed_on, 'closureReason', c.closure_reason, 'withdrawalReason', c.withdrawal_reason,
    'at', c.created_at))
  FROM episode_closure c WHERE c.episode_id = e.id
    AND NOT EXISTS (SELECT 1 FROM episode_reopening r WHERE r.closure_id = c.id)
  ORDER BY c.created_at, c.id LIMIT 1)`

const episodes = sql`(SELECT json_group_array(json_patch(json_object(
    'id', e.id, 'reference', e.reference, 'registeredOn', e.registered_on, 'reason', e.reason,
    'keyworkers', json(${keyworkers})), coalesce(${closure}, '{}'))
    ORDER BY e.created_at DESC, e.id DESC)
  FROM episode e WHERE e.family_id = y.id)`

const merges = sql`(SELECT json_group_array(json_object(
    'id', g.id, 'keptId', g.kept_id, 'mergedId', g.merged_id, 'at', g.created_at)
    ORDER BY g.created_at DESC, g.id DESC)
  FROM person_merge g WHERE g.merged_id IN (SELECT person_id FROM who)
    AND NOT EXISTS (SELECT 1 FROM person_unmerge u WHERE u.merge_id = g.id))`

const sharedWithoutAgreement = sql`(SELECT count(*) FROM sharing s WHERE s.family_id = y.id AND NOT s.is_agreed)`

const lists = inWords(sql`y.reference, y.created_at AS registeredAt, ${hubName} AS hubName,
  coalesce((SELECT source_key FROM imported_family i WHERE i.id = y.id), '') AS sourceKey,
  ${membersAsJson} AS members, ${factsAsJson()} AS facts, ${besideAsJson} AS beside, ${agreements} AS agreements, ${episodes} AS episodes,
  ${planned} AS planned, ${merges} AS merges, ${sharedWithoutAgreement} AS sharedWithoutAgreement`)

const everythingOf = (db: ReadDb, id: Id, actor: Actor) =>
  db.get<Found | undefined>(sql`WITH ${peopleOf(id)} SELECT ${standingFor(actor)}, ${lists}
    FROM family y JOIN family_index ON family_index.family_id = y.id WHERE y.id = ${id}`)

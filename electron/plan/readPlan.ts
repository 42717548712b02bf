import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { PlanAction, PlanOutcome, PlanRecord } from '../../shared/plan/plan.ts'
import { londonDate } from '../../shared/time/london.ts'
import { writersName } from '../family/peopleOf.ts'
import { letIn, standingFor, type Standing } from '../family/readableFamily.ts'
import { memberName } from './memberName.ts'

/** One row: each list as JSON, so that a plan is one question however long it is. */
interface Found extends Standing {
  outcomes: string
  actions: string
  progress: string
  scores: string
}
type Of<T, K extends string> = T & Record<K, Id>

/**
 * The plan of an assessment: outcomes as they were added, each with its actions, their progress and its scores. Whoever
 * made progress is named as the record has them today.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function readPlan(
  db: ReadDb,
  { episodeId }: Parsed<'plan.read'>,
  actor: Actor
): Promise<PlanRecord> {
  const found = letIn(
    db.get<
      Found | undefined
    >(sql`SELECT ${standingFor(actor)}, ${outcomes} AS outcomes, ${actions} AS actions,
        ${progressOf(londonDate(actor.now))} AS progress, ${scores} AS scores
      FROM episode e JOIN family_index ON family_index.family_id = e.family_id WHERE e.id = ${episodeId}`),
    actor
  )
  const allProgress = JSON.parse(found.progress) as Of<PlanAction['progress'][number], 'actionId'>[]
  const allScores = JSON.parse(found.scores) as Of<PlanOutcome['scores'][number], 'outcomeId'>[]
  const allActions = JSON.parse(found.actions) as Of<Omit<PlanAction, 'progress'>, 'outcomeId'>[]
  const actionsOf = (outcomeId: Id): PlanAction[] =>
    of(allActions, 'outcomeId', outcomeId).map((action) => ({
      ...action,
      progress: of(allProgress, 'actionId', action.id)
    }))
  return {
    episodeId,
    outcomes: (JSON.parse(found.outcomes) as Omit<PlanOutcome, 'actions' | 'scores'>[]).map((outcome) => ({
      ...outcome,
      actions: actionsOf(outcome.id),
      scores: of(allScores, 'outcomeId', outcome.id)
    }))
  }
}

/** Those of one, without the id by which they are its. */
const of = <K extends string, T extends Record<K, Id>>(all: readonly T[], key: K, id: Id): Omit<T, K>[] =>
  all
    .filter((each) => each[key] === id)
    .map((each) => {
      const { [key]: _of, ...rest } = each
      return rest
    })

const outcomes = sql`(SELECT json_group_array(json_object(
    'id', o.id, 'words', o.words, 'personId', coalesce(p.kept_id, ''), 'ending', o.ending,
    'endedOn', o.ended_on, 'endedWhy', o.ended_why, 'rowVersion', o.row_version) ORDER BY o.created_at, o.id)
  FROM plan_outcome o LEFT JOIN person_index p ON p.person_id = o.person_id
  WHERE o.episode_id = e.id AND o.deleted_at IS NULL)`

const actions = sql`(SELECT json_group_array(json_object(
    'outcomeId', x.outcome_id, 'id', x.id, 'words', x.words, 'owner', x.owner, 'ownerId', x.owner_id,
    'ownerName', x.owner_name, 'dueOn', x.due_on, 'endedOn', x.ended_on, 'rowVersion', x.row_version)
    ORDER BY x.created_at, x.id)
  FROM plan_action x WHERE x.episode_id = e.id AND x.deleted_at IS NULL)`

const progressOf = (today: CivilDate) => sql`(SELECT json_group_array(json_object(
    'actionId', g.action_id, 'id', g.id, 'progress', g.progress, 'on', g.on_day, 'words', g.words,
    'evidence', g.evidence, 'memberName', iif(g.member_id = '', '', ${memberName(sql`g.member_id`, today)}),
    'byName', ${writersName}, 'at', g.created_at) ORDER BY g.created_at DESC, g.id DESC)
  FROM plan_progress g LEFT JOIN account a ON a.id = g.created_by WHERE g.episode_id = e.id)`

const scores = sql`(SELECT json_group_array(json_object(
    'outcomeId', s.outcome_id, 'id', s.id, 'on', s.on_day, 'score', s.score, 'words', s.words,
    'meetingId', s.meeting_id, 'byName', ${writersName}, 'at', s.created_at) ORDER BY s.on_day, s.created_at, s.id)
  FROM plan_score s LEFT JOIN account a ON a.id = s.created_by WHERE s.episode_id = e.id)`

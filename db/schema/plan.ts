import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ActionOwner, OutcomeEnding, Progress } from '../../shared/plan/plan.ts'
import { mutable, written } from './columns.ts'

const ofEpisode = () => ({ familyId: text('family_id').notNull(), episodeId: text('episode_id').notNull() })

/** What the family wants to be different. */
export const planOutcome = sqliteTable(
  'plan_outcome',
  {
    ...mutable(),
    ...ofEpisode(),
    words: text('words').notNull(),
    /** Whom it is for; '' for the whole family. */
    personId: text('person_id').notNull(),
    ending: text('ending').$type<OutcomeEnding>().notNull(),
    endedOn: text('ended_on').notNull(),
    endedWhy: text('ended_why').notNull()
  },
  (t) => [index('plan_outcome_episode').on(t.episodeId)]
)

/** What somebody does for an outcome, by a day. */
export const planAction = sqliteTable(
  'plan_action',
  {
    ...mutable(),
    ...ofEpisode(),
    outcomeId: text('outcome_id').notNull(),
    words: text('words').notNull(),
    owner: text('owner').$type<ActionOwner>().notNull(),
    /** A member of the team (`team_member.of_id`), a person of the family or an account; '' for a name alone. */
    ownerId: text('owner_id').notNull(),
    ownerName: text('owner_name').notNull(),
    dueOn: text('due_on').notNull(),
    /** '' while it is open; else the day it was done or dropped. */
    endedOn: text('ended_on').notNull()
  },
  (t) => [
    index('plan_action_episode').on(t.episodeId),
    index('plan_action_outcome').on(t.outcomeId),
    index('plan_action_due').on(t.endedOn, t.dueOn)
  ]
)

/**
 * How an outcome or an action stood after each change of it, its ending among them. Append-only: an outcome that is put
 * better does not take the words away that a family agreed to, and the chronology has them all.
 */
export const planChange = sqliteTable(
  'plan_change',
  {
    ...written(),
    ...ofEpisode(),
    outcomeId: text('outcome_id').notNull(),
    /** '' where it is about the outcome itself. */
    actionId: text('action_id').notNull(),
    /** `row_version` of what was changed: 1 where it was new. */
    version: integer('version').notNull(),
    words: text('words').notNull(),
    /** Of an outcome. */
    personId: text('person_id').notNull(),
    /** Of an action: as in `plan_action`. */
    ownerName: text('owner_name').notNull(),
    dueOn: text('due_on').notNull(),
    /** Of an outcome; '' of one that goes on after all. */
    ending: text('ending').$type<OutcomeEnding>().notNull(),
    why: text('why').notNull(),
    /** The day that it is about. */
    onDay: text('on_day').notNull()
  },
  (t) => [index('plan_change_outcome').on(t.outcomeId), index('plan_change_episode').on(t.episodeId)]
)

/** How far an action has come, and by whose word (R57). Append-only: the newest counts, the editor is its writer. */
export const planProgress = sqliteTable(
  'plan_progress',
  {
    ...written(),
    ...ofEpisode(),
    actionId: text('action_id').notNull(),
    progress: text('progress').$type<Progress>().notNull(),
    onDay: text('on_day').notNull(),
    /** What was done, and how one can tell. */
    words: text('words').notNull(),
    evidence: text('evidence').notNull(),
    /** The member of the team on whose behalf it was recorded; '' for the writer's own. */
    memberId: text('member_id').notNull()
  },
  (t) => [index('plan_progress_action').on(t.actionId), index('plan_progress_episode').on(t.episodeId)]
)

/** How near an outcome is, from 0 to 10, at a review. */
export const planScore = sqliteTable(
  'plan_score',
  {
    ...written(),
    ...ofEpisode(),
    outcomeId: text('outcome_id').notNull(),
    /** The review at which it was scored; '' where there was none. */
    meetingId: text('meeting_id').notNull(),
    onDay: text('on_day').notNull(),
    score: integer('score').notNull(),
    words: text('words').notNull()
  },
  (t) => [index('plan_score_outcome').on(t.outcomeId), index('plan_score_episode').on(t.episodeId)]
)

import { z } from 'zod'
import { civilDate, id, type CivilDate, type Id, type Instant } from '../ids.ts'

const words = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const idOrNone = z.union([z.literal(''), id])
const of = { familyId: id, episodeId: id }

export const outcomeEndings = ['', 'met', 'partly', 'not-met', 'dropped'] as const
export type OutcomeEnding = (typeof outcomeEndings)[number]

export const actionOwners = ['member', 'person', 'account', 'name'] as const
export type ActionOwner = (typeof actionOwners)[number]

export const progresses = ['not-begun', 'under-way', 'done', 'dropped'] as const
export type Progress = (typeof progresses)[number]

/** An outcome that is new (`rowVersion` 0) or put better. */
export const savedOutcome = z.strictObject({
  id,
  ...of,
  words: words(2_000).min(1, 'Enter what is to be different'),
  personId: idOrNone,
  rowVersion: z.int().min(0)
})

export const endedOutcome = z.strictObject({
  id,
  ...of,
  ending: z.enum(outcomeEndings, 'Choose what became of it'),
  on: civilDate,
  why: words(2_000),
  rowVersion: z.int().min(1)
})

/** An action that is new (`rowVersion` 0) or changed. */
export const savedAction = z.strictObject({
  id,
  ...of,
  outcomeId: id,
  words: words(2_000).min(1, 'Enter what is to be done'),
  owner: z.enum(actionOwners, 'Choose who does it'),
  ownerId: idOrNone,
  ownerName: words(200).min(1, 'Enter who does it'),
  dueOn: civilDate,
  rowVersion: z.int().min(0)
})

/** R57: how far an action has come, by its own word or on behalf of a member of the team. */
export const recordedProgress = z.strictObject({
  id,
  ...of,
  actionId: id,
  progress: z.enum(progresses, 'Choose how far it is'),
  on: civilDate,
  words: words(5_000),
  evidence: words(5_000),
  /** `team_member.of_id`; '' for the writer's own. */
  memberId: idOrNone,
  rowVersion: z.int().min(1)
})

export const LOWEST_SCORE = 0
export const HIGHEST_SCORE = 10

export const scoredOutcome = z.strictObject({
  id,
  ...of,
  outcomeId: id,
  meetingId: idOrNone,
  on: civilDate,
  score: z.int('Choose a number from 0 to 10').min(LOWEST_SCORE).max(HIGHEST_SCORE),
  words: words(2_000)
})

export interface PlanAction {
  id: Id
  words: string
  owner: ActionOwner
  ownerId: Id
  ownerName: string
  dueOn: CivilDate
  endedOn: CivilDate
  rowVersion: number
  /** The newest first; the first counts. */
  progress: {
    id: Id
    progress: Progress
    on: CivilDate
    words: string
    evidence: string
    memberName: string
    byName: string
    at: Instant
  }[]
}

export interface PlanOutcome {
  id: Id
  words: string
  personId: Id
  ending: OutcomeEnding
  endedOn: CivilDate
  endedWhy: string
  rowVersion: number
  actions: PlanAction[]
  /** The oldest first. */
  scores: {
    id: Id
    on: CivilDate
    score: number
    words: string
    meetingId: Id
    byName: string
    at: Instant
  }[]
}

/** What became of the plan, as the chronology tells it. */
export type PlanTold =
  | { of: 'outcome'; isNew: boolean; words: string; ending: OutcomeEnding; why: string }
  | { of: 'action'; isNew: boolean; words: string; ownerName: string; dueOn: CivilDate }
  | {
      of: 'progress'
      action: string
      progress: Progress
      words: string
      evidence: string
      memberName: string
    }
  | { of: 'score'; outcome: string; score: number; words: string }

export interface PlanRecord {
  episodeId: Id
  outcomes: PlanOutcome[]
}

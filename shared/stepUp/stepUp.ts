import { z } from 'zod'
import { civilDate, id, type CivilDate, type Id, type Instant } from '../ids.ts'

const words = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const line = (limit: number) =>
  z.string().max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const why = (empty: string) => words(5_000).min(1, empty)

/** R43, S3: the six questions, in their order. */
export const stepUpQuestions = [
  'unmetNeeds',
  'tried',
  'withinResources',
  'impact',
  'evidence',
  'advice'
] as const
export type StepUpQuestion = (typeof stepUpQuestions)[number]

/** What happens to a request; `state.ts` says what leads where. */
export const stepUpEvents = [
  /** It is put on the agenda of a meeting, or taken off. */
  'plan',
  'take-off',
  'more-information',
  'inform',
  'accept',
  'not-accept',
  /** The family withdrew its agreement: the chair decides what becomes of the request. */
  'agreement-withdrawn',
  'withdraw',
  'refer',
  /** R59: what continues was confirmed with the allocated social worker. */
  'confirm'
] as const
export type StepUpEvent = (typeof stepUpEvents)[number]

export const stepUpStates = [
  'submitted',
  'planned',
  'needs-information',
  'without-agreement',
  'accepted',
  'not-accepted',
  'withdrawn',
  'referred'
] as const
export type StepUpState = (typeof stepUpStates)[number]

/** What a meeting decides on a request (R42); `take-off`: it was not reached, and waits for another meeting. */
export const stepUpOutcomes = ['accept', 'not-accept', 'more-information', 'take-off'] as const
export type StepUpOutcome = (typeof stepUpOutcomes)[number]

/** "Request step-up", as typed, in any state (R42 to R46). */
export const stepUpDraft = z.strictObject({
  /** The request's id. */
  id,
  familyId: id,
  episodeId: id,
  /** R44: with an immediate concern it is the safeguarding exit, never the meeting. */
  immediateConcern: z.enum(['', 'yes', 'no']),
  unmetNeeds: line(10_000),
  tried: line(10_000),
  withinResources: line(10_000),
  impact: line(10_000),
  evidence: line(10_000),
  advice: line(10_000),
  /** R46: why it is submitted although the last case note is older than the setting; '' where it is not. */
  oldNotesReason: line(2_000)
})
export type StepUpDraft = z.output<typeof stepUpDraft>

/** What is done for a request outside a meeting. `id`: the event's own. */
const stepOf = { id, familyId: id, episodeId: id, stepUpId: id, on: civilDate }
export const takenStepUp = z.discriminatedUnion('event', [
  z.strictObject({ ...stepOf, event: z.literal('inform'), words: why('Enter what was asked for') }),
  z.strictObject({ ...stepOf, event: z.literal('withdraw'), words: why('Enter why it is withdrawn') }),
  z.strictObject({
    ...stepOf,
    event: z.literal('refer'),
    who: words(200).min(1, 'Enter who has it now'),
    words: why('Enter why it is referred without agreement')
  }),
  /** R59: with whom it was confirmed; '' where nobody is in doubt, and then `words` says why. */
  z.strictObject({
    ...stepOf,
    event: z.literal('confirm'),
    who: words(200),
    words: why('Enter what continues, or why nobody is in doubt')
  })
])
export type TakenStepUp = z.output<typeof takenStepUp>

/** "Plan a meeting": an Action and Impact Meeting of a hub (R42). */
export const plannedImpactMeeting = z.strictObject({
  id,
  hubId: z.uuid({ error: 'Choose whose meeting it is' }),
  onDay: civilDate,
  /** HH:MM in London. */
  startsAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time like 14:00'),
  place: words(300),
  /** An account: a triage manager. */
  chairId: z.uuid({ error: 'Choose who chairs it' }),
  note: words(2_000),
  /** Requests on its agenda, in their order. */
  stepUpIds: z.array(id).max(50),
  /** What was read; 0 for a new one. */
  rowVersion: z.int().min(0)
})
export type PlannedImpactMeeting = z.output<typeof plannedImpactMeeting>

/** Its requests go back to those that wait for a meeting. */
export const cancelledImpactMeeting = z.strictObject({
  id,
  rowVersion: z.int().min(1),
  why: why('Enter why it is cancelled')
})

/** Meetings of a hub, or of every hub; those to come, the next first, or those that were, the last first. */
export const impactMeetingQuery = z.strictObject({
  hubId: z.union([z.literal(''), id]),
  when: z.enum(['coming', 'past']),
  after: z.string().max(120)
})

/** "Record outcome" of the requests of a meeting, as typed. Minutes become case notes, each of its own family. */
export const outcomesDraft = z.strictObject({
  /** The record's id: nothing else is filed under it. */
  id,
  meetingId: id,
  items: z
    .array(
      z.strictObject({
        stepUpId: id,
        outcome: z.enum(['', ...stepUpOutcomes]),
        /** By whom it was accepted, at statutory services. */
        who: line(200),
        /** As typed; an empty day is the day of the meeting. */
        on: line(20),
        /** The direction that was given, or what is still asked for. */
        words: line(10_000),
        minutes: line(20_000),
        /** Of the minutes, as of every case note (R54). */
        familyMaySee: z.enum(['', 'yes', 'no']),
        restrictedWhy: line(1_000)
      })
    )
    .max(50)
})
export type OutcomesDraft = z.output<typeof outcomesDraft>

export interface StepUpEventRow {
  id: Id
  event: StepUpEvent
  on: CivilDate
  /** Of `plan` and of an outcome: the meeting. */
  meetingId: Id
  who: string
  words: string
  recordedAt: Instant
  byName: string
}

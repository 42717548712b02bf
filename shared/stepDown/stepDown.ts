import { z } from 'zod'
import { sexes } from '../family/fact.ts'
import { memberRoles } from '../family/family.ts'
import { civilDate, id, type CivilDate, type Id, type Instant } from '../ids.ts'

const words = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const line = (limit: number) =>
  z.string().max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const idOrNone = z.union([z.literal(''), id])
const oneOf = <const T extends readonly string[]>(values: T) => z.enum(['', ...values])
const why = (empty: string) => words(2_000).min(1, empty)

/** R47, S3: what in statutory social care it comes of. */
export const stepDownSources = ['assessment', 'child-in-need', 'child-protection'] as const
export type StepDownSource = (typeof stepDownSources)[number]

/** How soon something may go wrong, as the sender says. */
export const risks = ['high', 'medium', 'low'] as const
export type Risk = (typeof risks)[number]

/** What happens to a step-down; `state.ts` says what leads where. */
export const stepDownEvents = [
  /** What the sender told has all that is needed (C7), or something is missing. */
  'complete',
  'incomplete',
  /** It goes on although something is missing, and why (C12). */
  'keep',
  'return',
  'decide-keyworker',
  'decide-elsewhere',
  'propose',
  'accept',
  'decline',
  'take-back',
  'withdraw-agreement',
  'end',
  'reopen',
  'take'
] as const
export type StepDownEvent = (typeof stepDownEvents)[number]

/** Where a step-down stands: the lists of the queue, in their order. */
export const stepDownStates = [
  'received',
  'waiting',
  'to-triage',
  'to-allocate',
  'allocated',
  'done'
] as const
export type StepDownState = (typeof stepDownStates)[number]

/** How it ended: somebody accepted it, it went elsewhere, or it was no step-down. */
export const stepDownEndings = ['accepted', 'elsewhere', 'ended'] as const
export type StepDownEnding = (typeof stepDownEndings)[number]

/** Why it is no step-down after all. */
export const endReasons = ['withdrawn-by-sender', 'duplicate', 'in-error', 'moved-away', 'other'] as const
export type EndReason = (typeof endReasons)[number]

/** S3, R48 to R50: where a family goes. The first three need a keyworker. */
export const routes = [
  'intensive-team',
  'partner-agency',
  'former-keyworker',
  'universal',
  'not-accepted'
] as const
export type Route = (typeof routes)[number]
/** R50. */
export const decidedLevels = ['universal', 'targeted', 'intensive'] as const

/** What every step-down must tell (R47, C7). */
export const needed = [
  'source',
  'sending-team',
  'worker',
  'contact',
  'work-completed',
  'children',
  'needs',
  'areas',
  'tried',
  'agreement',
  'previous',
  'last-plan',
  'risks',
  'requested-level'
] as const
export type Needed = (typeof needed)[number]

/** Somebody of the family as the sender tells of them, in any state. */
export const stepDownPerson = z.strictObject({
  id,
  role: oneOf(memberRoles),
  name: line(200),
  /** As spoken: `readBirth` reads it. */
  birth: line(40),
  /** Of an unborn child, as typed. */
  expected: line(20),
  sex: oneOf(sexes),
  upn: line(20),
  /** As the sender writes it, and the school of the directory where it is known. */
  school: line(200),
  schoolId: idOrNone,
  relation: line(100),
  phone: line(60),
  /** What this child needs (R47). */
  needs: line(5_000)
})
export type StepDownPerson = z.output<typeof stepDownPerson>

/** "Receive a step-down", or what is added to one, as typed, in any state (R47). Append-only: each is a version of its own. */
export const stepDownDraft = z.strictObject({
  /** The version's id. */
  id,
  stepDownId: id,
  /** The version that was read when it was begun; '' for the first (L7). */
  basedOn: idOrNone,
  /** As typed; an empty day is today. When it arrived: the clock runs from then. */
  receivedOn: line(20),
  receivedAt: line(5),
  source: oneOf(stepDownSources),
  sendingTeam: line(200),
  workerName: line(200),
  workerPhone: line(60),
  workerEmail: line(200),
  workerAddress: line(500),
  workCompletedOn: line(20),
  people: z.array(stepDownPerson).max(30),
  address: line(300),
  /** ONS code, where the postcode does not tell it. */
  district: line(12),
  areas: line(10_000),
  tried: line(10_000),
  agreement: oneOf(['given', 'refused', 'not-asked']),
  /** Of the people above; '' where it is somebody else, by name. */
  agreedById: idOrNone,
  agreedBy: line(200),
  agreedRelation: line(100),
  agreedOn: line(20),
  agreedScope: line(2_000),
  /** Was there an assessment before, of what reference, and who was its keyworker? */
  hadPrevious: oneOf(['yes', 'no']),
  previousReference: line(100),
  previousKeyworker: line(200),
  lastPlan: line(10_000),
  risk: oneOf(risks),
  risks: line(10_000),
  requestedLevel: oneOf(decidedLevels),
  note: line(2_000)
})
export type StepDownDraft = z.output<typeof stepDownDraft>

/** "Send back to the sender", as typed (C7). */
export const returnDraft = z.strictObject({
  /** The return's id. */
  id,
  stepDownId: id,
  /** The version that it is about. */
  versionId: id,
  missing: z.array(z.enum(needed)).max(needed.length),
  words: line(5_000),
  subject: line(300),
  body: line(20_000)
})
export type ReturnDraft = z.output<typeof returnDraft>

/** "Record decision", as typed (R48 to R50). */
export const decisionDraft = z.strictObject({
  /** The decision's id. */
  id,
  stepDownId: id,
  /** The decision that it revises; '' for the first (L7). */
  basedOn: idOrNone,
  level: oneOf(decidedLevels),
  rationale: line(5_000),
  route: oneOf(routes),
  routeReason: line(5_000),
  evidence: line(5_000),
  considered: line(5_000),
  /** Of the directory, where a partner agency takes it. */
  agencyId: idOrNone,
  /** Of a former keyworker. */
  practitionerId: idOrNone,
  signposting: line(5_000),
  /** What happens to the family that is not accepted. */
  familyNext: line(5_000),
  /** As typed; an empty day is today. */
  decidedOn: line(20)
})
export type DecisionDraft = z.output<typeof decisionDraft>

/** A step-down that is given to a keyworker, who may say no (C8). */
export const proposedKeyworker = z.strictObject({
  /** The allocation's id. */
  id,
  stepDownId: id,
  /** The newest event that was read: somebody else may have been quicker (L7). */
  basedOn: id,
  practitionerId: z.uuid({ error: 'Choose the keyworker from the list' }),
  /** Why somebody above what they can hold, or outside the hub; '' where neither is so. */
  overReason: words(2_000),
  outsideReason: words(2_000),
  note: words(2_000)
})
export type ProposedKeyworker = z.output<typeof proposedKeyworker>

/** What came of a proposal, recorded on the keyworker's behalf. */
export const answeredProposal = z.discriminatedUnion('answer', [
  z.strictObject({
    id,
    stepDownId: id,
    allocationId: id,
    answer: z.literal('accept'),
    on: civilDate,
    who: words(200).min(1, 'Enter who said yes'),
    /** R38: when the family agreed to this keyworker; '' where the family goes from nobody to them. */
    agreedOn: z.union([z.literal(''), civilDate]),
    /** Of the assessment that opens, where none is open. */
    episodeId: id,
    /** Why it opens although a child of the family is in another open one (R20); '' where none is. */
    goesOnBecause: words(2_000)
  }),
  z.strictObject({
    id,
    stepDownId: id,
    allocationId: id,
    answer: z.literal('decline'),
    on: civilDate,
    who: words(200).min(1, 'Enter who said no'),
    words: why('Enter why they said no')
  }),
  z.strictObject({
    id,
    stepDownId: id,
    allocationId: id,
    answer: z.literal('take-back'),
    on: civilDate,
    words: why('Enter why it is taken back')
  })
])
export type AnsweredProposal = z.output<typeof answeredProposal>

const acted = {
  /** The event's id. */
  id,
  stepDownId: id,
  /** The newest thing of it that was read: somebody else may have been at it (L7). */
  basedOn: id
}

/** An act without a form of its own. */
export const stepDownAct = z.discriminatedUnion('act', [
  z.strictObject({ ...acted, act: z.literal('keep'), words: why('Enter why it goes on') }),
  z.strictObject({
    ...acted,
    act: z.literal('end'),
    reason: z.enum(endReasons, 'Choose why it ends'),
    words: words(2_000)
  }),
  z.strictObject({ ...acted, act: z.literal('reopen'), words: why('Enter why it goes on') }),
  /** Somebody looks after it from now on; '' for nobody in particular. */
  z.strictObject({ ...acted, act: z.literal('take'), toId: idOrNone })
])
export type StepDownAct = z.output<typeof stepDownAct>

/** Which family it is of; '' where it is none that is known. */
export const matchedStepDown = z.strictObject({
  id,
  stepDownId: id,
  /** What was said last of which family it is; '' for nothing (L7). */
  basedOn: idOrNone,
  familyId: idOrNone,
  words: words(1_000)
})

/** One event, as it was recorded. */
export interface StepDownEventRow {
  id: Id
  event: StepDownEvent
  /** The version, return, decision or allocation that it is of; '' for none. */
  aboutId: Id
  /** Of a proposal the keyworker, of `take` the account, of `accept` the assessment. */
  toId: Id
  on: CivilDate
  who: string
  /** Of `end` one of `endReasons`. */
  reason: string
  words: string
  recordedAt: Instant
  byId: Id
  byName: string
}

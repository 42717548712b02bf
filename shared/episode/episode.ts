import { z } from 'zod'
import type { MemberRole } from '../family/family.ts'
import { civilDate, id, type CivilDate, type Id, type Instant } from '../ids.ts'
import type { RuleCode } from '../rule/rule.ts'
import { daysBetween } from '../time/london.ts'

const words = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const why = (empty: string) => words(2_000).min(1, empty)

/** How far an assessment has come: one machine in `state.ts` says what leads from each to which. */
export const episodeStates = [
  'registered',
  'set-up',
  'assessing',
  'plan-agreed',
  'reviewing',
  'closed',
  'stepped-up'
] as const
export type EpisodeState = (typeof episodeStates)[number]

/** What is done in an assessment and has a day of its own. To finalise changes no state: it is a fact (R32). */
export const stepKinds = ['set-up', 'start', 'finalise', 'agree-plan'] as const
export type StepKind = (typeof stepKinds)[number]

export const closureKinds = ['closed', 'stepped-up'] as const
export type ClosureKind = (typeof closureKinds)[number]

/** An act of the machine in `state.ts`. */
export const episodeEvents = [...stepKinds, 'review', 'close', 'step-up', 'reopen'] as const
export type EpisodeEvent = (typeof episodeEvents)[number]

/** What is planned in an assessment and hangs on agreement: a meeting, a transfer of keyworker, a funding request. */
export const plannedKinds = ['meeting', 'transfer', 'funding'] as const
export type PlannedKind = (typeof plannedKinds)[number]

export const plannedDate = z.strictObject({
  id,
  familyId: id,
  episodeId: id,
  kind: z.enum(plannedKinds, 'Choose what is planned'),
  dueOn: civilDate,
  note: z.string().trim().max(1_000, 'Use 1,000 characters or fewer')
})

export const endedDate = z.strictObject({
  id,
  familyId: id,
  ending: z.enum(['done', 'cancelled'], 'Choose what became of it'),
  why: z.string().trim().max(1_000, 'Use 1,000 characters or fewer'),
  rowVersion: z.int().min(1)
})

/** "Start an assessment" for a family that is in the record and has agreed, and has none open (R20, R22 to R24). */
export const registeredEpisode = z.strictObject({
  id,
  familyId: id,
  /** What the family needs that calls for more than one agency (R2). */
  needs: words(5_000).min(1, 'Enter what the family needs'),
  practitionerId: z.union([z.literal(''), id]),
  /** Why, although a child of the family is in another one with an open assessment; '' where none is. */
  goesOnBecause: words(1_000)
})

/** An open assessment of another family, in which somebody of this one is. */
export interface OpenElsewhere extends OpenAssessment {
  /** Who of this family is there, by the record that counts. */
  personIds: Id[]
  /** Whom to ask about a restricted family; '' of one that is not. */
  askName: string
}

const stepOf = { id, familyId: id, episodeId: id, on: civilDate, note: words(2_000) }
const asked = (whether: string) => z.enum(['yes', 'no'], `Say whether ${whether}`)

/** One step of an assessment (R22, R31, R32). `id`: the step's own. */
export const takenStep = z.discriminatedUnion('step', [
  z.strictObject({ ...stepOf, step: z.literal('set-up') }),
  z.strictObject({
    ...stepOf,
    step: z.literal('start'),
    /** R2, R3: "When not to do an assessment". */
    severalAgencies: asked('the needs call for more than one agency'),
    progressingWell: asked('the children are progressing well'),
    alreadyIdentified: asked('the needs have been identified already'),
    /** A manager lets it start although R2 or R3 says not to (C12); '' where nothing blocks. */
    overrideReason: words(2_000)
  }),
  z.strictObject({ ...stepOf, step: z.literal('finalise') }),
  z.strictObject({ ...stepOf, step: z.literal('agree-plan') })
])
export type TakenStep = z.output<typeof takenStep>

/** R33: an open assessment that nobody owns is given a keyworker. `id`: of the row. */
export const namedKeyworker = z.strictObject({
  id,
  familyId: id,
  episodeId: id,
  practitionerId: z.uuid({ error: 'Choose the keyworker from the list' }),
  from: civilDate
})

/** R10. */
export const changedLevel = z.strictObject({
  id,
  familyId: id,
  episodeId: id,
  /** The newest one that was read; '' where there was none (L7). */
  basedOn: z.union([z.literal(''), id]),
  level: z.string().min(1, 'Choose the level of need').max(80),
  rationale: why('Enter why it is this level'),
  on: civilDate
})

/** What has a due date (R31, R34). */
export const dueRules = [
  'R31',
  'R34-first',
  'R34-review',
  'R34-record',
  'R34-copy'
] as const satisfies RuleCode[]
export type DueRule = (typeof dueRules)[number]

/** C12: another day than the rule's, with its reason. */
export const overriddenDue = z.strictObject({
  id,
  familyId: id,
  episodeId: id,
  rule: z.enum(dueRules),
  /** The meeting that it is about, or after which a review is due; '' otherwise. */
  aboutId: z.union([z.literal(''), id]),
  dueOn: civilDate,
  reason: why('Enter why it is due on another day')
})

/** "Close assessment" and "Step up", as typed, in any state. */
export const closingDraft = z.strictObject({
  /** The closure's id. */
  id,
  familyId: id,
  episodeId: id,
  kind: z.enum(closureKinds),
  /** As typed; an empty day is today. */
  closedOn: z.string().max(20),
  closureReason: z.string().max(2_000),
  couldTransfer: z.enum(['', 'yes', 'no']),
  transferNote: z.string().max(2_000),
  stepOutAdvice: z.string().max(5_000),
  note: z.string().max(2_000),
  outcomes: z
    .array(
      z.strictObject({
        outcomeId: id,
        result: z.enum(['', 'met', 'partly', 'not-met']),
        words: z.string().max(2_000)
      })
    )
    .max(200),
  told: z.array(z.strictObject({ who: z.string().max(200), words: z.string().max(1_000) })).max(50),
  /** Work that goes on after a step-up. `actionId`: of the plan; '' for something else. */
  goesOn: z
    .array(
      z.strictObject({
        actionId: z.union([z.literal(''), id]),
        who: z.string().max(200),
        words: z.string().max(2_000)
      })
    )
    .max(200)
})
export type ClosingDraft = z.output<typeof closingDraft>

export const reopened = z.strictObject({
  id,
  familyId: id,
  episodeId: id,
  closureId: id,
  on: civilDate,
  reason: why('Enter why it goes on')
})

/** One thing that the rules want by a day: a target, never a block (R31, R34). */
export interface DueDate {
  rule: DueRule
  /** The meeting that it is about, or after which a review is due; '' otherwise. */
  aboutId: Id
  /** The day by the rule, and the day that counts: another where a manager said so. */
  ruleDay: CivilDate
  dueOn: CivilDate
  /** '' while it waits. */
  doneOn: CivilDate
  isOverdue: boolean
  /** What the bank holiday or closed day that `dueOn` falls on is called, '' for none: it is not moved. */
  closedDay: string
  /** Where a manager gave another day: who, and why. */
  overriddenBy: string
  overrideReason: string
}

/** Somebody of the family as its assessment names them: whoever belongs to it today, or once did. */
export interface EpisodePerson {
  /** The record that counts, and every record that was merged into it. */
  keptId: Id
  personIds: Id[]
  /** '' where none is known, as of a child that is not born yet. */
  name: string
  role: MemberRole
  isHere: boolean
  /** Their last day in the family; '' while they are here. */
  until: CivilDate
}

/** An assessment as its page shows it. Its notes, plan and meetings are read by their own operations. */
export interface EpisodeRecord {
  id: Id
  reference: string
  familyId: Id
  familyReference: string
  /** Who is here first, the children first among them. */
  people: EpisodePerson[]
  hubId: Id
  hubName: string
  state: EpisodeState
  registeredOn: CivilDate
  registeredByName: string
  needs: string
  goesOnBecause: string
  previous: { id: Id; reference: string; closedOn: CivilDate } | undefined
  /** The one that came after it; undefined for the last. */
  following: { id: Id; reference: string } | undefined
  keyworkers: EpisodeRow['keyworkers']
  steps: {
    id: Id
    step: StepKind
    on: CivilDate
    note: string
    recordedAt: Instant
    byName: string
    severalAgencies: '' | 'yes' | 'no'
    progressingWell: '' | 'yes' | 'no'
    alreadyIdentified: '' | 'yes' | 'no'
  }[]
  /** C12: rules against which a manager let it start, and why. */
  startedAgainst: { rule: RuleCode; reason: string; byName: string }[]
  /** The newest first. */
  levels: {
    id: Id
    level: string
    levelName: string
    rationale: string
    on: CivilDate
    recordedAt: Instant
    byName: string
  }[]
  due: DueDate[]
  /** Every one, the newest first; the first counts unless it was reopened. */
  closures: {
    id: Id
    kind: ClosureKind
    closedOn: CivilDate
    closureReason: string
    withdrawalReason: string
    couldTransfer: '' | 'yes' | 'no'
    transferNote: string
    stepOutAdvice: string
    note: string
    byName: string
    at: Instant
    parts: {
      kind: 'told' | 'outcome' | 'goes-on'
      aboutId: Id
      result: '' | 'met' | 'partly' | 'not-met'
      who: string
      words: string
    }[]
    reopened: { on: CivilDate; reason: string; byName: string } | undefined
  }[]
  /** What may be done next by the machine in `state.ts`. */
  mayDo: EpisodeEvent[]
  /** What a family agreed to that stands: nothing starts or goes on without it (R24). */
  takesPart: boolean
}

/** An open assessment in a list of the coordinator's home. */
export interface EpisodeLine {
  episodeId: Id
  reference: string
  familyId: Id
  /** '' where the family is restricted and the reader is not named. */
  childNames: string
  state: EpisodeState
  hubName: string
  registeredOn: CivilDate
  keyworkerName: string
  nextOn: CivilDate
  lastNoteAt: Instant
  /** The first due first; none where the family is restricted and the reader is not named. */
  overdue: { rule: 'R31' | 'R34-first' | 'R34-review'; dueOn: CivilDate }[]
}

/** What stands in the calendar: a meeting, something planned, or a due date. */
export interface CalendarEntry {
  /** Of the planned date, or the episode and the rule. */
  id: string
  what: PlannedKind | 'action' | 'agreement-review' | 'due'
  /** Of a due date. */
  rule: DueRule | ''
  on: CivilDate
  startsAt: string
  place: string
  episodeId: Id
  reference: string
  familyId: Id
  /** '' where the family is restricted and the reader is not named. */
  childNames: string
  keyworkerName: string
  /** It took place. */
  isDone: boolean
  isOverdue: boolean
}

/** The first day first. `isWhole`: false where there is more than one page can show. */
export interface Calendar {
  rows: CalendarEntry[]
  isWhole: boolean
}

/** Two months and a day, with which any month can be shown in whole weeks. */
export const CALENDAR_DAYS = 62

export const calendarQuery = z
  .strictObject({
    from: civilDate,
    /** The last day; at most 62 days after `from`. */
    to: civilDate,
    hubId: z.union([z.literal(''), id]),
    practitionerId: z.union([z.literal(''), id])
  })
  .refine(({ from, to }) => from <= to && daysBetween(from, to) <= CALENDAR_DAYS, {
    path: ['to'],
    message: `Choose ${String(CALENDAR_DAYS)} days or fewer`
  })

/** Which list: open and nobody owns it, or open and nothing is planned next (L18), or past a due date. */
export const openLists = ['unowned', 'no-next-action', 'overdue'] as const
export type OpenList = (typeof openLists)[number]

/** A Families First Assessment as an EHM episode, from its registration on. At most one of a family is open (R20). */
export interface EpisodeRow {
  id: Id
  reference: string
  registeredOn: CivilDate
  reason: string
  keyworkers: {
    practitionerId: Id
    name: string
    agencyName: string
    phone: string
    validFrom: CivilDate
    /** '' while it goes on. */
    validTo: CivilDate
    /** They stand in for the keyworker (R40). */
    isCover: boolean
  }[]
  planned: {
    id: Id
    kind: PlannedKind
    dueOn: CivilDate
    note: string
    ending: '' | 'done' | 'cancelled'
    rowVersion: number
  }[]
  /** Undefined while it is open. */
  closure?: { closedOn: CivilDate; closureReason: string; withdrawalReason: string; at: Instant }
}

/** An open assessment as the gate of a call shows it. */
export interface OpenAssessment {
  episodeId: Id
  reference: string
  familyId: Id
  childNames: string
  keyworkerName: string
  agencyName: string
}

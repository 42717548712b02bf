import { z } from 'zod'
import { id, type CivilDate, type Id, type Instant } from '../ids.ts'
import type { Load } from '../keyworker/keyworker.ts'
import { queueAges } from '../stepDown/record.ts'
import { stepDownEndings, type StepDownEnding, type StepDownState } from '../stepDown/stepDown.ts'
import { stepUpStates, type StepUpState } from '../stepUp/stepUp.ts'
import type { RuleCode } from '../rule/rule.ts'
import { flowSteps, type FlowStep } from './period.ts'
import { reportRange, type ReportRange } from './report.ts'

/** What is counted of triage; each of its numbers opens its rows. */
export const triageMeasures = [
  /** A step-down arrived, was opened again after its end, or came to an end. */
  'received',
  'reopened',
  'done',
  /** It had arrived by the end of the days asked for, and had come to no end. */
  'waiting',
  /** A clock that ended: until the decision, until the keyworker who accepted was asked, until they answered. */
  'clock-triage',
  'clock-allocation',
  'clock-answer',
  'returns',
  'declines-keyworker',
  'declines-hub',
  'step-ups',
  'overrides'
] as const
export type TriageMeasure = (typeof triageMeasures)[number]

export const triageClocks = ['clock-triage', 'clock-allocation', 'clock-answer'] as const
export type TriageClock = (typeof triageClocks)[number]
/** The list whose clock it is. */
export const stateOfClock: Record<TriageClock, StepDownState> = {
  'clock-triage': 'to-triage',
  'clock-allocation': 'to-allocate',
  'clock-answer': 'allocated'
}
export const clockEnds = ['in-time', 'late'] as const

/** What is done in triage against a rule, with a reason (C12). Rules of assessments go by their own codes. */
export const triageOverrides = ['kept-incomplete', 'over-full', 'outside-hub', 'old-notes'] as const
export type TriageOverride = (typeof triageOverrides)[number]

/** What a measure counts under: the codes of the keys of those that have a list of their own. */
export const keysOf = {
  done: stepDownEndings,
  waiting: queueAges,
  'step-ups': stepUpStates
} as const

const ofHub = z.union([z.literal(''), id])

/** London days, both ends included; of one local hub or of all that somebody may read. */
export const triageQuery = z.strictObject({
  range: reportRange,
  hubId: ofHub,
  step: z.enum(flowSteps)
})
export type TriageQuery = z.output<typeof triageQuery>

/** The rows behind a number. `key`: what they are counted under, '' for all of the measure. */
export const triageRowsQuery = z.strictObject({
  range: reportRange,
  hubId: ofHub,
  measure: z.enum(triageMeasures),
  key: z.string().max(300),
  /** The place where the page before ended; '' for the first. */
  after: z.string().max(400)
})
export type TriageRowsQuery = z.output<typeof triageRowsQuery>

/** The pictures, in their order on the page. */
export const triageFigures = [
  'flow',
  'endings',
  'ages',
  'clocks',
  'load-hubs',
  'load-keyworkers',
  'returns',
  'declines-keyworker',
  'declines-hub',
  'step-ups',
  'overrides'
] as const
export type TriageFigure = (typeof triageFigures)[number]

export const savedTriage = z.strictObject({ ...triageQuery.shape, figure: z.enum(triageFigures) })

/** One thing that is counted. */
export interface TriageItem {
  /** Of the event, the request or the step-down itself. */
  id: Id
  at: Instant
  measure: TriageMeasure
  key: string
  about: 'step-down' | 'step-up' | 'assessment'
  aboutId: Id
  /** Of a clock: from when to when it ran. */
  ran?: { from: Instant; to: Instant }
  /** How the key was written, where people write it. */
  name?: string
}

export interface FlowPeriod extends ReportRange {
  received: number
  reopened: number
  done: number
  /** At the end of its last day. */
  waiting: number
}

export interface ClockFigures {
  clock: TriageClock
  /** Working days, by the target that is in force on the last day. */
  target: number
  inTime: number
  late: number
  /** Minutes that the desk was open, by nearest rank: as many took so long or less. 0 where none ended. */
  half: number
  nineInTen: number
}

/** What came of triage in a range of days, counted of what somebody may read. */
export interface TriageReport {
  range: ReportRange
  hubId: Id
  step: FlowStep
  flow: FlowPeriod[]
  /** Every code is there, also with 0, but those of `returns`, `declines…` and rules: these with the most first. */
  endings: { key: StepDownEnding; count: number }[]
  ages: { key: (typeof queueAges)[number]; count: number }[]
  clocks: ClockFigures[]
  returns: { key: string; name: string; count: number }[]
  declinesByKeyworker: { key: Id; name: string; count: number }[]
  declinesByHub: { key: Id; count: number }[]
  stepUps: { key: StepUpState; count: number }[]
  overrides: { key: TriageOverride | RuleCode; count: number }[]
  /** Of today, whatever the days are. */
  hubs: LoadRow[]
  keyworkers: LoadRow[]
  /** How many keyworkers there are; the heaviest loaded are above. */
  keyworkersTotal: number
}

export interface LoadRow {
  id: Id
  name: string
  keyworkers: number
  load: Load
}

/** A row behind a number. */
export interface TriageRow {
  /** Of what is counted, and with `key` its own. */
  id: string
  at: Instant
  about: TriageItem['about']
  aboutId: Id
  reference: string
  /** '' where nobody is known, or the family is not open to whoever asks: `isRestricted`. */
  childNames: string
  isRestricted: boolean
  hubName: string
  /** The sending team of a return, else the keyworker who was asked. */
  who: string
  /** What was said, or why. */
  words: string
}

/** The most periods of a picture: more are too thin to be told apart. */
export const MOST_PERIODS = 400

/** The day on which what waits is looked at: the last one asked for, or today. */
export const lookedAt = ({ to }: ReportRange, today: CivilDate): CivilDate => (to < today ? to : today)

/** What a saved table is called before a person calls it something else: nothing that names anybody. */
export const triageFileName = (figure: TriageFigure, { from, to }: ReportRange): string =>
  `triage-${figure}-${from}-to-${to}.csv`

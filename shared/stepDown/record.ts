import { z } from 'zod'
import { id, type CivilDate, type Id, type Instant } from '../ids.ts'
import type { StepDownStanding } from './state.ts'
import {
  risks,
  stepDownSources,
  stepDownStates,
  type decidedLevels,
  type Needed,
  type Risk,
  type Route,
  type StepDownDraft,
  type StepDownEvent,
  type StepDownEventRow,
  type StepDownSource,
  type StepDownState
} from './stepDown.ts'

/** What the sender told, as it was recorded: days are civil dates, and of people as well. */
export interface StepDownVersion extends Omit<
  StepDownDraft,
  'id' | 'stepDownId' | 'receivedOn' | 'receivedAt' | 'people'
> {
  id: Id
  /** `id` is the same in every version. */
  people: StepDownDraft['people']
  missing: Needed[]
  recordedAt: Instant
  byName: string
}

export interface StepDownDecision {
  id: Id
  basedOn: Id
  level: (typeof decidedLevels)[number]
  levelName: string
  rationale: string
  route: Route
  routeReason: string
  evidence: string
  considered: string
  agencyId: Id
  agencyName: string
  practitionerId: Id
  practitionerName: string
  signposting: string
  familyNext: string
  decidedOn: CivilDate
  recordedAt: Instant
  byName: string
}

export interface StepDownAllocation {
  id: Id
  decisionId: Id
  practitionerId: Id
  practitionerName: string
  employerName: string
  loadBefore: number
  loadAfter: number
  overReason: string
  outsideReason: string
  place: number
  why: string[]
  note: string
  recordedAt: Instant
  byName: string
}

export interface StepDownLetter {
  id: Id
  kind: 'return' | 'decision-sender' | 'decision-family'
  aboutId: Id
  on: CivilDate
  toName: string
  address: string
  subject: string
  body: string
  /** It tells an address or a number that is withheld by now: it comes without address, subject and body. */
  isWithheld: boolean
  recordedAt: Instant
  byName: string
}

/** A step-down as its page shows it. Everything is in the order in which it was recorded. */
export interface StepDownRecord extends StepDownStanding {
  id: Id
  reference: string
  sourceKey: string
  receivedAt: Instant
  hubId: Id
  hubName: string
  ownerName: string
  practitionerName: string
  /** '' where no clock runs. */
  dueAt: Instant
  isOverdue: boolean
  mayDo: StepDownEvent[]
  /** The newest thing that was recorded: whoever acts says what they have read (L7). */
  lastId: Id
  versions: StepDownVersion[]
  /** R24: agreement stands by what the sender told and the record of the family, so that a keyworker may be sought. */
  isAgreed: boolean
  events: StepDownEventRow[]
  returns: {
    id: Id
    versionId: Id
    sendingTeam: string
    missing: Needed[]
    words: string
    recordedAt: Instant
    byName: string
  }[]
  decisions: StepDownDecision[]
  allocations: StepDownAllocation[]
  letters: StepDownLetter[]
  /** What was said last of which family it is: whoever says it anew has read it (L7). '' while nobody said anything. */
  matchId: Id
  /** Undefined while nobody said which it is, or that it is none. */
  family:
    | {
        familyId: Id
        how: 'matched' | 'registered'
        reference: string
        childNames: string
        hubName: string
        /** The assessment that is open; undefined where none is. */
        open: { episodeId: Id; reference: string; keyworkerId: Id; keyworkerName: string } | undefined
      }
    | undefined
}

/** Ages of what is in the queue, by when it was received. */
export const queueAges = ['today', 'week', 'fortnight', 'older'] as const

export const queueFilter = z.strictObject({
  /** '': every one that is not done. */
  state: z.enum(['', ...stepDownStates]),
  hubId: z.union([z.literal(''), id]),
  age: z.enum(['', ...queueAges]),
  risk: z.enum(['', ...risks]),
  source: z.enum(['', ...stepDownSources]),
  overdue: z.boolean(),
  mine: z.boolean()
})
export type QueueFilter = z.output<typeof queueFilter>

/** Every one that waits for something. */
export const everyStepDown: QueueFilter = {
  ...{ state: '', hubId: '', age: '', risk: '', source: '', overdue: false, mine: false }
}

/** How many are in one list of the queue, and of how many of them the clock has run out. */
export interface QueueCount {
  state: StepDownState
  count: number
  overdue: number
}

/** What somebody did last: whoever has it open learns that it was not them. */
export interface LastOfStepDown {
  lastId: Id
  lastAt: Instant
  byId: Id
  byName: string
}

/** A row of "Step-downs to triage". */
export interface QueueRow {
  id: Id
  reference: string
  /** '' where none is named, and where its family is restricted and not open to the reader. */
  childNames: string
  /** Its family is restricted and not open to the reader. */
  restricted: boolean
  hubName: string
  state: StepDownState
  risk: Risk | ''
  source: StepDownSource | ''
  sendingTeam: string
  receivedAt: Instant
  since: Instant
  dueAt: Instant
  isOverdue: boolean
  ownerId: Id
  ownerName: string
  /** Who was proposed. */
  practitionerName: string
  lastId: Id
}

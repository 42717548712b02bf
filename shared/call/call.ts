import { z } from 'zod'
import { id, instant, type Id, type Instant } from '../ids.ts'
import type { FoundPerson } from '../person/find.ts'
import type { Excerpt } from './excerpt.ts'
import { callLink, LINK_LIMIT, type LinkKind } from './link.ts'
import type { AttemptResult, ReferralAnswer } from './loop.ts'

export const lines = ['consultation-hub', 'advice-line', 'coordinator'] as const
export type Line = (typeof lines)[number]

/** The gate card's question "Who is calling?" (R13, R14). */
export const callerKinds = ['school', 'keyworker', 'someone-else'] as const
export type CallerKind = (typeof callerKinds)[number]

/** Kinds of "someone else"; each has a signpost in the settings. */
export const otherKinds = [
  'early-years',
  'health',
  'school-outside-county',
  'keyworker-without-assessment',
  'public',
  'other'
] as const
export type OtherKind = (typeof otherKinds)[number]

/** R15, R16, S0: what a call may end with. */
export const outcomes = [
  'advice-only',
  'contact-form',
  'urgent-referral',
  'families-first-assessment',
  'signposted',
  'turned-away',
  'call-back'
] as const
export type Outcome = (typeof outcomes)[number]

export const parentsKnow = ['yes', 'no', 'not-asked', 'unsafe-to-tell'] as const
export type ParentsKnow = (typeof parentsKnow)[number]

export const CONCERN_LIMIT = 20_000
const line = (limit: number) =>
  z.string().max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const long = line(CONCERN_LIMIT)
const oneOf = <const T extends readonly string[]>(values: T) => z.enum(['', ...values])

export const draftChild = z.strictObject({
  id,
  name: line(200),
  /** As spoken: a date in any order we know, or "age 7". Read by `readBirth`. */
  birth: line(40),
  upn: line(20),
  relation: line(100),
  address: line(300)
})

export const draftAction = z.strictObject({
  id,
  what: line(500),
  who: line(200),
  /** As typed, like every date of a draft: `readDate` reads it. */
  byWhen: line(20)
})

/**
 * A call as it is typed: every field in any state, so that a half-typed call can always be saved (L1).
 * Text fields hold what was typed; an empty string is "not answered".
 */
export const callDraft = z.strictObject({
  id,
  startedAt: instant,
  line: z.enum(lines),
  callerKind: oneOf(callerKinds),
  otherKind: oneOf(otherKinds),
  schoolId: z.union([z.literal(''), id]),
  /** What stands in the school field, whether or not it was found. */
  schoolText: line(200),
  assessmentConfirmedBy: line(200),
  /** The open assessment that lets a keyworker through (R13); '' where the record has none. */
  assessmentId: z.union([z.literal(''), id]),
  /** What stands in the field of the assessment, whether or not it was found. */
  assessmentText: line(200),
  callerName: line(200),
  callerRole: line(200),
  callerPhone: line(60),
  mayLeaveMessage: z.boolean(),
  consultedContinuum: z.boolean(),
  spokeToLead: z.boolean(),
  parentsKnow: oneOf(parentsKnow),
  children: z.array(draftChild).max(30),
  concern: long,
  level: line(60),
  levelWhy: line(2_000),
  advice: long,
  disagreement: long,
  outcome: oneOf(outcomes),
  actions: z.array(draftAction).max(30),
  /** Both empty: the call took place when it was started. */
  tookPlaceDate: line(20),
  tookPlaceTime: line(10),
  setBackReason: line(500),
  bookedSlot: z.boolean(),
  bookedDate: line(20),
  bookedTime: line(10),
  /** When the immediate-danger numbers were read out in this call; empty when they were not. */
  dangerReadAt: z.union([z.literal(''), instant]),
  /** How long the caller was on the line, in seconds; 0 while the timer runs. */
  seconds: z.int().min(0).max(86_400),
  /** What the adviser said of earlier calls. */
  links: z.array(callLink).max(LINK_LIMIT)
})
export type CallDraft = z.output<typeof callDraft>
export type DraftChild = z.output<typeof draftChild>
export type DraftAction = z.output<typeof draftAction>

/** A new call, started at `startedAt`. */
export function emptyCall(callId: string, childId: string, startedAt: string): CallDraft {
  return {
    id: callId,
    startedAt,
    line: 'consultation-hub',
    callerKind: '',
    otherKind: '',
    schoolId: '',
    schoolText: '',
    assessmentConfirmedBy: '',
    assessmentId: '',
    assessmentText: '',
    callerName: '',
    callerRole: '',
    callerPhone: '',
    mayLeaveMessage: false,
    consultedContinuum: false,
    spokeToLead: false,
    parentsKnow: '',
    children: [{ id: childId, name: '', birth: '', upn: '', relation: '', address: '' }],
    concern: '',
    level: '',
    levelWhy: '',
    advice: '',
    disagreement: '',
    outcome: '',
    actions: [],
    tookPlaceDate: '',
    tookPlaceTime: '',
    setBackReason: '',
    bookedSlot: false,
    bookedDate: '',
    bookedTime: '',
    dangerReadAt: '',
    seconds: 0,
    links: []
  }
}

/** Fields of a filed call that an addendum may correct or add to. */
export const addendumFields = [
  'caller',
  'school',
  'children',
  'concern',
  'level',
  'advice',
  'disagreement',
  'outcome',
  'actions',
  'took-place',
  'other'
] as const
export type AddendumField = (typeof addendumFields)[number]

export const addendum = z.strictObject({
  id,
  callId: id,
  field: z.enum(addendumFields, 'Choose what this corrects or adds to'),
  text: z.string().trim().min(1, 'Write what is corrected or added').max(CONCERN_LIMIT)
})

export interface CallRow {
  id: string
  reference: string
  tookPlaceAt: string
  filedAt: string
  line: Line
  callerKind: CallerKind
  otherKind: OtherKind | ''
  schoolName: string
  callerName: string
  adviserName: string
  childNames: string
  outcome: Outcome
  inHours: boolean
  turnedAway: boolean
  toCheck: boolean
  inError: boolean
}

/** A call of the list: where the words that were searched for stand in it, marked. */
export interface FoundCall extends CallRow {
  excerpt: Excerpt
}

export interface FiledCall extends CallRow {
  adviserId: string
  hubId: string
  schoolId: string
  adviserProfession: string
  schoolTown: string
  assessmentConfirmedBy: string
  /** The open assessment that let the keyworker through; '' where only somebody's word did. */
  assessmentReference: string
  /** Its family; '' where this person may not know of it. */
  assessmentFamilyId: Id
  callerRole: string
  callerPhone: string
  mayLeaveMessage: boolean
  consultedContinuum: boolean
  spokeToLead: boolean
  parentsKnow: ParentsKnow | ''
  concern: string
  level: string
  levelName: string
  levelWhy: string
  advice: string
  disagreement: string
  signpost: string
  setBackReason: string
  bookedAt: string
  dangerReadAt: string
  startedAt: string
  seconds: number
  hubName: string
  rulesVersion: string
  deskCode: string
  children: {
    id: string
    name: string
    birthDate: string
    ageYears: number | null
    upn: string
    relation: string
    address: string
  }[]
  actions: {
    id: string
    what: string
    who: string
    byWhen: string
    doneAt: string
    doneNote: string
    /** Who sees to it. */
    ownerName: string
  }[]
  /** Who in the record the children are, or that they are none of those who were found; the last choice counts. */
  matches: ChildMatch[]
  addenda: { id: string; field: AddendumField; text: string; at: string; byName: string }[]
  /** Both ways: what this call said of earlier ones, and what later ones said of it. */
  links: {
    callId: string
    reference: string
    tookPlaceAt: string
    kind: LinkKind
    direction: 'earlier' | 'later'
    inError: boolean
  }[]
  attempts: { result: AttemptResult; note: string; at: string; byName: string }[]
  referrals: { answer: ReferralAnswer; referredOn: string; reason: string; at: string; byName: string }[]
  /** Two concerns about one child (C5), of which this is the later; only for who may read the earlier one too (L25). */
  flags: {
    id: string
    why: string
    raisedAt: string
    earlierCallId: string
    earlierReference: string
    ownerName: string
    /** Both '' until it is answered. */
    answer: string
    answeredAt: string
    answeredBy: string
  }[]
  /** Entered in error, or put back: oldest first, the last one counts. */
  errors: { inError: boolean; reason: string; at: string; byName: string }[]
}

/** What was said of one child of a call, as far as this person may know who was chosen. */
export interface ChildMatch {
  childId: Id
  /** Undefined where it is none of those who were found. */
  person: FoundPerson | undefined
  at: Instant
  byName: string
}

/** An unfinished call in "My unfinished", without what was typed beyond a line to know it by. */
export interface DraftRow {
  id: string
  startedAt: string
  savedAt: string
  callerKind: CallerKind | ''
  schoolText: string
  callerName: string
}

/** An unfinished call of anyone at this computer, for a manager to hand on (L4). */
export interface ColleaguesDraft extends DraftRow {
  ownerId: string
  ownerName: string
}

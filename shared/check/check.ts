import { z } from 'zod'
import type { Role } from '../access/roles.ts'
import { draftChild } from '../call/call.ts'
import { id, type CivilDate, type Id, type Instant } from '../ids.ts'
import { employers } from '../practitioner/practitioner.ts'

const line = (limit: number) =>
  z.string().max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const idOrNone = z.union([z.literal(''), id])

export const agreedHows = ['verbally', 'in-writing', 'by-phone', 'by-email'] as const
/**
 * R19: how the helpdesk makes sure who is calling. The call back through the directory's number comes first; every other
 * way needs a reason and is counted.
 */
export const identityMethods = [
  'call-back',
  'council-network',
  'seen-in-person',
  'known-to-colleague'
] as const
export type IdentityMethod = (typeof identityMethods)[number]
export const identityResults = ['passed', 'failed', 'no-answer'] as const
export type IdentityResult = (typeof identityResults)[number]

/** "Check for an open assessment" as it is typed, in any state, until it is begun. */
export const checkDraft = z.strictObject({
  id,
  callerName: line(200),
  callerRole: line(200),
  employer: z.enum(['', ...employers]),
  employerId: idOrNone,
  employerText: line(200),
  /** R18: agreement to the check itself: who, when, how. */
  agreedBy: line(200),
  agreedRelation: line(100),
  agreedOn: line(20),
  agreedHow: z.enum(['', ...agreedHows]),
  children: z.array(draftChild).max(30)
})
export type CheckDraft = z.output<typeof checkDraft>

/** One try to make sure who is calling. The number comes from the directory; the page cannot send one. */
export const identityTry = z.strictObject({
  id,
  checkId: id,
  method: z.enum(identityMethods, 'Choose how you made sure who is calling'),
  personAskedFor: z.string().trim().min(1, 'Enter who you asked for').max(200, 'Use 200 characters or fewer'),
  result: z.enum(identityResults, 'Choose what happened'),
  reason: z.string().trim().max(1_000, 'Use 1,000 characters or fewer')
})

/** The three answers there are; `unclear`: more must be asked before anything is said. */
export const checkAnswers = ['open', 'none', 'unclear'] as const

export interface CheckAnswer {
  answer: (typeof checkAnswers)[number]
  /** R20, C3: all that may be said of an open assessment. */
  keyworkerName: string
  keyworkerAgency: string
  keyworkerPhone: string
  /** Of `unclear`: what to ask the caller for: "date of birth", "address". */
  askFor: string[]
}

export const checkStates = [
  'to-identify',
  'identified',
  'answered',
  'disclosed',
  'passed-on',
  'ended'
] as const
export type CheckState = (typeof checkStates)[number]
/** Those in which it is for whoever began it to go on. */
export const underWay = ['to-identify', 'identified', 'answered'] as const satisfies readonly CheckState[]

/** A check as its page shows it. Before identity is sure nothing of what the record holds is in it. */
export interface CheckRecord {
  id: Id
  reference: string
  state: CheckState
  at: Instant
  byName: string
  callerName: string
  callerRole: string
  employerName: string
  /** From the directory, at the time. */
  mainNumber: string
  agreedBy: string
  agreedRelation: string
  agreedOn: CivilDate
  agreedHow: (typeof agreedHows)[number]
  /** As they were told last. */
  children: {
    id: Id
    name: string
    /** As it was spoken: "3/9/15", "age 7". */
    birth: string
    birthDate: CivilDate
    ageYears: number | null
    upn: string
    relation: string
    address: string
  }[]
  tries: {
    method: IdentityMethod
    number: string
    personAskedFor: string
    result: IdentityResult
    reason: string
    at: Instant
    byName: string
  }[]
  /** The newest answer. */
  answer?: CheckAnswer & { id: Id; at: Instant }
  /** Each time that the record was asked, the newest last: more than once where the children were told better. */
  asked: { answer: CheckAnswer['answer']; childNames: string; at: Instant; byName: string }[]
  /** What was said, to whom; undefined: nothing was disclosed. */
  disclosed?: { what: string; toName: string; at: Instant; byName: string }
  /**
   * Families that were registered from it, as far as the reader may know of them. `familyId` is '' where they may not open
   * the family (R22).
   */
  registered: { familyId: Id; reference: string }[]
  ending?: { kind: 'passed-on' | 'ended'; reason: string; toName: string; at: Instant }
}

export interface CheckRow {
  id: Id
  reference: string
  state: CheckState
  at: Instant
  byName: string
  callerName: string
  employerName: string
  childNames: string
}

/** Somebody whom a check may be passed on to. */
export interface CheckTaker {
  id: Id
  name: string
  roles: Role[]
}

import { z } from 'zod'
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

/** "Check for an open assessment" as it is typed, in any state; one draft for the whole of it. */
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
  children: z.array(draftChild).max(30),
  personAskedFor: line(200),
  method: z.enum(['', ...identityMethods]),
  methodReason: line(1_000)
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
  children: {
    id: Id
    name: string
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
  answer?: CheckAnswer & { at: Instant }
  /** What was said, to whom; undefined: nothing was disclosed. */
  disclosed?: { what: string; toName: string; at: Instant; byName: string }
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

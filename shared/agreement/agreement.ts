import { z } from 'zod'
import type { PlannedKind } from '../episode/episode.ts'
import { id, type CivilDate, type Id, type Instant } from '../ids.ts'

const line = (limit: number) =>
  z.string().max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const oneOf = <const T extends readonly string[]>(values: T) => z.enum(['', ...values])
const idOrNone = z.union([z.literal(''), id])

/** Agreement to take part and to share: never the lawful basis of data protection (domain 0.4). */
export const decisions = ['not-asked', 'given', 'refused', 'withdrawn'] as const
export type Decision = (typeof decisions)[number]

/** R25: why this person's word counts. A competent young person's decision prevails over a parent's. */
export const capacities = [
  'parental-responsibility',
  'young-person-16-or-over',
  'competent-under-16',
  'adult-for-self',
  'other'
] as const
export type Capacity = (typeof capacities)[number]

/** When an agreement is reviewed, where no setting says otherwise. */
export const REVIEW_DAYS = 42

export const routes = ['in-person', 'phone', 'paper', 'online', 'interpreter'] as const
export type Route = (typeof routes)[number]

/** R27: what the worker was prompted to do about a refusal where there is a concern for safety. */
export const refusalPrompts = ['safeguarding-route', 'line-manager', 'both'] as const

/** Who agrees, and how: the same of a yes, a no and a withdrawal. */
const whoAndHow = {
  /** A person of the family; '' where it is someone else. */
  byPersonId: idOrNone,
  /** Who it is, where it is no person of the record. */
  byName: line(200),
  relation: line(100),
  capacity: oneOf(capacities),
  capacityNote: line(1_000),
  route: oneOf(routes)
}

/** "Agreement" as it is typed, in any state. `decision` is never 'withdrawn': that is an act of its own. */
export const agreementDraft = z.strictObject({
  id,
  familyId: id,
  /** The newest agreement that was read; '' where there was none (L7). */
  basedOn: idOrNone,
  decision: oneOf(['not-asked', 'given', 'refused']),
  ...whoAndHow,
  takePart: z.boolean(),
  share: z.boolean(),
  /** Agencies and schools of the directory with which it may be shared. */
  agencyIds: z.array(id).max(100),
  /** As typed: `readDate` reads them. */
  decidedOn: line(20),
  reviewOn: line(20),
  /** Of a refusal (R26). */
  reason: line(2_000),
  /** R26, R28: what stands on the council's consent-denied record. */
  deniedNote: line(2_000),
  safetyConcern: oneOf(['yes', 'no']),
  prompt: oneOf(refusalPrompts),
  note: line(2_000)
})
export type AgreementDraft = z.output<typeof agreementDraft>

/**
 * "Record agreement" of a family that is in the record, as it is typed. A yes to taking part that finds no assessment
 * open may start one, as a registration does (R22, R23).
 */
export const recordedAgreement = z.strictObject({
  ...agreementDraft.shape,
  /** Of the assessment, should one start. */
  episodeId: id,
  starts: oneOf(['yes', 'no']),
  /** What the family needs that calls for more than one agency (R2). */
  needs: line(5_000),
  practitionerId: idOrNone,
  /** What stands in the field where the keyworker is looked for. */
  practitionerText: line(200),
  /** Why, although a child is in another family with an open assessment; '' where none is (R20). */
  goesOnBecause: line(1_000)
})
export type RecordedAgreement = z.output<typeof recordedAgreement>

/** "Withdraw agreement" as it is typed (R28, R29). */
export const withdrawalDraft = z.strictObject({
  id,
  familyId: id,
  basedOn: idOrNone,
  ...whoAndHow,
  withdrawnOn: line(20),
  /** Does agreement still stand through someone else? Only `none-remains` stops everything (L29). */
  standing: oneOf(['none-remains', 'stands-through']),
  throughPersonId: idOrNone,
  /** The narrower scope that is left. */
  takePart: z.boolean(),
  share: z.boolean(),
  agencyIds: z.array(id).max(100),
  withdrawalReason: line(2_000),
  closureReason: line(2_000),
  deniedNote: line(2_000),
  adviceSought: z.boolean(),
  signposted: z.boolean(),
  note: line(2_000)
})
export type WithdrawalDraft = z.output<typeof withdrawalDraft>

/** What was said once. Never changed: a later yes is a new row and the refusal stays (R26). */
export interface AgreementRow {
  id: Id
  decision: Decision
  byPersonId: Id
  byName: string
  relation: string
  capacity: Capacity | ''
  capacityNote: string
  route: Route | ''
  takePart: boolean
  share: boolean
  agencyIds: Id[]
  decidedOn: CivilDate
  reviewOn: CivilDate
  reason: string
  deniedNote: string
  safetyConcern: '' | 'yes' | 'no'
  prompt: '' | (typeof refusalPrompts)[number]
  /** Of a withdrawal that left agreement standing: through whom. */
  throughPersonId: Id
  note: string
  recordedAt: Instant
  recordedByName: string
}

/** What one withdrawal ended, of all that hung on the agreement; a `step-up` stays open, with its chair (C10), and a
 * `step-down` is back in triage.
 */
export interface Withdrawn {
  ended: {
    what: PlannedKind | 'outcome' | 'action' | 'keyworker-transfer' | 'step-up' | 'step-down' | 'assessment'
    id: Id
  }[]
}

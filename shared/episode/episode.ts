import { z } from 'zod'
import { civilDate, id, type CivilDate, type Id, type Instant } from '../ids.ts'

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
    validTo: CivilDate
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

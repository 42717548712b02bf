import { z } from 'zod'
import { id, type Id, type Instant } from '../ids.ts'

const text = (limit: number) =>
  z.string().max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)

/** What a life is looked at by (R4). */
export const domains = [
  'health',
  'education',
  'emotional-wellbeing',
  'relationships',
  'parenting',
  'home-and-money',
  'safety',
  'young-carer'
] as const
export type Domain = (typeof domains)[number]

export const entryWords = { strengths: text(10_000), needs: text(10_000), views: text(10_000) }

/** What is said of one person in one domain. */
export const draftEntry = z.strictObject({ personId: id, domain: z.enum(domains), ...entryWords })
export type DraftEntry = z.output<typeof draftEntry>

/** The whole-family assessment as it is typed: what differs from the version that it is based on, and nothing else. */
export const assessmentDraft = z.strictObject({
  /** The new version's id. */
  id,
  familyId: id,
  episodeId: id,
  /** The newest version that was read; '' for the first (L7). */
  basedOn: z.union([z.literal(''), id]),
  note: text(2_000),
  entries: z.array(draftEntry).max(400)
})
export type AssessmentDraft = z.output<typeof assessmentDraft>

/** The newest that was said of one person in one domain, and who said it. */
export interface AssessmentEntry extends DraftEntry {
  /** The version that says so. */
  versionId: Id
  at: Instant
  byName: string
}

export interface AssessmentVersion {
  id: Id
  /** From 1. */
  number: number
  note: string
  at: Instant
  byName: string
  /** How many entries it changed. */
  changed: number
}

export interface AssessmentRecord {
  episodeId: Id
  entries: AssessmentEntry[]
  /** The newest first. */
  versions: AssessmentVersion[]
}

/** What one version changed: as it was before, and after. */
export interface EntryChange {
  personId: Id
  domain: Domain
  before: { strengths: string; needs: string; views: string }
  after: { strengths: string; needs: string; views: string }
}

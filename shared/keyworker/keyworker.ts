import { z } from 'zod'
import type { Transfer } from '../transfer/transfer.ts'
import { civilDate, id, type CivilDate, type Id, type Instant } from '../ids.ts'
import type { Practitioner } from '../practitioner/practitioner.ts'
import { ONS_CODE } from '../setting/setting.ts'

const words = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)

/** Why somebody is away. */
export const absenceKinds = ['leave', 'sickness', 'training', 'other'] as const
export type AbsenceKind = (typeof absenceKinds)[number]

/** When somebody works from a day on. `id`: of this row; a change is another row. */
export const workingPattern = z.strictObject({
  id,
  practitionerId: id,
  validFrom: civilDate,
  /** Days of the week in their order, Monday is 1: `135`. */
  weekdays: z
    .string()
    .regex(/^1?2?3?4?5?6?7?$/, 'Choose the days')
    .min(1, 'Choose at least one day'),
  termTimeOnly: z.boolean(),
  /** How many families they could hold at five days a week. */
  fullTimeFamilies: z
    .int('Enter a whole number')
    .min(1, 'Enter at least 1 family')
    .max(99, 'Enter at most 99 families'),
  /** ONS codes of the districts where they work. */
  districts: z.array(z.string().regex(ONS_CODE)).max(20)
})
export type WorkingPattern = z.output<typeof workingPattern>

export const bookedAbsence = z
  .strictObject({
    id,
    practitionerId: id,
    kind: z.enum(absenceKinds, 'Choose why they are away'),
    fromDay: civilDate,
    toDay: civilDate,
    note: words(1_000)
  })
  .refine(({ fromDay, toDay }) => fromDay <= toDay, {
    path: ['toDay'],
    error: 'Enter the first day or a later one'
  })

export const cancelledAbsence = z.strictObject({
  id,
  practitionerId: id,
  why: words(1_000).min(1, 'Enter why it is taken back'),
  rowVersion: z.int().min(1)
})

/** They leave, or go on after all: `leftOn` is '' then. */
export const closedKeyworker = z.strictObject({
  practitionerId: id,
  leftOn: z.union([z.literal(''), civilDate]),
  why: words(1_000).min(1, 'Enter why'),
  rowVersion: z.int().min(1)
})

export interface Absence {
  id: Id
  kind: AbsenceKind
  fromDay: CivilDate
  toDay: CivilDate
  note: string
  /** '' while it stands. */
  cancelledWhy: string
  rowVersion: number
}

/** How many families somebody holds on a day, of how many. */
export interface Load {
  /** Open assessments of which they are the keyworker, by cover as well. */
  held: number
  /** Of these, how many they hold by standing in. */
  covering: number
  /** How many they could hold: families at full time × days ÷ 5. */
  capacity: number
  /** held ÷ capacity as whole per cent. */
  percent: number
}

/** Asks for whoever works in no district of any local hub. */
export const NO_HUB = 'none'

export const keyworkerQuery = z.strictObject({
  /** By name, role or where they work; '' for all. */
  text: z.string().max(200),
  hubId: z.union([z.literal(''), z.literal(NO_HUB), id]),
  /** The agency or school where they work; '' for all. */
  employerId: z.union([z.literal(''), id]),
  /** Whoever has left instead of whoever works. */
  hasLeft: z.boolean(),
  sort: z.enum(['name', 'load']),
  /** The last of the page before; '' for the first. */
  after: z.union([z.literal(''), id])
})
export type KeyworkerQuery = z.output<typeof keyworkerQuery>

/** One line of "Keyworkers". */
export interface KeyworkerRow {
  id: Id
  name: string
  role: string
  employerName: string
  /** Names of their local hubs, by their districts. */
  hubNames: string[]
  /** Days of the week as in a pattern: `135`; '' where nobody has said when they work. */
  weekdays: string
  termTimeOnly: boolean
  /** Works today: neither a day off, nor a holiday of whoever works in term time, nor an absence. */
  isAtWork: boolean
  /** The last day; '' while they go on. */
  leftOn: CivilDate
  load: Load
  /** Families given to them in the seven days up to today. */
  allocatedLately: number
  /** R23: trained and registered today. */
  isGivable: boolean
  /** The last day of an absence that is going on; '' where they are at work. */
  awayUntil: CivilDate
  /** Who stands in for them today, and for whom they do. */
  coveredBy: string[]
  covers: string[]
}

/** Open assessments of one hub or one employer, and how many its keyworkers could hold. */
export interface GroupLoad {
  /** Of the hub, the agency or the school; '' of those who have none. */
  id: Id
  name: string
  keyworkers: number
  load: Load
}

/** A family that somebody holds, held or will hold. */
export interface HeldFamily {
  episodeId: Id
  familyId: Id
  reference: string
  childNames: string
  hubName: string
  from: CivilDate
  /** '' while it goes on. */
  to: CivilDate
  isCover: boolean
  /** Of a cover: for whom; '' otherwise. */
  coveredName: string
  /** '' while the assessment is open. */
  closedOn: CivilDate
}

/** A keyworker's own page. */
export interface KeyworkerRecord {
  practitioner: Practitioner
  leftOn: CivilDate
  leftWhy: string
  load: Load
  allocatedLately: number
  /** As in their line of "Keyworkers". */
  awayUntil: CivilDate
  coveredBy: string[]
  covers: string[]
  /** The latest first; the first whose day has come is in force. */
  patterns: (WorkingPattern & { recordedAt: Instant; byName: string })[]
  /** Newest first. Empty for whoever may not see them. */
  absences: Absence[]
  /** Open assessments that they hold now or will hold, the first to come first. */
  holds: HeldFamily[]
  /** What they held before, the last first, 50 of them. */
  held: HeldFamily[]
  /** Families of which they hold, or will hold, an open assessment and that are not open to whoever asks. */
  hidden: number
  /** Transfers to or from them that wait. */
  transfers: Transfer[]
}

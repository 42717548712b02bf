import { z } from 'zod'
import type { Load } from '../keyworker/keyworker.ts'
import { civilDate, id, type CivilDate, type Id, type Instant } from '../ids.ts'

const words = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)

/** One family of "Arrange cover", as typed. */
const draftPart = z.strictObject({
  /** The part's id. */
  id,
  familyId: id,
  episodeId: id,
  /** Who stands in; '' where nobody is chosen. */
  practitionerId: z.union([z.literal(''), id]),
  /** R40: nobody was found, and the Senior Coordinator has it. */
  nobodyFound: z.boolean(),
  /** R40: the day on which the family was told; '' where it was not. */
  toldOn: z.string().max(20),
  notToldWhy: z.string().max(1_000),
  note: z.string().max(1_000)
})

/** "Arrange cover", as typed, in any state. */
export const coverDraft = z.strictObject({
  /** The cover's id. */
  id,
  /** Who is away. */
  practitionerId: id,
  /** As typed. */
  fromDay: z.string().max(20),
  toDay: z.string().max(20),
  why: z.string().max(1_000),
  absenceId: z.union([z.literal(''), id]),
  parts: z.array(draftPart).max(200)
})
export type CoverDraft = z.output<typeof coverDraft>

export const coverQuery = z
  .strictObject({ practitionerId: id, fromDay: civilDate, toDay: civilDate })
  .refine(({ fromDay, toDay }) => fromDay <= toDay, {
    path: ['toDay'],
    error: 'Enter the first day or a later one'
  })

/** Somebody who could stand in or take over, with what they hold before and would hold. */
export interface Taker {
  practitionerId: Id
  name: string
  role: string
  employerName: string
  load: Load
  /** Their first booked absence within the days asked for, as words of days; '' where they are there all the time. */
  awayFrom: CivilDate | ''
  awayTo: CivilDate | ''
  /** R23, and not left, on the first of the days. */
  isGivable: boolean
}

/** A family that somebody holds on some of the days asked for. */
export interface FamilyToCover {
  episodeId: Id
  familyId: Id
  reference: string
  childNames: string
  hubId: Id
  hubName: string
  from: CivilDate
  /** '' where it has no end within the days. */
  to: CivilDate | ''
  /** They hold it by standing in for somebody else. */
  isCover: boolean
  /** Of the Team Around the Family (R40: cover comes "from the TAF"): practitioners' ids. */
  teamIds: Id[]
}

export interface CoverPreview {
  families: FamilyToCover[]
  /** Of a restricted family that is not open to whoever asks: how many there are. They stop the act. */
  hidden: number
  /** Members of the families' teams first. */
  takers: Taker[]
}

export const returnedCover = z.strictObject({
  /** The end's id. */
  id,
  coverId: id,
  /** The last day of cover: the day before the keyworker is back. */
  lastDay: civilDate,
  reason: words(1_000).min(1, 'Enter why they are back sooner')
})

/** "Who covers whom": a cover that goes on or is to come. */
export interface CoverRow {
  id: Id
  practitionerId: Id
  practitionerName: string
  fromDay: CivilDate
  /** The last day that counts, also where it was cut short. */
  toDay: CivilDate
  why: string
  families: number
  byWhom: { practitionerId: Id; name: string; families: number }[]
  /** R40: families for which nobody was found. */
  nobodyFound: number
  recordedAt: Instant
  byName: string
}

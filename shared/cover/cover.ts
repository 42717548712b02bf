import { z } from 'zod'
import type { Load } from '../keyworker/keyworker.ts'
import { civilDate, id, type CivilDate, type Id, type Instant } from '../ids.ts'

const words = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)

/** One family of "Arrange cover", as typed. */
const coverPartDraft = z.strictObject({
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
  parts: z.array(coverPartDraft).max(200)
})
export type CoverDraft = z.output<typeof coverDraft>
export type CoverPartDraft = CoverDraft['parts'][number]

export const coverQuery = z
  .strictObject({ practitionerId: id, fromDay: civilDate, toDay: civilDate })
  .refine(({ fromDay, toDay }) => fromDay <= toDay, {
    path: ['toDay'],
    error: 'Enter the first day or a later one'
  })

/** Days one after the other. `to` is `LAST_DAY` of what has no end. */
export interface Days {
  from: CivilDate
  to: CivilDate
}

/** Somebody who could stand in or take over, with what they hold on the days asked for. */
export interface Taker {
  practitionerId: Id
  name: string
  role: string
  employerName: string
  /** Local hubs of the districts where they work. */
  hubIds: Id[]
  /** On the first of the days, before anything is given to them. */
  load: Load
  /** Each day within the days asked for on which they hold more or fewer families than on the day before, and how many. */
  changes: { from: CivilDate; held: number }[]
  /** Days on which they are away or others stand in for them. */
  away: Days[]
  /** R23: the first day on which they are trained and registered; '' where they are not, or have left. */
  givableFrom: CivilDate
}

/** Days on which somebody holds a family. */
export interface HeldDays extends Days {
  /** The row of the keyworker whose family it is, and who that is: somebody else where they stand in. */
  rowId: Id
  keyworkerId: Id
  /** The cover by which they stand in; '' of their own. */
  coverId: Id
  /** Somebody is to have it from the first of these days on as its keyworker, and does not stand in. */
  isForGood: boolean
}

/** A family that somebody holds on some of the days asked for. */
export interface FamilyToCover {
  episodeId: Id
  familyId: Id
  reference: string
  childNames: string
  hubId: Id
  hubName: string
  /** In their order, only days that were asked for. */
  days: HeldDays[]
  /** Others who stand in on such days, until somebody takes the family over. */
  standIns: (Days & { practitionerId: Id })[]
  /** Of the Team Around the Family (R40: cover comes "from the TAF"): practitioners' ids. */
  teamIds: Id[]
}

export interface CoverPreview {
  families: FamilyToCover[]
  /** Families that whoever asks may not open: how many there are. They stop the act. */
  hidden: number
  /** Everybody at work but the keyworker, by name. */
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

/** "Who covers whom": a cover that goes on or is to come. Why somebody is away is nobody’s to read in a list. */
export interface CoverRow {
  id: Id
  practitionerId: Id
  practitionerName: string
  fromDay: CivilDate
  /** The last day that counts, also where it was cut short. */
  toDay: CivilDate
  families: number
  byWhom: { practitionerId: Id; name: string; families: number }[]
  /** R40: families for which nobody was found. */
  nobodyFound: number
  recordedAt: Instant
  byName: string
}

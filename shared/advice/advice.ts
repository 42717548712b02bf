import { z } from 'zod'
import { id, type CivilDate, type Id, type Instant } from '../ids.ts'

/** R41: "Stuck": advice was asked of the Senior Coordinator, and what it was, as typed, in any state. */
export const adviceDraft = z.strictObject({
  /** The advice's id. */
  id,
  familyId: id,
  episodeId: z.union([z.literal(''), id]),
  /** As typed; an empty day is today. */
  askedOn: z.string().max(20),
  askedWhom: z.string().max(200),
  question: z.string().max(5_000),
  answer: z.string().max(5_000),
  /** The question that this is the answer to; '' of a question. */
  answersId: z.union([z.literal(''), id])
})
export type AdviceDraft = z.output<typeof adviceDraft>

export const adviceQuery = z.strictObject({ familyId: id })

export interface Advice {
  id: Id
  episodeId: Id
  askedOn: CivilDate
  askedWhom: string
  question: string
  /** '' while it waits. */
  answer: string
  answersId: Id
  recordedAt: Instant
  byName: string
}

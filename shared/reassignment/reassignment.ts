import { z } from 'zod'
import type { FamilyToCover, Taker } from '../cover/cover.ts'
import { civilDate, id } from '../ids.ts'

/** "Give all families to others", as typed, in any state. */
export const reassignmentDraft = z.strictObject({
  /** The reassignment's id. */
  id,
  /** Who leaves. */
  practitionerId: id,
  /** The first day on which the others hold the families, as typed. */
  fromDay: z.string().max(20),
  why: z.string().max(1_000),
  parts: z
    .array(
      z.strictObject({
        /** The transfer's id. */
        id,
        familyId: id,
        episodeId: id,
        practitionerId: z.union([z.literal(''), id]),
        /** R37: the day on which the family was told; '' where it is still to be. */
        toldOn: z.string().max(20)
      })
    )
    .max(200)
})
export type ReassignmentDraft = z.output<typeof reassignmentDraft>

export const reassignmentQuery = z.strictObject({ practitionerId: id, fromDay: civilDate })

export interface ReassignmentPreview {
  families: FamilyToCover[]
  /** Of restricted families that are not open to whoever asks: how many there are. They stop the act. */
  hidden: number
  takers: Taker[]
}

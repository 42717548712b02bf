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
export type ReassignmentPartDraft = ReassignmentDraft['parts'][number]

export const reassignmentQuery = z.strictObject({ practitionerId: id, fromDay: civilDate })

/** Every family that is theirs on the day or later, and those that they stand in for then. */
export interface ReassignmentPreview {
  families: FamilyToCover[]
  /** Families that whoever asks may not open: how many there are. They stop the act. */
  hidden: number
  takers: Taker[]
}

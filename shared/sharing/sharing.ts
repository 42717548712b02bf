import { z } from 'zod'
import { id } from '../ids.ts'

const line = (limit: number) =>
  z.string().max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const oneOf = <const T extends readonly string[]>(values: T) => z.enum(['', ...values])
const idOrNone = z.union([z.literal(''), id])

/** How information went to whom it was shared with. */
export const sharingHows = ['phone', 'letter', 'email', 'in-person'] as const
export type SharingHow = (typeof sharingHows)[number]

/**
 * By what right information is shared that the family did not agree to (domain 0.4). The first one is never delayed: a
 * referral goes ahead (R5, R6).
 */
export const sharingGrounds = ['significant-harm', 'law', 'court', 'public-interest', 'other'] as const
export type SharingGround = (typeof sharingGrounds)[number]

/** "Share information" as it is typed: what was, or is now to be, told about a family to somebody outside. */
export const sharingDraft = z.strictObject({
  id,
  familyId: id,
  /** An agency or school of the directory; '' until one is chosen, and for a body that the directory does not have. */
  agencyId: idOrNone,
  /** What stands in the field where it is looked for. */
  agencyText: line(200),
  notInDirectory: z.boolean(),
  /** The name of a body that the directory does not have. */
  bodyName: line(200),
  personThere: line(200),
  /** About whom, by the records that count. */
  personIds: z.array(id).max(60),
  what: line(5_000),
  purpose: line(2_000),
  how: oneOf(sharingHows),
  /** As typed: `readDate` reads it. Empty: today. */
  sharedOn: line(20),
  ground: oneOf(sharingGrounds),
  /** Of `public-interest`: who advised that it goes ahead. */
  advisedBy: line(200),
  /** Why it goes ahead although the family has not agreed, in words. */
  reason: line(2_000)
})
export type SharingDraft = z.output<typeof sharingDraft>

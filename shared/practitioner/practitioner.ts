import { z } from 'zod'
import type { Load } from '../keyworker/keyworker.ts'
import { id, type CivilDate } from '../ids.ts'

const dayOrNone = z.union([z.literal(''), z.iso.date({ error: 'Enter a date' })])
const line = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)

export const employers = ['agency', 'school'] as const

/**
 * Someone who works with families. R23, S1, S2: untrained or unregistered, they may not be given one. Their main number
 * is their agency's in the directory, never one they gave.
 */
export const practitioner = z.strictObject({
  id,
  name: z.string().trim().min(1, 'Enter the practitioner’s name').max(200, 'Use 200 characters or fewer'),
  role: line(100),
  employer: z.enum(employers, 'Choose where they work'),
  /** An agency or a school of the directory. */
  employerId: z.uuid({ error: 'Choose the agency or school from the directory' }),
  phone: line(60),
  email: line(200),
  trainedOn: dayOrNone,
  standardsOn: dayOrNone,
  registeredOn: dayOrNone,
  /** 0 for a new one; otherwise the version that was read. */
  rowVersion: z.int().min(0)
})
export type PractitionerDetails = z.output<typeof practitioner>

export interface Practitioner extends PractitionerDetails {
  employerName: string
  /** The directory's number. */
  mainNumber: string
  /** The families that they hold today, by standing in as well. */
  load: Load
  /** The last day of the absence that they are on; '' where they are not away. */
  awayUntil: CivilDate
  /** The last day on which they may hold families; '' while they go on. */
  leftOn: CivilDate
}

/** R23: may this person be given a family on a civil date? Whoever leaves may not, from today on (L18). */
export const mayBeGivenFamily = (
  { trainedOn, registeredOn, leftOn }: Pick<Practitioner, 'trainedOn' | 'registeredOn' | 'leftOn'>,
  on: CivilDate
): boolean =>
  trainedOn !== '' && trainedOn <= on && registeredOn !== '' && registeredOn <= on && leftOn === ''

import { z } from 'zod'

export const schoolStatuses = ['open', 'proposed-to-close', 'closed'] as const
export type SchoolStatus = (typeof schoolStatuses)[number]

const optional = (limit: number) => z.string().trim().max(limit, `Use ${limit} characters or fewer`)

/** A school as a person writes it down, from the directory page or in the middle of a call. */
export const schoolDetails = z.strictObject({
  name: z.string().trim().min(1, 'Enter the school’s name').max(200, 'Use 200 characters or fewer'),
  typeGroup: optional(80),
  typeName: optional(80),
  address: optional(300),
  town: optional(80),
  postcode: optional(10),
  /** ONS code of the district; '' where it is not known. */
  district: optional(20),
  phone: optional(60),
  leadName: optional(120)
})
export type SchoolDetails = z.output<typeof schoolDetails>

export interface School extends SchoolDetails {
  /** The school's identity; `versionId` names this dated version of what is known of it. */
  id: string
  versionId: string
  urn: string
  status: SchoolStatus
  toCheck: boolean
  districtName: string
  addedAt: string
  addedBy: string
}

export interface ImportPreview {
  importId: string
  fileName: string
  rows: number
  added: number
  changed: number
  unchanged: number
  closed: number
  otherAuthorities: number
  refused: { line: number; reason: string }[]
  refusedCount: number
  examples: { urn: string; name: string; town: string; what: 'added' | 'changed' }[]
}

export type ImportProgress =
  | { stage: 'none' }
  | { stage: 'reading'; rows: number }
  | { stage: 'previewed'; preview: ImportPreview }
  | { stage: 'storing'; stored: number; total: number }
  | { stage: 'done'; added: number; changed: number }
  | { stage: 'failed'; reason: string }

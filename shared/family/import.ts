import type { Id, Instant } from '../ids.ts'

/** The columns of a file of families, one row for each person (docs/import-families.md). All must be there. */
export const importColumns = [
  'family',
  'role',
  'name',
  'other_names',
  'date_of_birth',
  'expected_date',
  'sex',
  'upn',
  'phone',
  'address',
  'postcode',
  'district',
  'school_urn',
  'relation',
  'language',
  'from_date'
] as const
export type ImportColumn = (typeof importColumns)[number]

/** What must be put right in the file before a family can come in. */
export interface ImportProblem {
  line: number
  column: ImportColumn
  message: string
}

export interface FamilyImportPreview {
  importId: Id
  fileName: string
  rows: number
  /** What storing it would add. */
  families: number
  people: number
  /** Families that are in the record already, and say the same. */
  known: number
  /** Families with something to put right, which are left out whole. */
  leftOut: number
  /** Of those to be stored, families that no address puts into a local hub. */
  withoutDistrict: number
  /** This very file was begun before, and did not end. */
  isBegun: boolean
  unreadColumns: string[]
  /** The first of them; `problemCount` counts all. */
  problems: ImportProblem[]
  problemCount: number
  examples: { key: string; children: string; people: number; hubName: string }[]
}

export type FamilyImportProgress =
  | { stage: 'none' }
  | { stage: 'reading'; rows: number }
  | { stage: 'previewed'; preview: FamilyImportPreview }
  | { stage: 'storing'; stored: number; total: number }
  | { stage: 'matching'; looked: number; total: number }
  /** Began at this desk and did not end: `isStored` once only the looking for doubles is left. */
  | {
      stage: 'unfinished'
      importId: Id
      fileName: string
      begunAt: Instant
      stored: number
      total: number
      people: number
      isStored: boolean
    }
  /** `doubles`: how many of the people may be in the record twice. */
  | { stage: 'done'; families: number; people: number; doubles: number }
  | { stage: 'failed'; reason: string }

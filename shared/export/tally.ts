import { isOfRecord, type ExportScope } from './caseNotes.ts'

/**
 * Why something is left out of an export (L26): of several the first. What was not asked for comes before what is kept
 * back. What the exporter may not know of is not among them: it is neither included nor counted.
 */
export const exclusions = [
  'other-assessment',
  'dates',
  'kind',
  'desk',
  'in-error',
  'about-others',
  'note-left-out',
  'restricted',
  'withheld'
] as const
export type Exclusion = (typeof exclusions)[number]

/** Of one section: what is in the export and, by its reason, what is not. Together they are everything that there is. */
export interface Counted {
  included: number
  excluded: Partial<Record<Exclusion, number>>
}

/** `null`: the section was not asked for. */
export interface ExportTally {
  /** A meeting's record, a request for step-up, a call and its receipt. */
  records: Counted | null
  /** What the records that go say, text by text. */
  passages: Counted | null
  notes: Counted | null
  chronology: Counted | null
  assessment: Counted | null
  plan: Counted | null
  files: Counted | null
}
export type TallySection = keyof ExportTally

/** The sections that an export of this scope may have, as its cover and its preview tell them. */
export function sectionsAsked(scope: ExportScope): TallySection[] {
  if (scope === 'call') return ofRecord
  return isOfRecord(scope) ? [...ofRecord, ...withNotes] : withNotes
}
const ofRecord: TallySection[] = ['records', 'passages']
const withNotes: TallySection[] = ['notes', 'chronology', 'assessment', 'plan', 'files']

export const nothingCounted = (): Counted => ({ included: 0, excluded: {} })

/** Counts one more thing: `undefined` is included. */
export function count(counted: Counted, why: Exclusion | undefined): void {
  if (why === undefined) counted.included += 1
  else counted.excluded[why] = (counted.excluded[why] ?? 0) + 1
}

/**
 * What the status tells of an export: its records and case notes, or every other section where neither was asked for. The
 * files on notes are never counted with them.
 */
export function mainCount({ records, passages, notes, chronology, assessment, plan }: ExportTally): {
  included: number
  excluded: number
} {
  const first = [records, notes].filter((counted) => counted !== null)
  const main = first.length > 0 ? first : [chronology, assessment, plan].filter((counted) => counted !== null)
  return {
    included: main.reduce((sum, counted) => sum + counted.included, 0),
    excluded: [...main, ...(passages ? [passages] : [])].reduce(
      (sum, counted) => sum + excludedOf(counted),
      0
    )
  }
}

export const excludedOf = ({ excluded }: Counted): number =>
  Object.values(excluded).reduce((sum, each) => sum + each, 0)

/** The reasons of a section with their counts, in the order of `exclusions`. */
export const reasonsOf = ({ excluded }: Counted): { why: Exclusion; count: number }[] =>
  exclusions.flatMap((why) => {
    const counted = excluded[why] ?? 0
    return counted > 0 ? [{ why, count: counted }] : []
  })

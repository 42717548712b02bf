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
  notes: Counted
  chronology: Counted | null
  assessment: Counted | null
  plan: Counted | null
  files: Counted | null
}
export type TallySection = keyof ExportTally

export const nothingCounted = (): Counted => ({ included: 0, excluded: {} })

/** Counts one more thing: `undefined` is included. */
export function count(counted: Counted, why: Exclusion | undefined): void {
  if (why === undefined) counted.included += 1
  else counted.excluded[why] = (counted.excluded[why] ?? 0) + 1
}

export const excludedOf = ({ excluded }: Counted): number =>
  Object.values(excluded).reduce((sum, each) => sum + each, 0)

/** The reasons of a section with their counts, in the order of `exclusions`. */
export const reasonsOf = ({ excluded }: Counted): { why: Exclusion; count: number }[] =>
  exclusions.flatMap((why) => {
    const counted = excluded[why] ?? 0
    return counted > 0 ? [{ why, count: counted }] : []
  })

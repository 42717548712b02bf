import type { CivilDate, Id } from '../ids.ts'
import { factOn, type Fact, type FactKind, type FactRow } from '../family/fact.ts'

/**
 * Kinds of which one side is to hold after a merge. Of the others (other names, telephone numbers, relations, warnings)
 * what holds of either record holds of the person.
 */
export const chosenKinds = [
  'name',
  'birth',
  'expected-birth',
  'died',
  'sex',
  'ethnicity',
  'disability',
  'learning-need',
  'educational-needs',
  'gp',
  'language',
  'upn',
  'address',
  'school'
] as const satisfies FactKind[]
export type ChosenKind = (typeof chosenKinds)[number]

/** What one kind says of two records on a day; undefined where nothing does. */
export interface FieldOfTwo {
  kind: ChosenKind
  kept: FactRow | undefined
  merged: FactRow | undefined
  /** Both say something, and not the same: somebody has to choose. */
  differs: boolean
}

/** Two records side by side, field by field; kinds of which neither says anything are left out. */
export function sideBySide(
  kept: readonly FactRow[],
  merged: readonly FactRow[],
  on: CivilDate
): FieldOfTwo[] {
  return chosenKinds
    .map((kind) => {
      const [one, other] = [holding(kept, kind, on), holding(merged, kind, on)]
      return { kind, kept: one, merged: other, differs: !!one && !!other && !isSame(one, other) }
    })
    .filter(({ kept: one, merged: other }) => one || other)
}

/**
 * What is recorded of the person with a merge, so that from now on the chosen sides hold: read together, the two records
 * would be of one mind only where the one that begins later is the one that was chosen.
 */
export function factsOfMerge(
  kept: readonly FactRow[],
  merged: readonly FactRow[],
  fromMerged: readonly string[],
  on: CivilDate
): { fact: Fact; validFrom: CivilDate }[] {
  return sideBySide(kept, merged, on).flatMap(({ kind, kept: one, merged: other, differs }) => {
    const chosen = fromMerged.includes(kind) ? other : one
    const together = holding([...kept, ...merged], kind, on)
    if (!differs || !chosen || !together || isSame(chosen, together)) return []
    return [{ fact: { kind, value: chosen.value } as Fact, validFrom: together.validFrom }]
  })
}

/** The version that was recorded last of any of these facts; '' where there is none (L7). */
export const newestOf = (rows: readonly FactRow[]): Id =>
  rows.toSorted((a, b) => (`${a.recordedAt} ${a.id}` < `${b.recordedAt} ${b.id}` ? 1 : -1))[0]?.id ?? ''

const holding = (rows: readonly FactRow[], kind: ChosenKind, on: CivilDate): FactRow | undefined =>
  factOn(
    rows.map((row) => ({ ...row, subjectId: '' })),
    '',
    kind,
    on
  )

const isSame = (one: FactRow, other: FactRow): boolean => said(one) === said(other)
const said = ({ value }: FactRow): string => JSON.stringify(Object.entries(value).sort())

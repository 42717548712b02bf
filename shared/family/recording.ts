import type { z } from 'zod'
import type { FieldError } from '../errors.ts'
import type { CivilDate } from '../ids.ts'
import { addDays } from '../time/london.ts'
import {
  factOn,
  newestVersions,
  severalAtOnce,
  type FactKind,
  type FactRow,
  type recordedFact
} from './fact.ts'
import { membersOn } from './members.ts'
import type { MemberRow } from './family.ts'

type Recorded = z.output<typeof recordedFact>

/** Is it another version of a fact that is there? */
export const isVersion = ({ id, ofId }: Pick<Recorded, 'id' | 'ofId'>): boolean => ofId !== id

const severals: readonly FactKind[] = severalAtOnce

/**
 * What an act must have been based on, so that nobody's change is lost (L7 to L9): the newest version of the same fact;
 * of a new one of a kind of which one holds, the one that holds today; of another new one what it says that it takes the
 * place of, undefined where that has a newer version by now.
 */
export function standingFact(
  rows: readonly FactRow[],
  { id, ofId, subjectId, fact: { kind }, basedOn }: Recorded,
  today: CivilDate
): FactRow | undefined {
  const newest = newestVersions(rows.filter((row) => row.subjectId === subjectId && row.kind === kind))
  if (isVersion({ id, ofId })) return newest.find((row) => row.ofId === ofId)
  if (severals.includes(kind)) return newest.find((row) => row.id === basedOn)
  return factOn(rows, subjectId, kind, today)
}

/**
 * The last day of what a new fact takes the place of: the day before, or its own only day. Undefined where it is not
 * ended by it: the new one is of an earlier time, or only for a time.
 */
export function lastDayBefore(
  standing: FactRow,
  { validFrom, validTo }: Pick<Recorded, 'validFrom' | 'validTo'>,
  today: CivilDate
): CivilDate | undefined {
  const from = validFrom || today
  const isEarlier = standing.validFrom > from
  const hasEnded = standing.validTo !== '' && standing.validTo < from
  if (validTo !== '' || isEarlier || hasEnded) return undefined
  const dayBefore = addDays(from, -1)
  return dayBefore < standing.validFrom ? standing.validFrom : dayBefore
}

/** What is missing or cannot be, by field. */
export function problemsWithFact(input: Recorded, today: CivilDate): FieldError[] {
  const { fact, validFrom, validTo, inError, reason } = input
  const isOfThePast = fact.kind === 'birth' || fact.kind === 'died'
  const isPlanned = fact.kind === 'restriction' && (validFrom > today || validTo > today)
  const found: (FieldError | false)[] = [
    isOfThePast &&
      fact.value.date > today && { path: 'fact.value.date', message: 'Enter a date that has been' },
    validTo !== '' &&
      validTo < validFrom && { path: 'validTo', message: 'Enter a last day on or after the first day' },
    isPlanned && {
      path: validTo > today ? 'validTo' : 'validFrom',
      message: 'Enter today or a day before: who may open a family changes at once'
    },
    !isVersion(input) && inError && { path: 'inError', message: 'Only what is recorded can be in error' },
    isVersion(input) && reason === '' && { path: 'reason', message: 'Enter why' }
  ]
  return found.filter((each) => each !== false)
}

/**
 * Does the family live where this person does? Its children say so; where no child has an address whose district is
 * known, anybody does.
 */
export function saysWhereFamilyLives(
  members: readonly MemberRow[],
  facts: readonly FactRow[],
  personId: string,
  on: CivilDate
): boolean {
  const children = membersOn(members, on)
    .here.filter(({ role }) => role === 'child' || role === 'unborn')
    .map(({ keptId }) => keptId)
  const hasDistrict = (id: string) => (factOn(facts, id, 'address', on)?.value.district ?? '') !== ''
  return children.includes(personId) || !children.some(hasDistrict)
}

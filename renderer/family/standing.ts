import {
  factKinds,
  factsOn,
  familyFactKinds,
  holdsOn,
  newestVersions,
  type FactKind
} from '../../shared/family/fact.ts'
import type { MemberRow, ShownFact } from '../../shared/family/family.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { holdsSeveral } from './changing.ts'

const ofFamilies: readonly FactKind[] = familyFactKinds

/** Every fact about somebody that holds on a day, in the order of the kinds; of those of which one holds, the latest. */
export function standingFacts(facts: readonly ShownFact[], subjectId: Id, on: CivilDate): ShownFact[] {
  return factKinds.flatMap((kind) => {
    const holding = factsOn(facts, subjectId, kind, on).map(({ id }) => id)
    const wanted = new Set(holdsSeveral(kind) ? holding : holding.slice(0, 1))
    return facts.filter(({ id }) => wanted.has(id))
  })
}

/** A value that does not hold on the day, and why it does not. */
export interface OtherValue {
  fact: ShownFact
  status: string
}

/**
 * Everything else that was ever recorded about somebody, and what is to hold later; of each fact the versions one after
 * the other, the newest first.
 */
export function otherValues(facts: readonly ShownFact[], subjectId: Id, on: CivilDate): OtherValue[] {
  const standing = new Set(standingFacts(facts, subjectId, on).map(({ id }) => id))
  const ofSubject = facts.filter((fact) => fact.subjectId === subjectId)
  const newest = new Map(newestVersions(ofSubject).map((fact) => [fact.ofId, fact]))
  return ofSubject
    .filter((fact) => !standing.has(fact.id) && !isSaidAgain(fact, newest.get(fact.ofId)))
    .toSorted((a, b) => (a.recordedAt < b.recordedAt ? 1 : -1))
    .map((fact) => ({ fact, status: statusOf(fact, newest.get(fact.ofId) === fact, on) }))
}

/** A version that was only ended, and says the same from the same day, is not told twice. */
const isSaidAgain = (fact: ShownFact, newest: ShownFact | undefined): boolean =>
  newest !== undefined &&
  newest.id !== fact.id &&
  !newest.inError &&
  newest.validFrom === fact.validFrom &&
  JSON.stringify(newest.value) === JSON.stringify(fact.value)

function statusOf(fact: ShownFact, isNewest: boolean, on: CivilDate): string {
  if (!isNewest) return 'Replaced by a newer version'
  if (fact.inError) return 'Entered in error'
  if (fact.validFrom > on) return 'From a later day'
  return holdsOn(fact, on) ? 'Before the last change' : 'Ended'
}

/** What may be added about a person: whatever several hold of, and what is not known yet. */
export function kindsToAdd(
  facts: readonly ShownFact[],
  { keptId, role }: Pick<MemberRow, 'keptId' | 'role'>,
  on: CivilDate
): FactKind[] {
  const held = new Set(standingFacts(facts, keptId, on).map(({ kind }) => kind))
  return factKinds.filter(
    (kind) =>
      (holdsSeveral(kind) || !held.has(kind)) &&
      (!ofFamilies.includes(kind) || kind === 'warning') &&
      (kind !== 'expected-birth' || role === 'unborn')
  )
}

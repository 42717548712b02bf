import {
  factOn,
  holdsOn,
  newestVersions,
  severalAtOnce,
  type FactKind,
  type FactRow
} from '../../shared/family/fact.ts'
import type { ShownFact } from '../../shared/family/family.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { readDate } from '../../shared/time/civilDate.ts'
import { valueOf, type Typed } from './fields.ts'

/** What is done to a fact. Nothing is overwritten: each writes a row beside those that are there (issue 4, section 1). */
export type Way = 'new' | 'changed' | 'wrong' | 'ended' | 'in-error'

export const wayLabels: Record<Exclude<Way, 'new'>, string> = {
  changed: 'It has changed',
  wrong: 'It was written down wrong',
  ended: 'It has ended',
  'in-error': 'It should not be here at all'
}

const neverChange: readonly FactKind[] = ['birth', 'expected-birth', 'died', 'upn']
const mayEnd: readonly FactKind[] = [...severalAtOnce, 'gp', 'restriction']
const severals: readonly FactKind[] = severalAtOnce

/** What can be done to a fact of this kind that is there. */
export function waysFor(kind: FactKind): Exclude<Way, 'new'>[] {
  const mayChange = !neverChange.includes(kind) && kind !== 'relation'
  return [
    ...(mayChange ? (['changed'] as const) : []),
    'wrong',
    ...(mayEnd.includes(kind) ? (['ended'] as const) : []),
    ...(kind === 'hub' ? [] : (['in-error'] as const))
  ]
}

/** A kind of which only one holds is added where there is none. */
export const holdsSeveral = (kind: FactKind): boolean => severals.includes(kind)

/** What the form holds, dates as they are typed. */
export interface Changing {
  /** '' while it is not chosen what to add. */
  kind: FactKind | ''
  way: Way
  fact: Typed
  validFrom: string
  validTo: string
  reason: string
}

export interface About {
  /** The new row's id: the same act sent again is done once. */
  id: Id
  familyId: Id
  subjectId: Id
  kind: FactKind
  /** The fact as it stood when the form was opened, or as it stands now; undefined where there was none. */
  standing: FactRow | undefined
  today: CivilDate
}

/** As typed, for zod to find wrong where it cannot be read. */
const readDay = (typed: string): string => (typed.trim() === '' ? '' : readDate(typed) || typed.trim())

/** The operation's input as the form has it, not yet checked. */
export function inputOf(
  { way, fact, validFrom, validTo, reason }: Changing,
  { id, familyId, subjectId, kind, standing, today }: About
): Record<keyof Input<'family.recordFact'>, unknown> {
  const isNew = way === 'new' || way === 'changed' || !standing
  const keepsValue = !isNew && (way === 'ended' || way === 'in-error')
  return {
    id,
    ofId: isNew ? id : standing.ofId,
    basedOn: standing?.id ?? '',
    familyId,
    subjectId,
    fact: { kind, value: keepsValue ? standing.value : valueOf(kind, fact, today) },
    validFrom: keepsValue ? standing.validFrom : readDay(validFrom),
    validTo: way === 'in-error' && standing ? standing.validTo : readDay(validTo),
    inError: way === 'in-error',
    reason
  }
}

/**
 * What somebody else recorded of the same since the form was opened, the newest last; and what a change of ours is based
 * on now: the newest version of that fact while it still holds, or what they put in its place (L7).
 */
export function recordedMeanwhile(
  facts: readonly ShownFact[],
  known: ReadonlySet<Id>,
  { subjectId, kind, standing, today }: Pick<About, 'subjectId' | 'kind' | 'standing' | 'today'>,
  way: Way
): { theirs: ShownFact[]; standing: FactRow | undefined } {
  const ofKind = facts.filter((row) => row.subjectId === subjectId && row.kind === kind)
  const theirs = ofKind.filter(({ id }) => !known.has(id))
  const newest = newestVersions(ofKind)
  const sameFact = newest.find(({ ofId }) => ofId === standing?.ofId)
  if (way !== 'changed' && way !== 'new') return { theirs, standing: sameFact }
  if (!holdsSeveral(kind)) return { theirs, standing: factOn(facts, subjectId, kind, today) }
  const stillOpen = (row: FactRow | undefined) => row && holdsOn(row, today) && row.validTo === ''
  if (stillOpen(sameFact)) return { theirs, standing: sameFact }
  return { theirs, standing: newest.findLast((row) => !known.has(row.id) && stillOpen(row)) }
}

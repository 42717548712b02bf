import type { CivilDate, Id } from '../ids.ts'
import { loadOf } from '../keyworker/load.ts'
import type { Load } from '../keyworker/keyworker.ts'
import { LAST_DAY } from '../keyworker/spans.ts'
import { addDays } from '../time/london.ts'
import type { Days, FamilyToCover, Taker } from './cover.ts'

/** What somebody holds on the first of the days, and the most on any of them once families are given to them. */
export interface LoadDuring {
  before: Load
  during: Load
}

/**
 * The most that somebody holds on any of the days asked for: what they hold already, with the families that are given to
 * them. A family for which they stand in is theirs no more once somebody takes it over.
 *
 * @param families all that are shown; `givenTo` says whom each goes to, '' for nobody
 */
export function loadDuring(
  { practitionerId, load, changes }: Taker,
  asked: Days,
  families: readonly FamilyToCover[],
  givenTo: (family: FamilyToCover) => Id
): LoadDuring {
  const given = families.filter((family) => givenTo(family) === practitionerId).map(({ days }) => days)
  const taken = families
    .filter((family) => givenTo(family) !== '')
    .flatMap(({ standIns }) => standIns.filter((days) => days.practitionerId === practitionerId))
  const heldOn = (day: CivilDate): number =>
    (changes.findLast(({ from }) => from <= day)?.held ?? load.held) +
    given.filter((days) => days.some((each) => has(each, day))).length -
    taken.filter((days) => has(days, day)).length
  const starts = [
    asked.from,
    ...changes.map(({ from }) => from),
    ...[...given.flat(), ...taken].flatMap(startAndAfter)
  ]
  const held = Math.max(...[...new Set(starts)].filter((day) => has(asked, day)).map(heldOn))
  return { before: load, during: loadOf({ held, covering: load.covering }, load.capacity) }
}

export const has = ({ from, to }: Days, day: CivilDate): boolean => from <= day && day <= to

/** Have two stretches of days one in common? */
export const overlap = (a: Days, b: Days): boolean => a.from <= b.to && b.from <= a.to

/** Days from which the number of families may be another one. */
const startAndAfter = ({ from, to }: Days): CivilDate[] => (to === LAST_DAY ? [from] : [from, addDays(to, 1)])

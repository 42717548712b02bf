import type { CivilDate, Id } from '../ids.ts'
import type { MemberRow } from './family.ts'

const recorded = ({ recordedAt, id }: MemberRow): string => `${recordedAt} ${id}`

/** The newest version of each membership, in the order in which they were first recorded. */
export function newestMembers(rows: readonly MemberRow[]): MemberRow[] {
  const newest = new Map<Id, MemberRow>()
  for (const row of rows) {
    const rival = newest.get(row.ofId)
    if (!rival || recorded(row) > recorded(rival)) newest.set(row.ofId, row)
  }
  return [...newest.values()]
}

const order: Record<MemberRow['role'], number> = { child: 0, unborn: 1, 'parent-carer': 2, other: 3 }

/** Who belongs to the family on a day, and who did before or will later; children first, as they were recorded. */
export function membersOn(rows: readonly MemberRow[], on: CivilDate) {
  const standing = newestMembers(rows)
    .filter(({ inError }) => !inError)
    .sort((a, b) => order[a.role] - order[b.role])
  const isHere = ({ validFrom, validTo }: MemberRow) =>
    (validFrom === '' || validFrom <= on) && (validTo === '' || validTo >= on)
  const here = standing.filter(isHere)
  return {
    here,
    /** One who came back is not among those who left. */
    gone: standing.filter((each) => !isHere(each) && !here.some(({ keptId }) => keptId === each.keptId))
  }
}

/** Who belongs to the family as a child on a day, born or not: by the record that counts. */
export const childrenOn = (rows: readonly MemberRow[], on: CivilDate): Id[] =>
  membersOn(rows, on)
    .here.filter(({ role }) => role === 'child' || role === 'unborn')
    .map(({ keptId }) => keptId)

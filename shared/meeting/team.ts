import type { CivilDate, Id } from '../ids.ts'
import type { TeamMember, TeamMemberVersion } from './meeting.ts'

/** The newest version of each member, in the order in which they joined. `rows`: as they were recorded. */
export function newestMembers(rows: readonly TeamMember[]): TeamMember[] {
  return [...new Map(rows.map((row) => [row.ofId, row])).values()]
}

const isWithin = ({ validFrom, validTo }: Pick<TeamMember, 'validFrom' | 'validTo'>, on: CivilDate) =>
  validFrom <= on && (validTo === '' || validTo >= on)

const isSamePerson = (
  a: Pick<TeamMember, 'personId' | 'practitionerId'>,
  b: Pick<TeamMember, 'personId' | 'practitionerId'>
): boolean =>
  (a.personId !== '' && a.personId === b.personId) ||
  (a.practitionerId !== '' && a.practitionerId === b.practitionerId)

/**
 * R33: the Team Around the Family on a day, the keyworker first, and who left it or joins it later. Whoever became the
 * keyworker stands there once.
 */
export function teamOn(
  rows: readonly TeamMember[],
  on: CivilDate
): { here: TeamMember[]; gone: TeamMember[] } {
  const standing = newestMembers(rows)
    .filter(({ inError }) => !inError)
    .sort((a, b) => Number(b.isKeyworker) - Number(a.isKeyworker))
  const here = standing
    .filter((row) => isWithin(row, on))
    .filter((row, at, all) => all.findIndex((other) => isSamePerson(other, row) || other === row) === at)
  return { here, gone: standing.filter((row) => !isWithin(row, on)) }
}

/** Who is in the team already on a day of the span of this version, as somebody else's row; undefined for nobody. */
export function alreadyInTeam(
  rows: readonly TeamMember[],
  version: Pick<TeamMemberVersion, 'ofId' | 'personId' | 'practitionerId' | 'validFrom' | 'validTo'>
): TeamMember | undefined {
  return newestMembers(rows).find(
    (row) =>
      row.ofId !== version.ofId &&
      !row.inError &&
      isSamePerson(row, version) &&
      (version.validTo === '' || row.validFrom <= version.validTo) &&
      (row.validTo === '' || row.validTo >= version.validFrom)
  )
}

/** By the id by which an invitation and an attendance name them. */
export const memberOf = (rows: readonly TeamMember[], memberId: Id): TeamMember | undefined =>
  newestMembers(rows).find(({ ofId }) => ofId === memberId)

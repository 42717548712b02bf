import { readScope } from './mayRead.ts'
import { hasRole, type Actor } from './roles.ts'

/** A family, by where it belongs, who registered it and who is named while it is restricted. */
export interface FamilySubject {
  hubId: string
  writtenBy: string
  /** Accounts; undefined while the family is not restricted. */
  named: readonly string[] | undefined
}

/**
 * How far a family is open to somebody. `with-reason`: it is restricted and they are not named, so they must say why,
 * which is audited and told to its manager. `no`: another hub's, and for whoever reads no case content. Serves screen,
 * search, lists and every other way in (L25).
 */
export type Opening = 'yes' | 'with-reason' | 'no'

export function mayOpenFamily(
  actor: Pick<Actor, 'roles' | 'hubIds' | 'id'>,
  { hubId, writtenBy, named }: FamilySubject
): Opening {
  const scope = readScope(actor)
  if (scope.kind === 'none') return 'no'
  const isNamed = named?.includes(actor.id) === true
  const isInScope =
    scope.kind === 'all' || isNamed || scope.hubIds.includes(hubId) || canReadOwn(actor, writtenBy)
  if (!isInScope) return 'no'
  return named === undefined || isNamed ? 'yes' : 'with-reason'
}

/** Who registered a family as a coordinator may see it; the helpdesk sees nothing more of it (R22). */
const canReadOwn = (actor: Pick<Actor, 'roles' | 'id'>, writtenBy: string): boolean =>
  hasRole(actor, 'coordinator') && writtenBy === actor.id

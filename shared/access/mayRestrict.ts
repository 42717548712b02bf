import { hasRole, type Actor } from './roles.ts'

/** Who decides which people may open a family, and which hub it belongs to: a triage manager, and its hub's coordinators. */
export const mayRestrict = (actor: Pick<Actor, 'roles' | 'hubIds'>, hubId: string): boolean =>
  hasRole(actor, 'triage-manager') || (hasRole(actor, 'coordinator') && actor.hubIds.includes(hubId))

import { hasRole, type Actor } from './roles.ts'
import type { Subject } from './mayRead.ts'

/**
 * May this actor take a call out of every count, or put it back (L23)? Its adviser and triage managers may, and a
 * coordinator where it is one of their hubs'. Whether they may read it is asked first.
 */
export function mayMarkInError(
  actor: Pick<Actor, 'roles' | 'hubIds' | 'id'>,
  { hubId, writtenBy }: Subject
): boolean {
  if (writtenBy === actor.id || hasRole(actor, 'triage-manager')) return true
  return hasRole(actor, 'coordinator') && actor.hubIds.includes(hubId)
}

import { hasRole, type Actor, type Role } from './roles.ts'

/** What is asked for: a case record, by where it belongs and who wrote it. */
export interface Subject {
  hubId: string
  writtenBy: string
}

/** Which records a person may read: every one, those of some hubs and their own, or none. */
export type Scope =
  { kind: 'all' } | { kind: 'hubs'; hubIds: readonly string[]; own: string } | { kind: 'none' }

const READS_EVERYTHING: readonly Role[] = ['adviser', 'triage-manager', 'auditor']

/**
 * Which calls an actor may read. Serves screen, search, count, bulk and export alike (L25): lists turn it into SQL,
 * `mayRead` asks it of one record. Administrators and the helpdesk read no case content.
 */
export function readScope(actor: Pick<Actor, 'roles' | 'hubIds' | 'id'>): Scope {
  if (hasRole(actor, ...READS_EVERYTHING)) return { kind: 'all' }
  if (hasRole(actor, 'coordinator')) return { kind: 'hubs', hubIds: actor.hubIds, own: actor.id }
  return { kind: 'none' }
}

/** May this actor read this record? The same rule as `readScope`, for one subject. */
export function mayRead(actor: Pick<Actor, 'roles' | 'hubIds' | 'id'>, subject: Subject): boolean {
  const scope = readScope(actor)
  switch (scope.kind) {
    case 'all':
      return true
    case 'hubs':
      return scope.own === subject.writtenBy || scope.hubIds.includes(subject.hubId)
    case 'none':
      return false
  }
}

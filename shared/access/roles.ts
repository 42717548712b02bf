/** What a person at the desk may be. A person holds one or more (issue 2, section 3). */
export const roles = [
  'adviser',
  'triage-manager',
  'coordinator',
  'helpdesk',
  'administrator',
  'auditor'
] as const
export type Role = (typeof roles)[number]

/** R11, S0: the Consultation Hub is operated by the first three; each call records one of them. */
export const professions = ['social-worker', 'cpslo', 'families-first-coordinator', 'other'] as const
export type Profession = (typeof professions)[number]

/** Who acts, as main knows it; the page has no say in any of it. */
export interface Actor {
  /** Account id. */
  id: string
  roles: readonly Role[]
  profession: Profession
  /** Local hubs of a coordinator. */
  hubIds: readonly string[]
  deviceId: string
  deskCode: string
  /** The actor's clock: a UTC instant. */
  now: string
}

export function hasRole(actor: Pick<Actor, 'roles'>, ...wanted: readonly Role[]): boolean {
  return wanted.some((role) => actor.roles.includes(role))
}

import type { Actor, Profession, Role } from '../../shared/access/roles.ts'
import type { Id } from '../../shared/ids.ts'
import type { Rules } from '../../shared/setting/inForce.ts'
import type { Chance } from './chance.ts'
import { personName } from './names.ts'

/** Set up the desk; opens it with the passphrase below. Invented, like everyone in the county. */
export const FIRST = 'Morgan Ellis'
export const PASSPHRASE = 'quiet river lantern moss'

/** Somebody with an account. */
export interface Colleague {
  id: Id
  name: string
  roles: readonly Role[]
  profession: Profession
  hubIds: readonly Id[]
  status: 'active' | 'stopped' | 'closed'
  /** One of each role has a passphrase of their own at this computer, the same for all. */
  opensTheDesk: boolean
}

const advising = ['social-worker', 'cpslo', 'families-first-coordinator'] as const
const ADVISERS = 18

/** About thirty accounts: every role, a coordinator for each local hub, one stopped and one closed. */
export function colleagues(chance: Chance, { hubs }: Pick<Rules, 'hubs'>, at: number): Colleague[] {
  const names = new Set([FIRST])
  const named = (): string => {
    const name = personName(chance)
    if (names.has(name)) return named()
    names.add(name)
    return name
  }
  const person = (roles: Role[], profession: Profession, more: Partial<Colleague> = {}): Colleague => ({
    id: chance.id(at + names.size),
    name: named(),
    roles,
    profession,
    hubIds: [],
    status: 'active',
    opensTheDesk: false,
    ...more
  })
  const local = hubs.filter(({ name }) => name !== 'County')
  return [
    person(['administrator', 'triage-manager'], 'social-worker', { name: FIRST, opensTheDesk: true }),
    ...Array.from({ length: ADVISERS }, (_, index) =>
      person(['adviser'], advising[index % advising.length]!, { opensTheDesk: index === 0 })
    ),
    person(['triage-manager'], 'social-worker'),
    person(['triage-manager', 'adviser'], 'social-worker'),
    ...local.map(({ key }, index) =>
      person(['coordinator'], 'families-first-coordinator', { hubIds: [key], opensTheDesk: index === 0 })
    ),
    person(['helpdesk'], 'other'),
    person(['helpdesk'], 'other'),
    person(['administrator'], 'other'),
    person(['auditor'], 'other', { opensTheDesk: true }),
    person(['adviser'], 'cpslo', { status: 'stopped' }),
    person(['adviser'], 'social-worker', { status: 'closed' })
  ]
}

/** A colleague at their desk at some moment. */
export const asActor = (
  { id, roles, profession, hubIds }: Colleague,
  desk: Pick<Actor, 'deviceId' | 'deskCode'>,
  now: string
): Actor => ({ ...desk, id, roles, profession, hubIds, now })

import { mayRead, type Subject } from '../../shared/access/mayRead.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import { invalid } from '../../shared/errors.ts'
import { contract } from '../../shared/ipc/contract.ts'

type Taker = Pick<Actor, 'id' | 'roles' | 'hubIds'>

function takesCalls({ roles }: Taker): boolean {
  const { may } = contract['call.drafts']
  return may === 'anyone' || hasRole({ roles }, ...may)
}

const mayReadAll = (to: Taker, subjects: readonly Subject[]): boolean =>
  subjects.every((subject) => mayRead(to, subject))

/** L18, L25: who has something open takes calls, and may read every call that it is of. */
export const mayTakeOn = (to: Taker, subjects: readonly Subject[]): boolean =>
  takesCalls(to) && mayReadAll(to, subjects)

/**
 * `mayTakeOn` of someone who was chosen. A draft is of no call that is filed.
 *
 * @throws Refusal invalid (toId)
 */
export function checkMayTakeOn(to: Taker, subjects: readonly Subject[] = []): void {
  if (!takesCalls(to)) invalid({ path: 'toId', message: 'Choose someone who takes calls' })
  if (!mayReadAll(to, subjects)) {
    invalid({ path: 'toId', message: 'They may not read this call. Choose someone else' })
  }
}

import { mayRead, type Subject } from '../../shared/access/mayRead.ts'
import { hasRole } from '../../shared/access/roles.ts'
import { invalid } from '../../shared/errors.ts'
import { contract } from '../../shared/ipc/contract.ts'
import type { Person } from './person.ts'

/**
 * L18, L25: who is handed something takes calls, and may read the call that it comes from. A draft comes from none.
 *
 * @throws Refusal invalid (toId)
 */
export function checkMayTakeOn(to: Person, subject?: Subject): void {
  const { may } = contract['call.drafts']
  if (may !== 'anyone' && !hasRole(to, ...may)) {
    invalid({ path: 'toId', message: 'Choose someone who takes calls' })
  }
  if (subject && !mayRead(to, subject)) {
    invalid({ path: 'toId', message: 'They may not read this call. Choose someone else' })
  }
}

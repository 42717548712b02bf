import { hasRole } from '../../shared/access/roles.ts'
import { contract } from '../../shared/ipc/contract.ts'
import type { Operation } from '../../shared/ipc/operations.ts'
import { useSession } from './useSession.ts'

/** May the person at the desk run this operation? The contract's own answer, so that screen and dispatch agree (L25). */
export function useMay() {
  const session = useSession()
  return (name: Operation): boolean => {
    const { may } = contract[name]
    return may === 'anyone' || (!!session.account && hasRole(session.account, ...may))
  }
}

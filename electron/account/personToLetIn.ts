import { refuse } from '../../shared/errors.ts'
import type { Write } from '../ipc/operation.ts'
import { accountRow, activeAccount, personOf, type Person } from './person.ts'

/**
 * Whom a new passphrase lets in. By `id`: anyone at work gets a one-time passphrase from an administrator. By
 * `accountId`: the recovery key resets an administrator's passphrase only, and tells nobody who is one.
 */
export const personToLetIn: Write<{ id: string } | { accountId: string }, Person> = async (tx, input) => {
  if ('id' in input) return personOf(tx, await activeAccount(tx, input.id))
  const row = await accountRow(tx, input.accountId)
  const person = await personOf(tx, row)
  const mayRecover = row.status === 'active' && person.roles.includes('administrator')
  return mayRecover ? person : refuse('recovery-key-wrong')
}

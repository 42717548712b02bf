import { eq } from 'drizzle-orm'
import { account } from '../../db/schema/index.ts'
import { foldName } from '../../shared/account/name.ts'
import { refuse } from '../../shared/errors.ts'
import type { Write } from '../ipc/operation.ts'
import { personOf, type Person } from './person.ts'

/**
 * Whom the recovery key lets in: an active administrator, by name, whether or not they ever had a passphrase. It tells
 * nobody who is one.
 */
export const administratorToRecover: Write<{ name: string }, Person> = async (tx, { name }) => {
  const active = await tx.select().from(account).where(eq(account.status, 'active'))
  const row = active.find((each) => foldName(each.name) === foldName(name))
  const person = row && (await personOf(tx, row))
  return person?.roles.includes('administrator') ? person : refuse('recovery-key-wrong')
}

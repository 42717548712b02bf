import { and, eq, isNull } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account } from '../../db/schema/index.ts'
import { hasRole } from '../../shared/access/roles.ts'
import { invalid } from '../../shared/errors.ts'
import { contract } from '../../shared/ipc/contract.ts'
import { personOf, type Person } from './person.ts'

/**
 * Who a call, or what is left to do of one, is handed to: a person at work whose role takes calls (L18).
 *
 * @throws Refusal invalid (`toId`) for anyone else
 */
export async function callTaker(db: ReadDb, id: string): Promise<Person> {
  const [row] = await db
    .select()
    .from(account)
    .where(and(eq(account.id, id), eq(account.status, 'active'), isNull(account.deletedAt)))
  const person = row && (await personOf(db, row))
  const { may } = contract['call.drafts']
  if (!person || (may !== 'anyone' && !hasRole(person, ...may))) {
    return invalid({ path: 'toId', message: 'Choose someone who takes calls' })
  }
  return person
}

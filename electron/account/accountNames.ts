import { and, eq, inArray, isNull } from 'drizzle-orm'
import { account, accountRole } from '../../db/schema/index.ts'
import { roles } from '../../shared/access/roles.ts'
import { contract, type Output, type Parsed } from '../../shared/ipc/contract.ts'
import type { Read } from '../ipc/operation.ts'

/** Everyone there ever was, so that what they wrote keeps its writer's name. */
export const accountNames: Read<Parsed<'account.names'>, Output<'account.names'>> = async (db) => {
  const { may } = contract['call.drafts']
  const takers = await db
    .selectDistinct({ id: accountRole.accountId })
    .from(accountRole)
    .innerJoin(account, eq(account.id, accountRole.accountId))
    .where(
      and(
        isNull(accountRole.deletedAt),
        eq(account.status, 'active'),
        inArray(accountRole.role, may === 'anyone' ? [...roles] : [...may])
      )
    )
  const taking = new Set(takers.map(({ id }) => id))
  const names = await db.select({ id: account.id, name: account.name }).from(account)
  return names
    .map((person) => ({ ...person, takesCalls: taking.has(person.id) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
}

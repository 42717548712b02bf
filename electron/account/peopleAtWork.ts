import { and, asc, eq, isNull } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { oncePerConnection } from '../../db/prepared.ts'
import { account, accountRole } from '../../db/schema/index.ts'
import { positionOf, type Person } from './person.ts'

const rolesHeld = oncePerConnection((db: ReadDb) =>
  db
    .select({
      id: account.id,
      name: account.name,
      role: accountRole.role,
      localHubId: accountRole.localHubId
    })
    .from(account)
    .innerJoin(accountRole, eq(accountRole.accountId, account.id))
    .where(and(eq(account.status, 'active'), isNull(account.deletedAt), isNull(accountRole.deletedAt)))
    .orderBy(asc(account.createdAt), asc(account.id))
    .prepare()
)

/** Everyone whose account is open, the longest-standing first. */
export async function peopleAtWork(db: ReadDb): Promise<Omit<Person, 'profession'>[]> {
  const rows = await rolesHeld(db).execute()
  return [...new Set(rows.map(({ id }) => id))].map((id) => {
    const held = rows.filter((row) => row.id === id)
    return { id, name: held[0]?.name ?? '', ...positionOf(held) }
  })
}

import { isNull, sql } from 'drizzle-orm'
import { account, accountRole } from '../../db/schema/index.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Read } from '../ipc/operation.ts'
import { positionOf } from './person.ts'

export const listAccounts: Read<Parsed<'account.list'>, Output<'account.list'>> = async (db) => {
  const accounts = await db
    .select({
      id: account.id,
      name: account.name,
      profession: account.profession,
      status: account.status,
      rowVersion: account.rowVersion,
      unfinishedCalls: sql<number>`(SELECT count(*) FROM call_draft
        WHERE owner_id = account.id AND set_aside_at = '')`,
      openActions: sql<number>`(SELECT count(*) FROM call_action
        WHERE owner_id = account.id AND done_at = '' AND deleted_at IS NULL)`
    })
    .from(account)
    .where(isNull(account.deletedAt))
  const roles = await db.select().from(accountRole).where(isNull(accountRole.deletedAt))
  return accounts
    .map((row) => ({ ...row, ...positionOf(roles.filter(({ accountId }) => accountId === row.id)) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
}

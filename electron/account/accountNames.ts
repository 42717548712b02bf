import { account } from '../../db/schema/index.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Read } from '../ipc/operation.ts'

/** Everyone there ever was, so that what they wrote keeps its writer's name. */
export const accountNames: Read<Parsed<'account.names'>, Output<'account.names'>> = async (db) => {
  const names = await db.select({ id: account.id, name: account.name }).from(account)
  return names.sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
}

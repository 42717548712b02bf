import { eq } from 'drizzle-orm'
import { account } from '../../db/schema/index.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { refuse } from '../../shared/errors.ts'
import { alreadyDone, type Write } from '../ipc/operation.ts'
import { checkNameFree, checkPosition, insertAccount, personOf, type Person } from './person.ts'

export const addAccount: Write<Parsed<'account.add'>, Person> = async (tx, input, actor) => {
  const [before] = await tx.select().from(account).where(eq(account.id, input.id))
  if (before) {
    const isSame = before.name === input.name && before.status === 'active'
    return isSame ? alreadyDone(await personOf(tx, before)) : refuse('clashing-id')
  }
  await checkNameFree(tx, input.name)
  await checkPosition(tx, input, actor)
  return insertAccount(tx, input, actor)
}

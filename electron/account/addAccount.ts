import { eq } from 'drizzle-orm'
import { account } from '../../db/schema/index.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { refuse } from '../../shared/errors.ts'
import { alreadyDone, type Write } from '../ipc/operation.ts'
import { checkHubs, checkNameFree, insertAccount, personOf, type Person } from './person.ts'

export const addAccount: Write<Parsed<'account.add'>, Person> = async (tx, input, actor) => {
  const [before] = await tx.select().from(account).where(eq(account.id, input.id))
  if (before)
    return before.name === input.name ? alreadyDone(await personOf(tx, before)) : refuse('clashing-id')
  await checkNameFree(tx, input.name)
  await checkHubs(tx, input, actor)
  return insertAccount(tx, input, actor)
}

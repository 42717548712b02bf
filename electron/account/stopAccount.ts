import { eq } from 'drizzle-orm'
import { account } from '../../db/schema/index.ts'
import { alreadyDone, type Write } from '../ipc/operation.ts'
import { accountRow, checkNotLastAdministrator } from './person.ts'
import { signedChange } from './signed.ts'

/** L18: takes someone's access away at once. What they left open stays, listed as "nobody owns it". */
export const stopAccount: Write<{ id: string }, null> = async (tx, { id }, actor) => {
  const row = await accountRow(tx, id)
  if (row.status !== 'active') return alreadyDone(null)
  await checkNotLastAdministrator(tx, id)
  await tx
    .update(account)
    .set({ ...signedChange(actor), status: 'stopped' })
    .where(eq(account.id, id))
  return null
}

import { eq } from 'drizzle-orm'
import { account } from '../../db/schema/index.ts'
import { refuse, Refusal } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { alreadyDone, type Write } from '../ipc/operation.ts'
import { workOf } from './openWork.ts'
import { accountRow } from './person.ts'
import { signedChange } from './signed.ts'

/** L18: an account closes once its access is stopped and nothing that it left open is nobody's. */
export const closeAccount: Write<Parsed<'account.close'>, null> = async (tx, { id }, actor) => {
  const row = await accountRow(tx, id)
  if (row.status === 'closed') return alreadyDone(null)
  // the key file still lets an active person in: access is stopped first, by main
  if (row.status === 'active') throw new Refusal({ code: 'changed-since' })
  if ((await workOf(tx, id)).length > 0) refuse('open-work')
  await tx
    .update(account)
    .set({ ...signedChange(actor), status: 'closed' })
    .where(eq(account.id, id))
  return null
}

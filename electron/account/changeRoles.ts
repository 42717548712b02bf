import { eq } from 'drizzle-orm'
import { account } from '../../db/schema/index.ts'
import { Refusal } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { Write } from '../ipc/operation.ts'
import { activeAccount, checkNotLastAdministrator, checkPosition, saveRoles } from './person.ts'
import { signedChange } from './signed.ts'

export const changeRoles: Write<Parsed<'account.changeRoles'>, null> = async (tx, input, actor) => {
  const row = await activeAccount(tx, input.id)
  if (row.rowVersion !== input.rowVersion) throw new Refusal({ code: 'changed-since' })
  if (!input.roles.includes('administrator')) await checkNotLastAdministrator(tx, input.id)
  await checkPosition(tx, input, actor)
  await tx
    .update(account)
    .set({ ...signedChange(actor), profession: input.profession })
    .where(eq(account.id, input.id))
  await saveRoles(tx, input.id, input, actor)
  return null
}

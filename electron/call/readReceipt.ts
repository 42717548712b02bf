import { eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { receiptOf, withoutWithheld, type Receipt } from '../../shared/call/receipt.ts'
import { refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { londonDate } from '../../shared/time/london.ts'
import { begin } from '../export/journal.ts'
import type { Job } from '../ipc/operation.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { readCall } from './readCall.ts'
import { tellsWithheldOfCall } from './tellsWithheldOfCall.ts'

/**
 * What an advice receipt says (C6), for main to print, without what is withheld in a family of its children. That it was begun
 * is in the audit before main has it.
 *
 * @throws Refusal not-found, call-in-error
 */
export const readReceipt: Job<{ id: Id; paperId: Id }, Receipt> = async (store, { id, paperId }, actor) => {
  const receipt = await store.read(async (db) => {
    const call = await readCall(db, { id }, actor)
    if (call.inError) refuse('call-in-error')
    const settings = await settingsInRecord(db)
    const receipt = receiptOf(call, {
      rulesThen: rulesOn(settings, londonDate(call.tookPlaceAt)),
      rulesNow: rulesOn(settings, londonDate(actor.now)),
      printedBy: await nameOf(db, actor),
      printedAt: actor.now
    })
    return withoutWithheld(receipt, tellsWithheldOfCall(db, id))
  })
  const told = { operation: 'call.saveReceipt' as const, subjectIds: [id] }
  await begin(store, { ...told, id: paperId, path: '', familyId: '' }, actor)
  return receipt
}

async function nameOf(db: ReadDb, { id }: Actor): Promise<string> {
  const [found] = await db.select({ name: account.name }).from(account).where(eq(account.id, id))
  return found?.name ?? ''
}

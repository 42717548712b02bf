import { eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { receiptOf, withoutWithheld, type Receipt } from '../../shared/call/receipt.ts'
import { refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { londonDate } from '../../shared/time/london.ts'
import { appendAudit } from '../audit/appendAudit.ts'
import type { Job, Write } from '../ipc/operation.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { readCall } from './readCall.ts'
import { tellsWithheldOfCall } from './tellsWithheldOfCall.ts'

/**
 * What an advice receipt says (C6), for main to print, without what is withheld in a family of its children. That it was begun is in the audit before it is read.
 *
 * @throws Refusal not-found, call-in-error
 */
export const readReceipt: Job<{ id: Id }, Receipt> = (store, { id }, actor) =>
  store.read(async (db) => {
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

async function nameOf(db: ReadDb, { id }: Actor): Promise<string> {
  const [found] = await db.select({ name: account.name }).from(account).where(eq(account.id, id))
  return found?.name ?? ''
}

export interface ReceiptEnd {
  id: Id
  result: 'done' | 'failed'
  /** The file's hash, or the code of what went wrong. */
  reason: string
}

/** How saving a receipt ended, in the audit beside its beginning. */
export const endReceipt: Write<ReceiptEnd, null> = async (tx, { id, result, reason }, actor) => {
  await appendAudit(tx, { operation: 'call.saveReceipt', subjectIds: [id], result, reason }, actor)
  return null
}

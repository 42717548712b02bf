import type { Receipt } from '../../shared/call/receipt.ts'
import { receiptFileName } from '../../shared/export/export.ts'
import { newId } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { record, type Desk } from '../account/session.ts'
import { receiptPage } from './receiptPage.ts'
import { saveAsPdf } from './saveAsPdf.ts'

/**
 * Reads what the receipt says, asks where to, prints and saves it. The audit tells that it was begun and how it ended.
 *
 * @throws Refusal not-found, call-in-error, locked, not-printed, file-…
 */
export async function saveReceipt(
  desk: Desk,
  { id }: Parsed<'call.saveReceipt'>
): Promise<Output<'call.saveReceipt'>> {
  const paperId = newId()
  const receipt = await record<Receipt>(desk, 'call.saveReceipt', { id, paperId })
  const fileName = await saveAsPdf(desk, {
    paperId,
    title: 'Save the advice receipt',
    suggested: receiptFileName(receipt.reference),
    page: receiptPage(receipt)
  })
  return { fileName }
}

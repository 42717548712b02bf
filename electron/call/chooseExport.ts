import type { Receipt } from '../../shared/call/receipt.ts'
import { callsFileName, receiptFileName, type ExportProgress } from '../../shared/export/export.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { record, sameSession, type Desk } from '../account/session.ts'
import { receiptPage } from './receiptPage.ts'
import { saveAsPdf } from './saveAsPdf.ts'

/**
 * Main asks where to: the page never names a path. Cancelled: nothing happens.
 *
 * @throws Refusal locked, not-allowed, export-running
 */
export async function exportCalls(
  desk: Desk,
  { filter }: Parsed<'call.export'>
): Promise<Output<'call.export'>> {
  const staysOpen = sameSession(desk)
  const path = await desk.surroundings.chooseSavePath({
    title: 'Save these calls',
    suggested: callsFileName(londonDate(desk.surroundings.now())),
    name: 'CSV files',
    extension: 'csv'
  })
  if (path === undefined) return { stage: 'none' }
  staysOpen()
  return record<ExportProgress>(desk, 'call.export', { path, filter })
}

/**
 * Reads what the receipt says, asks where to, prints and saves it. The audit tells that it was begun and how it ended.
 *
 * @throws Refusal not-found, call-in-error, locked, not-printed, file-…
 */
export async function saveReceipt(
  desk: Desk,
  { id }: Parsed<'call.saveReceipt'>
): Promise<Output<'call.saveReceipt'>> {
  const receipt = await record<Receipt>(desk, 'call.saveReceipt', { id })
  const fileName = await saveAsPdf(desk, {
    title: 'Save the advice receipt',
    suggested: receiptFileName(receipt.reference),
    page: receiptPage(receipt),
    end: (result, reason) => record(desk, 'call.endReceipt', { id, result, reason })
  })
  return { fileName }
}

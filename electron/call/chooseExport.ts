import { basename } from 'node:path'
import type { Receipt } from '../../shared/call/receipt.ts'
import { Refusal } from '../../shared/errors.ts'
import { callsFileName, receiptFileName, type ExportProgress } from '../../shared/export/export.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { record, sameSession, type Desk } from '../account/session.ts'
import { openExportFile } from './exportFile.ts'
import { receiptPage } from './receiptPage.ts'

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
  const staysOpen = sameSession(desk)
  const end = (result: 'done' | 'failed', reason: string) => {
    staysOpen()
    return record(desk, 'call.endReceipt', { id, result, reason })
  }
  try {
    const path = await desk.surroundings.chooseSavePath({
      title: 'Save the advice receipt',
      suggested: receiptFileName(receipt.reference),
      name: 'PDF files',
      extension: 'pdf'
    })
    if (path === undefined) {
      await end('failed', 'cancelled')
      return { fileName: '' }
    }
    const pdf = await desk.surroundings.printPdf(receiptPage(receipt))
    staysOpen()
    const sha256 = await savePdf(path, pdf)
    await end('done', `sha256=${sha256}`)
    return { fileName: basename(path) }
  } catch (error) {
    if (!isLocked(error)) await end('failed', codeOf(error))
    throw error
  }
}

async function savePdf(path: string, pdf: Uint8Array): Promise<string> {
  const file = await openExportFile(path)
  try {
    await file.write(pdf)
    return await file.finish()
  } catch (error) {
    await file.discard()
    throw error
  }
}

const isLocked = (error: unknown): boolean => error instanceof Refusal && error.error.code === 'locked'

function codeOf(error: unknown): string {
  if (!(error instanceof Refusal)) return 'fault'
  return error.error.code === 'refused' ? error.error.reason : error.error.code
}

import { basename } from 'node:path'
import { Refusal } from '../../shared/errors.ts'
import { sameSession, type Desk } from '../account/session.ts'
import type { PrintedPage } from '../shell/print.ts'
import { openExportFile } from './exportFile.ts'

/** What is printed and saved, and how its end is told to the audit. */
interface Printed {
  /** Of the system's dialog. */
  title: string
  /** What the file is called before a person calls it something else: nothing that names anybody. */
  suggested: string
  page: PrintedPage
  /** `reason`: the file's hash, or the code of what went wrong. */
  end: (result: 'done' | 'failed', reason: string) => Promise<unknown>
}

/**
 * Asks where to, prints and saves. That it was begun the audit has already; how it ended it is told here.
 *
 * @returns the file's name, '' where the person thought better of it
 * @throws Refusal locked, not-printed, file-…
 */
export async function saveAsPdf(desk: Desk, { title, suggested, page, end }: Printed): Promise<string> {
  const staysOpen = sameSession(desk)
  const told: Printed['end'] = (result, reason) => {
    staysOpen()
    return end(result, reason)
  }
  try {
    const question = { title, suggested, name: 'PDF files', extension: 'pdf' }
    const path = await desk.surroundings.chooseSavePath(question)
    if (path === undefined) {
      await told('failed', 'cancelled')
      return ''
    }
    const pdf = await desk.surroundings.printPdf(page)
    staysOpen()
    const sha256 = await savePdf(path, pdf)
    await told('done', `sha256=${sha256}`)
    return basename(path)
  } catch (error) {
    if (!isLocked(error)) await told('failed', codeOf(error))
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

import { basename } from 'node:path'
import { codeOf, Refusal } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { record, sameSession, type Desk } from '../account/session.ts'
import type { PaperEnd, PaperSaved } from '../export/endPaper.ts'
import type { PrintedPage } from '../shell/print.ts'

/** What is printed and saved. */
interface Printed {
  /** Under which it began: the audit tells how that ended. */
  paperId: Id
  /** Of the system's dialog. */
  title: string
  /** What the file is called before a person calls it something else: nothing that names anybody. */
  suggested: string
  page: PrintedPage
}

/**
 * Asks where to, prints and saves. A desk that is locked meanwhile saves nothing; the next unlock tells how it ended.
 *
 * @returns the file's name, '' where the person thought better of it
 * @throws Refusal locked, not-printed, file-…
 */
export async function saveAsPdf(
  desk: Desk,
  { paperId: id, title, suggested, page }: Printed
): Promise<string> {
  const staysOpen = sameSession(desk)
  const end = (of: Omit<PaperEnd, 'id'>): Promise<PaperSaved> => {
    staysOpen()
    return record<PaperSaved>(desk, 'paper.end', { id, ...of })
  }
  const nothing = (why: string) => end({ path: '', file: new Uint8Array(), why })
  let path: string | undefined
  let file: Uint8Array = new Uint8Array()
  try {
    path = await desk.surroundings.chooseSavePath({ title, suggested, name: 'PDF files', extension: 'pdf' })
    if (path !== undefined) file = await desk.surroundings.printPdf(page)
  } catch (error) {
    await nothing(codeOf(error))
    throw error
  }
  if (path === undefined) {
    await nothing('cancelled')
    return ''
  }
  const { problem } = await end({ path, file, why: '' })
  if (problem !== '') throw new Refusal({ code: 'refused', reason: problem })
  return basename(path)
}

import { newId } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { PaperLetter } from '../../shared/letter/letter.ts'
import { triageLetterFileName } from '../../shared/stepDown/letter.ts'
import { record, type Desk } from '../account/session.ts'
import { saveAsPdf } from '../call/saveAsPdf.ts'
import { letterPage } from '../letter/letterPage.ts'

/**
 * Reads a letter of triage, asks where to, prints and saves it. The audit tells that it was begun and how it ended.
 *
 * @throws Refusal not-found, family-restricted, letter-withheld, locked, not-printed, file-…
 */
export async function saveTriageLetterPdf(
  desk: Desk,
  input: Parsed<'stepDown.saveLetterPdf'>
): Promise<Output<'stepDown.saveLetterPdf'>> {
  const paperId = newId()
  const letter = await record<PaperLetter>(desk, 'stepDown.saveLetterPdf', { ...input, paperId })
  const fileName = await saveAsPdf(desk, {
    paperId,
    title: 'Save the letter',
    suggested: triageLetterFileName(letter),
    page: letterPage(letter)
  })
  return { fileName }
}

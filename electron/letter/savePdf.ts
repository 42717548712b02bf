import { newId } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { letterFileName, type LetterToPrint } from '../../shared/letter/letter.ts'
import { record, type Desk } from '../account/session.ts'
import { saveAsPdf } from '../call/saveAsPdf.ts'
import { letterPage } from './letterPage.ts'

/**
 * Reads a letter, asks where to, prints and saves it. The audit tells that it was begun and how it ended.
 *
 * @throws Refusal not-found, family-restricted, letter-withheld, locked, not-printed, file-…
 */
export async function savePdf(
  desk: Desk,
  input: Parsed<'letter.savePdf'>
): Promise<Output<'letter.savePdf'>> {
  const paperId = newId()
  const letter = await record<LetterToPrint>(desk, 'letter.savePdf', { ...input, paperId })
  const fileName = await saveAsPdf(desk, {
    paperId,
    title: 'Save the letter',
    suggested: letterFileName(letter),
    page: letterPage({ ...letter, reference: letter.familyReference })
  })
  return { fileName }
}

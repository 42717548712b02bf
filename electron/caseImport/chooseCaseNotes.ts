import type { CaseImportProgress } from '../../shared/caseImport/caseImport.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { record, sameSession, type Desk } from '../account/session.ts'

/**
 * Main asks which file: the page never names a path. Cancelled: nothing happens.
 *
 * @throws Refusal locked, and what reading it refuses
 */
export async function chooseCaseNotes(
  desk: Desk,
  { familyId }: Parsed<'caseImport.choose'>
): Promise<CaseImportProgress> {
  const staysOpen = sameSession(desk)
  const path = await desk.surroundings.chooseFile({
    title: 'Choose the case notes',
    name: 'Exported case notes',
    extensions: ['zip']
  })
  if (path === undefined) return { stage: 'none' }
  staysOpen()
  return record<CaseImportProgress>(desk, 'caseImport.choose', { familyId, path })
}

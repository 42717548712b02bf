import type { FamilyImportProgress } from '../../shared/family/import.ts'
import { record, sameSession, type Desk } from '../account/session.ts'

/**
 * Main asks which file: the page never names a path. Cancelled: nothing happens.
 *
 * @throws Refusal locked, and what reading it refuses
 */
export async function chooseImport(desk: Desk): Promise<FamilyImportProgress> {
  const staysOpen = sameSession(desk)
  const path = await desk.surroundings.chooseFile({
    title: 'Choose the file of families',
    name: 'CSV files',
    extensions: ['csv']
  })
  if (path === undefined) return { stage: 'none' }
  staysOpen()
  return record<FamilyImportProgress>(desk, 'family.chooseImport', { path })
}

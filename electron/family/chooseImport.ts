import type { FamilyImportProgress } from '../../shared/family/import.ts'
import { record, type Desk } from '../account/session.ts'

/** Main asks which file: the page never names a path. Cancelled: nothing happens. */
export async function chooseImport(desk: Desk): Promise<FamilyImportProgress> {
  const path = await desk.surroundings.chooseFile({
    title: 'Choose the file of families',
    name: 'CSV files',
    extensions: ['csv']
  })
  return path === undefined
    ? { stage: 'none' }
    : record<FamilyImportProgress>(desk, 'family.chooseImport', { path })
}

import type { ImportProgress } from '../../shared/school/school.ts'
import { record, type Desk } from '../account/session.ts'

/** Main asks which file: the page never names a path. Cancelled: nothing happens. */
export async function chooseImport(desk: Desk): Promise<ImportProgress> {
  const path = await desk.surroundings.chooseFile({
    title: 'Choose the Department for Education’s file of schools',
    name: 'CSV files',
    extensions: ['csv']
  })
  return path === undefined
    ? { stage: 'none' }
    : record<ImportProgress>(desk, 'school.chooseImport', { path })
}

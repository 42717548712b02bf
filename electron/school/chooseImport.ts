import type { ImportProgress } from '../../shared/school/school.ts'
import { record, sameSession, type Desk } from '../account/session.ts'

/**
 * Main asks which file: the page never names a path. Cancelled: nothing happens.
 *
 * @throws Refusal locked, and what reading it refuses
 */
export async function chooseImport(desk: Desk): Promise<ImportProgress> {
  const staysOpen = sameSession(desk)
  const path = await desk.surroundings.chooseFile({
    title: 'Choose the Department for Education’s file of schools',
    name: 'CSV files',
    extensions: ['csv']
  })
  if (path === undefined) return { stage: 'none' }
  staysOpen()
  return record<ImportProgress>(desk, 'school.chooseImport', { path })
}

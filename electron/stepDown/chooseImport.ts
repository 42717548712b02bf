import type { StepDownImportProgress } from '../../shared/stepDown/import.ts'
import { record, sameSession, type Desk } from '../account/session.ts'

/**
 * Main asks which file: the page never names a path. Cancelled: nothing happens.
 *
 * @throws Refusal locked, and what reading it refuses
 */
export async function chooseImport(desk: Desk): Promise<StepDownImportProgress> {
  const staysOpen = sameSession(desk)
  const path = await desk.surroundings.chooseFile({
    title: 'Choose the file of step-downs',
    name: 'JSON and CSV files',
    extensions: ['json', 'csv']
  })
  if (path === undefined) return { stage: 'none' }
  staysOpen()
  return record<StepDownImportProgress>(desk, 'stepDown.chooseImport', { path })
}

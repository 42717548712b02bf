import type { StepDownImportProgress } from '../../shared/stepDown/import.ts'
import { record, type Desk } from '../account/session.ts'

/** Main asks which file: the page never names a path. Cancelled: nothing happens. */
export async function chooseImport(desk: Desk): Promise<StepDownImportProgress> {
  const path = await desk.surroundings.chooseFile({
    title: 'Choose the file of step-downs',
    name: 'JSON and CSV files',
    extensions: ['json', 'csv']
  })
  return path === undefined
    ? { stage: 'none' }
    : record<StepDownImportProgress>(desk, 'stepDown.chooseImport', { path })
}

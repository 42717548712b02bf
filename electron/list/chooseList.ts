import type { CaseNotesProgress } from '../../shared/export/caseNotes.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { Desk } from '../account/session.ts'
import { saveExport } from '../export/chooseExport.ts'

const savedAs = {
  zip: { name: 'Zip files', extension: 'zip' },
  csv: { name: 'CSV files', extension: 'csv' },
  xlsx: { name: 'Excel workbooks', extension: 'xlsx' }
} as const

/**
 * Asks where to, and saves a list there. Cancelled: nothing is left.
 *
 * @throws Refusal not-allowed, invalid (by field), clashing-id, locked, export-running
 */
export const saveList = (desk: Desk, draft: Parsed<'list.save'>): Promise<CaseNotesProgress> =>
  saveExport(desk, draft, {
    ...{ operation: 'list.save', prepare: 'list.prepare', write: 'list.write' },
    ...{ title: 'Save this list', as: savedAs[draft.isProtected ? 'zip' : draft.format] }
  })

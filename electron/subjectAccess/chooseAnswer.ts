import type { CaseNotesProgress } from '../../shared/export/caseNotes.ts'
import type { SavedAnswer } from '../../shared/subjectAccess/request.ts'
import type { Desk } from '../account/session.ts'
import { saveExport } from '../export/chooseExport.ts'

/**
 * Main asks where to, and the answer is written.
 *
 * @throws Refusal as `prepareAnswer` and `writeAnswer`, locked, export-running
 */
export const saveAnswer = (desk: Desk, wanted: SavedAnswer): Promise<CaseNotesProgress> =>
  saveExport(desk, wanted, {
    ...{ operation: 'subjectAccess.save', prepare: 'answer.prepare', write: 'answer.write' },
    title: 'Save this answer'
  })

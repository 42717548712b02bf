import type { ExportProgress } from '../../shared/export/export.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { triageFileName } from '../../shared/report/triage.ts'
import { record, sameSession, type Desk } from '../account/session.ts'

/**
 * Main asks where to: the page never names a path. Cancelled: nothing happens.
 *
 * @throws Refusal locked, not-allowed
 */
export async function saveTriage(
  desk: Desk,
  query: Parsed<'report.saveTriage'>
): Promise<Output<'report.saveTriage'>> {
  const staysOpen = sameSession(desk)
  const path = await desk.surroundings.chooseSavePath({
    title: 'Save these numbers',
    suggested: triageFileName(query.figure, query.range),
    name: 'CSV files',
    extension: 'csv'
  })
  if (path === undefined) return { stage: 'none' }
  staysOpen()
  return record<ExportProgress>(desk, 'report.saveTriage', { ...query, path })
}

import { stringify } from 'csv-stringify/sync'
import { basename } from 'node:path'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { AuditResult } from '../../shared/audit/audit.ts'
import { Refusal } from '../../shared/errors.ts'
import type { ExportProgress, FileProblem } from '../../shared/export/export.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { triageTable, type TriageCell, type TriageTable } from '../../shared/report/triageTable.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { londonDate } from '../../shared/time/london.ts'
import { appendAudit } from '../audit/appendAudit.ts'
import { isFileProblem, openExportFile } from '../call/exportFile.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { reportTriage } from './reportTriage.ts'

/**
 * Writes the numbers of one picture of triage to the file that main's dialog gave (L25, L26), as they are counted now: no
 * family is named in it. The audit tells how it ended, with the number of lines and the hash.
 */
export async function writeTriage(
  store: Store,
  { path, figure, ...query }: Parsed<'report.saveTriage'> & { path: string },
  actor: Actor
): Promise<ExportProgress> {
  try {
    const report = await reportTriage(store, query, actor)
    const settings = await store.read(settingsInRecord)
    const table = triageTable(figure, report, rulesOn(settings, londonDate(actor.now)))
    const sha256 = await written(path, triageCsv(table))
    const count = table.lines.length
    await audit(store, 'done', `${figure} count=${String(count)} sha256=${sha256}`, actor)
    return { stage: 'done', count, fileName: basename(path), sha256 }
  } catch (error) {
    const problem = problemOf(error)
    await audit(store, 'failed', `${figure} ${problem ?? 'fault'}`, actor)
    if (problem === undefined) throw error
    return { stage: 'failed', reason: problem }
  }
}

/** Lines for a spreadsheet: UTF-8 with its mark, and no cell that it would take for a formula. */
export function triageCsv({ columns, lines }: TriageTable): string {
  const rows = lines.map(({ name, cells }) => [name, ...cells.map(cellText)].map((cell) => cell.trimStart()))
  return stringify([columns, ...rows], { bom: true, escape_formulas: true })
}

const cellText = (cell: TriageCell): string => (typeof cell === 'string' ? cell : String(cell.count))

async function written(path: string, text: string): Promise<string> {
  const file = await openExportFile(path)
  try {
    await file.write(Buffer.from(text))
    return await file.finish()
  } catch (error) {
    await file.discard()
    throw error
  }
}

const audit = (store: Store, result: AuditResult, reason: string, actor: Actor): Promise<void> =>
  store.write((tx) =>
    appendAudit(tx, { operation: 'report.saveTriage', subjectIds: [], result, reason }, actor)
  )

function problemOf(error: unknown): FileProblem | undefined {
  if (!(error instanceof Refusal) || error.error.code !== 'refused') return undefined
  return isFileProblem(error.error.reason) ? error.error.reason : undefined
}

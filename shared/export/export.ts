import type { RefusalReason } from '../errors.ts'
import type { CivilDate } from '../ids.ts'
import type { ExportedAs } from './caseNotes.ts'

/** Why a file could not be written, of the refusals: what a person can do something about. */
export type FileProblem = Extract<RefusalReason, `file-${string}`>

/** An export that leaves the building: begun, then done, failed or cancelled, as the audit tells it too. */
export type ExportProgress =
  | { stage: 'none' }
  | { stage: 'running'; done: number; total: number }
  | { stage: 'done'; count: number; fileName: string; sha256: string }
  | { stage: 'failed'; reason: FileProblem }

/** What a saved file is called before a person calls it something else: nothing that names anybody. */
export const receiptFileName = (reference: string): string => `advice-receipt-${reference}.pdf`
export const caseNotesFileName = (reference: string, on: CivilDate, as: ExportedAs = 'case-notes'): string =>
  `${as}-${reference}-${on}.zip`

/** What is inside such a zip, by the same rule. */
export const jsonEntryName = (reference: string, on: CivilDate, as: ExportedAs = 'case-notes'): string =>
  `${as}-${reference}-${on}.json`
export const partEntryName = (
  reference: string,
  on: CivilDate,
  { part, parts }: { part: number; parts: number },
  format: 'pdf' | 'docx',
  as: ExportedAs = 'case-notes'
): string => {
  const which =
    parts === 1 ? '' : `-part-${String(part).padStart(2, '0')}-of-${String(parts).padStart(2, '0')}`
  return `${as}-${reference}-${on}${which}.${format}`
}

export const handOverFileName = (reference: string, on: CivilDate): string =>
  `hand-over-${reference}-${on}.zip`
export const handOverEntryName = (reference: string, on: CivilDate, format: 'pdf' | 'docx'): string =>
  `hand-over-${reference}-${on}.${format}`

/** `EXP-7KQ3-000012` */
export const exportReference = (deskCode: string, number: number): string =>
  `EXP-${deskCode}-${String(number).padStart(6, '0')}`

import type { RefusalReason } from '../errors.ts'
import type { CivilDate } from '../ids.ts'

/** Why a file could not be written, of the refusals: what a person can do something about. */
export type FileProblem = Extract<RefusalReason, `file-${string}`>

/** An export that leaves the building: begun, then done, failed or cancelled, as the audit tells it too. */
export type ExportProgress =
  | { stage: 'none' }
  | { stage: 'running'; done: number; total: number }
  | { stage: 'done'; count: number; fileName: string; sha256: string }
  | { stage: 'failed'; reason: FileProblem }

/** What a saved file is called before a person calls it something else: nothing that names anybody. */
export const callsFileName = (on: CivilDate): string => `calls-${on}.csv`
export const receiptFileName = (reference: string): string => `advice-receipt-${reference}.pdf`

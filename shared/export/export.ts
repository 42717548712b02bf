/** An export that leaves the building: begun, then done, failed or cancelled, as the audit tells it too. */
export type ExportProgress =
  | { stage: 'none' }
  | { stage: 'running'; done: number; total: number }
  | { stage: 'done'; count: number; fileName: string; sha256: string }
  | { stage: 'failed'; reason: string }

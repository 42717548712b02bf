import { setImmediate as turn } from 'node:timers/promises'
import type { CaseNotesProgress } from '../../shared/export/caseNotes.ts'
import type { Id } from '../../shared/ids.ts'
import type { PrintedPage } from '../shell/print.ts'
import type { PaperPart } from './blocks.ts'

/** A part that main has made: printed in a window of its own, or set as a Word document in a thread of its own. */
export type ToMake = { print: PrintedPage } | { word: PaperPart }

/** What an export needs of main next, or how it ended. */
export type ExportStep = ToMake | { ended: CaseNotesProgress }

/** An export while it is written. It waits wherever it needs a part made. */
export interface Exporting {
  id: Id
  progress: CaseNotesProgress
  abort: AbortController
  /** Each part that it hands out comes back as a file. */
  steps: AsyncGenerator<ToMake, CaseNotesProgress, Uint8Array>
}

/** At most one, in this thread's memory. */
let current: Exporting | undefined

export const exporting = (): Exporting | undefined => current
export const isExporting = (): boolean => current?.progress.stage === 'running'

export function nowExporting(mine: Exporting): void {
  current = mine
}

export const exportProgress = (): Promise<CaseNotesProgress> =>
  Promise.resolve(current?.progress ?? { stage: 'none' })

/** Ends the export that runs; what it has written is removed. */
export async function cancelExport(): Promise<null> {
  current?.abort.abort()
  return null
}

/** Ends what runs, and waits until nothing of it is left: the desk is being locked. */
export async function endExporting(): Promise<void> {
  if (!current || !isExporting()) return
  current.abort.abort()
  // where it waits for a part nobody will make it any more; where it works it ends by itself first
  await current.steps.throw(current.abort.signal.reason).catch(() => undefined)
  current.progress = { stage: 'none' }
}

/** Whoever types has their turn; Cancel is heard. */
export async function giveWay({ abort }: Pick<Exporting, 'abort'>): Promise<void> {
  await turn()
  abort.signal.throwIfAborted()
}

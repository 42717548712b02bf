import { basename } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { AuditResult } from '../../shared/audit/audit.ts'
import type { CallFilter } from '../../shared/call/filter.ts'
import { Refusal, refuse } from '../../shared/errors.ts'
import type { ExportProgress, FileProblem } from '../../shared/export/export.ts'
import { appendAudit } from '../audit/appendAudit.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { callsCsv } from './callsCsv.ts'
import { callReader, nextIndexed } from './exportedCalls.ts'
import { isFileProblem, openExportFile } from './exportFile.ts'
import { filtered, type Filtered } from './filtered.ts'

/** Calls in one turn: whoever types waits for no more than this. */
const CHUNK = 200

interface Export {
  progress: ExportProgress
  /** Calls written so far. */
  count: number
  abort: AbortController
}

/** At most one, in this thread's memory: locking the desk ends the thread, and what was not finished with it. */
let current: Export | undefined

export async function exportProgress(): Promise<ExportProgress> {
  return current?.progress ?? { stage: 'none' }
}

/** Ends the export that runs; what it has written is removed. */
export async function cancelExport(): Promise<null> {
  current?.abort.abort()
  return null
}

/**
 * Writes the calls of a filter to the file that main's dialog gave, a chunk at a time, so that nobody who types waits
 * (L25, L26). Calls that are filed meanwhile are not in it. Cancelled: `none`, and no file.
 *
 * @throws Refusal export-running
 */
export async function exportCalls(
  store: Store,
  { path, filter }: { path: string; filter: CallFilter },
  actor: Actor
): Promise<ExportProgress> {
  if (current?.progress.stage === 'running') refuse('export-running')
  const mine: Export = {
    progress: { stage: 'running', done: 0, total: 0 },
    count: 0,
    abort: new AbortController()
  }
  current = mine
  try {
    const sha256 = await written(store, mine, path, filter, actor)
    mine.progress = { stage: 'done', count: mine.count, fileName: basename(path), sha256 }
    await audit(store, 'done', `count=${String(mine.count)} sha256=${sha256}`, actor)
  } catch (error) {
    const problem = problemOf(error)
    const isCancelled = mine.abort.signal.aborted
    mine.progress = isCancelled
      ? { stage: 'none' }
      : { stage: 'failed', reason: problem ?? 'file-not-written' }
    const why = isCancelled ? 'cancelled' : (problem ?? 'fault')
    await audit(store, 'failed', `${why} count=${String(mine.count)}`, actor)
    if (!isCancelled && problem === undefined) throw error
  }
  return mine.progress
}

const audit = (store: Store, result: AuditResult, reason: string, actor: Actor): Promise<void> =>
  store.write((tx) => appendAudit(tx, { operation: 'call.export', subjectIds: [], result, reason }, actor))

function problemOf(error: unknown): FileProblem | undefined {
  if (!(error instanceof Refusal) || error.error.code !== 'refused') return undefined
  return isFileProblem(error.error.reason) ? error.error.reason : undefined
}

/** Answers with the SHA-256 of the file, which has its name by then. */
async function written(
  store: Store,
  mine: Export,
  path: string,
  filter: CallFilter,
  actor: Actor
): Promise<string> {
  const file = await openExportFile(path)
  try {
    const { csv, read, wanted } = await store.read(async (db) => ({
      csv: callsCsv(await settingsInRecord(db), filter.inError),
      read: callReader(db),
      wanted: await filtered(db, filter, actor)
    }))
    const docids = wanted ? await allIndexed(store, mine, wanted) : []
    await file.write(Buffer.from(csv.header()))
    for (let at = 0; at < docids.length; at += CHUNK) {
      const calls = await store.read(() => Promise.resolve(read(docids.slice(at, at + CHUNK))))
      await file.write(Buffer.from(csv.rows(calls)))
      mine.count += calls.length
      mine.progress = { stage: 'running', done: mine.count, total: docids.length }
      await giveWay(mine)
    }
    return await file.finish()
  } catch (error) {
    await file.discard()
    throw error
  }
}

/** The calls that are in the export from here on, by their numbers in the index: 8 bytes for each. */
async function allIndexed(store: Store, mine: Export, wanted: Filtered): Promise<number[]> {
  const docids: number[] = []
  for (;;) {
    const before = docids.at(-1) ?? Number.MAX_SAFE_INTEGER
    const next = await store.read((db) => Promise.resolve(nextIndexed(db, wanted, before)))
    if (next.length === 0) return docids
    docids.push(...next)
    mine.progress = { stage: 'running', done: 0, total: docids.length }
    await giveWay(mine)
  }
}

async function giveWay({ abort }: Export): Promise<void> {
  await turn()
  abort.signal.throwIfAborted()
}

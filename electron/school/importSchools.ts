import { eq, sql } from 'drizzle-orm'
import { setImmediate as turn } from 'node:timers/promises'
import { invariants } from '../../db/invariants.ts'
import type { Tx } from '../../db/open.ts'
import { school, schoolImport } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { refuse } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { districtCodes } from '../../shared/school/establishment.ts'
import type { ImportPreview, ImportProgress } from '../../shared/school/school.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { appendAudit } from '../audit/appendAudit.ts'
import { NotAList } from '../import/csvFile.ts'
import { districtsInForce, versionRow, type Districts } from './asSchool.ts'
import { compareWithDirectory } from './compareWithDirectory.ts'
import { readEstablishmentFile, type EstablishmentFile, type FileRow } from './establishmentFile.ts'

/** Rows in one transaction: a draft that waits for the writer waits for no more than this. */
const CHUNK = 100
const EXAMPLES = 10

interface Import {
  id: string
  progress: ImportProgress
  abort: AbortController
  file?: EstablishmentFile
  /** What there is to write, once the file has been held against the directory. */
  news: FileRow[]
}

/** At most one, in this thread's memory: locking the desk ends the thread, and what was not confirmed with it. */
let current: Import | undefined

const isRunning = (stage: ImportProgress['stage'] | undefined) => stage === 'reading' || stage === 'storing'

export async function importProgress(): Promise<ImportProgress> {
  return current?.progress ?? { stage: 'none' }
}

/**
 * Reads the file that main's dialog gave and says what storing it would do. Nothing is stored.
 *
 * @throws Refusal import-running, not-a-csv (the progress then says why)
 */
export async function previewImport(
  store: Store,
  { path }: { path: string },
  actor: Actor
): Promise<ImportProgress> {
  if (isRunning(current?.progress.stage)) refuse('import-running')
  const mine: Import = {
    id: newId(),
    progress: { stage: 'reading', rows: 0 },
    abort: new AbortController(),
    news: []
  }
  current = mine
  const { signal } = mine.abort
  try {
    const codes = districtCodes(await store.read((db) => districtsInForce(db, actor)))
    mine.file = await readEstablishmentFile(path, {
      codes,
      signal,
      progress: (rows) => (mine.progress = { stage: 'reading', rows })
    })
    const preview = await compared(store, mine, mine.file)
    signal.throwIfAborted()
    mine.progress = { stage: 'previewed', preview }
  } catch (error) {
    if (signal.aborted) return { stage: 'none' }
    const isNoList = error instanceof NotAList
    mine.progress = {
      stage: 'failed',
      reason: isNoList ? error.message : 'The file could not be read to its end.'
    }
    if (isNoList) refuse('not-a-csv')
    throw error
  }
  return mine.progress
}

async function compared(store: Store, mine: Import, file: EstablishmentFile): Promise<ImportPreview> {
  const { fileName, schools, rows, otherAuthorities, refused, refusedCount } = file
  const counts = { added: 0, changed: 0, unchanged: 0 }
  const examples: ImportPreview['examples'] = []
  for (const chunk of chunksOf(schools)) {
    mine.abort.signal.throwIfAborted()
    for (const { row, what } of await store.read((db) => compareWithDirectory(db, chunk, mine.id))) {
      counts[what]++
      if (what === 'unchanged') continue
      mine.news.push(row)
      if (examples.length < EXAMPLES) examples.push({ urn: row.urn, name: row.name, town: row.town, what })
    }
    await turn()
  }
  const closed = schools.filter(({ status }) => status === 'closed').length
  return {
    importId: mine.id,
    ...{ fileName, rows, ...counts, closed, otherAuthorities, refused, refusedCount, examples }
  }
}

/**
 * Stores what was previewed, a chunk at a time, so that nobody who types waits. None of it counts until the last
 * write marks the import done: killed or cancelled before, the directory is as it was.
 *
 * @throws Refusal import-gone, import-running
 */
export async function confirmImport(
  store: Store,
  { importId }: Parsed<'school.confirmImport'>,
  actor: Actor
): Promise<ImportProgress> {
  const mine = current
  if (mine?.id !== importId || !mine.file) refuse('import-gone')
  if (mine.progress.stage === 'done') return mine.progress
  if (mine.progress.stage !== 'previewed') refuse('import-running')
  const { signal } = mine.abort
  const total = mine.news.length
  mine.progress = { stage: 'storing', stored: 0, total }
  try {
    const done =
      total === 0 ? await nothingNew(store, mine, actor) : await stored(store, mine, mine.file, actor)
    mine.progress = { stage: 'done', ...done }
  } catch (error) {
    mine.progress = {
      stage: 'failed',
      reason: 'The schools could not be stored. The directory is as it was.'
    }
    await store.write((tx) => setAside(tx, mine, actor))
    if (signal.aborted) return { stage: 'none' }
    throw error
  }
  return mine.progress
}

async function nothingNew(store: Store, { id }: Import, actor: Actor) {
  await store.write((tx) =>
    appendAudit(tx, { operation: 'school.confirmImport', subjectIds: [id], result: 'done' }, actor)
  )
  return { added: 0, changed: 0 }
}

async function stored(
  store: Store,
  mine: Import,
  file: EstablishmentFile,
  actor: Actor
): Promise<{ added: number; changed: number }> {
  const counts = { added: 0, changed: 0, unchanged: 0 }
  const districts = await store.read((db) => districtsInForce(db, actor))
  await store.write((tx) => begin(tx, mine, file, actor))
  let done = 0
  for (const chunk of chunksOf(mine.news)) {
    mine.abort.signal.throwIfAborted()
    for (const what of await store.write((tx) => stage(tx, chunk, mine.id, districts, actor))) counts[what]++
    done += chunk.length
    mine.progress = { stage: 'storing', stored: done, total: mine.news.length }
    await turn()
  }
  const { added, changed } = counts
  await store.write((tx) => finish(tx, mine, { added, changed }, actor))
  return { added, changed }
}

async function begin(tx: Tx, { id }: Import, file: EstablishmentFile, actor: Actor): Promise<void> {
  await tx.insert(schoolImport).values({
    id,
    hubId: COUNTY_HUB_ID,
    createdAt: actor.now,
    createdBy: actor.id,
    deviceId: actor.deviceId,
    updatedAt: actor.now,
    updatedBy: actor.id,
    fileName: file.fileName,
    fileSha256: file.sha256,
    doneAt: '',
    added: 0,
    changed: 0,
    refused: file.refusedCount,
    otherAuthorities: file.otherAuthorities
  })
}

/** Compared again here: somebody may have changed a school since the preview, and theirs is not to be lost. */
async function stage(tx: Tx, chunk: FileRow[], importId: string, districts: Districts, actor: Actor) {
  const comparisons = await compareWithDirectory(tx, chunk, importId)
  const rows = comparisons.flatMap(({ current: before, versions }) => {
    let previous = before
    return versions.map((known) => (previous = versionRow(newId(), known, districts, actor, previous)))
  })
  if (rows.length > 0) await tx.insert(school).values(rows)
  return comparisons.map(({ what }) => what)
}

/**
 * The one row that makes the rest count. Of the invariants only the one that an import can break is run, as all of
 * them would hold the writer for as long as the record is large.
 */
async function finish(
  tx: Tx,
  { id, abort }: Import,
  counts: { added: number; changed: number },
  actor: Actor
): Promise<void> {
  abort.signal.throwIfAborted()
  const canBeFound = invariants['Every known school can be found']
  if (canBeFound && tx.all(sql.raw(canBeFound)).length > 0)
    throw new Error('Imported schools cannot be found')
  await tx
    .update(schoolImport)
    .set({ ...counts, doneAt: actor.now, rowVersion: 2, updatedAt: actor.now, updatedBy: actor.id })
    .where(eq(schoolImport.id, id))
  await appendAudit(tx, { operation: 'school.confirmImport', subjectIds: [id], result: 'done' }, actor)
}

async function setAside(tx: Tx, { id }: Import, actor: Actor): Promise<void> {
  await tx
    .update(schoolImport)
    .set({
      deletedAt: actor.now,
      deletedBy: actor.id,
      rowVersion: 2,
      updatedAt: actor.now,
      updatedBy: actor.id
    })
    .where(eq(schoolImport.id, id))
}

/**
 * Ends an import at any stage before it is done. One that runs is the only one, whatever id the page has; a preview is
 * named, as another may have taken its place.
 *
 * @throws Refusal import-gone
 */
export async function cancelImport(
  _store: Store,
  { importId }: Parsed<'school.cancelImport'>
): Promise<ImportProgress> {
  if (!current || (current.progress.stage === 'previewed' && current.id !== importId)) refuse('import-gone')
  if (current.progress.stage === 'done') return current.progress
  current.abort.abort()
  current = undefined
  return { stage: 'none' }
}

function* chunksOf(rows: FileRow[]): Generator<FileRow[]> {
  for (let at = 0; at < rows.length; at += CHUNK) yield rows.slice(at, at + CHUNK)
}

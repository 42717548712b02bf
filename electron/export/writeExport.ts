import { basename } from 'node:path'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, Refusal, refuse, type RefusalReason } from '../../shared/errors.ts'
import type { CaseNotesExport, CaseNotesProgress } from '../../shared/export/caseNotes.ts'
import { jsonEntryName } from '../../shared/export/export.ts'
import { sharingOf } from '../../shared/export/problems.ts'
import { excludedOf } from '../../shared/export/tally.ts'
import type { Id } from '../../shared/ids.ts'
import { londonDate } from '../../shared/time/london.ts'
import { openExportFile, type ExportFile } from '../call/exportFile.ts'
import { writtenBy } from '../family/written.ts'
import type { Job } from '../ipc/operation.ts'
import { sharedRow } from '../sharing/recordSharing.ts'
import { gather, type Gathered } from './gather.ts'
import { begin, failed, named, willBeNamed, type Ending } from './journal.ts'
import { newPassphrase } from './passphrase.ts'
import { mustBeComplete } from './prepareExport.ts'
import { summaryOf } from './summaryOf.ts'
import {
  exporting,
  giveWay,
  isExporting,
  nowExporting,
  type Exporting,
  type ExportStep,
  type ToMake
} from './underWay.ts'
import { writeFiles } from './writeFiles.ts'
import { writeJson } from './writeJson.ts'
import { writeParts } from './writeParts.ts'
import type { Writing } from './writing.ts'
import { zipInto } from './zipFile.ts'

/** What main's dialog added to what was typed. */
export interface ExportToWrite extends CaseNotesExport {
  reference: string
  path: string
}

/**
 * Begins to write case notes to where main's dialog said, and goes on until a part has to be made or it has ended: done,
 * failed, or cancelled (`none`, and no file).
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), clashing-id, export-running
 */
export const writeExport: Job<ExportToWrite, ExportStep> = async (store, wanted, actor) => {
  if (isExporting()) refuse('export-running')
  const mine: Mine = {
    id: wanted.id,
    progress: { stage: 'running', done: 0, total: 0, part: 0, parts: 0 },
    abort: new AbortController()
  }
  const running: Exporting = Object.assign(mine, { steps: written(store, mine, wanted, actor) })
  nowExporting(running)
  return next(running, () => running.steps.next())
}

/** Goes on with the part that main has made; an empty `file` says that it could not be. @throws Refusal not-found */
export const goOn: Job<{ id: Id; file: Uint8Array }, ExportStep> = async (_store, { id, file }) => {
  const running = exporting()
  if (running?.id !== id || !isExporting()) return notFound()
  return next(running, () =>
    file.length === 0
      ? running.steps.throw(new Refusal({ code: 'refused', reason: 'not-printed' }))
      : running.steps.next(file)
  )
}

async function next(
  running: Exporting,
  step: () => Promise<IteratorResult<ToMake, CaseNotesProgress>>
): Promise<ExportStep> {
  try {
    const { done, value } = await step()
    if (!done) return value
    running.progress = value
    return { ended: value }
  } catch (error) {
    running.progress = { stage: 'none' }
    throw error
  }
}

type Mine = Omit<Exporting, 'steps'>

/** The whole of an export. Whatever happens, nothing half-written is left and the audit says how it ended. */
async function* written(
  store: Store,
  mine: Mine,
  wanted: ExportToWrite,
  actor: Actor
): AsyncGenerator<ToMake, CaseNotesProgress, Uint8Array> {
  await store.read((db) => mustBeComplete(db, wanted, actor))
  await begin(store, wanted, actor)
  let file: ExportFile | undefined
  let ending: Ending | undefined
  let passphrase = ''
  try {
    const gathered = await gather(store, wanted, actor, () => giveWay(mine))
    mine.progress = { stage: 'running', done: 0, total: gathered.noteIds.length, part: 0, parts: 0 }
    passphrase = wanted.isProtected ? newPassphrase() : ''
    file = await openExportFile(wanted.path)
    const itemsSha256 = yield* content(store, mine, file, passphrase, gathered, wanted, actor)
    await file.finish(async (fileSha256) => {
      const prepared = await endingOf(store, { itemsSha256, fileSha256 }, gathered, wanted, actor)
      await willBeNamed(store, wanted.id, prepared)
      ending = prepared
    })
  } catch (error) {
    await file?.discard()
    await failed(store, wanted, mine.abort.signal.aborted ? 'cancelled' : codeOf(error), actor)
    if (mine.abort.signal.aborted) return { stage: 'none' }
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    return { stage: 'failed', reason }
  }
  if (!ending) throw new Error('A file has its name without what there is to record of it')
  await named(store, ending, actor)
  const { reference, included, excluded, fileSha256 } = ending.row
  return {
    ...{ stage: 'done', reference, included, excluded, passphrase },
    ...{ fileName: basename(wanted.path), sha256: fileSha256 }
  }
}

const reasonOf = (error: unknown): RefusalReason | undefined =>
  error instanceof Refusal && error.error.code === 'refused' ? error.error.reason : undefined

const codeOf = (error: unknown): string =>
  reasonOf(error) ?? (error instanceof Refusal ? error.error.code : 'fault')

/** Everything inside the file. Nothing of it touches the disk before it is sealed. */
async function* content(
  store: Store,
  mine: Mine,
  file: ExportFile,
  passphrase: string,
  gathered: Gathered,
  wanted: ExportToWrite,
  actor: Actor
): AsyncGenerator<ToMake, string, Uint8Array> {
  const shared = await sharedWith(store, gathered, wanted, actor)
  const known = await store.read((db) => summaryOf(db, wanted, wanted.reference, gathered, shared, actor))
  const writing: Writing = { store, mine, gathered, known, files: [] }
  const zip = zipInto(file, passphrase, actor.now)
  const itemsSha256 =
    wanted.format === 'json'
      ? await writeJson(writing, zip, jsonEntryName(wanted.reference, londonDate(actor.now)))
      : yield* writeParts(writing, zip, wanted.format)
  await writeFiles(writing, zip)
  await zip.close()
  return itemsSha256
}

/** What there is to record of a file, with the family's agreement as it stands now. */
async function endingOf(
  store: Store,
  hashes: { itemsSha256: string; fileSha256: string },
  gathered: Gathered,
  wanted: ExportToWrite,
  actor: Actor
): Promise<Ending> {
  const { family, chosen, tally } = gathered
  const shared = await sharedWith(store, gathered, wanted, actor)
  return {
    row: {
      ...writtenBy(actor, family.hubId),
      ...{ id: wanted.id, reference: wanted.reference, familyId: family.id, scope: chosen.scope },
      subjectId: chosen.episodeId || chosen.personId || family.id,
      ...{ format: wanted.format, purpose: wanted.purpose.trim() },
      sharingId: shared?.id ?? '',
      receiverId: wanted.receiver === 'person' ? wanted.receiverId : '',
      isProtected: wanted.isProtected,
      openReason: wanted.isProtected ? '' : wanted.openReason.trim(),
      included: tally.notes.included,
      excluded: excludedOf(tally.notes),
      contentSha256: hashes.itemsSha256,
      fileSha256: hashes.fileSha256
    },
    shared
  }
}

/** The sharing with an agency or body (domain 0.4). A person of the family is told of itself. */
async function sharedWith(
  store: Store,
  { chosen, people, tally }: Gathered,
  wanted: ExportToWrite,
  actor: Actor
): Promise<Ending['shared']> {
  if (wanted.receiver === 'person') return null
  const about = people.filter(({ keptId, isHere }) =>
    chosen.scope === 'child' ? keptId === chosen.personId : isHere
  )
  const ids = (about.length > 0 ? about : people).map(({ keptId }) => keptId)
  const { included } = tally.notes
  const notes = `${included.toLocaleString('en-GB')} ${included === 1 ? 'case note' : 'case notes'}`
  const draft = { ...sharingOf(wanted, ids), what: `${notes}, as export ${wanted.reference}` }
  return store.read((db) => sharedRow(db, draft, actor))
}

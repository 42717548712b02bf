import { basename } from 'node:path'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { codeOf, notFound, Refusal, refuse, type RefusalReason } from '../../shared/errors.ts'
import type { CaseNotesProgress } from '../../shared/export/caseNotes.ts'
import type { Id } from '../../shared/ids.ts'
import { openExportFile, type ExportFile } from '../call/exportFile.ts'
import type { Job } from '../ipc/operation.ts'
import { begin, failed, isDiscarded, named, willBeNamed, type Ending, type Told } from './journal.ts'
import { newPassphrase } from './passphrase.ts'
import {
  exporting,
  giveWay,
  isExporting,
  nowExporting,
  type Exporting,
  type ExportStep,
  type ToMake
} from './underWay.ts'
import { plainFile, zipInto, type ZipFile } from './zipFile.ts'

/** A file that is to leave the building: case notes, a list, an answer to a subject access request. */
export interface Leaving extends Told {
  id: Id
  path: string
  reference: string
  /** '' where it is of several families, or of none. */
  familyId: Id
  isProtected: boolean
  /** A zip, whatever is in it; without a passphrase a list may be the file itself. */
  isZip: boolean
  /** Looks, a piece at a time, at everything there is. @throws Refusal where something that it needs is not there */
  gather: (giveWay: () => Promise<void>) => Promise<Content>
}

/** What goes into the file. */
export interface Content {
  /** Of what it counts as it goes. */
  included: number
  excluded: number
  /**
   * Puts everything into the file, handing out what main has to make, if anything is. Nothing of it touches the disk before it is sealed.
   *
   * @returns the SHA-256 of what is included
   */
  write: (zip: ZipFile, mine: Mine) => AsyncGenerator<ToMake, string, Uint8Array> | Promise<string>
  /** What there is to record of it just before it takes its name. @throws Refusal where it must not go after all */
  ending: (hashes: Hashes) => Promise<Pick<Ending, 'row' | 'shared'>>
}

/** SHA-256, hex: of what is included, and of the file. */
export interface Hashes {
  itemsSha256: string
  fileSha256: string
}

/** An export without what it hands out. */
export type Mine = Omit<Exporting, 'steps'>

/**
 * Begins to write a file to where main's dialog said, and goes on until a part has to be made or it has ended: done,
 * failed, or cancelled (`none`, and no file).
 *
 * @throws Refusal export-running
 */
export async function leave(store: Store, leaving: Leaving, actor: Actor): Promise<ExportStep> {
  if (isExporting()) refuse('export-running')
  const mine: Mine = {
    id: leaving.id,
    progress: { stage: 'running', done: 0, total: 0, part: 0, parts: 0 },
    abort: new AbortController()
  }
  const running: Exporting = Object.assign(mine, { steps: written(store, mine, leaving, actor) })
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
    // its words are told once, to whoever saved it, and held nowhere
    running.progress = value.stage === 'done' ? { ...value, passphrase: '' } : value
    return { ended: value }
  } catch (error) {
    running.progress = { stage: 'none' }
    throw error
  }
}

/** The whole of an export. Whatever happens, nothing half-written is left and the audit says how it ended. */
async function* written(
  store: Store,
  mine: Mine,
  leaving: Leaving,
  actor: Actor
): AsyncGenerator<ToMake, CaseNotesProgress, Uint8Array> {
  await begin(store, leaving, actor)
  let file: ExportFile | undefined
  let ending: Ending | undefined
  let passphrase = ''
  let content: Content
  try {
    content = await leaving.gather(() => giveWay(mine))
    mine.progress = { stage: 'running', done: 0, total: content.included, part: 0, parts: 0 }
    passphrase = leaving.isProtected ? newPassphrase() : ''
    file = await openExportFile(leaving.path)
    const zip = leaving.isZip ? zipInto(file, passphrase, actor.now) : plainFile(file)
    const writing = content.write(zip, mine)
    const itemsSha256 = writing instanceof Promise ? await writing : yield* writing
    await zip.close()
    await file.finish(async (fileSha256) => {
      // a large file takes a slow stick a while: what was pressed meanwhile counts
      await giveWay(mine)
      ending = await endingOf(leaving, content, { itemsSha256, fileSha256 })
      await willBeNamed(store, leaving.id, ending)
      mine.abort.signal.throwIfAborted()
    })
  } catch (error) {
    const why = mine.abort.signal.aborted ? 'cancelled' : codeOf(error)
    await failed(store, leaving, { why, isRemoved: await isDiscarded(file) }, actor)
    if (mine.abort.signal.aborted) return { stage: 'none' }
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    return { stage: 'failed', reason }
  }
  if (!ending) throw new Error('A file has its name without what there is to record of it')
  await named(store, ending, actor)
  return {
    ...{ stage: 'done', reference: leaving.reference, passphrase },
    ...{ included: content.included, excluded: content.excluded },
    ...{ fileName: basename(leaving.path), sha256: ending.fileSha256 }
  }
}

const endingOf = async (
  { id, operation, subjectIds }: Leaving,
  content: Content,
  hashes: Hashes
): Promise<Ending> => ({
  ...(await content.ending(hashes)),
  ...{ id, operation, subjectIds },
  ...{ included: content.included, excluded: content.excluded, fileSha256: hashes.fileSha256 }
})

const reasonOf = (error: unknown): RefusalReason | undefined =>
  error instanceof Refusal && error.error.code === 'refused' ? error.error.reason : undefined

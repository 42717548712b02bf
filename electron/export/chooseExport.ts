import { Refusal } from '../../shared/errors.ts'
import type { CaseNotesProgress } from '../../shared/export/caseNotes.ts'
import type { Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { Operation } from '../../shared/ipc/operations.ts'
import { record, sameSession, type Desk } from '../account/session.ts'
import type { RecordName } from '../ipc/databaseMessages.ts'
import type { SaveQuestion } from '../shell/file.ts'
import type { PrintedPage } from '../shell/print.ts'
import type { Prepared } from './prepareExport.ts'
import type { ExportStep, ToMake } from './underWay.ts'

/** What main asks the thread, and a person, for one kind of export. */
export interface Choosing {
  operation: Operation
  /** Its number, and the name that is offered. */
  prepare: RecordName
  write: RecordName
  /** Of the system's dialog. */
  title: string
  /** What it is saved as; a zip where nothing else is said. */
  as?: Pick<SaveQuestion, 'name' | 'extension'>
}

export const saveCaseNotes = (desk: Desk, draft: Parsed<'export.save'>): Promise<CaseNotesProgress> =>
  saveExport(desk, draft, {
    ...{ operation: 'export.save', prepare: 'export.prepare', write: 'export.write' },
    title: 'Save these case notes'
  })

export const saveHandOver = (
  desk: Desk,
  draft: Parsed<'keyworker.saveHandOver'>
): Promise<CaseNotesProgress> =>
  saveExport(desk, draft, {
    ...{ operation: 'keyworker.saveHandOver', prepare: 'handOver.prepare', write: 'handOver.write' },
    title: 'Save this hand-over'
  })

const aZip = { name: 'Zip files', extension: 'zip' }

/**
 * Main asks where to: the page never names a path. What the thread cannot make itself is made here, part by part: printed,
 * or set as a Word document. Cancelled: nothing is left.
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), clashing-id, locked, export-running
 */
export async function saveExport(
  desk: Desk,
  draft: { id: Id },
  { operation, prepare, write, title, as = aZip }: Choosing
): Promise<CaseNotesProgress> {
  const staysOpen = sameSession(desk)
  const { reference, fileName } = await record<Prepared>(desk, prepare, draft)
  staysOpen()
  const path = await desk.surroundings.chooseSavePath({
    ...{ title, suggested: fileName, ...as }
  })
  if (path === undefined) return { stage: 'none' }
  staysOpen()
  let step = await record<ExportStep>(desk, write, { ...draft, reference, path })
  while (!('ended' in step)) {
    const file = await made(desk, step, operation)
    staysOpen()
    step = await record<ExportStep>(desk, 'export.goOn', { id: draft.id, file })
  }
  return step.ended
}

/** The part that is printed for the export that runs: there is one at a time. */
let beingPrinted: PrintedPage | undefined

/** The export was cancelled: nobody waits for the page that is being printed, and the thread ends it at once. */
export function stopMaking({ surroundings }: Desk): void {
  if (beingPrinted) surroundings.stopPrinting(beingPrinted)
}

/** Empty where it could not be made: the thread ends the export. */
async function made({ surroundings }: Desk, part: ToMake, operation: Operation): Promise<Uint8Array> {
  try {
    if ('word' in part) return await surroundings.makeWord(part.word)
    beingPrinted = part.print
    return await surroundings.printPdf(part.print)
  } catch (error) {
    if (error instanceof Refusal) return new Uint8Array()
    surroundings.log.fault('operation-fault', error, { operation })
    return new Uint8Array()
  } finally {
    beingPrinted = undefined
  }
}

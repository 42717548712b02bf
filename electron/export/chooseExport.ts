import { Refusal } from '../../shared/errors.ts'
import type { CaseNotesProgress } from '../../shared/export/caseNotes.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { record, sameSession, type Desk } from '../account/session.ts'
import type { Prepared } from './prepareExport.ts'
import type { ExportStep, ToMake } from './underWay.ts'

/**
 * Main asks where to: the page never names a path. What the thread cannot make itself is made here, part by part: printed,
 * or set as a Word document. Cancelled: nothing is left.
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), clashing-id, locked, export-running
 */
export async function saveCaseNotes(
  desk: Desk,
  draft: Parsed<'export.save'>
): Promise<Output<'export.save'>> {
  const staysOpen = sameSession(desk)
  const { reference, fileName } = await record<Prepared>(desk, 'export.prepare', draft)
  const path = await desk.surroundings.chooseSavePath({
    title: 'Save these case notes',
    suggested: fileName,
    name: 'Zip files',
    extension: 'zip'
  })
  if (path === undefined) return { stage: 'none' }
  staysOpen()
  let step = await record<ExportStep>(desk, 'export.write', { ...draft, reference, path })
  while (!('ended' in step)) {
    const file = await made(desk, step)
    staysOpen()
    step = await record<ExportStep>(desk, 'export.goOn', { id: draft.id, file })
  }
  return step.ended satisfies CaseNotesProgress
}

/** Empty where it could not be made: the thread ends the export. */
async function made({ surroundings }: Desk, part: ToMake): Promise<Uint8Array> {
  try {
    return await ('print' in part ? surroundings.printPdf(part.print) : surroundings.makeWord(part.word))
  } catch (error) {
    if (error instanceof Refusal) return new Uint8Array()
    surroundings.log.fault('operation-fault', error, { operation: 'export.save' })
    return new Uint8Array()
  }
}

import { Refusal, type RefusalReason } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { Job } from '../ipc/operation.ts'
import { begunBy, failed, willBeWritten } from './journal.ts'
import { writeOneFile } from './oneFile.ts'

/** What became of a receipt or letter that main was to print. */
export interface PaperEnd {
  /** Under which it began. */
  id: Id
  path: string
  file: Uint8Array
  /** A code where it came to nothing; '' otherwise. */
  why: string
}

/** What is wrong with the file; '' where it is saved. */
export interface PaperSaved {
  problem: RefusalReason | ''
}

/**
 * Ends a receipt or letter: what main printed is written to where its dialog said, or came to nothing.
 *
 * @throws Refusal not-found where nobody, or somebody else, began it
 */
export const endPaper: Job<PaperEnd, PaperSaved> = async (store, { id, path, file, why }, actor) => {
  const begun = await store.read((db) => begunBy(db, id, actor))
  if (why !== '') {
    await failed(store, begun, { why, isRemoved: true }, actor)
    return { problem: '' }
  }
  await willBeWritten(store, id, path)
  try {
    await writeOneFile(store, { ...begun, path }, (paper) => paper.write(file), actor)
    return { problem: '' }
  } catch (error) {
    if (error instanceof Refusal && error.error.code === 'refused') return { problem: error.error.reason }
    throw error
  }
}

import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { codeOf } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { openExportFile, type ExportFile } from '../call/exportFile.ts'
import { failed, isDiscarded, named, willBeNamed, type Ending, type Told } from './journal.ts'

/** A file by itself that has begun: a receipt, a letter, a copy of a file. */
export interface OneFile extends Told {
  id: Id
  path: string
}

/**
 * Writes it, and records that it is done. Whatever happens, nothing half-written is left and the audit says how it ended.
 *
 * @param write puts its bytes into the file
 * @param mayBeNamed throws where a file of this SHA-256 is not to have its name
 * @returns the SHA-256 of the file, hex
 * @throws Refusal file-…, and what `write` and `mayBeNamed` throw
 */
export async function writeOneFile(
  store: Store,
  { path, ...begun }: OneFile,
  write: (file: ExportFile) => Promise<void>,
  actor: Actor,
  mayBeNamed: (sha256: string) => void = () => undefined
): Promise<string> {
  let file: ExportFile | undefined
  const endingOf = (fileSha256: string): Ending => ({
    ...{ ...begun, included: 1, excluded: 0, fileSha256 },
    ...{ row: null, shared: null }
  })
  let sha256: string
  try {
    file = await openExportFile(path)
    await write(file)
    sha256 = await file.finish(async (found) => {
      mayBeNamed(found)
      await willBeNamed(store, begun.id, endingOf(found))
    })
  } catch (error) {
    await failed(store, begun, { why: codeOf(error), isRemoved: await isDiscarded(file) }, actor)
    throw error
  }
  await named(store, endingOf(sha256), actor)
  return sha256
}

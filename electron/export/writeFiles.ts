import { createHash } from 'node:crypto'
import type { Store } from '../../db/store.ts'
import { refuse } from '../../shared/errors.ts'
import type { ExportedFile } from '../../shared/export/caseNotesFile.ts'
import { readAttachment } from '../attachment/readAttachment.ts'
import { giveWay } from './underWay.ts'
import type { Writing } from './writing.ts'
import type { ZipFile } from './zipFile.ts'

/**
 * Puts the files of the notes beside them. One that is not what was put on the record ends the export: what was asked for
 * is never left out in silence.
 *
 * @throws Refusal attachment-missing, attachment-damaged
 */
export async function writeFiles(
  { store, mine, files }: Pick<Writing, 'store' | 'mine' | 'files'>,
  zip: ZipFile
): Promise<void> {
  for (const file of files)
    await zip.add(file.entry, proved(store, file, mine), file.mediaType !== 'text/plain')
}

async function* proved(
  store: Store,
  { id, sha256 }: ExportedFile,
  mine: Writing['mine']
): AsyncGenerator<Uint8Array> {
  const { pieces } = await readAttachment(store, id)
  const hash = createHash('sha256')
  for await (const piece of pieces) {
    await giveWay(mine)
    hash.update(piece)
    yield piece
  }
  if (hash.digest('hex') !== sha256) refuse('attachment-damaged')
}

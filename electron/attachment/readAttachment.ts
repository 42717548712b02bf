import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { placesOf } from '../../db/files.ts'
import { attachment } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import { notFound, refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { keyOfFile, readSealed } from './sealedFile.ts'

/**
 * The plain bytes of a file on a record, for whatever leaves the desk with leave of its caller: who may read it has been
 * asked before. Each piece has been proved to be the file's own; that they are all of it is known at the end, so nothing
 * counts before that.
 *
 * @throws Refusal not-found, attachment-missing, attachment-damaged
 */
export async function* readAttachment(store: Store, id: Id): AsyncGenerator<Buffer> {
  const [row] = await store.read((db) => db.select().from(attachment).where(eq(attachment.id, id)))
  if (!row) return notFound()
  const hash = createHash('sha256')
  for await (const piece of readSealed(placesOf(store.files, id).whole, keyOfFile(store.files.key, row))) {
    hash.update(piece)
    yield piece
  }
  if (hash.digest('hex') !== row.sha256) refuse('attachment-damaged')
}

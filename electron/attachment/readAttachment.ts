import { eq } from 'drizzle-orm'
import { placesOf } from '../../db/files.ts'
import { attachment } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import { notFound } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { keyOfFile, readSealed } from './sealedFile.ts'

export interface Attachment {
  /** Of the plain file, in hexadecimal: what the pieces come to must have it before it counts. */
  sha256: string
  /** Each proved to be the file's own, in its place. @throws Refusal attachment-missing, attachment-damaged */
  pieces: AsyncIterable<Buffer>
}

/**
 * A file on a record, for whatever leaves the desk with leave of its caller: who may read it has been asked before.
 *
 * @throws Refusal not-found
 */
export async function readAttachment(store: Store, id: Id): Promise<Attachment> {
  const [row] = await store.read((db) => db.select().from(attachment).where(eq(attachment.id, id)))
  if (!row) return notFound()
  const pieces = readSealed(placesOf(store.files, id).whole, keyOfFile(store.files.key, row))
  return { sha256: row.sha256, pieces }
}

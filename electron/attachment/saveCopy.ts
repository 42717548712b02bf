import { basename } from 'node:path'
import { and, eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { attachment } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, refuse } from '../../shared/errors.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { begin } from '../export/journal.ts'
import { writeOneFile, type OneFile } from '../export/oneFile.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { readAttachment } from './readAttachment.ts'
import { alone, told, type UnderWay } from './underWay.ts'

type Wanted = Parsed<'attachment.saveCopy'>

/** The name that a copy is offered under. @throws Refusal not-found, family-restricted */
export const nameOfFile = async (db: ReadDb, wanted: Wanted, actor: Actor): Promise<{ name: string }> =>
  ofFamily(db, wanted, actor)

/**
 * Writes a copy of a file to where main's dialog said, and gives it its name only when all of it was proved to be what was
 * put on the record. Cancelled: '' and no file.
 *
 * @throws Refusal not-found, family-restricted, attachment-busy, attachment-missing, attachment-damaged, file-…
 */
export async function saveCopy(
  store: Store,
  { path, ...wanted }: Wanted & { path: string },
  actor: Actor
): Promise<Output<'attachment.saveCopy'>> {
  const { attachedId, size } = await store.read((db) => ofFamily(db, wanted, actor))
  const { id, familyId } = wanted
  const operation = 'attachment.saveCopy' as const
  const copy: OneFile = { id: newId(), path, operation, subjectIds: [familyId, id] }
  const sha256 = await alone({ state: 'saving', attachedId }, async (mine) => {
    await begin(store, { ...copy, familyId }, actor)
    return written(store, mine, { copy, id, size }, actor)
  })
  return { fileName: sha256 === undefined ? '' : basename(path) }
}

async function ofFamily(db: ReadDb, { id, familyId }: Wanted, actor: Actor) {
  await mustOpen(db, familyId, actor)
  const [row] = await db
    .select({ name: attachment.name, size: attachment.size, attachedId: attachment.attachedId })
    .from(attachment)
    .where(and(eq(attachment.id, id), eq(attachment.familyId, familyId)))
  return row ?? notFound()
}

async function written(
  store: Store,
  mine: UnderWay,
  { copy, id, size }: { copy: OneFile; id: Id; size: number },
  actor: Actor
): Promise<string> {
  let proved = ''
  return writeOneFile(
    store,
    copy,
    async (file) => {
      const { sha256, pieces } = await readAttachment(store, id)
      proved = sha256
      for await (const piece of told(mine, pieces, size)) await file.write(piece)
    },
    actor,
    (found) => {
      mine.abort.signal.throwIfAborted()
      if (found !== proved) refuse('attachment-damaged')
    }
  )
}

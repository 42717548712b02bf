import { basename } from 'node:path'
import { and, eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { attachment } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { AuditResult } from '../../shared/audit/audit.ts'
import { notFound, refuse } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { appendAudit } from '../audit/appendAudit.ts'
import { openExportFile } from '../call/exportFile.ts'
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
  const sha256 = await alone({ state: 'saving', attachedId }, async (mine) => {
    try {
      const found = await written(store, mine, wanted, size, path)
      await auditEnd(store, wanted, 'done', `sha256=${found}`, actor)
      return found
    } catch (error) {
      if (mine.abort.signal.aborted) await auditEnd(store, wanted, 'failed', 'cancelled', actor)
      throw error
    }
  })
  return { fileName: sha256 === undefined ? '' : basename(path) }
}

const auditEnd = (
  store: Store,
  { familyId, id }: Wanted,
  result: AuditResult,
  reason: string,
  actor: Actor
): Promise<void> =>
  store.write((tx) =>
    appendAudit(tx, { operation: 'attachment.saveCopy', subjectIds: [familyId, id], result, reason }, actor)
  )

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
  { id }: Wanted,
  size: number,
  path: string
): Promise<string> {
  const file = await openExportFile(path)
  try {
    const { sha256, pieces } = await readAttachment(store, id)
    for await (const piece of told(mine, pieces, size)) await file.write(piece)
    return await file.finish((found) => {
      mine.abort.signal.throwIfAborted()
      if (found !== sha256) refuse('attachment-damaged')
    })
  } catch (error) {
    await file.discard()
    throw error
  }
}

import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { attachment } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { AttachmentRow } from '../../shared/attachment/attachment.ts'
import { Refusal, refuse } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { appendAudit } from '../audit/appendAudit.ts'
import { writtenBy } from '../family/written.ts'
import { openChosen, type ChosenFile } from './chosenFile.ts'
import { fileRow, mustStandOn } from './listFiles.ts'
import { beginFile, sealFile } from './sealFile.ts'
import { alone, told, type UnderWay } from './underWay.ts'

type Attached = Parsed<'attachment.attach'>

/**
 * Puts the file that main's dialog gave on a case note or an agreement: sealed beside the record first, then its row in
 * one short transaction, so that no row is ever without its file. The same again answers with the first result (L6).
 * Cancelled: null, and nothing of it is left.
 *
 * @throws Refusal not-found, family-restricted, clashing-id, attachment-…
 */
export async function attachFile(
  store: Store,
  { path, ...attached }: Attached & { path: string },
  actor: Actor
): Promise<Output<'attachment.attach'>> {
  const added = await alone({ state: 'storing', attachedId: attached.attachedId }, async (mine) => {
    const before = await store.read(async (db) => {
      await mustStandOn(db, attached, actor)
      return db.select().from(attachment).where(eq(attachment.id, attached.id))
    })
    const chosen = await openChosen(path)
    try {
      if (before[0]) return await sameAgain(store, before[0], attached, chosen, actor)
      return await stored(store, mine, attached, chosen, actor)
    } finally {
      await chosen.close()
    }
  })
  if (added === undefined) await auditEnd(store, attached, actor)
  return { added: added ?? null }
}

const auditEnd = (store: Store, { familyId, attachedId, id }: Attached, actor: Actor) =>
  store.write((tx) =>
    appendAudit(
      tx,
      {
        ...{ operation: 'attachment.attach', subjectIds: [familyId, attachedId, id] },
        ...{ result: 'failed', reason: 'cancelled' }
      },
      actor
    )
  )

async function sameAgain(
  store: Store,
  before: typeof attachment.$inferSelect,
  { familyId, attachedTo, attachedId }: Attached,
  chosen: ChosenFile,
  actor: Actor
): Promise<AttachmentRow> {
  const isSamePlace =
    before.familyId === familyId && before.attachedTo === attachedTo && before.attachedId === attachedId
  const hash = createHash('sha256')
  for await (const piece of chosen.pieces()) hash.update(piece)
  if (before.createdBy !== actor.id || !isSamePlace || before.sha256 !== hash.digest('hex'))
    refuse('clashing-id')
  return store.read((db) => fileRow(db, before.id))
}

async function stored(
  store: Store,
  mine: UnderWay,
  attached: Attached,
  chosen: ChosenFile,
  actor: Actor
): Promise<AttachmentRow> {
  const unfinished = await beginFile(store.files, attached.id)
  let isRowTried = false
  try {
    const pieces = told(mine, chosen.pieces(), chosen.size)
    const sha256 = await sealFile(store.files, attached, { pieces, size: chosen.size }, mine.abort.signal)
    isRowTried = true
    await store.write((tx) => insert(tx, attached, chosen, sha256, actor))
  } catch (error) {
    // where the commit itself failed the row may stand after all: the next opening sees which it is
    if (!isRowTried || error instanceof Refusal) await unfinished.remove()
    throw error
  }
  await unfinished.end()
  return store.read((db) => fileRow(db, attached.id))
}

async function insert(
  tx: Tx,
  attached: Attached,
  { name, mediaType, size }: ChosenFile,
  sha256: string,
  actor: Actor
): Promise<void> {
  const { hubId } = await mustStandOn(tx, attached, actor)
  await tx
    .insert(attachment)
    .values({ ...writtenBy(actor, hubId), ...attached, ...{ name, mediaType, size, sha256 } })
  const { familyId, attachedId, id } = attached
  await appendAudit(
    tx,
    {
      ...{ operation: 'attachment.attach', subjectIds: [familyId, attachedId, id] },
      ...{ result: 'done', reason: `size=${String(size)} sha256=${sha256}` }
    },
    actor
  )
}

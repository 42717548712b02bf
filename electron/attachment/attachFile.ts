import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import { placesOf, type Files } from '../../db/files.ts'
import type { Tx } from '../../db/open.ts'
import { attachment } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { AttachmentRow } from '../../shared/attachment/attachment.ts'
import { Refusal, refuse } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { syncFolder } from '../account/writeSafely.ts'
import { appendAudit } from '../audit/appendAudit.ts'
import { fileProblem } from '../call/exportFile.ts'
import { writtenBy } from '../family/written.ts'
import { openChosen, type ChosenFile } from './chosenFile.ts'
import { fileRow, mustStandOn } from './listFiles.ts'
import { keyOfFile, writeSealed } from './sealedFile.ts'
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
  const unfinished = await begin(store.files, attached.id)
  let isRowTried = false
  try {
    const sha256 = await sealed(store.files, mine, attached, chosen)
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

/** Says on the disk that a file is being stored, until it has its row or is gone. */
async function begin(files: Files, id: string) {
  const { whole, part, begun } = placesOf(files, id)
  return orSay(async () => {
    await mkdir(files.folder, { recursive: true, mode: 0o700 })
    if (existsSync(whole)) refuse('clashing-id')
    await (await open(begun, 'w', 0o600)).close()
    await syncFolder(files.folder)
    return {
      end: () => rm(begun),
      async remove() {
        for (const path of [part, whole, begun]) await rm(path, { force: true })
      }
    }
  })
}

/** The SHA-256 of the plain file, which lies sealed in its place by then. */
async function sealed(files: Files, mine: UnderWay, attached: Attached, chosen: ChosenFile): Promise<string> {
  const { whole, part } = placesOf(files, attached.id)
  const hash = createHash('sha256')
  await orSay(async () => {
    const file = await open(part, 'w', 0o600)
    try {
      const pieces = told(mine, hashed(chosen.pieces(), hash), chosen.size)
      await writeSealed(file, keyOfFile(files.key, attached), pieces, chosen.size)
    } finally {
      await file.close()
    }
    mine.abort.signal.throwIfAborted()
    await rename(part, whole)
    await syncFolder(files.folder)
  })
  return hash.digest('hex')
}

async function* hashed(
  pieces: AsyncIterable<Buffer>,
  hash: { update(piece: Buffer): unknown }
): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    hash.update(piece)
    yield piece
  }
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

/** What the operating system says of our own folder, as a person can act on it. */
async function orSay<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error
    const isFull = fileProblem(error) === 'file-disk-full'
    throw new Refusal({
      code: 'refused',
      reason: isFull ? 'attachment-disk-full' : 'attachment-not-stored'
    })
  }
}

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { placesOf, type Files } from '../../db/files.ts'
import { Refusal, refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { syncFolder } from '../account/writeSafely.ts'
import { fileProblem } from '../call/exportFile.ts'
import { keyOfFile, writeSealed, type Belonging } from './sealedFile.ts'

/** A file that is being stored. */
export interface Unfinished {
  /** Its row stands. */
  end: () => Promise<void>
  /** Nothing of it is left. */
  remove: () => Promise<void>
}

/**
 * Says on the disk that a file is being stored, until it has its row or is gone.
 *
 * @throws Refusal clashing-id, attachment-disk-full, attachment-not-stored
 */
export async function beginFile(files: Files, id: Id): Promise<Unfinished> {
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

/**
 * Writes a file that was begun sealed into its place.
 *
 * @param plain its pieces, in blocks, and how many bytes those are
 * @returns the SHA-256 of the plain file, hex
 * @throws Refusal attachment-disk-full, attachment-not-stored, what the pieces throw, and the signal's reason
 */
export async function sealFile(
  files: Files,
  belonging: Belonging,
  plain: { pieces: AsyncIterable<Buffer>; size: number },
  signal: AbortSignal
): Promise<string> {
  const { whole, part } = placesOf(files, belonging.id)
  const hash = createHash('sha256')
  await orSay(async () => {
    const file = await open(part, 'w', 0o600)
    try {
      await writeSealed(file, keyOfFile(files.key, belonging), hashed(plain.pieces, hash), plain.size)
    } finally {
      await file.close()
    }
    signal.throwIfAborted()
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

import { openAsBlob } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { LARGEST_FILE, type MediaType } from '../../shared/attachment/attachment.ts'
import { keptName } from '../../shared/attachment/fileName.ts'
import { Refusal, refuse } from '../../shared/errors.ts'
import { contentCheck, typeOf } from './fileContent.ts'
import { BLOCK } from './sealedFile.ts'

/** A file that a person chose to put on a record, open and looked at. */
export interface ChosenFile {
  name: string
  mediaType: MediaType
  /** Bytes. */
  size: number
  /** All of it, a block at a time; each is gone when the next is asked for. @throws Refusal attachment-type, attachment-macros, attachment-changed, … */
  pieces(): AsyncGenerator<Buffer>
  close(): Promise<void>
}

/**
 * Opens the file that main's dialog gave, where it may be put on a record.
 *
 * @throws Refusal attachment-not-read, attachment-empty, attachment-too-large, attachment-type, attachment-name,
 *   attachment-macros
 */
export async function openChosen(path: string): Promise<ChosenFile> {
  const file = await orNotRead(() => open(path, 'r'))
  try {
    const { size, isFile, changedAt } = await standing(file)
    if (!isFile) refuse('attachment-not-read')
    if (size === 0) refuse('attachment-empty')
    if (size > LARGEST_FILE) refuse('attachment-too-large')
    const name = keptName(basename(path))
    const mediaType = await orNotRead(async () => typeOf(await openAsBlob(path), name))
    return {
      ...{ name, mediaType, size },
      pieces: () => piecesOf(file, mediaType, { size, changedAt }),
      close: () => file.close()
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function* piecesOf(
  file: FileHandle,
  mediaType: MediaType,
  { size, changedAt }: { size: number; changedAt: number }
): AsyncGenerator<Buffer> {
  const check = contentCheck(mediaType)
  const room = Buffer.allocUnsafe(BLOCK)
  for (let at = 0; at < size;) {
    const piece = await orNotRead(() => pieceAt(file, at, room.subarray(0, Math.min(BLOCK, size - at))))
    at += piece.length
    check(piece, at === size)
    yield piece
  }
  // somebody else wrote into it since it was looked at: what was read may be half of each, or of no type that is taken
  const now = await standing(file)
  if (now.size !== size || now.changedAt !== changedAt) refuse('attachment-changed')
}

async function pieceAt(file: FileHandle, position: number, piece: Buffer): Promise<Buffer> {
  for (let at = 0; at < piece.length;) {
    const { bytesRead } = await file.read(piece, at, piece.length - at, position + at)
    if (bytesRead === 0) refuse('attachment-changed')
    at += bytesRead
  }
  return piece
}

const standing = (file: FileHandle) =>
  orNotRead(async () => {
    const found = await file.stat()
    return { size: found.size, isFile: found.isFile(), changedAt: found.mtimeMs }
  })

/** Whatever the system says of a file that is not ours, the person can only look at it or choose another. */
async function orNotRead<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal({ code: 'refused', reason: 'attachment-not-read' })
  }
}

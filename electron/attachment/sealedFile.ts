import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, type KeyObject } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import type { AttachedTo } from '../../shared/attachment/attachment.ts'
import { refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'

/** Bytes of a plain file that are sealed at once. */
export const CHUNK = 262_144
/** Bytes that are read, sealed and written in one turn. */
export const BLOCK = 4 * CHUNK
const TAG = 16
const SEALED_BLOCK = 4 * (CHUNK + TAG)
/** Says what it is, and in which version of the format. */
const MARK = Buffer.from('FFDF\x01', 'latin1')
const PREFIX = 7
const HEADER = MARK.length + PREFIX
const CIPHER = 'aes-256-gcm'

/** What a file belongs to. */
export interface Belonging {
  id: Id
  familyId: Id
  attachedTo: AttachedTo
  attachedId: Id
}

/** 32 bytes that open this file in its own place and nowhere else: put under another record, it does not open. */
export const keyOfFile = (dataKey: KeyObject, { id, familyId, attachedTo, attachedId }: Belonging) =>
  new Uint8Array(hkdfSync('sha256', dataKey, id, `attachment ${familyId} ${attachedTo} ${attachedId}`, 32))

/**
 * The construction STREAM: the nonce of a chunk holds a random prefix, its number and whether it is the last, so that
 * none can be left out, turned about, added or taken from the end.
 */
function nonceOf(prefix: Uint8Array, chunk: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(PREFIX + 5)
  nonce.set(prefix)
  nonce.writeUInt32BE(chunk, PREFIX)
  nonce[PREFIX + 4] = isLast ? 1 : 0
  return nonce
}

/**
 * Writes a file sealed, and to the disk.
 *
 * @param file a new one, open for writing
 * @param plain all of it, in blocks of which the last may be shorter
 * @param size how many bytes those are
 */
export async function writeSealed(
  file: FileHandle,
  key: Uint8Array,
  plain: AsyncIterable<Buffer>,
  size: number
): Promise<void> {
  const header = Buffer.concat([MARK, randomBytes(PREFIX)])
  await writeAll(file, header)
  const sealed = Buffer.allocUnsafe(SEALED_BLOCK)
  let chunk = 0
  let done = 0
  for await (const block of plain) {
    let length = 0
    for (let at = 0; at < block.length; at += CHUNK) {
      const bytes = block.subarray(at, at + CHUNK)
      done += bytes.length
      const nonce = nonceOf(header.subarray(MARK.length), chunk, done === size)
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(header)
      length += cipher.update(bytes).copy(sealed, length)
      cipher.final()
      length += cipher.getAuthTag().copy(sealed, length)
      chunk += 1
    }
    await writeAll(file, sealed.subarray(0, length))
  }
  await file.sync()
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten
}

/**
 * The plain bytes of a sealed file, each chunk only once it has been proved to be what was written, in its place.
 *
 * @throws Refusal attachment-missing, attachment-damaged
 */
export async function* readSealed(path: string, key: Uint8Array): AsyncGenerator<Buffer> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? refuse('attachment-missing') : Promise.reject(error)
  )
  try {
    const { size } = await file.stat()
    const header = await readAll(file, Buffer.alloc(HEADER))
    // cut off before its first chunk
    if (!header.subarray(0, MARK.length).equals(MARK) || size === HEADER) refuse('attachment-damaged')
    const room = Buffer.allocUnsafe(SEALED_BLOCK)
    let chunk = 0
    for (let at = HEADER; at < size;) {
      const block = await readAll(file, room.subarray(0, Math.min(SEALED_BLOCK, size - at)))
      for (let from = 0; from < block.length; from += CHUNK + TAG) {
        const sealed = block.subarray(from, from + CHUNK + TAG)
        at += sealed.length
        yield unsealed(sealed, key, header, chunk, at === size)
        chunk += 1
      }
    }
  } finally {
    await file.close()
  }
}

function unsealed(sealed: Buffer, key: Uint8Array, header: Buffer, chunk: number, isLast: boolean): Buffer {
  if (sealed.length < TAG) refuse('attachment-damaged')
  const end = sealed.length - TAG
  const nonce = nonceOf(header.subarray(MARK.length), chunk, isLast)
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG }).setAAD(header)
  decipher.setAuthTag(sealed.subarray(end))
  const plain = decipher.update(sealed.subarray(0, end))
  try {
    decipher.final()
  } catch {
    refuse('attachment-damaged')
  }
  return plain
}

/** Filled from where the file stands. One that ends before is no longer what it was. */
async function readAll(file: FileHandle, bytes: Buffer): Promise<Buffer> {
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await file.read(bytes, at)
    if (bytesRead === 0) refuse('attachment-damaged')
    at += bytesRead
  }
  return bytes
}

import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { KeyFileError } from './keyFileFormat.ts'
import type { KeyFile, PersonSlot, RecoverySlot, Wrapped } from './keyFileFormat.ts'

type Binding = Pick<KeyFile, 'version' | 'fileId'>
type Bound = Pick<PersonSlot, 'id' | 'kind' | 'accountId' | 'mustChange'> | Pick<RecoverySlot, 'id' | 'kind'>

/** What must be unchanged for a slot to open: nothing in it can be edited, or moved to another slot or file. */
const boundTo = (file: Binding, slot: Bound): Buffer =>
  Buffer.from(
    JSON.stringify([
      'families-first-desk key slot',
      file.version,
      file.fileId,
      slot.kind,
      slot.id,
      slot.kind === 'person' ? [slot.accountId, slot.mustChange] : []
    ])
  )

/** AES-256-GCM. The wrapping key is overwritten: each is used once. */
export function wrap(file: Binding, slot: Bound, wrappingKey: Uint8Array, dataKey: Uint8Array): Wrapped {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, iv, { authTagLength: 16 })
  cipher.setAAD(boundTo(file, slot))
  const ciphertext = Buffer.concat([cipher.update(dataKey), cipher.final()])
  wipe(wrappingKey)
  const base64 = (bytes: Buffer) => bytes.toString('base64')
  return { iv: base64(iv), ciphertext: base64(ciphertext), tag: base64(cipher.getAuthTag()) }
}

/** The data key, or undefined when the wrapping key is wrong or anything in the slot was changed. */
export function unwrap(
  file: Binding,
  slot: PersonSlot | RecoverySlot,
  wrappingKey: Uint8Array
): Uint8Array | undefined {
  const { iv, ciphertext, tag } = slot.wrapped
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey, Buffer.from(iv, 'base64'), {
    authTagLength: 16
  })
  decipher.setAAD(boundTo(file, slot))
  decipher.setAuthTag(Buffer.from(tag, 'base64'))
  wipe(wrappingKey)
  const opened = decipher.update(Buffer.from(ciphertext, 'base64'))
  try {
    decipher.final()
    // its own buffer, so that it can be handed to a thread without what lies beside it
    return Uint8Array.from(opened)
  } catch {
    return undefined
  } finally {
    wipe(opened)
  }
}

export const checkOf = (fileId: string, dataKey: Uint8Array): Buffer =>
  createHmac('sha256', dataKey).update(`families-first-desk data key check ${fileId}`).digest()

/** Locking overwrites the data key at any moment: noughts must never be wrapped in its place. */
export function assertDataKey(file: Pick<KeyFile, 'fileId' | 'dataKeyCheck'>, dataKey: Uint8Array): void {
  const expected = Buffer.from(file.dataKeyCheck, 'base64')
  if (!timingSafeEqual(checkOf(file.fileId, dataKey), expected)) throw new KeyFileError('wrong-data-key')
}

export function wipe(buffer: Uint8Array): void {
  buffer.fill(0)
}

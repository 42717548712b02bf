import { hkdfSync, randomBytes } from 'node:crypto'
import { toCrockford } from '../../shared/account/crockford.ts'
import { formatOneTimePassphrase } from '../../shared/account/oneTimePassphrase.ts'
import type { RecoverySlot } from './keyFileFormat.ts'

/** 160 random bits as 32 characters; `formatRecoveryKey` puts in the dashes. */
export const newRecoveryKey = (): string => toCrockford(randomBytes(20))

/** 160 random bits need no stretching: HKDF only makes a key of the right length, bound to its use. */
export function recoveryWrappingKey(recoveryKey: string, { salt }: RecoverySlot['kdf']): Uint8Array {
  const use = 'families-first-desk recovery key'
  return new Uint8Array(hkdfSync('sha256', recoveryKey, Buffer.from(salt, 'base64'), use, 32))
}

/** 100 random bits in five groups of four, easy to read out. */
export const newOneTimePassphrase = (): string =>
  formatOneTimePassphrase(toCrockford(randomBytes(15)).slice(0, 20))

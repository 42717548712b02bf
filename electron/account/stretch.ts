import { Worker } from 'node:worker_threads'
import { deskCosts, type Argon2idKdf, type Costs } from './keyFileFormat.ts'

export type Stretch = (secret: string, kdf: Argon2idKdf) => Promise<Uint8Array>

/** How slots are opened and made. */
export interface Stretching {
  stretch: Stretch
  /** For new slots; a slot that is opened says its own. */
  costs: Costs
}

export interface StretchRequest {
  secret: Uint8Array
  salt: Uint8Array
  memoryKiB: number
  passes: number
}

/** `thread` is where the build put keyThread.ts. */
export const stretchingIn = (thread: URL, costs: Costs = deskCosts): Stretching => ({
  stretch: (secret, kdf) => stretchIn(thread, secret, kdf),
  costs
})

/** A thread for each key, ended with it, so that no memory which held the passphrase stays in use. */
function stretchIn(thread: URL, text: string, { salt, memoryKiB, passes }: Argon2idKdf): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread, { execArgv: [], env: {} })
    // not Buffer.from: its shared pool would keep a copy. hash-wasm refuses an empty text, which nobody's secret is
    const secret = new TextEncoder().encode(text || '\0')
    const request: StretchRequest = {
      secret,
      salt: Uint8Array.from(Buffer.from(salt, 'base64')),
      memoryKiB,
      passes
    }
    worker.once('message', (key: Uint8Array) => {
      resolve(key)
      void worker.terminate()
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      reject(new Error('The key thread ended without an answer'))
    })
    worker.postMessage(request, [secret.buffer])
  })
}

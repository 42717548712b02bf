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

/** Milliseconds after which a thread that has not answered is given a second one beside it. */
const PATIENCE = 4_000
/** A thread that stands still is seldom: three in a row never were. */
const MOST_THREADS = 3

/** `thread` is where the build put keyThread.ts. */
export const stretchingIn = (
  thread: URL,
  costs: Costs = deskCosts,
  patience: number = PATIENCE
): Stretching => ({
  stretch: (secret, kdf) => stretchIn(thread, secret, kdf, patience),
  costs
})

/**
 * A thread for each key, ended with it, so that no memory which held the passphrase stays in use. On a busy computer one in
 * some hundred stands still before it has begun, and nobody may wait at the door for ever: after `patience` another is begun
 * beside it, and the first answer counts.
 */
function stretchIn(thread: URL, text: string, kdf: Argon2idKdf, patience: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const threads: Worker[] = []
    let waiting: NodeJS.Timeout | undefined
    const end = () => {
      clearTimeout(waiting)
      for (const each of threads) void each.terminate()
    }
    const begin = () => {
      const worker = new Worker(thread, { execArgv: [], env: {} })
      threads.push(worker)
      worker.once('message', (key: Uint8Array) => {
        resolve(key)
        end()
      })
      worker.once('error', (error: Error) => {
        reject(error)
        end()
      })
      worker.once('exit', () => {
        reject(new Error('The key thread ended without an answer'))
        end()
      })
      if (threads.length < MOST_THREADS) waiting = setTimeout(begin, patience)
      ask(worker, text, kdf)
    }
    begin()
  })
}

function ask(worker: Worker, text: string, { salt, memoryKiB, passes }: Argon2idKdf): void {
  // not Buffer.from: its shared pool would keep a copy. hash-wasm refuses an empty text, which nobody's secret is
  const secret = new TextEncoder().encode(text || '\0')
  const request: StretchRequest = {
    secret,
    salt: Uint8Array.from(Buffer.from(salt, 'base64')),
    memoryKiB,
    passes
  }
  worker.postMessage(request, [secret.buffer])
}

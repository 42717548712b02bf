import { parentPort } from 'node:worker_threads'
import { argon2id } from 'hash-wasm'
import type { StretchRequest } from './stretch.ts'

/** One request, one key. What fails here ends the thread, which the caller sees as an error. */
async function answer({ secret, salt, memoryKiB, passes }: StretchRequest): Promise<void> {
  const derived = await argon2id({
    password: secret,
    salt,
    memorySize: memoryKiB,
    iterations: passes,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary'
  })
  secret.fill(0)
  const key = Uint8Array.from(derived)
  derived.fill(0)
  parentPort?.postMessage(key, [key.buffer])
}

parentPort?.once('message', (request: StretchRequest) => void answer(request))

import { Worker } from 'node:worker_threads'
import type { PaperPart } from './blocks.ts'

/** Sets a part of an export as a Word document. */
export type MakeWord = (part: PaperPart) => Promise<Uint8Array>

/**
 * Setting 2,000 notes takes a second in one piece, in which nobody who types may wait: a thread for each part, ended with
 * it. `thread` is where the build put wordThread.ts.
 */
export const makingWordIn =
  (thread: URL): MakeWord =>
  (part) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(thread, { execArgv: [], env: {} })
      worker.once('message', (word: Uint8Array) => {
        resolve(word)
        void worker.terminate()
      })
      worker.once('error', reject)
      worker.once('exit', () => {
        reject(new Error('The thread that sets Word documents ended without an answer'))
      })
      worker.postMessage(part)
    })

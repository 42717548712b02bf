import { parentPort } from 'node:worker_threads'
import { asWord } from './asWord.ts'
import type { PaperPart } from './blocks.ts'

/** One part, one document. What fails here ends the thread, which the caller sees as an error. */
async function answer(part: PaperPart): Promise<void> {
  const word = Uint8Array.from(await asWord(part))
  parentPort?.postMessage(word, [word.buffer])
}

parentPort?.once('message', (part: PaperPart) => void answer(part))

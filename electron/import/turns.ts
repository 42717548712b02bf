import { setImmediate as turn } from 'node:timers/promises'

/** Whoever types meanwhile waits for no more than this. */
const TURN_EVERY_MS = 20

/** To be awaited between two pieces of long work: now and then others have their turn, and it can be stopped there. */
export function takeTurns(signal: AbortSignal): () => Promise<void> {
  let turned = performance.now()
  return async () => {
    if (performance.now() - turned < TURN_EVERY_MS) return
    await turn()
    signal.throwIfAborted()
    turned = performance.now()
  }
}

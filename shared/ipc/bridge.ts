import type { Hub } from './contract.ts'

/** Everything that the preload puts on the page's `window.hub`. */
export type Bridge = Hub & {
  /** Called before the desk locks or closes: save what is typed, then resolve, or reject where it
   * cannot be saved. The latest callback counts. */
  onFlush(callback: () => Promise<void>): void
}

/** Main asks the page to save; the page answers whether it could. */
export const flushChannels = { ask: 'flush', done: 'flushed' } as const

import { setImmediate as turn } from 'node:timers/promises'
import type { FileProgress } from '../../shared/attachment/attachment.ts'
import { refuse } from '../../shared/errors.ts'

type Running = Exclude<FileProgress, { state: 'idle' }>

/** A file that is stored or saved. */
export interface UnderWay {
  progress: Running
  abort: AbortController
  /** Resolved when nothing of it is at work any more. */
  ended: Promise<unknown>
}

/** At most one, in this thread's memory. */
let current: UnderWay | undefined

export async function fileProgress(): Promise<FileProgress> {
  return current?.progress ?? { state: 'idle' }
}

/** Ends what is under way; nothing of it is left. */
export async function cancelFile(): Promise<null> {
  current?.abort.abort()
  return null
}

/** Ends what is under way, and waits until nothing of it is left: the desk is being locked. */
export async function endFile(): Promise<void> {
  current?.abort.abort()
  await current?.ended
}

/**
 * Runs the one piece of work with a file that there may be.
 *
 * @returns undefined where it was cancelled
 * @throws Refusal attachment-busy, and what the work throws
 */
export async function alone<T>(
  start: Pick<Running, 'state' | 'attachedId'>,
  work: (mine: UnderWay) => Promise<T>
): Promise<T | undefined> {
  if (current) refuse('attachment-busy')
  const mine: UnderWay = {
    ...{ progress: { ...start, done: 0, total: 0 }, abort: new AbortController() },
    ended: Promise.resolve()
  }
  current = mine
  try {
    const going = work(mine)
    mine.ended = going.catch(() => undefined)
    return await going
  } catch (error) {
    if (mine.abort.signal.aborted && error === mine.abort.signal.reason) return undefined
    throw error
  } finally {
    current = undefined
  }
}

/** The same pieces, while progress is told, Cancel is heard and whoever types does not wait. */
export async function* told(
  mine: UnderWay,
  pieces: AsyncIterable<Buffer>,
  total: number
): AsyncGenerator<Buffer> {
  mine.progress = { ...mine.progress, total }
  for await (const piece of pieces) {
    await turn()
    mine.abort.signal.throwIfAborted()
    yield piece
    mine.progress = { ...mine.progress, done: mine.progress.done + piece.length }
  }
}

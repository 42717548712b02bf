import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { OpeningStep } from '../../shared/account/account.ts'
import { CannotOpen } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Result } from '../../shared/errors.ts'
import type { LogFields } from '../shell/redact.ts'
import type { FromDatabase, RecordName, ToDatabase } from './databaseMessages.ts'

/** The record as main sees it: another thread that answers. */
export interface Database {
  /** What the page asked for. */
  run(name: string, input: unknown, actor: Actor): Promise<Result<unknown>>
  /** What main writes itself. */
  record(name: RecordName, input: unknown, actor: Actor): Promise<Result<unknown>>
  /** Waits for what is under way, at most two seconds, and ends the thread: the key goes with it. */
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** The thread's built file. */
  thread: URL
  file: string
  /** Stays the caller's; the thread gets a copy and overwrites it. */
  key: Uint8Array
  migrationsFolder: string
  nativeBinding: string | undefined
  onStep?: (step: OpeningStep) => unknown
  onRefused: (reason: string, fault: LogFields) => void
  onFault: (operation: string, reference: string, fault: LogFields) => void
  /** The thread ended by itself: what was asked is unanswered and the desk has to be unlocked again. */
  onLost: () => void
}

const CLOSING_MS = 2_000

/** @throws CannotOpen, or an error without details where the thread could not start */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { thread, file, key, migrationsFolder, nativeBinding } = options
  const worker = new Worker(thread, { execArgv: [], env: {} })
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  let closing = false
  let calls = 0
  const say = (message: ToDatabase, transfer: ArrayBuffer[] = []): void =>
    worker.postMessage(message, transfer)

  const opened = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromDatabase) => {
      switch (message.kind) {
        case 'step':
          return options.onStep?.(message.step)
        case 'opened':
          return resolve()
        case 'not-opened':
          options.onRefused(message.problem, message.fault)
          return reject(message.problem === 'fault' ? new Error('fault') : new CannotOpen(message.problem))
        case 'fault':
          return options.onFault(message.operation, message.reference, message.fault)
        case 'answer':
          waiting.get(message.call)?.(message.result)
          waiting.delete(message.call)
      }
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      reject(new Error('The database thread ended'))
      for (const answer of waiting.values()) answer({ ok: false, error: { code: 'locked' } })
      waiting.clear()
      const isLost = !closing
      // a thread that is gone answers nothing and ends no second time: nobody must wait for either
      closing = true
      if (isLost) options.onLost()
    })
  })

  const copy = Uint8Array.from(key)
  say({ kind: 'open', key: copy, file, migrationsFolder, nativeBinding }, [copy.buffer])
  try {
    await opened
  } catch (error) {
    closing = true
    await worker.terminate()
    throw error
  }

  const ask = (message: (call: number) => ToDatabase): Promise<Result<unknown>> =>
    new Promise((resolve) => {
      if (closing) return resolve({ ok: false, error: { code: 'locked' } })
      calls += 1
      waiting.set(calls, resolve)
      say(message(calls))
    })

  return {
    run: (name, input, actor) => ask((call) => ({ kind: 'run', call, name, input, actor })),
    record: (name, input, actor) => ask((call) => ({ kind: 'record', call, name, input, actor })),
    async close() {
      if (closing) return
      closing = true
      const ended = once(worker, 'exit')
      say({ kind: 'close' })
      const late = setTimeout(() => void worker.terminate(), CLOSING_MS)
      await ended
      clearTimeout(late)
    }
  }
}

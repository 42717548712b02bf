import { randomBytes } from 'node:crypto'
import type { App } from 'electron'
import type { Log } from './log.ts'

/** What a person reads out on the telephone, and what the log line carries. */
export const newReference = (): string => randomBytes(3).toString('hex').toUpperCase()

/**
 * Whatever nobody caught ends in the log, without its message. After an uncaught exception main's state is not to be
 * trusted with a key in it, so the desk closes; what was typed is saved within the second and comes back. So it does where
 * starting fails, for which the answer is given: without a window nobody would see that it had.
 */
export function catchFaults(
  app: App,
  log: Log,
  closeTheDesk: (reference: string) => void
): (error: unknown) => void {
  const end = (error: unknown): void => {
    const reference = newReference()
    log.fault('uncaught-exception', error, { reference })
    closeTheDesk(reference)
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', (reason) => {
    log.fault('unhandled-rejection', reason, { reference: newReference() })
  })
  app.on('child-process-gone', (_, { reason }) => log.event('process-gone', { reason }))
  app.on('render-process-gone', (_, _contents, { reason }) => log.event('page-gone', { reason }))
  return end
}

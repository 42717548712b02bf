import { setFlagsFromString } from 'node:v8'
import type { App } from 'electron'

/**
 * What the runtime must know before anything starts: the desk speaks British English, whatever the computer's language,
 * so that dates have the day first.
 *
 * Node 20, which the trial runtime has, can wait for ever when a thread ends while V8 compiles in the background
 * (nodejs/node#54918); locking ends the database thread. Later Nodes do not.
 */
export function settleRuntime(app: App, nodeVersion = process.versions.node): void {
  app.commandLine.appendSwitch('lang', 'en-GB')
  if (Number.parseInt(nodeVersion, 10) < 22) setFlagsFromString('--no-concurrent-recompilation')
}

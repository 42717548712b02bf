import { url as debuggerAddress } from 'node:inspector'
import { setFlagsFromString } from 'node:v8'
import type { App } from 'electron'

/**
 * What the runtime must know before anything starts.
 *
 * The desk speaks British English, whatever the computer's language, so that dates have the day first.
 *
 * In a build nobody drives the page from outside, whatever a shortcut's arguments say. (Where main itself is being
 * debugged, which the fuse of a build forbids, this changes nothing.)
 *
 * Node can wait for ever when a thread ends while V8 compiles in the background (nodejs/node#54918), and locking ends
 * the database thread: so main compiles in the foreground.
 */
export function settleRuntime(app: App): void {
  app.commandLine.appendSwitch('lang', 'en-GB')
  if (app.isPackaged && debuggerAddress() === undefined) {
    for (const door of ['remote-debugging-port', 'remote-debugging-pipe']) app.commandLine.removeSwitch(door)
  }
  setFlagsFromString('--no-concurrent-recompilation')
}

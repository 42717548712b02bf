import type { App } from 'electron'

/**
 * Every page in the operating system's sandbox, whatever a shortcut's arguments say. Two exceptions: Chromium cannot
 * sandbox for root, and a test runner may have no right to make the namespaces it needs.
 * https://www.electronjs.org/docs/latest/tutorial/security#4-enable-process-sandboxing
 */
export function enableSandbox(app: App): void {
  const isRoot = process.getuid?.() === 0
  const mayDoWithout = isRoot || !app.isPackaged
  if (mayDoWithout && app.commandLine.hasSwitch('no-sandbox')) return
  app.enableSandbox()
}

import type { App, BrowserWindow } from 'electron'

/**
 * One desk for each user-data folder: two would race for one database. A second start brings the first to the front
 * and ends. Call it once the user-data folder is settled, because the lock lies in it.
 */
export function isOnlyInstance(app: App, theWindow: () => BrowserWindow | undefined): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', () => {
    const window = theWindow()
    if (window === undefined) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  })
  return true
}

import { ipcMain, type BrowserWindow } from 'electron'
import { flushChannels } from '../../shared/ipc/bridge.ts'

const PATIENCE_MS = 1_000

/** Asks the page to save what is typed. True when it has; false when it could not, or not within a second. */
export function flushPage(window: BrowserWindow | undefined): Promise<boolean> {
  if (!window || window.isDestroyed() || window.webContents.isCrashed()) return Promise.resolve(false)
  return new Promise((resolve) => {
    const done = (saved: boolean): void => {
      ipcMain.off(flushChannels.done, answered)
      clearTimeout(late)
      resolve(saved)
    }
    const answered = (event: { sender: { id: number } }, saved: unknown): void => {
      if (event.sender.id === window.webContents.id) done(saved === true)
    }
    const late = setTimeout(() => done(false), PATIENCE_MS)
    ipcMain.on(flushChannels.done, answered)
    window.webContents.send(flushChannels.ask)
  })
}

/**
 * Closing waits for the save. Where something cannot be saved the window stays, and the page asks: "Copy what I
 * typed", or "Close and lose it", which closes it by an operation.
 */
export function flushOnClose(window: BrowserWindow, isOpen: () => boolean, leave: () => Promise<void>): void {
  window.on('close', (event) => {
    if (!isOpen()) return
    event.preventDefault()
    void flushPage(window).then(async (saved) => {
      if (saved || window.webContents.isCrashed()) await leave()
    })
  })
}

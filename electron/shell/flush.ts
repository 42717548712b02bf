import { ipcMain, type BrowserWindow } from 'electron'
import { flushChannels } from '../../shared/ipc/bridge.ts'

const PATIENCE_MS = 1_000

type Flushed = 'saved' | 'not-saved' | 'no-answer'

/** Asks the page to save what is typed, and waits a second for its answer. */
export function flushPage(window: BrowserWindow | undefined): Promise<Flushed> {
  if (!window || window.isDestroyed() || window.webContents.isCrashed()) return Promise.resolve('no-answer')
  return new Promise((resolve) => {
    const done = (flushed: Flushed): void => {
      ipcMain.off(flushChannels.done, answered)
      clearTimeout(late)
      resolve(flushed)
    }
    const answered = (event: { sender: { id: number } }, saved: unknown): void => {
      if (event.sender.id === window.webContents.id) done(saved === true ? 'saved' : 'not-saved')
    }
    const late = setTimeout(() => done('no-answer'), PATIENCE_MS)
    ipcMain.on(flushChannels.done, answered)
    window.webContents.send(flushChannels.ask)
  })
}

/**
 * Closing waits for the save. Where something cannot be saved the window stays, and the page asks: "Copy what I
 * typed", or "Close and lose it", which closes it by an operation. A page that answers nothing hangs, and can be closed:
 * what was typed was saved within the second.
 */
export function flushOnClose(window: BrowserWindow, isOpen: () => boolean, leave: () => Promise<void>): void {
  window.on('close', (event) => {
    if (!isOpen()) return
    event.preventDefault()
    void flushPage(window).then(async (flushed) => {
      if (flushed !== 'not-saved') await leave()
    })
  })
}

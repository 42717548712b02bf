import { join } from 'node:path'
import { BrowserWindow, Menu, nativeTheme, session, type WebPreferences } from 'electron'
import { menuTemplate } from './menu.ts'
import { isOurPage, startPage } from './page.ts'
import { servePage } from './protocol.ts'
import { keepZoom } from './zoom.ts'

export const title = 'Families First Desk'

/** In memory: nothing that Chromium keeps for the page (cache, storage, form data) reaches the disk. */
const partition = 'desk'

export interface WindowOptions {
  preload: string
  /** The folder of the built page. */
  pageRoot: string
  userData: string
  isPackaged: boolean
  devServer: string | undefined
}

/**
 * https://www.electronjs.org/docs/latest/tutorial/security#2-do-not-enable-nodejs-integration-for-remote-content
 * https://www.electronjs.org/docs/latest/tutorial/security#3-enable-context-isolation
 * https://www.electronjs.org/docs/latest/tutorial/security#4-enable-process-sandboxing
 */
export function webPreferences(preload: string, isPackaged: boolean): WebPreferences {
  return {
    preload,
    partition,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: !isPackaged,
    // a minimised desk still saves drafts and counts the call's time
    backgroundThrottling: false
  }
}

export function openWindow({
  preload,
  pageRoot,
  userData,
  isPackaged,
  devServer
}: WindowOptions): BrowserWindow {
  if (devServer === undefined) servePage(session.fromPartition(partition), pageRoot)
  const window = new BrowserWindow({
    title,
    width: 1280,
    height: 800,
    minWidth: 800,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#12161b' : '#ffffff',
    webPreferences: webPreferences(preload, isPackaged)
  })
  // a page's title may hold a name, and the taskbar shows it to the whole office
  window.on('page-title-updated', (event) => event.preventDefault())
  window.once('ready-to-show', () => window.show())
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(menuTemplate(keepZoom(window, join(userData, 'zoom')), process.platform))
  )
  comeBackAfterACrash(window)
  const load = (): void => void window.loadURL(devServer ?? startPage)
  // `about:blank` is the one address that no will-navigate is asked about
  window.webContents.on('did-navigate', (_, url) => {
    if (!isOurPage(url, devServer)) load()
  })
  load()
  return window
}

const CRASH_LOOP_MS = 10_000

/** A dead page is loaded again, once in ten seconds: the person finds the desk, not an empty window. */
function comeBackAfterACrash(window: BrowserWindow): void {
  let last = -Infinity
  window.webContents.on('render-process-gone', (_, { reason }) => {
    const isLoop = performance.now() - last < CRASH_LOOP_MS
    last = performance.now()
    if (reason !== 'clean-exit' && !isLoop) window.webContents.reload()
  })
}

/** The screen left out of recordings and shared screens, where the system can (Windows, macOS). A setting. */
export function hideFromRecordings(window: BrowserWindow, hidden: boolean): void {
  window.setContentProtection(hidden)
}

import { join } from 'node:path'
import { app, dialog, powerMonitor, protocol, type BrowserWindow } from 'electron'
import { settleDesk } from './account/deskFile.ts'
import { lock, startSession, type Desk } from './account/session.ts'
import { stretchingIn } from './account/stretch.ts'
import { makingWordIn } from './export/makeWord.ts'
import { listen } from './ipc/listen.ts'
import { startClock } from './shell/clock.ts'
import { askForFile, askWhereToSave } from './shell/file.ts'
import { catchFaults } from './shell/faults.ts'
import { flushOnClose, flushPage } from './shell/flush.ts'
import { isOnlyInstance } from './shell/instance.ts'
import { openLink } from './shell/links.ts'
import { openLog, type Log } from './shell/log.ts'
import { lockNavigation } from './shell/navigation.ts'
import { blockNetwork, silenceChromium } from './shell/network.ts'
import { devServerAddress } from './shell/page.ts'
import { denyPermissions } from './shell/permissions.ts'
import { printPdf, stopPrinting } from './shell/print.ts'
import { registerScheme } from './shell/protocol.ts'
import { settleRuntime } from './shell/runtime.ts'
import { enableSandbox } from './shell/sandbox.ts'
import { readTrial } from './shell/trial.ts'
import { settleUserData } from './shell/userData.ts'
import { hideFromRecordings, openWindow, title } from './shell/window.ts'

let window: BrowserWindow | undefined

settleRuntime(app)
const { isPackaged } = app
const userData = settleUserData(app)

if (isOnlyInstance(app, () => window)) prepare()
else app.quit()

/** What must be settled before Chromium is ready. */
function prepare(): void {
  const devServer = devServerAddress(isPackaged, process.env)
  const log = openLog(userData)
  const end = catchFaults(app, log, closeTheDesk)
  enableSandbox(app)
  silenceChromium(app.commandLine, devServer)
  registerScheme(protocol)
  denyPermissions(app)
  lockNavigation(app, openLink, devServer)
  blockNetwork(app, devServer)
  app.on('window-all-closed', () => app.quit())
  // not awaited: Electron becomes ready only after this module has run
  void app
    .whenReady()
    .then(() => start(log, devServer))
    .catch(end)
}

async function start(log: Log, devServer: string | undefined): Promise<void> {
  const { isTrial, nativeBinding } = readTrial({
    isPackaged,
    resourcesPath: process.resourcesPath,
    env: process.env
  })
  const desk: Desk = startSession({
    userData,
    migrationsFolder: join(app.getAppPath(), 'db/migrations'),
    databaseThread: new URL('./database.js', import.meta.url),
    stretching: stretchingIn(new URL('./key.js', import.meta.url)),
    nativeBinding,
    trial: isTrial,
    desk: await settleDesk(userData),
    now: startClock(process.argv, isPackaged),
    log,
    flush: () => flushPage(window).then(() => undefined),
    replacePage: () => window?.webContents.reload(),
    hideFromRecordings: (hidden) => window && hideFromRecordings(window, hidden),
    closeWindow: () => void leave(desk),
    chooseFile: (question) => askForFile(window, question),
    chooseSavePath: (question) => askWhereToSave(window, question),
    makeWord: makingWordIn(new URL('./word.js', import.meta.url)),
    printPdf,
    stopPrinting
  })
  listen(desk, () => window, devServer)
  window = openWindow({
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    pageRoot: join(import.meta.dirname, '../renderer'),
    userData,
    isPackaged,
    devServer
  })
  window.on('closed', () => (window = undefined))
  flushOnClose(
    window,
    () => desk.state.stage === 'open',
    () => leave(desk)
  )
  lockWhenLeft(desk)
  log.event('app-started', { version: `v${app.getVersion()}` })
}

function lockWhenLeft(desk: Desk): void {
  powerMonitor.on('lock-screen', () => void lock(desk))
  powerMonitor.on('suspend', () => void lock(desk))
}

/** Locks first, so that the trail says when the person went. */
async function leave(desk: Desk): Promise<void> {
  await lock(desk)
  window?.destroy()
}

function closeTheDesk(reference: string): void {
  dialog.showErrorBox(
    `${title} has to close`,
    `Something went wrong. What you typed is saved. Open the desk again, and tell whoever looks after it this reference: ${reference}.`
  )
  app.exit(1)
}

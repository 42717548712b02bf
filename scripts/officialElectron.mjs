import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { cacheFolder, inProject, installedVersion, workFolder } from './places.mjs'

const SILENCE_MS = 10_000

const executable =
  process.platform === 'win32'
    ? 'electron.exe'
    : process.platform === 'darwin'
      ? 'Electron.app/Contents/MacOS/Electron'
      : 'electron'

const cached = () =>
  path.join(cacheFolder(), `electron-${installedVersion('electron')}-${process.platform}-${process.arch}`)

/** @returns {string | undefined} the official executable, if this machine has it already */
export function findOfficialElectron() {
  const version = installedVersion('electron')
  return [inProject('node_modules', 'electron', 'dist'), cached()]
    .filter((folder) => {
      const file = path.join(folder, 'version')
      return existsSync(file) && readFileSync(file, 'utf8').trim().replace(/^v/, '') === version
    })
    .map((folder) => path.join(folder, executable))
    .find((file) => existsSync(file))
}

/**
 * Downloads by the package's own list of checksums. A download that says nothing for ten seconds is given up.
 * @param {(detail: string) => void} say
 * @returns {Promise<string>} the executable
 */
export async function downloadOfficialElectron(say) {
  const version = installedVersion('electron')
  const require = createRequire(inProject('node_modules', 'electron', 'package.json'))
  // what the electron package itself downloads and unpacks with
  const load = (/** @type {string} */ name) =>
    /** @type {Promise<unknown>} */ (import(pathToFileURL(require.resolve(name)).href))
  const { downloadArtifact } = /** @type {typeof import('@electron/get')} */ (await load('@electron/get'))
  const { extract } = /** @type {typeof import('@electron-internal/extract-zip')} */ (
    await load('@electron-internal/extract-zip')
  )

  const work = workFolder()
  const silence = new AbortController()
  const giveUp = () => silence.abort(new Error(`no answer for ${SILENCE_MS / 1000} s`))
  let timer = setTimeout(giveUp, SILENCE_MS)
  try {
    say(`downloading ${version}`)
    const zip = await downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: /** @type {Record<string, string>} */ (require('electron/checksums.json')),
      cacheRoot: path.join(work, 'zip'),
      tempDirectory: work,
      downloadOptions: {
        quiet: true,
        signal: silence.signal,
        getProgressCallback: (/** @type {{ percent: number }} */ { percent }) => {
          clearTimeout(timer)
          timer = setTimeout(giveUp, SILENCE_MS)
          say(`downloading ${version}, ${Math.round(percent * 100)} %`)
        }
      }
    })
    clearTimeout(timer)
    say('unpacking')
    await extract(zip, { dir: path.join(work, 'dist') })
    rmSync(cached(), { recursive: true, force: true })
    renameSync(path.join(work, 'dist'), cached())
    return path.join(cached(), executable)
  } finally {
    clearTimeout(timer)
    rmSync(work, { recursive: true, force: true })
  }
}

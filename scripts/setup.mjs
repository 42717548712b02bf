import { ensureDebianPackages } from './debianPackages.mjs'
import { downloadOfficialElectron, findOfficialElectron } from './officialElectron.mjs'
import { installedVersion } from './places.mjs'
import { run, step, stop } from './progress.mjs'
import { findTrialRuntime, makeTrialRuntime } from './trialRuntime.mjs'

/** @typedef {{ electron: string, nativeBinding: string | null, trial: boolean }} Runtime */

/** @returns {Runtime | undefined} */
function find() {
  const official = findOfficialElectron()
  if (official !== undefined) return { electron: official, nativeBinding: null, trial: false }
  const trial = findTrialRuntime()
  return trial && { ...trial, trial: true }
}

/** @returns {Runtime} what the set-up found or made; folders that are whole are its memory */
export function runtime() {
  const found = find()
  if (found === undefined) throw stop('There is no Electron here yet. Run: npm run setup')
  return found
}

/**
 * Idempotent: whatever is there already is left as it is.
 * @param {{ again?: boolean }} [options] again: look for the official Electron once more, though there is a trial one
 */
export async function setUp({ again = false } = {}) {
  // once for a command, whatever other commands it runs
  if (process.env['HUB_IS_SET_UP'] === '1') return
  await step('Packages', ensureDebianPackages, (found) => found)
  await step('Electron', (say) => ensureElectron(say, again), describe)
  process.env['HUB_IS_SET_UP'] = '1'
}

/** @param {(detail: string) => void} say @param {boolean} again */
async function ensureElectron(say, again) {
  const found = find()
  if (found !== undefined && !(found.trial && again)) return found
  try {
    await downloadOfficialElectron(say)
  } catch (error) {
    const reason = plain(error)
    if (process.platform !== 'linux' || process.arch !== 'x64')
      throw stop(
        `Electron ${installedVersion('electron')} could not be downloaded (${reason}).\n` +
          'Try again where its release page is reached, or name a mirror in ELECTRON_MIRROR.'
      )
    say(`the official ${installedVersion('electron')} is out of reach (${reason}); making the trial runtime`)
    await makeTrialRuntime(say)
  }
  return runtime()
}

/** @param {unknown} error fetch keeps the reason one level down */
const plain = (error) =>
  !(error instanceof Error)
    ? String(error)
    : error.cause instanceof Error
      ? error.cause.message
      : error.message

/** @param {Runtime} found */
const describe = (found) =>
  found.trial
    ? `33.2.1, the trial runtime: for development and trying only, never for delivery ("npm run setup -- --again" looks for the official ${installedVersion('electron')})`
    : `${installedVersion('electron')} in place`

if (import.meta.filename === process.argv[1])
  await run(() => setUp({ again: process.argv.includes('--again') }))

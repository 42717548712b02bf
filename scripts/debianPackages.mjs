import { execFileSync, spawnSync } from 'node:child_process'
import { stop } from './progress.mjs'

// what the window, the trial runtime's compile and the document tests need; `|` parts the names of two releases
const wanted = [
  'xvfb',
  'xauth',
  'libgtk-3-0|libgtk-3-0t64',
  'libnss3',
  'libgbm1',
  'libasound2|libasound2t64',
  'libxss1',
  'libatk-bridge2.0-0|libatk-bridge2.0-0t64',
  'libcups2|libcups2t64',
  'libdrm2',
  'libxkbcommon0',
  'fonts-dejavu-core',
  'g++',
  'make',
  'python3',
  'poppler-utils',
  'p7zip-full'
].map((names) => names.split('|'))

/** @returns {string[][] | undefined} undefined: this machine has no dpkg */
function missing() {
  const found = spawnSync(
    'dpkg-query',
    ['-W', '-f', '${binary:Package} ${db:Status-Status}\n', ...wanted.flat()],
    {
      encoding: 'utf8'
    }
  )
  if (found.error) return undefined
  const installed = new Set(
    found.stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.replace(/(:\w+)? installed$/, ''))
  )
  return wanted.filter((names) => !names.some((name) => installed.has(name)))
}

/** @param {string} name */
const canInstall = (name) =>
  /Candidate: (?!\(none\))/.test(spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout ?? '')

/** @param {string[][]} groups */
const chosen = (groups) => groups.map((names) => names.find(canInstall) ?? String(names[0]))

/**
 * Installs what is missing as root; else stops with the command to run.
 * @param {(detail: string) => void} say
 * @returns {string} what was found
 */
export function ensureDebianPackages(say) {
  if (process.platform !== 'linux') return 'not needed here'
  const lacking = missing()
  if (lacking === undefined) return 'not a Debian-like machine: the README lists what the window needs'
  if (lacking.length === 0) return `all ${wanted.length} in place`

  const isRoot = process.getuid?.() === 0
  const hasApt = spawnSync('apt-get', ['--version']).status === 0
  if (!isRoot || !hasApt) {
    const command = `apt-get install -y --no-install-recommends ${chosen(lacking).join(' ')}`
    throw stop(`Packages are missing. Run this, then try again:\n\n  ${isRoot ? '' : 'sudo '}${command}\n`)
  }
  const apt = (/** @type {string[]} */ ...args) =>
    execFileSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    })
  say('reading the package lists')
  apt('update', '-qq')
  const names = chosen(lacking)
  say(`installing ${names.join(' ')}`)
  apt('install', '-y', '-qq', '--no-install-recommends', ...names)
  return `installed ${names.join(', ')}`
}

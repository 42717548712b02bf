import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { inProject, node24 } from './places.mjs'
import { run, step, stop } from './progress.mjs'

const sources = ['shared', 'db', 'electron', 'renderer']
const settings = ['package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.base.json']
const stamp = inProject('out', '.stamp')

/** Names, sizes and times, not contents: looking costs a few milliseconds. */
function fingerprint() {
  const files = sources.flatMap((folder) =>
    readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      path.join(folder, name)
    )
  )
  const hash = createHash('sha256')
  for (const file of [...files, ...settings].sort()) {
    const found = statSync(inProject(file))
    if (found.isFile()) hash.update(`${file} ${found.size} ${found.mtimeMs}\n`)
  }
  return hash.digest('hex')
}

const vite = () =>
  promisify(execFile)(
    node24(),
    [inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: inProject(), maxBuffer: 64e6, env: { ...process.env, NO_COLOR: '1' } }
  )

/** Hot reload builds into out/ too, and not what is to be started or packed. */
export const forgetBuild = () => rmSync(stamp, { force: true })

/** Builds into out/ when a source changed since the last build. */
export async function build() {
  const now = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return
  // gone first, so that a build killed half-way is made again
  forgetBuild()
  await step('Build', vite, () => 'out/ is made').catch(
    (/** @type {{ stdout: string, stderr: string }} */ { stdout, stderr }) => {
      throw stop(`The build failed:\n${stdout}${stderr}`)
    }
  )
  writeFileSync(stamp, now)
}

if (import.meta.filename === process.argv[1]) await run(build)

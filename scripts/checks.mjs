import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { inProject, node24 } from './places.mjs'
import { readPlaywright, readVitest } from './reports.mjs'

/**
 * @typedef {{ name: string, passed: number, failed: number, failures: string[], output: string }} Outcome
 * @typedef {{ name: string, args: string[], env?: Record<string, string> }} Check
 */

const bin = (/** @type {string[]} */ ...parts) => inProject('node_modules', ...parts)
const cache = bin('.cache')
const report = (/** @type {string} */ name) => path.join(cache, 'reports', `${name}.json`)

const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }

/** @type {Check} */
export const format = {
  name: 'format',
  args: [bin('prettier', 'bin', 'prettier.cjs'), '--check', '.', '--log-level=warn', '--cache']
}
/** @param {string} part @param {...string} files @returns {Check} */
const lintOf = (part, ...files) => ({
  name: `lint of the ${part}`,
  args: [
    bin('eslint', 'bin', 'eslint.js'),
    ...files,
    '--max-warnings=0',
    '--cache',
    '--cache-strategy=content',
    `--cache-location=${path.join(cache, `eslint-${part}`)}`
  ]
})
const page = ['renderer', 'tests/pages']

/**
 * All is linted, in two processes one after the other: the types of the page and of the rest take 3 GB in one, 2 apart.
 * @returns {Promise<Outcome[]>}
 */
export async function lint() {
  const ofPage = await whole(lintOf('page', ...page))
  const ofRest = await whole(lintOf('rest', '.', ...page.map((folder) => `--ignore-pattern=${folder}`)))
  return [ofPage, ofRest]
}

/** @type {Check} */
export const types = { name: 'types', args: [bin('vue-tsc', 'bin', 'vue-tsc.js'), '-b'] }

/**
 * @param {Check} check
 * @param {{ live?: boolean }} [options] live: its output is shown as it comes
 * @returns {Promise<{ code: number, output: string, seconds: number }>}
 */
function execute({ args, env }, { live = false } = {}) {
  const began = Date.now()
  return new Promise((resolve, reject) => {
    const child = spawn(node24(), args, {
      cwd: inProject(),
      stdio: live ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...colours, ...env }
    })
    let output = ''
    child.stdout?.on('data', (/** @type {Buffer} */ chunk) => (output += chunk.toString()))
    child.stderr?.on('data', (/** @type {Buffer} */ chunk) => (output += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output, seconds: (Date.now() - began) / 1000 }))
  })
}

/** @param {string} name @param {boolean} passed @param {number} seconds */
function tell(name, passed, seconds) {
  process.stdout.write(`${passed ? 'passed' : 'FAILED'}  ${name}  ${seconds.toFixed(1)} s\n`)
}

/**
 * A step that passes or fails as a whole.
 * @param {Check} check
 * @returns {Promise<Outcome>}
 */
export async function whole(check) {
  const { code, output, seconds } = await execute(check)
  tell(check.name, code === 0, seconds)
  return code === 0
    ? { name: check.name, passed: 1, failed: 0, failures: [], output: '' }
    : { name: check.name, passed: 0, failed: 1, failures: [check.name], output }
}

/**
 * A test runner, counted by the JSON report that it leaves.
 * @param {Check} check
 * @param {(file: string) => { passed: number, failures: string[] }} read
 * @returns {Promise<Outcome>}
 */
async function counted(check, read) {
  const file = report(check.name)
  mkdirSync(path.dirname(file), { recursive: true })
  rmSync(file, { force: true })
  const { code, seconds } = await execute(check, { live: true })
  const { passed, failures } = existsSync(file)
    ? read(file)
    : { passed: 0, failures: [`${check.name}: the runner left no report`] }
  if (code !== 0 && failures.length === 0) failures.push(`${check.name}: the runner ended with ${code}`)
  tell(check.name, failures.length === 0, seconds)
  return { name: check.name, passed, failed: failures.length, failures, output: '' }
}

/** @param {string[]} [more] for the runner: what to leave out */
export const unit = (more = []) =>
  counted(
    {
      name: 'unit',
      args: [
        bin('vitest', 'vitest.mjs'),
        'run',
        ...more,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report('unit')}`
      ]
    },
    readVitest
  )

export const e2e = () =>
  counted(
    {
      name: 'e2e',
      args: [bin('@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json'],
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report('e2e') }
    },
    readPlaywright
  )

/**
 * The failures once more, and the line that a machine reads, last.
 * @param {Outcome[]} outcomes
 * @returns {number} the exit code
 */
export function conclude(outcomes) {
  for (const { name, output } of outcomes.filter((outcome) => outcome.output !== ''))
    process.stdout.write(`\n--- ${name}\n${output.trimEnd()}\n`)
  const failures = outcomes.flatMap((outcome) => outcome.failures)
  if (failures.length > 0)
    process.stdout.write(`\nFailed:\n${failures.map((line) => `  ${line}\n`).join('')}`)
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0)
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0)
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
}

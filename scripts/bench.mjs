import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { build } from './build.mjs'
import { virtualDisplay } from './display.mjs'
import { inProject, node24 } from './places.mjs'
import { run, stop } from './progress.mjs'
import { setUp } from './setup.mjs'
import { where } from './where.mjs'

// Each bench/*.bench.ts is a program of its own, run in turn so that none slows another. It writes a line of JSON on
// stdout for each figure (bench/figures.ts); what it does in the meantime it says on stderr.

/** @typedef {import('../bench/figures.ts').Figure} Figure */

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ figures: Figure[], ok: boolean }>}
 */
async function measure(name, env) {
  process.stderr.write(`\n${name}\n`)
  const bench = spawn(node24(), [inProject('bench', name)], {
    cwd: inProject(),
    stdio: ['ignore', 'pipe', 'inherit'],
    env
  })
  const ended = new Promise((resolve) => bench.once('close', resolve))
  const lines = (await text(bench.stdout)).split('\n').filter((line) => line !== '')
  /** @type {Figure[]} */
  const figures = JSON.parse(`[${lines.join()}]`)
  return { figures, ok: (await ended) === 0 }
}

/** @param {Figure[]} figures */
function table(figures) {
  const head = ['', 'ours', 'against', '', 'compared', 'goal', '']
  const rows = figures.map(({ name, unit, statistic, ours, against, theirs, compared, goal, met }) => [
    name,
    `${shown(ours)} ${unit} ${statistic === 'once' ? '' : statistic}`.trim(),
    against,
    theirs === null ? '' : `${shown(theirs)} ${unit}`,
    compared === null ? '' : goal.endsWith('x') ? `${compared.toFixed(2)}x` : `${shown(compared)} ${unit}`,
    goal,
    goal === '' ? '' : met ? 'met' : 'MISSED'
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()
    )
    .join('\n')
}

/** @param {number} value */
const shown = (value) => value.toFixed(Math.abs(value) < 100 ? 2 : 0)

await run(async () => {
  const { values, positionals: wanted } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } }
  })
  await setUp()
  await build()
  const all = existsSync(inProject('bench')) ? readdirSync(inProject('bench')).sort() : []
  const files = all.filter(
    (name) =>
      name.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some((word) => name.includes(word)))
  )
  if (files.length === 0) throw stop('There is no such file in bench/.')
  const display = await virtualDisplay()
  const env = {
    ...process.env,
    ...display.env,
    HUB_WHERE: JSON.stringify(where()),
    HUB_BENCH: values.quick ? 'quick' : ''
  }
  /** @type {Figure[]} */
  const figures = []
  let failed = 0
  for (const name of files) {
    const measured = await measure(name, env)
    figures.push(...measured.figures)
    if (!measured.ok) failed++
    if (values.json) for (const each of measured.figures) process.stdout.write(`${JSON.stringify(each)}\n`)
  }
  display.close()
  if (!values.json) process.stdout.write(`\n${table(figures)}\n`)
  return failed
})

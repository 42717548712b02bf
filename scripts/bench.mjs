import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { build } from './build.mjs'
import { virtualDisplay } from './display.mjs'
import { inProject, node24 } from './places.mjs'
import { run, stop } from './progress.mjs'
import { setUp } from './setup.mjs'
import { where } from './where.mjs'

// each bench/*.bench.ts is a program of its own, run in turn so that none slows another
await run(async () => {
  await setUp()
  await build()
  const wanted = process.argv.slice(2)
  const all = existsSync(inProject('bench')) ? readdirSync(inProject('bench')).sort() : []
  const files = all.filter(
    (name) =>
      name.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some((word) => name.includes(word)))
  )
  if (files.length === 0) throw stop('There is no such file in bench/.')
  const display = await virtualDisplay()
  let failed = 0
  for (const name of files) {
    process.stdout.write(`\n${name}\n`)
    const { status } = spawnSync(node24(), [inProject('bench', name)], {
      cwd: inProject(),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...display.env, HUB_WHERE: JSON.stringify(where()) }
    })
    if (status !== 0) failed++
  }
  display.close()
  return failed
})

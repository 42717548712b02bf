import { existsSync, readdirSync } from 'node:fs'
import { build } from './build.mjs'
import { inProject } from './places.mjs'
import { playwright } from './playwright.mjs'
import { run } from './progress.mjs'
import { setUp } from './setup.mjs'

/** Drives the real application through the main job and prints where its pictures are. */
export async function tour() {
  await setUp()
  await build()
  const code = await playwright(['--project=tour', '--max-failures=1', '--reporter=list'])
  const folder = inProject('tour')
  const pictures = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.png')) : []
  for (const name of pictures.sort()) process.stdout.write(`${inProject('tour', name)}\n`)
  return code
}

if (import.meta.filename === process.argv[1]) await run(tour)

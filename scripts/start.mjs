import { spawn } from 'node:child_process'
import { build } from './build.mjs'
import { hasDisplay } from './display.mjs'
import { run } from './progress.mjs'
import { setUp } from './setup.mjs'
import { tour } from './tour.mjs'
import { where } from './where.mjs'

await run(async () => {
  await setUp()
  await build()
  if (!hasDisplay()) {
    process.stderr.write(
      '  No display here, so this is the tour: the real application, driven, with pictures in tour/\n'
    )
    return tour()
  }
  const { executable, args, env } = where()
  const desk = spawn(executable, [...args, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, ...env }
  })
  return new Promise((resolve, reject) => {
    desk.once('error', reject)
    desk.once('exit', (code) => resolve(code ?? 1))
  })
})

import { spawn } from 'node:child_process'
import path from 'node:path'
import { forgetBuild } from './build.mjs'
import { hasDisplay } from './display.mjs'
import { inProject, node24 } from './places.mjs'
import { run, stop } from './progress.mjs'
import { runtime, setUp } from './setup.mjs'

await run(async () => {
  await setUp()
  if (!hasDisplay())
    throw stop(
      'Hot reload shows a window and there is no display here (DISPLAY is not set). "npm run tour" needs none.'
    )
  forgetBuild()
  const { electron, nativeBinding } = runtime()
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  const cli = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const vite = spawn(
    node24(),
    [cli, 'dev', '--watch', ...(asRoot ? ['--noSandbox'] : []), ...process.argv.slice(2)],
    {
      cwd: inProject(),
      stdio: 'inherit',
      env: {
        ...process.env,
        ELECTRON_EXEC_PATH: electron,
        ELECTRON_OVERRIDE_DIST_PATH: path.dirname(electron),
        ...(nativeBinding === null ? {} : { HUB_NATIVE_BINDING: nativeBinding })
      }
    }
  )
  return new Promise((resolve, reject) => {
    vite.once('error', reject)
    vite.once('exit', (code) => resolve(code ?? 1))
  })
})

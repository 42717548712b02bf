import { build } from './build.mjs'
import { project } from './places.mjs'
import { run } from './progress.mjs'
import { runtime, setUp } from './setup.mjs'

/**
 * How to start the built desk.
 * @returns {{ executable: string, args: string[], env: Record<string, string> }}
 */
export function where() {
  const { electron, nativeBinding } = runtime()
  // Chromium does not start as root with its sandbox
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  return {
    executable: electron,
    args: asRoot ? [project, '--no-sandbox'] : [project],
    env: nativeBinding === null ? {} : { HUB_NATIVE_BINDING: nativeBinding }
  }
}

if (import.meta.filename === process.argv[1])
  await run(async () => {
    await setUp()
    await build()
    process.stdout.write(`${JSON.stringify(where(), null, 2)}\n`)
  })

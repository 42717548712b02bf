import { build } from '../../scripts/build.mjs'
import { virtualDisplay } from '../../scripts/display.mjs'
import { setUp } from '../../scripts/setup.mjs'
import { where } from '../../scripts/where.mjs'

// so that `npx playwright test` by itself has a built desk and a display of its own
export default async function globalSetup(): Promise<() => void> {
  await setUp()
  await build()
  const display = await virtualDisplay()
  Object.assign(process.env, display.env, { HUB_WHERE: JSON.stringify(where()) })
  return display.close
}

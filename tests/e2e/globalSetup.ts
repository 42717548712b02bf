import { build } from '../../scripts/build.mjs'
import { setUp } from '../../scripts/setup.mjs'
import { where } from '../../scripts/where.mjs'

// so that `npx playwright test` by itself has a built desk
export default async function globalSetup(): Promise<void> {
  await setUp()
  await build()
  process.env['HUB_WHERE'] = JSON.stringify(where())
}

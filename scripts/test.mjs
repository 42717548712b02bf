import { build } from './build.mjs'
import { conclude, e2e, format, lint, types, unit, whole } from './checks.mjs'
import { run } from './progress.mjs'
import { setUp } from './setup.mjs'

/** @returns {Promise<import('./checks.mjs').Outcome>} */
const built = () =>
  build().then(
    () => ({ name: 'build', passed: 1, failed: 0, failures: [], output: '' }),
    (/** @type {Error} */ error) => ({
      name: 'build',
      passed: 0,
      failed: 1,
      failures: ['build'],
      output: error.message
    })
  )

await run(async () => {
  await setUp()
  // the lint takes one core for two minutes: it may go on beside the unit tests, but not beside those in the window
  const linted = lint()
  const outcomes = [await whole(format), await whole(types), await built(), await unit(), ...(await linted)]
  const isBuilt = outcomes.every(({ name, failed }) => name !== 'build' || failed === 0)
  const window = isBuilt
    ? await e2e()
    : { name: 'e2e', passed: 0, failed: 1, failures: ['e2e: not run, since the build failed'], output: '' }
  return conclude([...outcomes, window])
})

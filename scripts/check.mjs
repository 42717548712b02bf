import { conclude, format, lint, types, unit, whole } from './checks.mjs'
import { run } from './progress.mjs'

// minutes of killing processes and of starting threads: `npm test` runs them
const slow = ['kill', 'keyFileKills', 'session'].flatMap((name) => [
  '--exclude',
  `tests/operations/${name}.test.ts`
])

await run(async () => {
  // the lint has one core, the other three share the second
  const others = whole(format).then(async (first) => [first, await whole(types), await unit(slow)])
  const [linted, rest] = await Promise.all([lint(), others])
  return conclude([...linted, ...rest])
})

import { conclude, format, lint, types, unit, whole } from './checks.mjs'
import { run } from './progress.mjs'

// minutes of killing processes and of starting threads: `npm test` runs them
const slow = ['kill', 'keyFileKills', 'session'].flatMap((name) => [
  '--exclude',
  `tests/operations/${name}.test.ts`
])

await run(async () => {
  // the lint takes as long as the other three together
  const others = whole(format).then(async (first) => [first, await whole(types), await unit(slow)])
  const [linted, rest] = await Promise.all([whole(lint), others])
  return conclude([linted, ...rest])
})

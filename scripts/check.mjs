import { conclude, format, lint, types, unit, whole } from './checks.mjs'
import { run } from './progress.mjs'

await run(async () => {
  // the lint takes as long as the other two together
  const still = Promise.all([whole(lint), whole(format).then(async (first) => [first, await whole(types)])])
  const outcomes = (await still).flat()
  return conclude([...outcomes, await unit()])
})

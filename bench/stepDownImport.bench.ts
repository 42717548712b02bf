// What a file of step-downs costs whoever works meanwhile: 10,000 rows come into a record with 50,000 step-downs of ten
// years. How long each transaction holds the writer, and how long the file takes until it is previewed and until it is stored;
// by the clock and by the core's own time, for a busy machine is no fault of the import.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from '../shared/errors.ts'
import type { StepDownImportProgress } from '../shared/stepDown/import.ts'
import { manyStepDowns, stepDownsCsv } from '../tests/fixtures/stepDownFiles.ts'
import { copyOf, isQuick, openDesk } from './desk.ts'
import { once, percentile, say } from './figures.ts'

const MOST_MS = 200
const KNOWN = isQuick ? { families: 2_400, people: 7_200 } : { families: 24_000, people: 72_000 }
const STEPPED_DOWN = isQuick ? { stepDowns: 5_000, open: 150 } : { stepDowns: 50_000, open: 1_500 }
/** Three rows each. */
const STEP_DOWNS = isQuick ? 334 : 3_334

const folder = await copyOf(0, KNOWN, STEPPED_DOWN)
const desk = await openDesk(folder, 0, KNOWN)
const path = join(folder, 'step-downs.csv')
writeFileSync(path, stepDownsCsv(manyStepDowns(STEP_DOWNS)))
const rows = `${(STEP_DOWNS * 3).toLocaleString('en-GB')} rows`

/** Milliseconds of each transaction: by the clock, and of the core. */
const held = { clock: [] as number[], core: [] as number[] }
const { write } = desk.store
desk.store.write = (work) =>
  write(async (tx) => {
    const [from, before] = [performance.now(), process.cpuUsage()]
    try {
      return await work(tx)
    } finally {
      const { user, system } = process.cpuUsage(before)
      held.clock.push(performance.now() - from)
      held.core.push((user + system) / 1_000)
    }
  })

/** Seconds that something takes, by the clock and of the core. */
async function taken(what: string, work: () => Promise<unknown>): Promise<void> {
  say(`${what.toLowerCase()} ${rows}`)
  const [from, before] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(before)
  once({ name: `${what} ${rows} of step-downs, by the clock`, unit: 's' }, (performance.now() - from) / 1_000)
  once({ name: `${what} ${rows} of step-downs, by the core`, unit: 's' }, (user + system) / 1_000_000)
}

let importId = ''
await taken('Previewing', async () => {
  const shown = (await desk.record('stepDown.chooseImport', { path })) as Result<StepDownImportProgress>
  if (!shown.ok || shown.value.stage !== 'previewed') throw new Error(JSON.stringify(shown))
  importId = shown.value.preview.importId
})
held.clock.length = 0
held.core.length = 0
await taken('Storing', () => desk.does('stepDown.confirmImport', { importId }))

once({ name: 'Transactions that it takes', unit: '' }, held.clock.length)
for (const [whose, values] of Object.entries(held)) {
  once({ name: `The writer is held, by the ${whose}: in the middle`, unit: 'ms' }, percentile(values, 50))
  const most = Math.max(...values)
  once(
    { name: `The writer is held, by the ${whose}: at most`, unit: 'ms' },
    most,
    `at most ${String(MOST_MS)} ms`,
    most <= MOST_MS
  )
}
desk.store.close()

// The real application with a county's calls: what the page waits for an answer, and how long main keeps anything
// waiting while somebody types, searches and exports, against the same application at rest in the same run.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../scripts/places.mjs'
import { FIRST, PASSPHRASE } from '../scripts/county/people.ts'
import { everyCall, type CallFilter } from '../shared/call/filter.ts'
import { newId } from '../shared/ids.ts'
import { emptyListExport } from '../shared/list/list.ts'
import { launchDesk } from '../tests/e2e/launch.ts'
import { MONDAY_MORNING, unlock } from '../tests/e2e/screens/desk.ts'
import { saveTo } from '../tests/e2e/screens/files.ts'
import { ask } from '../tests/e2e/screens/hub.ts'
import { again, delayWhile, typeACall } from './delay.ts'
import { copyOf, COUNTY, isQuick } from './desk.ts'
import { atMostMore, p95AtMost, say } from './figures.ts'

const LOOKS = 150
const REST_MS = 15_000
const EXPORTED = isQuick ? 10_000 : 100_000

const folder = mkdtempSync(join(cacheFolder(), 'export-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const { app, page, close } = await launchDesk({ userDataDir: await copyOf(COUNTY), clock: MONDAY_MORNING })
page.setDefaultTimeout(60_000)
await unlock(page, { name: FIRST, role: '', profession: '', passphrase: PASSPHRASE })

const calls = COUNTY.toLocaleString('en-GB')
const found = (filter: Partial<CallFilter>, after = '') => ({
  filter: { ...everyCall, ...filter },
  sort: 'newest' as const,
  after
})

/** Milliseconds from asking to having the answer, as the page sees them. */
function roundTrips(inputs: readonly unknown[]): Promise<number[]> {
  return page.evaluate(
    async ([all, looks]) => {
      const hub = (globalThis as unknown as { hub: Record<string, (input: unknown) => Promise<unknown>> }).hub
      const taken: number[] = []
      for (let look = 0; look < looks; look += 1) {
        const from = performance.now()
        await hub['call.list']?.(all[look % all.length])
        taken.push(performance.now() - from)
      }
      return taken
    },
    [inputs, LOOKS] as const
  )
}

const next = (await ask(page, 'call.list', found({}))).next
const asked = {
  'first page': [found({})],
  'next page': [found({}, next)],
  'a word in three calls of ten': [found({ search: 'attendance' })],
  'two letters': ['st', 'ma', 'wi', 'th', 'br'].map((search) => found({ search })),
  'one line, one outcome': [found({ line: 'advice-line', outcome: 'contact-form' })]
}
for (const [name, inputs] of Object.entries(asked)) {
  say(`Round trip: ${name}`)
  p95AtMost(
    { name: `Round trip of the page, ${calls} calls: ${name}`, unit: 'ms' },
    50,
    await roundTrips(inputs)
  )
}

async function search(): Promise<void> {
  for (let round = 0; round < 30; round += 1)
    for (const typed of ['at', 'att', 'atte', 'attend'])
      await ask(page, 'call.list', found({ search: typed }))
}

/** The newest months that come to about as many calls as are to be exported. */
async function exported(): Promise<Partial<CallFilter>> {
  const share = EXPORTED / COUNTY
  const from = new Date(Date.parse('2026-11-21') - share * 1_096 * 86_400_000).toISOString().slice(0, 10)
  return share >= 1 ? {} : { from, to: '2026-11-20' }
}

say('at rest')
const rest = await delayWhile(app, () => new Promise((resolve) => setTimeout(resolve, REST_MS)))
say('typing and searching')
const typing = await delayWhile(app, async () => {
  await typeACall(page)
  await search()
})
say(`exporting ${EXPORTED.toLocaleString('en-GB')} calls`)
await saveTo(app, join(folder, 'calls.csv'))
const query = { list: 'calls' as const, filter: { ...everyCall, ...(await exported()) } }
const wanted = { ...emptyListExport(newId(), query), purpose: 'To be measured' }
let written = 0
const exporting = await delayWhile(app, async () => {
  const done = ask(page, 'list.save', { ...wanted, isProtected: false, openReason: 'To be measured' })
  await again(done, async () => {
    await typeACall(page)
    await search()
  })
  const end = await done
  if (end.stage === 'done') written = end.included
})
const delay = (name: string) => ({ name: `Main’s delay ${name}`, unit: 'ms', statistic: 'p99' }) as const
atMostMore(delay('while somebody types and searches'), 10, typing, 'at rest', rest)
atMostMore(
  delay(`while they do and ${written.toLocaleString('en-GB')} calls are exported`),
  10,
  exporting,
  'at rest',
  rest
)
await close()

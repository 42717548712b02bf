// What the pictures of triage cost where ten years left 50,000 step-downs of which 1,500 wait: the report of a year and of ten,
// the rows behind a number, and how long the record is held at a time meanwhile. Goals are ours.
import { performance } from 'node:perf_hooks'
import type { ReportRange } from '../shared/report/report.ts'
import { copyOf, isQuick, openDesk } from './desk.ts'
import { once, p95AtMost, say } from './figures.ts'

const ROUNDS = 20
const KNOWN = isQuick ? { families: 2_400, people: 7_200 } : { families: 24_000, people: 72_000 }
const STEPPED_DOWN = isQuick ? { stepDowns: 5_000, open: 150 } : { stepDowns: 50_000, open: 1_500 }

const desk = await openDesk(await copyOf(0, KNOWN, STEPPED_DOWN), 0, KNOWN)
once(
  { name: 'Step-downs measured', unit: '' },
  desk.store.reader.prepare('SELECT count(*) FROM step_down_now').pluck().get() as number
)

const year: ReportRange = { from: '2025-11-24', to: '2026-11-23' }
const tenYears: ReportRange = { from: '2016-11-24', to: '2026-11-23' }
const report = (range: ReportRange) => desk.times('report.triage', { range, hubId: '', step: 'month' })
const rows = (range: ReportRange) =>
  desk.times('report.triageRows', { range, hubId: '', measure: 'done', key: '', after: '' })

async function measured(rounds: number, take: () => Promise<number>): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await take())
  return times
}

say('the report of a year')
p95AtMost({ name: 'Report of triage, a year', unit: 'ms' }, 1_000, await measured(ROUNDS, () => report(year)))
p95AtMost(
  { name: 'Rows behind a number, a year', unit: 'ms' },
  1_000,
  await measured(ROUNDS, () => rows(year))
)

say('the report of ten years')
/** How long nobody else got a turn, while it counted. */
const holds: number[] = []
let last = performance.now()
let counting = true
const tick = () => {
  const now = performance.now()
  holds.push(now - last)
  last = now
  if (counting) setImmediate(tick)
}
setImmediate(tick)
const ten = await measured(3, () => report(tenYears))
counting = false
p95AtMost({ name: 'Report of triage, ten years', unit: 'ms' }, 5_000, ten)
p95AtMost({ name: 'Longest that it holds the record', unit: 'ms' }, 200, [Math.max(...holds)])

desk.store.close()

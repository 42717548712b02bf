// CSV of every call of the county, against csv-stringify over the bare query into a file of the same disk: in parts, in
// turn, part by part, so that a busy machine slows both. Memory, progress and Cancel are looked at on the way.
import { closeSync, existsSync, fsyncSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import type { Connection } from '../db/open.ts'
import { cacheFolder } from '../scripts/places.mjs'
import { everyCall } from '../shared/call/filter.ts'
import type { CaseNotesProgress } from '../shared/export/caseNotes.ts'
import { newId } from '../shared/ids.ts'
import { emptyListExport } from '../shared/list/list.ts'
import { copyOf, COUNTY, openDesk } from './desk.ts'
import { atMostMore, atMostTimes, report, say } from './figures.ts'

const MEGABYTE = 1024 ** 2
const AT_ONCE = 1_000

const county = await openDesk(await copyOf(COUNTY), COUNTY)
const folder = mkdtempSync(join(cacheFolder(), 'export-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

/** Every call as a CSV file by itself, which the bare one is too. */
const everything = () => ({
  ...emptyListExport(newId(), { list: 'calls', filter: everyCall }),
  ...{ purpose: 'To be measured', isProtected: false, openReason: 'To be measured' },
  reference: 'EXP-7KQ3-000001'
})

/** Runs the whole export, and looks at it ten times a second. */
async function ours(path: string, onProgress: (progress: CaseNotesProgress) => void = () => undefined) {
  let most = 0
  const before = process.memoryUsage.rss()
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss() - before)
    void county.does('export.progress', {}).then(onProgress)
  }, 100)
  const from = performance.now()
  await county.record('list.write', { ...everything(), path })
  const seconds = (performance.now() - from) / 1_000
  clearInterval(watch)
  return { seconds, megabytes: most / MEGABYTE }
}

/** The same columns by one statement, written as it comes. */
function bare(connection: Connection, path: string): number {
  const rows = connection.prepare(`
    SELECT c.reference, c.took_place_at, c.in_hours, c.line, c.caller_kind, c.other_kind, c.school_name, c.school_town,
      c.assessment_confirmed_by, c.caller_name, c.caller_role, c.caller_phone, c.may_leave_message, c.gate, c.signpost,
      c.consulted_continuum, c.spoke_to_lead, c.parents_know, c.concern, c.level_name, c.level_why, c.advice,
      c.disagreement, c.outcome, a.name, c.adviser_profession, c.hub_id, c.created_at, c.set_back_reason,
      (SELECT group_concat(concat_ws(', ', name, birth_date, age_years, upn, relation, address), char(10))
        FROM call_child WHERE call_id = c.id),
      (SELECT group_concat(concat_ws(', ', what, who, by_when, done_at), char(10)) FROM call_action WHERE call_id = c.id),
      (SELECT group_concat(concat_ws(' ', created_at, field, text), char(10)) FROM call_addendum WHERE call_id = c.id),
      (SELECT in_error FROM call_error WHERE call_id = c.id ORDER BY created_at DESC, id DESC LIMIT 1)
    FROM call c LEFT JOIN account a ON a.id = c.created_by
    ORDER BY c.created_at DESC, c.id DESC`)
  const from = performance.now()
  const file = openSync(path, 'w', 0o600)
  let part: unknown[] = []
  const flush = () => {
    writeSync(file, stringify(part, { escape_formulas: true }))
    part = []
  }
  for (const row of rows.raw().iterate()) {
    part.push(row)
    if (part.length === AT_ONCE) flush()
  }
  flush()
  fsyncSync(file)
  closeSync(file)
  return (performance.now() - from) / 1_000
}

const calls = COUNTY.toLocaleString('en-GB')
say(`writing ${calls} calls`)
const seen: number[] = []
const mine = await ours(join(folder, 'ours.csv'), (progress) => {
  if (progress.stage === 'running' && progress.done > 0) seen.push(progress.done / progress.total)
})
say('the bare query')
const theirs = bare(county.store.reader, join(folder, 'bare.csv'))
atMostTimes({ name: `CSV of ${calls} calls`, unit: 's' }, 2, [mine.seconds], 'bare csv-stringify', [theirs])
say(`${(statSync(join(folder, 'ours.csv')).size / MEGABYTE).toFixed(0)} MB`)
atMostMore(
  { name: `Memory while ${calls} calls are written`, unit: 'MB', statistic: 'once' },
  200,
  mine.megabytes,
  'before',
  0
)
const steps = seen.map((share, index) => share - (seen[index - 1] ?? 0))
report({
  ...{
    name: 'Progress is told often: its longest step',
    unit: '%',
    statistic: 'once',
    against: '',
    theirs: null
  },
  ...{ ours: 100 * Math.max(...steps, 1 - (seen.at(-1) ?? 0)), compared: null, goal: 'at most 10 %' },
  met: Math.max(...steps, 1 - (seen.at(-1) ?? 0)) <= 0.1
})

let cancelled = 0
await ours(join(folder, 'cancelled.csv'), (progress) => {
  if (progress.stage !== 'running' || progress.done === 0 || cancelled > 0) return
  cancelled = performance.now()
  void county.does('export.cancel', {})
})
const ms = performance.now() - cancelled
const isGone = !existsSync(join(folder, 'cancelled.csv')) && !existsSync(join(folder, 'cancelled.csv.part'))
report({
  ...{ name: 'Cancel to an end without a file', unit: 'ms', statistic: 'once', ours: ms, against: '' },
  ...{ theirs: null, compared: null, goal: 'at most 1000 ms', met: isGone && cancelled > 0 && ms <= 1_000 }
})
county.store.close()

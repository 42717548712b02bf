// What triage costs where ten years left 50,000 step-downs of which 1,500 wait: the first page of the queue and each of its
// filters against bare statements of the same rows, the counts, one step-down, the ranked keyworkers of one that waits for
// somebody, and the picture on the desk. Everything that is compared is taken in turn, in one run.
import { everyStepDown, queueAges, type QueueFilter } from '../shared/stepDown/record.ts'
import { stepDownStates } from '../shared/stepDown/stepDown.ts'
import type { Id } from '../shared/ids.ts'
import { copyOf, inTurn, isQuick, NOW, openDesk, someone, timed } from './desk.ts'
import { atMostTimes, once, p95AtMost, say } from './figures.ts'

const ROUNDS = 100
const KNOWN = isQuick ? { families: 2_400, people: 7_200 } : { families: 24_000, people: 72_000 }
const STEPPED_DOWN = isQuick ? { stepDowns: 5_000, open: 150 } : { stepDowns: 50_000, open: 1_500 }

const desk = await openDesk(await copyOf(0, KNOWN, STEPPED_DOWN), 0, KNOWN)
const { reader } = desk.store
const counted = (sql: string): number => (reader.prepare(sql).get() as { count: number }).count
const [anyHub = ''] = reader
  .prepare('SELECT hub_id FROM step_down_now WHERE is_open GROUP BY hub_id ORDER BY count(*) DESC LIMIT 1')
  .pluck()
  .all() as Id[]

once({ name: 'Step-downs measured', unit: '' }, counted('SELECT count(*) AS count FROM step_down_now'))
once(
  { name: 'Step-downs that wait', unit: '' },
  counted('SELECT count(*) AS count FROM step_down_now WHERE is_open')
)
once(
  { name: 'Keyworkers to choose from', unit: '' },
  counted("SELECT count(*) AS count FROM practitioner WHERE left_on = ''")
)

/** What a page of 50 must read of each of its rows. */
const ofRow = {
  stepDown: reader.prepare('SELECT reference, created_by FROM step_down WHERE id = ?'),
  version: reader.prepare('SELECT risk FROM step_down_version WHERE id = ?'),
  children: reader.prepare(`SELECT name FROM step_down_person
    WHERE version_id = ? AND role IN ('child', 'unborn') ORDER BY position`),
  hub: reader.prepare(`SELECT json_extract(value, '$.name') FROM setting
    WHERE kind = 'local-hub' AND key = ? AND deleted_at IS NULL ORDER BY valid_from DESC LIMIT 1`),
  account: reader.prepare('SELECT name FROM account WHERE id = ?'),
  practitioner: reader.prepare('SELECT name FROM practitioner WHERE id = ?'),
  family: reader.prepare('SELECT hub_id, created_by, named FROM family_index WHERE family_id = ?'),
  reason: reader.prepare(`SELECT 1 FROM family_access
    WHERE family_id = ? AND created_by = ? AND fact_id = '' AND created_at >= ?`)
}
interface Row {
  step_down_id: Id
  version_id: Id
  hub_id: Id
  owner_id: Id
  practitioner_id: Id
  family_id: Id
}
function readRows(rows: readonly Row[]) {
  for (const row of rows) {
    ofRow.stepDown.get(row.step_down_id)
    ofRow.version.get(row.version_id)
    ofRow.children.all(row.version_id)
    ofRow.hub.get(row.hub_id)
    ofRow.account.get(row.owner_id)
    ofRow.practitioner.get(row.practitioner_id)
    ofRow.family.get(row.family_id)
    ofRow.reason.get(row.family_id, desk.actor.id, NOW)
  }
}

const open = 'is_open = 1'
const inOrder = 'ORDER BY risk_rank, due_at, step_down_id LIMIT 51'
const midnight = (day: string) => `${day}T00:00:00.000Z`
const agesBare: Record<(typeof queueAges)[number], string> = {
  today: `received_at >= '${midnight('2026-11-23')}'`,
  week: `received_at >= '${midnight('2026-11-16')}' AND received_at < '${midnight('2026-11-23')}'`,
  fortnight: `received_at >= '${midnight('2026-11-09')}' AND received_at < '${midnight('2026-11-16')}'`,
  older: `received_at < '${midnight('2026-11-09')}'`
}
const me = desk.actor.id
/** Each filter with the bare statement of its rows. */
const filters: { name: string; filter: Partial<QueueFilter>; where: string; order?: string }[] = [
  { name: 'all that wait', filter: {}, where: open },
  ...stepDownStates
    .filter((state) => state !== 'done')
    .map((state) => ({ name: state, filter: { state }, where: `state = '${state}'` })),
  {
    ...{ name: 'done', filter: { state: 'done' }, where: 'is_open = 0' },
    order: 'ORDER BY last_at DESC, step_down_id DESC LIMIT 51'
  },
  {
    ...{
      name: 'done, mine',
      filter: { state: 'done', mine: true },
      where: `is_open = 0 AND owner_id = '${me}'`
    },
    order: 'ORDER BY last_at DESC, step_down_id DESC LIMIT 51'
  },
  { name: 'hub', filter: { hubId: anyHub }, where: `${open} AND hub_id = '${anyHub}'` },
  { name: 'risk', filter: { risk: 'low' }, where: `${open} AND risk_rank = 2` },
  { name: 'source', filter: { source: 'assessment' }, where: `${open} AND source = 'assessment'` },
  ...queueAges.map((age) => ({ name: `age ${age}`, filter: { age }, where: `${open} AND ${agesBare[age]}` })),
  {
    ...{ name: 'overdue', filter: { overdue: true } },
    where: `${open} AND due_at <> '' AND due_at <= '${NOW}'`
  },
  { name: 'mine', filter: { mine: true }, where: `${open} AND owner_id = '${me}'` }
]

for (const { name, filter, where, order = inOrder } of filters) {
  say(`the queue: ${name}`)
  const bare = reader.prepare(`SELECT * FROM step_down_now WHERE ${where} ${order}`)
  const { ours, theirs } = await inTurn(ROUNDS, {
    ours: () => desk.times('stepDown.queue', { filter: { ...everyStepDown, ...filter }, after: '' }),
    theirs: () =>
      timed(() => {
        readRows(bare.all() as Row[])
      })
  })
  const figure = { name: `Queue of step-downs, first page: ${name}`, unit: 'ms' } as const
  // of an empty page the bare statement is next to nothing
  if (bare.all().length > 0) atMostTimes(figure, 2, ours, 'bare statements', theirs)
  p95AtMost(figure, 50, ours)
}

say('counts, and what else is read')
const coordinator = someone(desk, 'coordinator')
const toAllocate = reader
  .prepare(
    "SELECT step_down_id FROM step_down_now WHERE state = 'to-allocate' ORDER BY step_down_id LIMIT 50"
  )
  .pluck()
  .all() as Id[]
const one = (round: number): Id => toAllocate[round % toAllocate.length] ?? ''
const read = await inTurn(ROUNDS, {
  counts: () => desk.times('stepDown.count', { filter: everyStepDown }),
  countsMine: () => desk.times('stepDown.count', { filter: { ...everyStepDown, mine: true } }),
  coordinators: () => desk.times('stepDown.queue', { filter: everyStepDown, after: '' }, coordinator),
  coordinatorsCounts: () => desk.times('stepDown.count', { filter: everyStepDown }, coordinator),
  page: (round) => desk.times('stepDown.read', { id: one(round) }),
  last: (round) => desk.times('stepDown.last', { id: one(round) }),
  candidates: (round) =>
    desk.times('stepDown.candidates', { stepDownId: one(round), otherHubs: false, after: '' }),
  everybody: (round) =>
    desk.times('stepDown.candidates', { stepDownId: one(round), otherHubs: true, after: '' }),
  home: () => desk.times('stepDown.home', {})
})
p95AtMost({ name: 'Counts of the queue', unit: 'ms' }, 50, read.counts)
p95AtMost({ name: 'Counts of the queue, mine', unit: 'ms' }, 50, read.countsMine)
p95AtMost({ name: 'Queue of a coordinator', unit: 'ms' }, 50, read.coordinators)
p95AtMost({ name: 'Counts of a coordinator', unit: 'ms' }, 50, read.coordinatorsCounts)
p95AtMost({ name: 'One step-down with all of it', unit: 'ms' }, 50, read.page)
p95AtMost({ name: 'Has a step-down changed', unit: 'ms' }, 50, read.last)
p95AtMost({ name: 'Ranked keyworkers of its hub', unit: 'ms' }, 50, read.candidates)
p95AtMost({ name: 'Ranked keyworkers of every hub', unit: 'ms' }, 50, read.everybody)
p95AtMost({ name: 'Triage on the desk', unit: 'ms' }, 100, read.home)

desk.store.close()

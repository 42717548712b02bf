// Looking things up in three years of a county's calls, against the bare query and against a hundredth of the calls:
// pages of the list, words, schools, "Have we spoken before?". Everything is taken in turn, in one run.
import type { Connection } from '../db/open.ts'
import { everyCall, type CallFilter } from '../shared/call/filter.ts'
import type { Input } from '../shared/ipc/contract.ts'
import { newId } from '../shared/ids.ts'
import { COUNTY, folderOf, inTurn, NOW, openDesk, someone, timed, TOWN } from './desk.ts'
import { atMostTimes, p95AtMost, say } from './figures.ts'

const ROUNDS = 200

const county = await openDesk(await folderOf(COUNTY), COUNTY)
const town = await openDesk(await folderOf(TOWN), TOWN)

const asked = (filter: Partial<CallFilter>, after = ''): Input<'call.list'> => ({
  filter: { ...everyCall, ...filter },
  sort: 'newest',
  after
})

/** The rows of a page of the list by one prepared statement: what the tables alone cost. */
function barePage({ reader }: { reader: Connection }, where = '1') {
  const statement = reader.prepare(`
    SELECT c.id, c.reference, c.took_place_at, c.created_at, c.line, c.caller_kind, c.other_kind, c.school_name,
      c.caller_name, a.name, c.outcome, c.in_hours, c.gate, c.school_to_check,
      (SELECT group_concat(name, ', ') FROM (SELECT name FROM call_child WHERE call_id = c.id ORDER BY position)),
      (SELECT in_error FROM call_error WHERE call_id = c.id ORDER BY created_at DESC, id DESC LIMIT 1)
    FROM call c LEFT JOIN account a ON a.id = c.created_by
    WHERE (c.created_at, c.id) < (?, ?) AND ${where}
    ORDER BY c.created_at DESC, c.id DESC LIMIT 51`)
  return (before: string) => timed(() => statement.all(before, ''))
}

/** Half-way through the years: where a page begins that nobody has looked at lately. */
function middle({ reader }: { reader: Connection }): { docid: string; at: string } {
  const [first, last] = reader.prepare('SELECT min(docid), max(docid) FROM call_search').raw().get() as [
    number,
    number
  ]
  const half = Math.floor((first + last) / 2)
  const { docid, at } = reader
    .prepare(
      `SELECT s.docid, c.created_at AS at FROM call_search s JOIN call c ON c.id = s.call_id
       WHERE s.docid <= ? ORDER BY s.docid DESC LIMIT 1`
    )
    .get(half) as { docid: number; at: string }
  return { docid: String(docid), at }
}

const size = (calls: number) => calls.toLocaleString('en-GB')
const END = '9999'
const [inCounty, inTown] = [middle(county.store), middle(town.store)]

const pages = [
  { name: 'First page', filter: {}, where: '1', begins: { county: '', town: '', bare: END } },
  {
    name: 'A page in the middle',
    filter: {},
    where: '1',
    begins: { county: inCounty.docid, town: inTown.docid, bare: inCounty.at }
  },
  {
    name: 'Filtered: one line, one outcome',
    filter: { line: 'advice-line', outcome: 'advice-only' },
    where: `c.line = 'advice-line' AND c.outcome = 'advice-only'`,
    begins: { county: '', town: '', bare: END }
  },
  {
    name: 'Filtered: one level in one month',
    filter: { level: 'specialist', from: '2026-10-01', to: '2026-10-31' },
    where: `c.level = 'specialist' AND c.took_place_at BETWEEN '2026-09-30T23:00' AND '2026-11-01'`,
    begins: { county: '', town: '', bare: END }
  }
] as const

for (const { name, filter, where, begins } of pages) {
  say(name)
  const bare = barePage(county.store, where)
  const taken = await inTurn(ROUNDS, {
    county: () => county.times('call.list', asked(filter, begins.county)),
    bare: () => bare(begins.bare),
    town: () => town.times('call.list', asked(filter, begins.town))
  })
  const title = { name: `${name}, ${size(COUNTY)} calls`, unit: 'ms' } as const
  atMostTimes(title, 2, taken.county, 'the bare query', taken.bare)
  atMostTimes(title, 1.5, taken.county, `${size(TOWN)} calls`, taken.town)
}

const prefixes = [
  'at',
  'br',
  'ch',
  'ma',
  'no',
  'ol',
  'pa',
  're',
  'sc',
  'st',
  'th',
  'wi',
  'mo',
  'sa',
  'ki',
  'an'
]
const searches = {
  'a word in three calls of ten': ['attendance'],
  'two letters': prefixes,
  'two words': ['attendance police', 'uniform tablet', 'housing baby'],
  'a name': ['okafor', 'mcallister', 'wójcik', 'o’brien']
}
for (const [name, words] of Object.entries(searches)) {
  say(`Search: ${name}`)
  const { county: ours } = await inTurn(ROUNDS, {
    county: (round) => county.times('call.list', asked({ search: words[round % words.length]! }))
  })
  p95AtMost({ name: `Search ${size(COUNTY)} calls: ${name}`, unit: 'ms' }, 50, ours)
}

const counted: Partial<CallFilter>[] = [
  ...pages.map(({ filter }) => filter),
  ...Object.values(searches).flatMap((words) => words.map((search) => ({ search })))
]
const { totals } = await inTurn(ROUNDS, {
  totals: (round) =>
    county.times('call.count', { filter: { ...everyCall, ...counted[round % counted.length] } })
})
p95AtMost({ name: `How many a page or a search finds, ${size(COUNTY)} calls`, unit: 'ms' }, 50, totals)

const typed = ['oa', 'oak', 'oakf', 'st m', 'st marys', 'hertf', '01632 96', '960123', 'academy', 'ridge sch']
const { schools } = await inTurn(ROUNDS, {
  schools: (round) =>
    county.times('school.search', { text: typed[round % typed.length]!, includeClosed: false })
})
p95AtMost({ name: `School lookup, ${size(county.ledger.schools.length)} schools`, unit: 'ms' }, 30, schools)

interface Told {
  name: string
  birth: string
  upn: string
  address: string
  schoolId: string
}
const told = county.store.reader
  .prepare(
    `SELECT k.name, k.birth_text AS birth, k.upn, k.address, c.school_id AS schoolId
     FROM call_child k JOIN call c ON c.id = k.call_id ORDER BY k.created_at DESC LIMIT 4000`
  )
  .all() as Told[]
const adviser = someone(county, 'adviser')
const { before } = await inTurn(ROUNDS, {
  before: (round) => {
    const { schoolId, ...child } = told[(round * 17) % told.length]!
    return county.times(
      'call.spokenBefore',
      { callId: newId(), startedAt: NOW, schoolId, children: [{ ...child, id: newId(), relation: '' }] },
      adviser
    )
  }
})
p95AtMost({ name: `Have we spoken before? Among ${size(COUNTY)} calls`, unit: 'ms' }, 30, before)

county.store.close()
town.store.close()

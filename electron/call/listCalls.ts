import { asc, desc, eq, inArray, sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, call, callSearch } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CallRow, FoundCall } from '../../shared/call/call.ts'
import { excerptOf, noExcerpt, searchedWords } from '../../shared/call/excerpt.ts'
import {
  isByFiling,
  MORE_THAN_LIMIT,
  SORT_LIMIT,
  sortFor,
  type CallSort,
  type SortByFiling
} from '../../shared/call/filter.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { filtered, type Filtered } from './filtered.ts'
import { typedIn } from './typedIn.ts'

const PAGE = 50

const inError = (callId: SQLWrapper) => sql<boolean>`coalesce((SELECT in_error FROM call_error
  WHERE call_id = ${callId} ORDER BY created_at DESC, id DESC LIMIT 1), 0)`

export const rowColumns = {
  id: call.id,
  reference: call.reference,
  tookPlaceAt: call.tookPlaceAt,
  filedAt: call.createdAt,
  line: call.line,
  callerKind: call.callerKind,
  otherKind: call.otherKind,
  schoolName: call.schoolName,
  callerName: call.callerName,
  adviserName: sql<string>`coalesce(${account.name}, '')`,
  childNames: sql<string>`coalesce((SELECT group_concat(name, ', ') FROM (
    SELECT name FROM call_child WHERE call_id = ${call.id} AND name <> '' ORDER BY position)), '')`,
  outcome: call.outcome,
  inHours: call.inHours,
  turnedAway: sql<boolean>`${call.gate} = 'turned-away'`.mapWith(Boolean),
  toCheck: call.schoolToCheck,
  inError: inError(call.id).mapWith(Boolean)
}

/** The name by which the outcome goes today. */
const outcomeName = sql`(SELECT json_extract(value, '$.name') FROM setting
  WHERE kind = 'outcome' AND key = ${call.outcome} AND deleted_at IS NULL ORDER BY valid_from DESC LIMIT 1)`
/** A caller without a school stands after those that have one. */
const caller = [
  sql`${call.schoolName} = ''`,
  sql`${call.schoolName} COLLATE NOCASE`,
  sql`${call.callerKind}`,
  sql`${call.callerName} COLLATE NOCASE`
]

/** What the sorts go by that are worked out over all that is found; equals stand newest filed first. */
const sortKeys: Record<Exclude<CallSort, SortByFiling>, SQL[]> = {
  'took-place-newest': [desc(call.tookPlaceAt)],
  'took-place-oldest': [asc(call.tookPlaceAt)],
  'caller-a-z': caller.map(asc),
  'caller-z-a': caller.map(desc),
  'outcome-a-z': [asc(outcomeName)],
  'outcome-z-a': [desc(outcomeName)],
  'adviser-a-z': [asc(sql`${account.name} COLLATE NOCASE`)],
  'adviser-z-a': [desc(sql`${account.name} COLLATE NOCASE`)]
}

/**
 * Filed calls, 50 at a time. `after` is the place where the last page ended; `total` reads "more than 1,000" beyond
 * that, and then the list is by filing whatever the sort (`sortFor`). Words that are searched for give each row its
 * excerpt.
 */
export async function listCalls(
  db: ReadDb,
  { filter, sort: wished, after }: Parsed<'call.list'>,
  actor: Actor
): Promise<Output<'call.list'>> {
  const wanted = await filtered(db, filter, actor)
  if (!wanted) return { rows: [], next: '', total: '0' }
  const ask = asking(db)
  // a common word costs the index most at the first number: it is asked once for all that is counted
  const counted =
    filter.search === '' && isByFiling(wished) ? undefined : ask.numbers(wanted, wished, '', SORT_LIMIT + 1)
  const count = counted?.length ?? ask.count(wanted)
  const total = count > SORT_LIMIT ? MORE_THAN_LIMIT : String(count)
  const sort = sortFor(wished, total)
  const page = isByFiling(sort)
    ? byFiling(ask, wanted, sort, counted, sort === wished ? after : '')
    : await sorted(db, sort, counted ?? [], Number(after))
  return { ...page, rows: await withExcerpts(db, page.rows, searchedWords(filter.search)), total }
}

interface Page {
  rows: CallRow[]
  next: string
}

/** `counted` are the first numbers, where they were asked for: beyond them the index is asked again. */
function byFiling(
  ask: Asking,
  wanted: Filtered,
  sort: SortByFiling,
  counted: readonly number[] | undefined,
  after: string
): Page {
  const begin = after === '' || !counted ? 0 : counted.indexOf(Number(after)) + 1
  const isCounted =
    counted && (after === '' || begin > 0) && (begin + PAGE < counted.length || counted.length <= SORT_LIMIT)
  const found = isCounted
    ? counted.slice(begin, begin + PAGE + 1)
    : ask.numbers(wanted, sort, after, PAGE + 1)
  const shown = found.slice(0, PAGE)
  const last = shown.at(-1)
  return {
    rows: ask.rows(shown, sort),
    next: found.length > PAGE && last !== undefined ? String(last) : ''
  }
}

/** All that are found, in the order of the sort; `before` is how many rows came before. */
async function sorted(
  db: ReadDb,
  sort: Exclude<CallSort, SortByFiling>,
  found: readonly number[],
  before: number
): Promise<Page> {
  const rows = await rowsAmong(db, inArray(callSearch.docid, [...found]))
    .orderBy(...sortKeys[sort], desc(callSearch.docid))
    .limit(PAGE)
    .offset(before)
  return { rows, next: before + PAGE < found.length ? String(before + PAGE) : '' }
}

const rowsAmong = (db: ReadDb, which: SQL) =>
  db
    .select(rowColumns)
    .from(callSearch)
    .innerJoin(call, eq(call.id, callSearch.callId))
    .leftJoin(account, eq(account.id, call.createdBy))
    .where(which)

type Asking = ReturnType<typeof prepared>
const known = new WeakMap<ReadDb, Asking>()

/** The statements of a connection, made once: to make them anew would cost a page more than its rows do. */
function asking(db: ReadDb): Asking {
  const ask = known.get(db) ?? prepared(db)
  known.set(db, ask)
  return ask
}

function prepared(db: ReadDb) {
  const match = sql`call_words MATCH ${sql.placeholder('match')}`
  const [from, to] = [sql.placeholder('from'), sql.placeholder('to')]
  const found = (order: SQL) =>
    db
      .select({ number: sql<number>`rowid` })
      .from(sql`call_words`)
      .where(sql`${match} AND rowid BETWEEN ${from} AND ${to}`)
      .orderBy(order)
      .limit(sql.placeholder('limit'))
      .prepare()
  // the index walks to a place half-way through a million calls, the table is there at once
  const every = (order: SQL) =>
    db
      .select({ number: callSearch.docid })
      .from(callSearch)
      .where(sql`${callSearch.docid} BETWEEN ${from} AND ${to} AND NOT ${inError(callSearch.callId)}`)
      .orderBy(order)
      .limit(sql.placeholder('limit'))
      .prepare()
  const numbers = {
    found: { newest: found(sql`rowid DESC`), oldest: found(sql`rowid ASC`) },
    every: { newest: every(desc(callSearch.docid)), oldest: every(asc(callSearch.docid)) }
  }
  const count = db
    .select({ n: sql<number>`count(*)` })
    .from(sql`(SELECT 1 FROM call_words WHERE ${match} LIMIT ${SORT_LIMIT + 1})`)
    .prepare()
  const rows = (order: SQL) =>
    rowsAmong(db, sql`${callSearch.docid} IN (SELECT value FROM json_each(${sql.placeholder('numbers')}))`)
      .orderBy(order)
      .prepare()
  const inOrder = { newest: rows(desc(callSearch.docid)), oldest: rows(asc(callSearch.docid)) }

  return {
    count: (wanted: Filtered): number => count.get({ match: wanted.match })?.n ?? 0,
    /** The numbers of calls after the one where the last page ended, at most so many. */
    numbers(wanted: Filtered, sort: CallSort, after: string, limit: number): number[] {
      const order = sort === 'oldest' ? 'oldest' : 'newest'
      const last = after === '' ? undefined : Number(after)
      const range = {
        from: order === 'oldest' && last !== undefined ? last + 1 : 1,
        to: order === 'newest' && last !== undefined ? last - 1 : Number.MAX_SAFE_INTEGER
      }
      const asked = numbers[wanted.isEvery ? 'every' : 'found'][order]
      return asked.all({ match: wanted.match, ...range, limit }).map(({ number }) => number)
    },
    rows: (shown: readonly number[], sort: SortByFiling): CallRow[] =>
      inOrder[sort].all({ numbers: JSON.stringify(shown) })
  }
}

async function withExcerpts(
  db: ReadDb,
  rows: readonly CallRow[],
  words: readonly string[]
): Promise<FoundCall[]> {
  if (words.length === 0) return rows.map((row) => ({ ...row, excerpt: noExcerpt }))
  const typed = await typedIn(
    db,
    rows.map(({ id }) => id)
  )
  return rows.map((row) => ({ ...row, excerpt: excerptOf(typed.get(row.id) ?? [], words) }))
}

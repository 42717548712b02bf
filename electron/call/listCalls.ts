import { asc, desc, eq, inArray, sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { oncePerConnection } from '../../db/prepared.ts'
import { rowReader } from '../../db/rowReader.ts'
import { account, call, callSearch } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CallRow, FoundCall } from '../../shared/call/call.ts'
import { excerptOf, noExcerpt, searchedWords } from '../../shared/call/excerpt.ts'
import { isByFiling, SORT_LIMIT, type CallSort, type SortByFiling } from '../../shared/call/filter.ts'
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
 * Filed calls, 50 at a time. `after` is the place where the last page ended. Sorted by anything but filing, more calls
 * than `SORT_LIMIT` are listed newest first, from the top: `sort` is the one that the rows have. Words that are
 * searched for give each row its excerpt.
 */
export async function listCalls(
  db: ReadDb,
  { filter, sort, after }: Parsed<'call.list'>,
  actor: Actor
): Promise<Output<'call.list'>> {
  const wanted = await filtered(db, filter, actor)
  if (!wanted) return { rows: [], next: '', sort }
  const page = isByFiling(sort)
    ? byFiling(db, wanted, sort, after)
    : (sorted(db, wanted, sort, Number(after)) ?? byFiling(db, wanted, 'newest', ''))
  return { ...page, rows: await withExcerpts(db, page.rows, searchedWords(filter.search)) }
}

interface Page {
  rows: CallRow[]
  next: string
  sort: CallSort
}

function byFiling(db: ReadDb, wanted: Filtered, sort: SortByFiling, after: string): Page {
  const place = after === '' ? undefined : Number(after)
  const found = statements(db)[wanted.isEvery ? 'every' : 'found'][sort].values({
    match: wanted.match,
    from: sort === 'oldest' && place !== undefined ? place + 1 : 1,
    to: sort === 'newest' && place !== undefined ? place - 1 : Number.MAX_SAFE_INTEGER
  })
  const shown = found.slice(0, PAGE)
  const last = found.length > PAGE ? shown.at(-1) : undefined
  return { rows: shown.map(readRow), next: last ? String(last.at(-1)) : '', sort }
}

/** Undefined where too many are found; `before` is how many rows came before. */
function sorted(
  db: ReadDb,
  wanted: Filtered,
  sort: Exclude<CallSort, SortByFiling>,
  before: number
): Page | undefined {
  const found = statements(db)
    .numbers.all({ match: wanted.match })
    .map(({ number }) => number)
  if (found.length > SORT_LIMIT) return undefined
  const rows = numberedRows(db, inArray(callSearch.docid, found))
    .orderBy(...sortKeys[sort], desc(callSearch.docid))
    .limit(PAGE)
    .offset(before)
    .values()
  return {
    rows: rows.map(readRow),
    next: before + PAGE < found.length ? String(before + PAGE) : '',
    sort
  }
}

/** The number of a call, by which it was filed, stands behind what its row has. */
const numberedRows = (db: ReadDb, which: SQL) =>
  db
    .select({ ...rowColumns, number: callSearch.docid })
    .from(callSearch)
    .innerJoin(call, eq(call.id, callSearch.callId))
    .leftJoin(account, eq(account.id, call.createdBy))
    .where(which)
const readRow = rowReader(rowColumns)

/** To put them into words anew would cost a page more than its rows do. */
const statements = oncePerConnection((db: ReadDb) => {
  const match = sql`call_words MATCH ${sql.placeholder('match')}`
  const between = sql`BETWEEN ${sql.placeholder('from')} AND ${sql.placeholder('to')}`
  const page = (which: SQL, order: SQL) =>
    numberedRows(db, which)
      .orderBy(order)
      .limit(PAGE + 1)
      .prepare()
  const found = (order: SQL) => sql`${callSearch.docid} IN (
    SELECT rowid FROM call_words WHERE ${match} AND rowid ${between} ORDER BY ${order} LIMIT ${PAGE + 1})`
  // the index walks to a place half-way through a million calls, the table is there at once
  const every = sql`${callSearch.docid} ${between} AND NOT ${inError(callSearch.callId)}`
  const [newest, oldest] = [desc(callSearch.docid), asc(callSearch.docid)]
  return {
    found: { newest: page(found(sql`rowid DESC`), newest), oldest: page(found(sql`rowid ASC`), oldest) },
    every: { newest: page(every, newest), oldest: page(every, oldest) },
    numbers: db
      .select({ number: sql<number>`rowid` })
      .from(sql`call_words`)
      .where(match)
      .limit(SORT_LIMIT + 1)
      .prepare()
  }
})

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

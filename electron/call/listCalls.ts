import { asc, desc, eq, inArray, sql, type SQL } from 'drizzle-orm'
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
import { docidsOf, filtered, type Filtered } from './filtered.ts'
import { typedIn } from './typedIn.ts'

const PAGE = 50

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
  inError: sql<boolean>`coalesce((SELECT in_error FROM call_error WHERE call_id = ${call.id}
    ORDER BY created_at DESC, id DESC LIMIT 1), 0)`.mapWith(Boolean)
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
  const first = await docids(db, wanted, wished, SORT_LIMIT + 1)
  const total = first.length > SORT_LIMIT ? MORE_THAN_LIMIT : String(first.length)
  const sort = sortFor(wished, total)
  const page = isByFiling(sort)
    ? await byFiling(db, wanted, sort, first, sort === wished ? after : '')
    : await sorted(db, sort, first, Number(after))
  return { ...page, rows: await withExcerpts(db, page.rows, searchedWords(filter.search)), total }
}

interface Page {
  rows: CallRow[]
  next: string
}

/** Numbers in the index, which rise with the instant of filing. */
async function docids(db: ReadDb, wanted: Filtered, sort: CallSort, limit: number, after?: number) {
  const oldest = sort === 'oldest'
  const beyond = after === undefined ? undefined : sql`rowid ${sql.raw(oldest ? '>' : '<')} ${after}`
  const found = await db.all<{ rowid: number }>(
    sql`${docidsOf(wanted, beyond)} ORDER BY rowid ${sql.raw(oldest ? 'ASC' : 'DESC')} LIMIT ${limit}`
  )
  return found.map(({ rowid }) => rowid)
}

/**
 * `first` are the numbers that were counted: the index is asked again only for what lies beyond them. `after` is the
 * number of the last row.
 */
async function byFiling(
  db: ReadDb,
  wanted: Filtered,
  sort: SortByFiling,
  first: readonly number[],
  after: string
): Promise<Page> {
  const begin = after === '' ? 0 : first.indexOf(Number(after)) + 1
  const isCounted = (after === '' || begin > 0) && (begin + PAGE < first.length || first.length <= SORT_LIMIT)
  const found = isCounted
    ? first.slice(begin, begin + PAGE + 1)
    : await docids(db, wanted, sort, PAGE + 1, Number(after))
  const shown = found.slice(0, PAGE)
  const last = shown.at(-1)
  return {
    rows: await rowsOf(db, shown, [sort === 'oldest' ? asc(callSearch.docid) : desc(callSearch.docid)]),
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
  const rows = await rowsOf(db, found, [...sortKeys[sort], desc(callSearch.docid)], before)
  return { rows, next: before + PAGE < found.length ? String(before + PAGE) : '' }
}

const rowsOf = (db: ReadDb, numbers: readonly number[], order: SQL[], before = 0): Promise<CallRow[]> =>
  db
    .select(rowColumns)
    .from(callSearch)
    .innerJoin(call, eq(call.id, callSearch.callId))
    .leftJoin(account, eq(account.id, call.createdBy))
    .where(inArray(callSearch.docid, [...numbers]))
    .orderBy(...order)
    .limit(PAGE)
    .offset(before)

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

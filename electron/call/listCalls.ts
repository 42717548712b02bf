import { and, desc, eq, lt, or, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, call, callSearch } from '../../db/schema/index.ts'
import { wordQuery } from '../../db/search.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CallRow } from '../../shared/call/call.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { readable, readableMatch } from './readable.ts'

const PAGE = 50
const COUNTED = 1_000

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
  toCheck: call.schoolToCheck
}

/**
 * Filed calls, newest first, 50 at a time. With words to look for: the calls in which each of them begins a word.
 * `after` is the place where the last page ended; `total` reads "more than 1,000" beyond that.
 */
export async function listCalls(
  db: ReadDb,
  { search, after }: Parsed<'call.list'>,
  actor: Actor
): Promise<Output<'call.list'>> {
  const query = wordQuery(search)
  if (search.trim() !== '' && query === undefined) return { rows: [], next: '', total: '0' }
  return query === undefined ? newest(db, after, actor) : matching(db, query, after, actor)
}

async function newest(db: ReadDb, after: string, actor: Actor): Promise<Output<'call.list'>> {
  const [filedAt = '', id = ''] = after.split(' ')
  const beyond =
    after === ''
      ? undefined
      : or(lt(call.createdAt, filedAt), and(eq(call.createdAt, filedAt), lt(call.id, id)))
  const rows = await db
    .select(rowColumns)
    .from(call)
    .leftJoin(account, eq(account.id, call.createdBy))
    .where(and(beyond, readable(actor)))
    .orderBy(desc(call.createdAt), desc(call.id))
    .limit(PAGE + 1)
  const last = rows[PAGE - 1]
  return {
    rows: rows.slice(0, PAGE),
    next: rows.length > PAGE && last ? `${last.filedAt} ${last.id}` : '',
    total: await total(db, sql`SELECT 1 FROM call WHERE ${readable(actor) ?? sql`1`}`)
  }
}

async function matching(
  db: ReadDb,
  query: string,
  after: string,
  actor: Actor
): Promise<Output<'call.list'>> {
  const matches: SQL = sql`SELECT ${callSearch.docid} FROM call_words
    JOIN call_search ON call_search.docid = call_words.rowid
    JOIN call ON call.id = call_search.call_id
    WHERE call_words MATCH ${readableMatch(query, actor)} AND ${readable(actor) ?? sql`1`}`
  const beyond = after === '' ? sql`1` : sql`call_words.rowid < ${Number(after)}`
  const found = await db
    .select({ ...rowColumns, docid: callSearch.docid })
    .from(callSearch)
    .innerJoin(call, eq(call.id, callSearch.callId))
    .leftJoin(account, eq(account.id, call.createdBy))
    .where(
      sql`${callSearch.docid} IN (${matches} AND ${beyond} ORDER BY call_words.rowid DESC LIMIT ${PAGE + 1})`
    )
    .orderBy(desc(callSearch.docid))
  const rows = found.slice(0, PAGE).map(({ docid: _, ...row }): CallRow => row)
  const last = found[PAGE - 1]
  return {
    rows,
    next: found.length > PAGE && last ? String(last.docid) : '',
    total: await total(db, matches)
  }
}

async function total(db: ReadDb, rows: SQL): Promise<string> {
  const counted = await db.get<{ n: number }>(sql`SELECT count(*) AS n FROM (${rows} LIMIT ${COUNTED + 1})`)
  return counted.n > COUNTED ? 'more than 1,000' : String(counted.n)
}

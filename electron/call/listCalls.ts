import { asc, desc, eq, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, call, callSearch } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { SORT_LIMIT } from '../../shared/call/filter.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { docidsOf, filtered } from './filtered.ts'

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

/**
 * Filed calls, 50 at a time. `after` is the place where the last page ended; `total` reads "more than 1,000" beyond
 * that.
 */
export async function listCalls(
  db: ReadDb,
  { filter, sort, after }: Parsed<'call.list'>,
  actor: Actor
): Promise<Output<'call.list'>> {
  const wanted = await filtered(db, filter, actor)
  if (!wanted) return { rows: [], next: '', total: '0' }
  const oldest = sort === 'oldest'
  const beyond =
    after === ''
      ? undefined
      : oldest
        ? sql`call_words.rowid > ${Number(after)}`
        : sql`call_words.rowid < ${Number(after)}`
  const order = oldest ? sql`ASC` : sql`DESC`
  const page: SQL = sql`${docidsOf(wanted, beyond)} ORDER BY call_words.rowid ${order} LIMIT ${PAGE + 1}`
  const found = await db
    .select({ ...rowColumns, docid: callSearch.docid })
    .from(callSearch)
    .innerJoin(call, eq(call.id, callSearch.callId))
    .leftJoin(account, eq(account.id, call.createdBy))
    .where(sql`${callSearch.docid} IN (${page})`)
    .orderBy(oldest ? asc(callSearch.docid) : desc(callSearch.docid))
  const last = found[PAGE - 1]
  return {
    rows: found.slice(0, PAGE).map(({ docid: _, ...row }) => ({ ...row, excerpt: [] })),
    next: found.length > PAGE && last ? String(last.docid) : '',
    total: await total(db, docidsOf(wanted))
  }
}

async function total(db: ReadDb, rows: SQL): Promise<string> {
  const counted = await db.get<{ n: number }>(
    sql`SELECT count(*) AS n FROM (${rows} LIMIT ${SORT_LIMIT + 1})`
  )
  return counted.n > SORT_LIMIT ? 'more than 1,000' : String(counted.n)
}

import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { SORT_LIMIT, totalOf } from '../../shared/call/filter.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { docidsOf, filtered } from './filtered.ts'

/**
 * How many calls a filter finds among those that this person may read; "more than 1,000" beyond that. A read of its
 * own: the first rows are there before all are counted.
 */
export async function countCalls(
  db: ReadDb,
  { filter }: Parsed<'call.count'>,
  actor: Actor
): Promise<Output<'call.count'>> {
  const wanted = await filtered(db, filter, actor)
  if (!wanted) return { total: '0' }
  const { n } = await db.get<{ n: number }>(
    sql`SELECT count(*) AS n FROM (${docidsOf(wanted)} LIMIT ${SORT_LIMIT + 1})`
  )
  return { total: totalOf(n) }
}

import { asc, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { callFilter } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { savedFilter, type SavedFilter } from '../../shared/call/filter.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'

/** The filters of the list of calls that this person has named, by name. One that no longer parses is left out. */
export async function listFilters(
  db: ReadDb,
  _: Parsed<'call.filters'>,
  actor: Actor
): Promise<SavedFilter[]> {
  const rows = await db
    .select({ id: callFilter.id, name: callFilter.name, filter: callFilter.filter })
    .from(callFilter)
    .where(eq(callFilter.ownerId, actor.id))
    .orderBy(asc(sql`${callFilter.name} COLLATE NOCASE`), asc(callFilter.id))
  return rows.flatMap(({ id, name, filter }) => {
    const parsed = savedFilter.safeParse({ id, name, filter: JSON.parse(filter) })
    return parsed.success ? [parsed.data] : []
  })
}

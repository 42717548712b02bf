import { sql, type SQL } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Actor } from '../../shared/access/roles.ts'
import type { Id, Instant } from '../../shared/ids.ts'

interface ChangedBy {
  rowVersion: SQL
  updatedAt: Instant
  updatedBy: Id
}

/** What a change leaves in the row of an import beside what it changes: the next version, when and by whom. */
export const changedBy = (rowVersion: AnySQLiteColumn, { now, id }: Actor): ChangedBy => ({
  rowVersion: sql`${rowVersion} + 1`,
  updatedAt: now,
  updatedBy: id
})

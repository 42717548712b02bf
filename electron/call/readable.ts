import { eq, inArray, or, sql, type AnyColumn, type SQL } from 'drizzle-orm'
import { call } from '../../db/schema/index.ts'
import { readScope } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'

/**
 * `mayRead` as a condition on calls: one rule for lists, search, counts and export (L25). `of` is the table, where it
 * goes by another name in the query.
 */
export function readable(
  actor: Actor,
  of: { createdBy: AnyColumn; hubId: AnyColumn } = call
): SQL | undefined {
  const scope = readScope(actor)
  switch (scope.kind) {
    case 'all':
      return undefined
    case 'hubs':
      return or(eq(of.createdBy, scope.own), inArray(of.hubId, [...scope.hubIds]))
    case 'none':
      return sql`0`
  }
}

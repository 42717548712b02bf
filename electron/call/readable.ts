import { eq, inArray, or, sql, type SQL } from 'drizzle-orm'
import { call } from '../../db/schema/index.ts'
import { readScope } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'

/** `mayRead` as a condition on calls: one rule for lists, search, counts and export (L25). */
export function readable(actor: Actor): SQL | undefined {
  const scope = readScope(actor)
  switch (scope.kind) {
    case 'all':
      return undefined
    case 'hubs':
      return or(eq(call.createdBy, scope.own), inArray(call.hubId, [...scope.hubIds]))
    case 'none':
      return sql`0`
  }
}

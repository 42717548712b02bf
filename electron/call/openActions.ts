import { and, asc, eq, gt, lte, or, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { call, callAction } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { OPEN_ROWS, type ActionDue, type OpenList, type Whose } from '../../shared/call/loop.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { asked, itemColumns, listOf, notAskedAsCallBack, notInError, openAction } from './openItems.ts'

/**
 * Actions that are still to be done: those with a day agreed, the one overdue longest first, then those without one.
 * `until`: only those agreed for this day or an earlier one, and those without; undefined where all are asked for.
 */
export async function openActions(
  db: ReadDb,
  whose: Whose,
  until: CivilDate | undefined,
  actor: Actor
): Promise<OpenList<ActionDue>> {
  const isAsked = and(openAction, asked(whose, actor, callAction.ownerId), notInError, notAskedAsCallBack)
  const hasDay = gt(callAction.byWhen, '')
  const hasNoDay = eq(callAction.byWhen, '')
  const isInTime = until === undefined ? hasDay : and(hasDay, lte(callAction.byWhen, until))
  // the two are asked for one after the other, so that each comes out of the index in its order
  const first = (which: typeof isInTime, limit: number) =>
    db
      .select({
        ...itemColumns(callAction.ownerId),
        itemId: callAction.id,
        what: callAction.what,
        who: callAction.who,
        byWhen: callAction.byWhen
      })
      .from(callAction)
      .innerJoin(call, eq(call.id, callAction.callId))
      .where(and(which, isAsked))
      .orderBy(asc(callAction.byWhen), sql`call_action.rowid`)
      .limit(limit)
  const dated = await first(isInTime, OPEN_ROWS)
  const undated = dated.length < OPEN_ROWS ? await first(hasNoDay, OPEN_ROWS - dated.length) : []
  const rows = [...dated, ...undated].map((row) => ({ ...row, kind: 'action' as const }))
  return listOf(db, rows, (limit) =>
    db
      .select({ id: callAction.id })
      .from(callAction)
      .innerJoin(call, eq(call.id, callAction.callId))
      .where(and(or(isInTime, hasNoDay), isAsked))
      .limit(limit)
  )
}

import { and, count, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { stepDownNow } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { stepDownStates } from '../../shared/stepDown/stepDown.ts'
import { isOverdue, queueConditions } from './queueConditions.ts'

/** How many are in each list under the rest of a filter, in the order of the lists; one that is empty is told as well. */
export async function countQueue(
  db: ReadDb,
  { filter }: Parsed<'stepDown.count'>,
  actor: Actor
): Promise<Output<'stepDown.count'>> {
  const counted = await db
    .select({
      state: stepDownNow.state,
      count: count(),
      overdue: sql<number>`coalesce(sum(${isOverdue(actor.now)}), 0)`
    })
    .from(stepDownNow)
    .where(and(queueConditions(filter, actor), sql`${stepDownNow.isOpen} IN (0, 1)`))
    .groupBy(stepDownNow.state)
  return stepDownStates.map(
    (state) => counted.find((each) => each.state === state) ?? { state, count: 0, overdue: 0 }
  )
}

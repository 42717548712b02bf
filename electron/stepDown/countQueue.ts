import { and, count, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { stepDownNow } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { QueueCount } from '../../shared/stepDown/record.ts'
import { stepDownStates } from '../../shared/stepDown/stepDown.ts'
import { isOverdue, queueConditions } from './queueConditions.ts'

/**
 * How many are in each list under the rest of a filter, in the order of the lists; one that is empty is told as well. What is
 * done is counted apart: it is by far the most, and needs to be put into no groups.
 */
export async function countQueue(
  db: ReadDb,
  { filter }: Parsed<'stepDown.count'>,
  actor: Actor
): Promise<Output<'stepDown.count'>> {
  const conditions = queueConditions(filter, actor)
  const waiting = await db
    .select({
      state: stepDownNow.state,
      count: count(),
      overdue: sql<number>`coalesce(sum(${isOverdue(actor.now)}), 0)`
    })
    .from(stepDownNow)
    .where(and(eq(stepDownNow.isOpen, true), conditions))
    .groupBy(stepDownNow.state)
  const done: QueueCount = {
    state: 'done',
    count: await db.$count(stepDownNow, and(eq(stepDownNow.isOpen, false), conditions)),
    overdue: 0
  }
  return stepDownStates.map(
    (state) => [...waiting, done].find((each) => each.state === state) ?? { state, count: 0, overdue: 0 }
  )
}

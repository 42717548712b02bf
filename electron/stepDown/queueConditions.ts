import { and, eq, gte, lt, lte, ne, type SQL } from 'drizzle-orm'
import { stepDownNow } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CivilDate, Instant } from '../../shared/ids.ts'
import type { QueueFilter } from '../../shared/stepDown/record.ts'
import type { Risk } from '../../shared/stepDown/stepDown.ts'
import { addDays, londonDate, toInstant } from '../../shared/time/london.ts'
import { knownStepDowns } from './mustOpenStepDown.ts'

/** As `step_down_now` has it: what nobody has said stands with the high ones. */
export const riskRanks: Record<Risk, number> = { high: 0, medium: 1, low: 2 }

/** Everything of a filter but its state, as a condition on `step_down_now`: rows and counts go by the same. */
export function queueConditions(
  { hubId, age, risk, source, overdue, mine }: QueueFilter,
  actor: Actor
): SQL | undefined {
  return and(
    knownStepDowns(actor),
    hubId === '' ? undefined : eq(stepDownNow.hubId, hubId),
    risk === '' ? undefined : eq(stepDownNow.riskRank, riskRanks[risk]),
    source === '' ? undefined : eq(stepDownNow.source, source),
    overdue ? isOverdue(actor.now) : undefined,
    mine ? eq(stepDownNow.ownerId, actor.id) : undefined,
    age === '' ? undefined : receivedWithin(age, londonDate(actor.now))
  )
}

/** Its clock has run out. */
export const isOverdue = (now: Instant): SQL | undefined =>
  and(ne(stepDownNow.dueAt, ''), lte(stepDownNow.dueAt, now))

/** By the London day on which it was received. */
function receivedWithin(age: Exclude<QueueFilter['age'], ''>, today: CivilDate): SQL | undefined {
  const since = (days: number) => gte(stepDownNow.receivedAt, midnight(addDays(today, -days)))
  const before = (days: number) => lt(stepDownNow.receivedAt, midnight(addDays(today, -days)))
  switch (age) {
    case 'today':
      return since(0)
    case 'week':
      return and(since(7), before(0))
    case 'fortnight':
      return and(since(14), before(7))
    case 'older':
      return before(14)
  }
}

const midnight = (day: CivilDate): Instant => toInstant(day, '00:00') ?? day

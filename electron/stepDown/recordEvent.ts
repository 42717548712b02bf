import { asc, eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { stepDownEvent, stepDownNow } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, refuse } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { mayHappen, type EventInOrder } from '../../shared/stepDown/state.ts'
import type { StepDownEvent } from '../../shared/stepDown/stepDown.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'

/** What happens to a step-down; what is not said of it is ''. */
export interface NewStepDownEvent {
  id: Id
  stepDownId: Id
  event: StepDownEvent
  /** The version, return, decision or allocation that it is of. */
  aboutId?: Id
  /** Of a proposal the keyworker, of `take` the account, of `accept` the assessment. */
  toId?: Id
  on: CivilDate
  who?: string
  /** Of `end` one of `endReasons`. */
  reason?: string
  words?: string
}

/**
 * Records what happens to a step-down, where it is possible as it stands. It stands after all that is recorded of it, whatever
 * the clock says. Whoever calls has made sure that it may be read, and that it was not recorded before.
 *
 * @throws Refusal not-found, step-not-possible
 */
export async function recordEvent(tx: Tx, happens: NewStepDownEvent, actor: Actor): Promise<void> {
  const { id, stepDownId, event, on } = happens
  const [now] = await tx.select().from(stepDownNow).where(eq(stepDownNow.stepDownId, stepDownId))
  if (!now) return notFound()
  if (!mayHappen(await eventsOf(tx, stepDownId)).includes(event)) refuse('step-not-possible')
  await tx.insert(stepDownEvent).values({
    ...writtenAfter(writtenBy(actor, now.hubId), now.lastAt),
    ...{ id, stepDownId, event, onDay: on },
    aboutId: happens.aboutId ?? '',
    toId: happens.toId ?? '',
    who: happens.who ?? '',
    reason: happens.reason ?? '',
    words: happens.words ?? ''
  })
}

/** What happened to a step-down, in the order in which it was recorded. */
export function eventsOf(db: ReadDb, stepDownId: Id): Promise<EventInOrder[]> {
  return db
    .select({
      event: stepDownEvent.event,
      aboutId: stepDownEvent.aboutId,
      toId: stepDownEvent.toId,
      recordedAt: stepDownEvent.createdAt
    })
    .from(stepDownEvent)
    .where(eq(stepDownEvent.stepDownId, stepDownId))
    .orderBy(asc(stepDownEvent.createdAt), asc(stepDownEvent.id))
}

import { asc, eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { stepDownEvent, stepDownNow } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, refuse } from '../../shared/errors.ts'
import { naturalIdBeside, type CivilDate, type Id } from '../../shared/ids.ts'
import { mayHappen, type EventInOrder } from '../../shared/stepDown/state.ts'
import type { StepDownEvent } from '../../shared/stepDown/stepDown.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { isAtWork } from '../plan/giveAction.ts'

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
 * the clock says. What was done and goes on after all is with nobody who has gone (L18). Whoever calls has made sure that it
 * may be read, and that it was not recorded before.
 *
 * @throws Refusal not-found, step-not-possible
 */
export async function recordEvent(tx: Tx, happens: NewStepDownEvent, actor: Actor): Promise<void> {
  const { id, stepDownId } = happens
  const before = await append(tx, happens, actor)
  if (before.isOpen) return
  const now = await standing(tx, stepDownId)
  if (!now.isOpen || now.ownerId === '' || (await isAtWork(tx, now.ownerId))) return
  const nobody = { id: naturalIdBeside(id, 'nobody'), stepDownId, event: 'take' as const, on: happens.on }
  await append(tx, nobody, actor)
}

/** @returns how it stood before */
async function append(tx: Tx, happens: NewStepDownEvent, actor: Actor) {
  const { id, stepDownId, event, on } = happens
  const now = await standing(tx, stepDownId)
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
  return now
}

async function standing(db: ReadDb, stepDownId: Id): Promise<typeof stepDownNow.$inferSelect> {
  const [now] = await db.select().from(stepDownNow).where(eq(stepDownNow.stepDownId, stepDownId))
  return now ?? notFound()
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

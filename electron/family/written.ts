import type { Actor } from '../../shared/access/roles.ts'
import type { Id, Instant } from '../../shared/ids.ts'

/** Who wrote a row, when, on which computer, and the hub it belongs to. */
export interface Written {
  hubId: Id
  createdAt: Instant
  createdBy: Id
  deviceId: Id
}

export const writtenBy = (actor: Actor, hubId: Id): Written => ({
  hubId,
  createdAt: actor.now,
  createdBy: actor.id,
  deviceId: actor.deviceId
})

/**
 * The same, later than what it comes after: a clock that was set back must not make a correction older than what it
 * corrects.
 */
export const writtenAfter = (written: Written, earlier: Instant | undefined): Written =>
  earlier === undefined || written.createdAt > earlier
    ? written
    : { ...written, createdAt: new Date(Date.parse(earlier) + 1).toISOString() }

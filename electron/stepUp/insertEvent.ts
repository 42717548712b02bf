import type { Tx } from '../../db/open.ts'
import { stepUpEvent } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { refuse } from '../../shared/errors.ts'
import type { CivilDate, Id, Instant } from '../../shared/ids.ts'
import type { StepUp } from '../../shared/stepUp/record.ts'
import type { StepUpEvent } from '../../shared/stepUp/stepUp.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'

/** What is recorded of a request; what is left out is ''. */
export interface RecordedEvent {
  id: Id
  event: StepUpEvent
  on: CivilDate
  meetingId?: Id
  noteId?: Id
  who?: string
  words?: string
}

/**
 * Records what happened to a request, later than all that was recorded of it before, and than `after`.
 *
 * @returns when it was recorded
 * @throws Refusal step-not-possible
 */
export async function insertEvent(
  tx: Tx,
  stepUp: StepUp,
  { id, event, on, meetingId = '', noteId = '', who = '', words = '' }: RecordedEvent,
  actor: Actor,
  after: Instant = stepUp.recordedAt
): Promise<Instant> {
  if (!stepUp.mayDo.includes(event)) refuse('step-not-possible')
  const { id: stepUpId, familyId, episodeId, hubId } = stepUp
  const last = stepUp.events.at(-1)?.recordedAt ?? stepUp.recordedAt
  const written = writtenAfter(writtenAfter(writtenBy(actor, hubId), last), after)
  await tx.insert(stepUpEvent).values({
    ...written,
    ...{ id, familyId, episodeId, stepUpId, event, onDay: on, meetingId, noteId, who, words }
  })
  return written.createdAt
}

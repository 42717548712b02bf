import type { CivilDate, Id, Instant } from '../ids.ts'
import type { StepUpState } from '../stepUp/stepUp.ts'
import type { QueueCount, QueueRow } from './record.ts'
import type { StepDownState } from './stepDown.ts'

/** A meeting to come, or one whose outcomes are not recorded yet. */
interface MeetingAhead {
  id: Id
  onDay: CivilDate
  /** HH:MM in London. */
  startsAt: string
  place: string
  hubName: string
  chairName: string
  /** Requests on its agenda. */
  requests: number
}

/** "Triage" on the desk: what waits, of what somebody may read. */
export interface TriageHome {
  /** Every list but the one of what is done, in their order. */
  lists: QueueCount[]
  /** What has waited longest since it arrived; undefined where nothing waits. */
  oldest: { id: Id; reference: string; receivedAt: Instant } | undefined
  /** The first of the queue. */
  next: QueueRow[]
  /** Requests without feedback, by state; one without any is left out. */
  stepUps: { state: StepUpState; count: number }[]
  /** The first to come, those whose day has passed before them. */
  meetings: MeetingAhead[]
}

/** A step-down on the close-of-day sheet (C11). */
export interface StepDownDue {
  id: Id
  reference: string
  /** '' where none is named, and where its family is restricted and not open to the reader. */
  childNames: string
  state: StepDownState
  dueAt: Instant
  /** '' where nobody has taken it. */
  ownerId: Id
  ownerName: string
}

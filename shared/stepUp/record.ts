import type { Domain } from '../assessment/assessment.ts'
import type { CivilDate, Id, Instant } from '../ids.ts'
import type { Attendance, MeetingKind } from '../meeting/meeting.ts'
import type { PlanOutcome } from '../plan/plan.ts'
import type { TransferKind, TransferReason } from '../transfer/transfer.ts'
import type { NextOfStepUp } from './state.ts'
import type { StepUpEvent, StepUpEventRow, StepUpQuestion, StepUpState } from './stepUp.ts'

/** One request for step-up as it stands. */
export interface StepUp {
  id: Id
  familyId: Id
  episodeId: Id
  /** Its own: `SUP-7KQ3-000001`. */
  reference: string
  episodeReference: string
  familyReference: string
  /** '' where the family is restricted and not open to whoever asks. */
  childNames: string
  /** The family opens only with a reason: nothing that somebody wrote is told. */
  isHidden: boolean
  hubId: Id
  hubName: string
  requestedOn: CivilDate
  answers: Record<StepUpQuestion, string>
  /** R46: the last case note on that day; '' where there was none. */
  lastNoteOn: CivilDate
  oldNotesReason: string
  state: StepUpState
  /** What may happen now, by `mayHappen` of state.ts. */
  mayDo: StepUpEvent[]
  /** R45: no feedback is recorded yet. */
  isOpen: boolean
  /** The meeting that looks at it, or looked at it last; '' where none has. */
  meetingId: Id
  meetingOn: CivilDate
  /** Undefined where nothing is to be done any more. */
  next: NextOfStepUp | undefined
  /** Whose the next act is, by name; '' where nothing is next. */
  ownerName: string
  /** The account; '' for the triage managers. */
  ownerId: Id
  /** R59: with whom what continues was confirmed, or why nobody is in doubt; the newest. */
  confirmed: { on: CivilDate; who: string; words: string } | undefined
  events: StepUpEventRow[]
  recordedAt: Instant
  byId: Id
  byName: string
}

/** An Action and Impact Meeting in the list of them. */
export interface ImpactMeetingRow {
  id: Id
  hubId: Id
  hubName: string
  onDay: CivilDate
  /** HH:MM in London. */
  startsAt: string
  place: string
  chairId: Id
  chairName: string
  ending: '' | 'held' | 'cancelled'
  /** How many requests are on its agenda, or were decided by it, that the reader may know of. */
  cases: number
}

export interface ImpactMeeting extends ImpactMeetingRow {
  note: string
  endedWhy: string
  rowVersion: number
  /** Every request that was ever on its agenda: in the order of the agenda those that stand on it, then the others. */
  stepUps: StepUp[]
}

/** R42: the evidence that early intervention happened, from the record. Days are civil dates. */
export interface StepUpEvidence {
  episodeId: Id
  reference: string
  registeredOn: CivilDate
  /** Why the assessment was begun. */
  reason: string
  needs: {
    personId: Id
    personName: string
    domain: Domain
    needs: string
    strengths: string
    on: CivilDate
  }[]
  outcomes: PlanOutcome[]
  /** Those that were held, the last first. */
  meetings: {
    id: Id
    kind: MeetingKind
    on: CivilDate
    attendance: { name: string; attendance: Attendance }[]
  }[]
  notes: { count: number; lastOn: CivilDate }
  /** The newest first. */
  keyworkers: {
    name: string
    agencyName: string
    validFrom: CivilDate
    validTo: CivilDate
    isCover: boolean
  }[]
  transfers: { id: Id; kind: TransferKind; reason: TransferReason; on: CivilDate }[]
  levels: { id: Id; levelName: string; rationale: string; on: CivilDate }[]
}

import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { StepUpEvent } from '../../shared/stepUp/stepUp.ts'
import { mutable, written } from './columns.ts'

const ofEpisode = () => ({ familyId: text('family_id').notNull(), episodeId: text('episode_id').notNull() })

/** Somebody asks that statutory services take a family (R42 to R46). Append-only: what came of it are its events. */
export const stepUp = sqliteTable(
  'step_up',
  {
    ...written(),
    ...ofEpisode(),
    reference: text('reference').notNull(),
    requestedOn: text('requested_on').notNull(),
    unmetNeeds: text('unmet_needs').notNull(),
    tried: text('tried').notNull(),
    withinResources: text('within_resources').notNull(),
    impact: text('impact').notNull(),
    evidence: text('evidence').notNull(),
    advice: text('advice').notNull(),
    /** R46: the day of the last case note, and why an older one than the setting will do. */
    lastNoteOn: text('last_note_on').notNull(),
    oldNotesReason: text('old_notes_reason').notNull()
  },
  (t) => [index('step_up_episode').on(t.episodeId), index('step_up_family').on(t.familyId)]
)

/** What happened to a request, each a fact. Its state is worked out from these (shared/stepUp/state.ts). */
export const stepUpEvent = sqliteTable(
  'step_up_event',
  {
    ...written(),
    ...ofEpisode(),
    stepUpId: text('step_up_id').notNull(),
    event: text('event').$type<StepUpEvent>().notNull(),
    onDay: text('on_day').notNull(),
    /** Of `plan` and of an outcome: the meeting; '' otherwise. */
    meetingId: text('meeting_id').notNull(),
    /** The case note that the minutes became; '' for none. */
    noteId: text('note_id').notNull(),
    who: text('who').notNull(),
    words: text('words').notNull()
  },
  (t) => [
    index('step_up_event_of').on(t.stepUpId, t.createdAt, t.id),
    index('step_up_event_meeting').on(t.meetingId),
    index('step_up_event_episode').on(t.episodeId)
  ]
)

/** An Action and Impact Meeting of a hub, chaired by a triage manager (R42). Its agenda are the events of requests. */
export const impactMeeting = sqliteTable(
  'impact_meeting',
  {
    ...mutable(),
    onDay: text('on_day').notNull(),
    startsAt: text('starts_at').notNull(),
    place: text('place').notNull(),
    chairId: text('chair_id').notNull(),
    note: text('note').notNull(),
    ending: text('ending').$type<'' | 'held' | 'cancelled'>().notNull(),
    endedWhy: text('ended_why').notNull()
  },
  (t) => [index('impact_meeting_day').on(t.ending, t.onDay)]
)

/** It was held, and its outcomes were recorded by one form. Append-only. */
export const impactMeetingRecord = sqliteTable(
  'impact_meeting_record',
  {
    ...written(),
    meetingId: text('meeting_id').notNull(),
    heldOn: text('held_on').notNull()
  },
  (t) => [index('impact_meeting_record_of').on(t.meetingId)]
)

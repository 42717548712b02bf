import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type {
  notesGiven,
  TransferKind,
  TransferReason,
  TransferStep
} from '../../shared/transfer/transfer.ts'
import { written } from './columns.ts'

const ofEpisode = () => ({
  familyId: text('family_id').notNull(),
  episodeId: text('episode_id').notNull()
})

/** Somebody asked that an assessment goes to another keyworker (R36 to R39). Append-only: what came of it is its steps. */
export const transfer = sqliteTable(
  'transfer',
  {
    ...written(),
    ...ofEpisode(),
    kind: text('kind').$type<TransferKind>().notNull(),
    reason: text('reason').$type<TransferReason>().notNull(),
    /** R36: of a family that does not engage, whether it is below the threshold of safeguarding. */
    belowThreshold: text('below_threshold').$type<'' | 'yes' | 'no'>().notNull(),
    requestedOn: text('requested_on').notNull(),
    note: text('note').notNull(),
    /** R39: the authority that it goes to, by the key of its setting and its name on that day; '' within the county. */
    authority: text('authority').notNull(),
    authorityName: text('authority_name').notNull(),
    /** The reassignment of a worker who leaves; '' where one family was asked for. */
    reassignmentId: text('reassignment_id').notNull()
  },
  (t) => [index('transfer_episode').on(t.episodeId), index('transfer_family').on(t.familyId)]
)

/** What was done for a transfer, each a fact with its day. Its state is worked out from these (shared/transfer/state.ts). */
export const transferStep = sqliteTable(
  'transfer_step',
  {
    ...written(),
    ...ofEpisode(),
    transferId: text('transfer_id').notNull(),
    step: text('step').$type<TransferStep>().notNull(),
    /** The day it happened; of a review that is planned, and of a proposal, the day it is to happen. */
    onDay: text('on_day').notNull(),
    /** The keyworker who is proposed; '' of every other step and out of the county. */
    practitionerId: text('practitioner_id').notNull(),
    /** Who was told, asked, answered, or is the worker at the other authority. */
    who: text('who').notNull(),
    how: text('how').notNull(),
    note: text('note').notNull(),
    /** Of a proposal: the day on which the family agreed to this keyworker; '' of every other step. */
    agreedOn: text('agreed_on').notNull()
  },
  (t) => [
    index('transfer_step_transfer').on(t.transferId),
    index('transfer_step_episode').on(t.episodeId),
    index('transfer_step_practitioner').on(t.practitionerId)
  ]
)

/** L24: what of the notes so far the new keyworker may be given. Append-only: the newest counts. */
export const transferNotes = sqliteTable(
  'transfer_notes',
  {
    ...written(),
    ...ofEpisode(),
    transferId: text('transfer_id').notNull(),
    practitionerId: text('practitioner_id').notNull(),
    given: text('given').$type<(typeof notesGiven)[number]>().notNull(),
    /** Ids of the notes between single spaces, where they were chosen one by one. */
    noteIds: text('note_ids').notNull(),
    onDay: text('on_day').notNull(),
    note: text('note').notNull()
  },
  (t) => [index('transfer_notes_transfer').on(t.transferId)]
)

/** A worker leaves: all their families go to others in one act. */
export const reassignment = sqliteTable(
  'reassignment',
  {
    ...written(),
    practitionerId: text('practitioner_id').notNull(),
    /** The first day on which others hold the families. */
    fromDay: text('from_day').notNull(),
    why: text('why').notNull()
  },
  (t) => [index('reassignment_practitioner').on(t.practitionerId)]
)

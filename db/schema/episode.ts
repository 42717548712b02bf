import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { PlannedKind } from '../../shared/episode/episode.ts'
import { mutable, written, yesNo } from './columns.ts'

const ofFamily = () => text('family_id').notNull()

/** A Families First Assessment as an EHM episode, from its registration on (R20, R22). */
export const episode = sqliteTable(
  'episode',
  {
    ...written(),
    familyId: ofFamily(),
    reference: text('reference').notNull(),
    registeredOn: text('registered_on').notNull(),
    reason: text('reason').notNull(),
    /** The one before it of the same family; '' for the first. */
    previousId: text('previous_id').notNull()
  },
  (t) => [index('episode_family').on(t.familyId), index('episode_reference').on(t.reference)]
)

/** Who is the keyworker, dated (L19). */
export const episodeKeyworker = sqliteTable(
  'episode_keyworker',
  {
    ...written(),
    familyId: ofFamily(),
    episodeId: text('episode_id').notNull(),
    practitionerId: text('practitioner_id').notNull(),
    validFrom: text('valid_from').notNull(),
    validTo: text('valid_to').notNull()
  },
  (t) => [
    index('episode_keyworker_episode').on(t.episodeId),
    index('episode_keyworker_practitioner').on(t.practitionerId)
  ]
)

/** R28, R29: how it ended. An episode is open until it has one. */
export const episodeClosure = sqliteTable(
  'episode_closure',
  {
    ...written(),
    familyId: ofFamily(),
    episodeId: text('episode_id').notNull(),
    closedOn: text('closed_on').notNull(),
    closureReason: text('closure_reason').notNull(),
    withdrawalReason: text('withdrawal_reason').notNull(),
    /** The withdrawal that closed it; '' otherwise. */
    agreementId: text('agreement_id').notNull(),
    adviceSought: yesNo('advice_sought'),
    signposted: yesNo('signposted'),
    note: text('note').notNull()
  },
  (t) => [index('episode_closure_episode').on(t.episodeId)]
)

/** What is planned and hangs on agreement: it waits until it is done or cancelled. */
export const episodeDate = sqliteTable(
  'episode_date',
  {
    ...mutable(),
    familyId: ofFamily(),
    episodeId: text('episode_id').notNull(),
    kind: text('kind').$type<PlannedKind>().notNull(),
    dueOn: text('due_on').notNull(),
    note: text('note').notNull(),
    ending: text('ending').$type<'' | 'done' | 'cancelled'>().notNull(),
    endedAt: text('ended_at').notNull(),
    endedWhy: text('ended_why').notNull()
  },
  (t) => [index('episode_date_episode').on(t.episodeId), index('episode_date_due').on(t.ending, t.dueOn)]
)

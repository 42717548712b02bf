import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { choiceAbouts } from '../../shared/person/find.ts'
import type { Strength } from '../../shared/person/match.ts'
import { written } from './columns.ts'

/** Two records of one person. Nothing moves: what is read of one is read of both, so that it can be undone. */
export const personMerge = sqliteTable(
  'person_merge',
  {
    ...written(),
    keptId: text('kept_id').notNull(),
    mergedId: text('merged_id').notNull(),
    reason: text('reason').notNull()
  },
  (t) => [index('person_merge_kept').on(t.keptId), index('person_merge_merged').on(t.mergedId)]
)

export const personUnmerge = sqliteTable(
  'person_unmerge',
  { ...written(), mergeId: text('merge_id').notNull(), reason: text('reason').notNull() },
  (t) => [index('person_unmerge_merge').on(t.mergeId)]
)

/** Who was chosen of those that were found, or none of them (L15). Append-only: the last row counts. */
export const personChoice = sqliteTable(
  'person_choice',
  {
    ...written(),
    about: text('about').$type<(typeof choiceAbouts)[number]>().notNull(),
    aboutId: text('about_id').notNull(),
    /** The call whose child it is about; '' otherwise. */
    callId: text('call_id').notNull(),
    /** '' for none of these. */
    personId: text('person_id').notNull(),
    /** Ids between single spaces. */
    shown: text('shown').notNull()
  },
  (t) => [
    index('person_choice_about').on(t.aboutId, t.createdAt),
    index('person_choice_call').on(t.callId),
    index('person_choice_person').on(t.personId)
  ]
)

/** Two records that may be of one person, for somebody to look at (L11). Open until a choice is made about it. */
export const personPair = sqliteTable(
  'person_pair',
  {
    ...written(),
    oneId: text('one_id').notNull(),
    otherId: text('other_id').notNull(),
    strength: text('strength').$type<Strength>().notNull()
  },
  (t) => [index('person_pair_found').on(t.createdAt, t.id), index('person_pair_one').on(t.oneId)]
)

/**
 * This computer only: what a person is found and matched by, worked out by triggers. `docid` is their number in the
 * full-text index `person_words`; `kept_id` whose record counts, the same unless merged; `card` a JSON array of
 * [kind, value] of every fact that is not in error, old names and addresses with them.
 */
export const personIndex = sqliteTable(
  'person_index',
  {
    docid: integer('docid').primaryKey(),
    personId: text('person_id').notNull().unique(),
    keptId: text('kept_id').notNull(),
    card: text('card').notNull()
  },
  (t) => [index('person_index_kept').on(t.keptId, t.personId)]
)

import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { written, yesNo } from './columns.ts'

/** C9, R40: somebody is away, and others stand in for them, each family with one of its own. Append-only. */
export const cover = sqliteTable(
  'cover',
  {
    ...written(),
    /** Who is away. */
    practitionerId: text('practitioner_id').notNull(),
    fromDay: text('from_day').notNull(),
    toDay: text('to_day').notNull(),
    why: text('why').notNull(),
    /** The booked absence that it is for; '' where none was booked. */
    absenceId: text('absence_id').notNull()
  },
  (t) => [index('cover_practitioner').on(t.practitionerId, t.toDay), index('cover_days').on(t.toDay)]
)

/** One family of a cover. */
export const coverPart = sqliteTable(
  'cover_part',
  {
    ...written(),
    coverId: text('cover_id').notNull(),
    familyId: text('family_id').notNull(),
    episodeId: text('episode_id').notNull(),
    /** The days that were asked for: all of the cover, or fewer where somebody else has the family on the others. */
    fromDay: text('from_day').notNull(),
    toDay: text('to_day').notNull(),
    /** Who stands in; '' where nobody was found: then it is with the Senior Coordinator (R40). */
    practitionerId: text('practitioner_id').notNull(),
    /** The row of `episode_keyworker`; '' where nobody was found. */
    rowId: text('row_id').notNull(),
    fromTeam: yesNo('from_team'),
    /** R40: the family was told before; '' where it was not, because of a sudden illness or the like. */
    toldOn: text('told_on').notNull(),
    notToldWhy: text('not_told_why').notNull(),
    note: text('note').notNull(),
    /** The reassignment by which it went on from a stand-in who leaves; '' where it was arranged with the cover. */
    reassignmentId: text('reassignment_id').notNull()
  },
  (t) => [
    index('cover_part_cover').on(t.coverId),
    index('cover_part_episode').on(t.episodeId),
    index('cover_part_practitioner').on(t.practitionerId),
    index('cover_part_days').on(t.toDay)
  ]
)

import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Domain } from '../../shared/assessment/assessment.ts'
import { written } from './columns.ts'

const ofEpisode = () => ({ familyId: text('family_id').notNull(), episodeId: text('episode_id').notNull() })

/** One saving of the whole-family assessment (R4). Append-only: a version holds what it changed and nothing else. */
export const assessment = sqliteTable(
  'assessment',
  {
    ...written(),
    ...ofEpisode(),
    /** The version that was read when it was begun; '' for the first (L7). */
    basedOn: text('based_on').notNull(),
    /** What changed, in the worker's words. */
    note: text('note').notNull()
  },
  (t) => [index('assessment_episode').on(t.episodeId)]
)

/** What one version says of one person in one domain: the newest of each counts. */
export const assessmentEntry = sqliteTable(
  'assessment_entry',
  {
    ...written(),
    ...ofEpisode(),
    assessmentId: text('assessment_id').notNull(),
    personId: text('person_id').notNull(),
    domain: text('domain').$type<Domain>().notNull(),
    strengths: text('strengths').notNull(),
    needs: text('needs').notNull(),
    /** In their own words. */
    views: text('views').notNull()
  },
  (t) => [
    index('assessment_entry_episode').on(t.episodeId),
    index('assessment_entry_version').on(t.assessmentId)
  ]
)

import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { NoteKind } from '../../shared/note/note.ts'
import { written, yesNo } from './columns.ts'

/** R54: a case note on the episode. Append-only: a correction is an addendum (`addsTo`). */
export const caseNote = sqliteTable(
  'case_note',
  {
    ...written(),
    familyId: text('family_id').notNull(),
    episodeId: text('episode_id').notNull(),
    kind: text('kind').$type<NoteKind>().notNull(),
    /** When it happened, apart from when it was recorded. */
    happenedAt: text('happened_at').notNull(),
    /** The note that it adds to; '' for a note of its own. */
    addsTo: text('adds_to').notNull(),
    words: text('words').notNull(),
    childsVoice: text('childs_voice').notNull(),
    /** Who was there, in words; people of the family stand in `case_note_person`. */
    present: text('present').notNull(),
    familyMaySee: yesNo('family_may_see'),
    /** Why the family may not see it. */
    restrictedWhy: text('restricted_why').notNull()
  },
  (t) => [
    /**
     * One place for each new note: an index by the assessment beside it would be another, somewhere else in the file. Its
     * last columns are what the chronology and the last note of an assessment ask for (ADR 29).
     */
    index('case_note_family').on(t.familyId, t.happenedAt, t.id, t.episodeId, t.createdAt),
    index('case_note_adds').on(t.addsTo)
  ]
)

/** L20: whom a note is about, and who of the family was there: filed once, shown on each. */
export const caseNotePerson = sqliteTable(
  'case_note_person',
  {
    ...written(),
    noteId: text('note_id').notNull(),
    personId: text('person_id').notNull(),
    isAbout: yesNo('is_about'),
    wasPresent: yesNo('was_present')
  },
  (t) => [index('case_note_person_note').on(t.noteId)]
)

/** This computer only: the place of each note in the full-text index, with its family, which says who may read it. */
export const noteSearch = sqliteTable('note_search', {
  docid: integer('docid').primaryKey().notNull(),
  noteId: text('note_id').notNull().unique(),
  familyId: text('family_id').notNull()
})

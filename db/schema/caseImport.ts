import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ImportedKind } from '../../shared/caseImport/caseImport.ts'
import { mutable, written, yesNo } from './columns.ts'

/**
 * Case notes that another desk exported as JSON and that were brought into a family. Its id follows from the file and the
 * family, so that the same again is nothing new. Each note is stored whole; `done_at` is '' until all of them are.
 */
export const caseImport = sqliteTable(
  'case_import',
  {
    ...mutable(),
    familyId: text('family_id').notNull(),
    /** The assessment here that the notes belong to from now on. */
    episodeId: text('episode_id').notNull(),
    /** As the file has them: its reference, the family's there, who made it and when. */
    reference: text('reference').notNull(),
    familyReference: text('family_reference').notNull(),
    exportedAt: text('exported_at').notNull(),
    byName: text('by_name').notNull(),
    /** SHA-256, hex, of the canonical JSON of its items. */
    contentSha256: text('content_sha256').notNull(),
    notes: integer('notes').notNull(),
    doneAt: text('done_at').notNull()
  },
  (t) => [index('case_import_family').on(t.familyId)]
)

/** Where a case note, what was added to it or a file was first recorded: `id` is theirs. Append-only. */
export const importedOrigin = sqliteTable(
  'imported_origin',
  {
    ...written(),
    importId: text('import_id').notNull(),
    /** When it was recorded there, and by whom. */
    at: text('at').notNull(),
    byName: text('by_name').notNull(),
    /** The assessment there; '' of a file. */
    episodeId: text('episode_id').notNull(),
    episodeReference: text('episode_reference').notNull(),
    afterClosing: yesNo('after_closing'),
    /** A JSON array of `OtherPerson`: whom of the file a note names and who is nobody here. */
    others: text('others').notNull()
  },
  (t) => [index('imported_origin_import').on(t.importId)]
)

/** What came with the notes and stands beside the record here, to be read: as the file has it. Append-only. */
export const importedItem = sqliteTable(
  'imported_item',
  {
    ...written(),
    importId: text('import_id').notNull(),
    familyId: text('family_id').notNull(),
    kind: text('kind').$type<ImportedKind>().notNull(),
    /** Its id in the file. */
    itemId: text('item_id').notNull(),
    /** Its place among those of its kind, from 0. */
    position: integer('position').notNull(),
    onDay: text('on_day').notNull(),
    /** As JSON. */
    body: text('body').notNull()
  },
  (t) => [index('imported_item_family').on(t.familyId, t.kind, t.importId, t.position)]
)

import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { mutable, written } from './columns.ts'

/**
 * A file of families from another system. Its id follows from its bytes. Each family is stored whole, so one that was
 * stopped half-way shows nothing half; `done_at` is '' until it has ended, and the import page says so (ADR 21).
 */
export const familyImport = sqliteTable('family_import', {
  ...mutable(),
  fileName: text('file_name').notNull(),
  fileSha256: text('file_sha256').notNull(),
  /** How many families it has to store in all, and how many people. */
  families: integer('families').notNull(),
  people: integer('people').notNull(),
  /** '' until every family is stored. */
  storedAt: text('stored_at').notNull(),
  /** '' until everybody in them was looked up among the others as well (L11). */
  doneAt: text('done_at').notNull()
})

/** Which family of another system a family is: `id` is the family's. Written with it, in one transaction. */
export const importedFamily = sqliteTable(
  'imported_family',
  {
    ...written(),
    importId: text('import_id').notNull(),
    /** What it goes by in the other system. */
    sourceKey: text('source_key').notNull(),
    /** Follows from what the file said of it: the same again is nothing new, something else is not taken over. */
    digest: text('digest').notNull()
  },
  (t) => [index('imported_family_import').on(t.importId)]
)

import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { SchoolStatus } from '../../shared/school/school.ts'
import { mutable, written, yesNo } from './columns.ts'

/**
 * What is known of a school from an instant on. Append-only: the newest version counts, older ones stay readable.
 * A version that an import brought counts once that import is done, so a half-run import shows nothing.
 */
export const school = sqliteTable(
  'school',
  {
    ...written(),
    schoolId: text('school_id').notNull(),
    importId: text('import_id').notNull(),
    urn: text('urn').notNull(),
    name: text('name').notNull(),
    typeGroup: text('type_group').notNull(),
    typeName: text('type_name').notNull(),
    status: text('status').$type<SchoolStatus>().notNull(),
    address: text('address').notNull(),
    town: text('town').notNull(),
    postcode: text('postcode').notNull(),
    district: text('district').notNull(),
    phone: text('phone').notNull(),
    leadName: text('lead_name').notNull(),
    toCheck: yesNo('to_check'),
    /** Name and town folded: what lists are ordered by. */
    sortKey: text('sort_key').notNull(),
    /** Name, town, URN and every form of the number, folded: what the full-text index holds. */
    words: text('words').notNull()
  },
  (t) => [
    index('school_versions').on(t.schoolId, t.createdAt, t.id),
    index('school_sorted').on(t.sortKey, t.id),
    index('school_urn').on(t.urn),
    index('school_to_check').on(t.toCheck)
  ]
)

export const schoolImport = sqliteTable('school_import', {
  ...mutable(),
  fileName: text('file_name').notNull(),
  fileSha256: text('file_sha256').notNull(),
  /** '' until every row is stored; setting it makes them all visible at once. */
  doneAt: text('done_at').notNull(),
  added: integer('added').notNull(),
  changed: integer('changed').notNull(),
  refused: integer('refused').notNull(),
  otherAuthorities: integer('other_authorities').notNull()
})

/** This computer only: the number of a school version in the full-text index. */
export const schoolSearch = sqliteTable('school_search', {
  docid: integer('docid').primaryKey(),
  versionId: text('version_id').notNull().unique()
})

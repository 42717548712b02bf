import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ExportFormat, ExportScope } from '../../shared/export/caseNotes.ts'
import type { ListFormat } from '../../shared/list/list.ts'
import { written, yesNo } from './columns.ts'

/** What left the building of a record: what of, for whom and what for, and how to know the file again. Append-only. */
export const caseExport = sqliteTable(
  'case_export',
  {
    ...written(),
    reference: text('reference').notNull(),
    /** '' where it is of several families, or of none. */
    familyId: text('family_id').notNull(),
    scope: text('scope').$type<ExportScope | 'subject-access' | 'hand-over' | 'list'>().notNull(),
    /** What it is of: the assessment, family, child, meeting, request or keyworker; the name of a list. */
    subjectId: text('subject_id').notNull(),
    format: text('format').$type<ExportFormat | ListFormat>().notNull(),
    /** The sharing with whoever receives it; '' where that is a person of the family. */
    sharingId: text('sharing_id').notNull(),
    /** The person of the family who receives it; '' otherwise. */
    receiverId: text('receiver_id').notNull(),
    purpose: text('purpose').notNull(),
    isProtected: yesNo('is_protected'),
    /** Why it has no passphrase; '' where it has one. */
    openReason: text('open_reason').notNull(),
    /** Who receives it where neither a sharing nor a person of the family says so; '' otherwise. */
    receiverName: text('receiver_name').notNull().default(''),
    /** Of what is of no family: why it goes to them. '' otherwise. */
    reason: text('reason').notNull().default(''),
    /** Case notes, and what was left out of them. */
    included: integer('included').notNull(),
    excluded: integer('excluded').notNull(),
    /** SHA-256, hex: of the canonical JSON of what it includes, and of the file. */
    contentSha256: text('content_sha256').notNull(),
    fileSha256: text('file_sha256').notNull()
  },
  (t) => [index('case_export_family').on(t.familyId, t.createdAt)]
)

/**
 * This computer only: an export that is being written. A row that is there when the record opens belongs to one that was
 * killed: what it left is removed, and the audit says so.
 */
export const exportUnderWay = sqliteTable('export_under_way', {
  id: text('id').primaryKey().notNull(),
  /** Where the finished file was to lie. */
  path: text('path').notNull(),
  familyId: text('family_id').notNull(),
  /** The operation that it is, and the ids that it is of as JSON: what the audit tells of its end. */
  operation: text('operation').notNull().default('export.save'),
  subjectIds: text('subject_ids').notNull().default(''),
  beganAt: text('began_at').notNull(),
  /** Who exports, as JSON: what is recorded of it later is theirs. */
  actor: text('actor').notNull(),
  /** What there is to record of it as JSON, from just before the file takes its name; '' until then. */
  ending: text('ending').notNull(),
  /** The audit says that it failed, though what it left could not be reached yet. */
  isTold: yesNo('is_told')
})

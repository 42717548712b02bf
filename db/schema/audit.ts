import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AuditResult } from '../../shared/audit/audit.ts'

/** Who did what to which record, when. Append-only, chained per device; holds no name, free text or search words. */
export const audit = sqliteTable(
  'audit',
  {
    id: text('id').primaryKey().notNull(),
    sequence: integer('sequence').notNull(),
    at: text('at').notNull(),
    actorId: text('actor_id').notNull(),
    deviceId: text('device_id').notNull(),
    operation: text('operation').notNull(),
    /** Ids between single spaces. */
    subjectIds: text('subject_ids').notNull(),
    reason: text('reason').notNull(),
    result: text('result').$type<AuditResult>().notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull()
  },
  (t) => [
    index('audit_chain').on(t.deviceId, t.sequence),
    index('audit_at').on(t.at, t.id),
    index('audit_actor').on(t.actorId, t.at)
  ]
)

/** This computer only: which rows are about which record, so that "by subject" is an index look-up. */
export const auditSubject = sqliteTable(
  'audit_subject',
  {
    id: text('id').primaryKey().notNull(),
    auditId: text('audit_id').notNull(),
    subjectId: text('subject_id').notNull(),
    at: text('at').notNull()
  },
  (t) => [index('audit_subject_subject').on(t.subjectId, t.at)]
)

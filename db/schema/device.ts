import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** This computer only: what it has counted up to, for references that need no one else's say. */
export const counter = sqliteTable('counter', {
  name: text('name').primaryKey().notNull(),
  value: integer('value').notNull()
})

/** Same field changed in two places (sync.md). Empty until desks share a record. */
export const syncConflict = sqliteTable('sync_conflict', {
  id: text('id').primaryKey().notNull(),
  at: text('at').notNull(),
  tableName: text('table_name').notNull(),
  rowId: text('row_id').notNull(),
  field: text('field').notNull(),
  base: text('base').notNull(),
  theirs: text('theirs').notNull(),
  mine: text('mine').notNull(),
  deviceId: text('device_id').notNull(),
  createdBy: text('created_by').notNull(),
  resolvedAt: text('resolved_at').notNull()
})

/** A write that the record of the county would not take (sync.md). Empty until desks share a record. */
export const writeRejection = sqliteTable('write_rejection', {
  id: text('id').primaryKey().notNull(),
  at: text('at').notNull(),
  operation: text('operation').notNull(),
  rowId: text('row_id').notNull(),
  reason: text('reason').notNull(),
  content: text('content').notNull(),
  deviceId: text('device_id').notNull(),
  createdBy: text('created_by').notNull()
})

import { integer, text } from 'drizzle-orm/sqlite-core'

/** Every shared table: a client-made id, where the row belongs, and the facts of its writer (sync.md, schema rules 1, 4). */
export const written = () => ({
  id: text('id').primaryKey().notNull(),
  /** The local hub of the family's address or of the school's district; the County hub where unknown. */
  hubId: text('hub_id').notNull(),
  createdAt: text('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  deviceId: text('device_id').notNull()
})

/** A shared table whose rows change: versioned, signed and only ever softly deleted (rules 4, 5). */
export const mutable = () => ({
  ...written(),
  rowVersion: integer('row_version').notNull().default(1),
  updatedAt: text('updated_at').notNull(),
  updatedBy: text('updated_by').notNull(),
  deletedAt: text('deleted_at'),
  deletedBy: text('deleted_by')
})

export const yesNo = (name: string) => integer(name, { mode: 'boolean' }).notNull()

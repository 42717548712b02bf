import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AttachedTo, MediaType } from '../../shared/attachment/attachment.ts'
import { written } from './columns.ts'

/** A file on a case note or an agreement. Its content lies encrypted beside the store, under the row's id. */
export const attachment = sqliteTable(
  'attachment',
  {
    ...written(),
    familyId: text('family_id').notNull(),
    attachedTo: text('attached_to').$type<AttachedTo>().notNull(),
    attachedId: text('attached_id').notNull(),
    name: text('name').notNull(),
    mediaType: text('media_type').$type<MediaType>().notNull(),
    /** Bytes of the plain file. */
    size: integer('size').notNull(),
    /** SHA-256 of the plain file, hex. */
    sha256: text('sha256').notNull()
  },
  (t) => [index('attachment_of').on(t.attachedId), index('attachment_family').on(t.familyId)]
)

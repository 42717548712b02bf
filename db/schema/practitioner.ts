import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { employers } from '../../shared/practitioner/practitioner.ts'
import { mutable } from './columns.ts'

/** Someone who works with families, at an agency or a school of the directory (R23). */
export const practitioner = sqliteTable(
  'practitioner',
  {
    ...mutable(),
    name: text('name').notNull(),
    role: text('role').notNull(),
    employer: text('employer').$type<(typeof employers)[number]>().notNull(),
    employerId: text('employer_id').notNull(),
    phone: text('phone').notNull(),
    email: text('email').notNull(),
    trainedOn: text('trained_on').notNull(),
    standardsOn: text('standards_on').notNull(),
    registeredOn: text('registered_on').notNull(),
    sortKey: text('sort_key').notNull(),
    words: text('words').notNull()
  },
  (t) => [index('practitioner_sorted').on(t.sortKey, t.id)]
)

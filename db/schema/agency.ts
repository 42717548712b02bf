import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { mutable } from './columns.ts'

export const agency = sqliteTable(
  'agency',
  {
    ...mutable(),
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    phone: text('phone').notNull(),
    address: text('address').notNull(),
    sortKey: text('sort_key').notNull(),
    words: text('words').notNull()
  },
  (t) => [index('agency_sorted').on(t.sortKey, t.id)]
)

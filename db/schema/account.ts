import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Profession, Role } from '../../shared/access/roles.ts'
import { mutable } from './columns.ts'

/** A person at the desk. Passphrases are not here: the key file holds a wrapped key for each person. */
export const account = sqliteTable('account', {
  ...mutable(),
  name: text('name').notNull(),
  profession: text('profession').$type<Profession>().notNull(),
  status: text('status').$type<'active' | 'stopped' | 'closed'>().notNull()
})

/** One role of one person; a coordinator has a row for each local hub. Taken away = softly deleted. */
export const accountRole = sqliteTable(
  'account_role',
  {
    ...mutable(),
    accountId: text('account_id')
      .notNull()
      .references(() => account.id),
    role: text('role').$type<Role>().notNull(),
    localHubId: text('local_hub_id').notNull()
  },
  (t) => [index('account_role_account').on(t.accountId)]
)

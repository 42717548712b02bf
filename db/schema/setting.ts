import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { SettingKind } from '../../shared/setting/setting.ts'
import { mutable, yesNo } from './columns.ts'

/** A dated value. `value` is JSON written once: a new value is a new row, so no two writers share a blob. */
export const setting = sqliteTable(
  'setting',
  {
    ...mutable(),
    kind: text('kind').$type<SettingKind>().notNull(),
    key: text('key').notNull(),
    value: text('value').notNull(),
    validFrom: text('valid_from').notNull(),
    validTo: text('valid_to').notNull(),
    provisional: yesNo('provisional'),
    source: text('source').notNull()
  },
  (t) => [index('setting_kind').on(t.kind, t.key, t.validFrom)]
)

import { isNull, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { oncePerConnection } from '../../db/prepared.ts'
import { setting } from '../../db/schema/index.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Setting, SettingKind, SettingValue } from '../../shared/setting/setting.ts'
import type { Read } from '../ipc/operation.ts'

export function toSetting(row: typeof setting.$inferSelect): Setting {
  const { id, kind, key, value, validFrom, validTo, provisional, source, createdAt } = row
  return {
    id,
    kind,
    key,
    // written by these operations only, each value checked against its kind
    value: JSON.parse(value) as SettingValue<SettingKind>,
    validFrom,
    validTo,
    provisional,
    source,
    recordedAt: createdAt
  }
}

const everyRow = oncePerConnection((db: ReadDb) => {
  const { id, kind, key, value, validFrom, validTo, provisional, source, createdAt } = setting
  const fields = [id, kind, key, value, validFrom, validTo, provisional, source, createdAt]
  const inForce = isNull(setting.deletedAt)
  return {
    /** All that `toSetting` looks at, as one text. */
    asText: db
      .select({ text: sql<string>`json_group_array(json_array(${sql.join(fields, sql`, `)}))` })
      .from(setting)
      .where(inForce)
      .prepare(),
    rows: db.select().from(setting).where(inForce).prepare(),
    read: { text: '', settings: [] as readonly Setting[] }
  }
})

/**
 * Every dated row that has not been taken back. The list is the same one for as long as the record says the same: to
 * read the rows takes five times as long as to see that none has changed, and what is worked out from a list is kept
 * with it.
 */
export async function settingsInRecord(db: ReadDb): Promise<readonly Setting[]> {
  const known = everyRow(db)
  const [now] = await known.asText.execute()
  if (now && now.text !== known.read.text) {
    const rows = await known.rows.execute()
    known.read = { text: now.text, settings: rows.map(toSetting) }
  }
  return known.read.settings
}

export const listSettings: Read<Parsed<'setting.list'>, Output<'setting.list'>> = async (
  db,
  _input,
  actor
) => ({ settings: [...(await settingsInRecord(db))], now: actor.now })

import { isNull } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
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

/** Every dated row that has not been taken back. */
export async function settingsInRecord(db: ReadDb): Promise<Setting[]> {
  const rows = await db.select().from(setting).where(isNull(setting.deletedAt))
  return rows.map(toSetting)
}

export const listSettings: Read<Parsed<'setting.list'>, Output<'setting.list'>> = async (
  db,
  _input,
  actor
) => ({ settings: await settingsInRecord(db), now: actor.now })

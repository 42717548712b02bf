import { eq } from 'drizzle-orm'
import { setting } from '../../db/schema/index.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { settingProblems } from '../../shared/setting/problems.ts'
import { settingValues } from '../../shared/setting/setting.ts'
import { londonDate } from '../../shared/time/london.ts'
import { signedNew } from '../account/signed.ts'
import { alreadyDone, type Write } from '../ipc/operation.ts'
import { settingsInRecord, toSetting } from './listSettings.ts'
import { leavesGap } from './stillNeeded.ts'

/**
 * A new dated row over those of its key. The rows before it stay as they are: the later start outranks them from its
 * first day, and where it ends or is taken back they hold again.
 */
export const changeSetting: Write<Parsed<'setting.change'>, Output<'setting.change'>> = async (
  tx,
  { id, kind, key, value, validFrom, validTo },
  actor
) => {
  const problems = settingProblems(kind, key, value, validFrom, validTo, londonDate(actor.now))
  const row = {
    ...signedNew(actor),
    id,
    kind,
    key,
    value: JSON.stringify(settingValues[kind].safeParse(value).data),
    validFrom,
    validTo,
    provisional: false,
    source: 'Changed in Settings'
  }
  const [before] = await tx.select().from(setting).where(eq(setting.id, id))
  if (before) {
    const isSame = (['kind', 'key', 'value', 'validFrom', 'validTo'] as const).every(
      (field) => before[field] === row[field]
    )
    return isSame ? alreadyDone(toSetting(before)) : refuse('clashing-id')
  }
  if (problems.length > 0) invalid(...problems)

  const settings = await settingsInRecord(tx)
  const [inserted] = await tx.insert(setting).values(row).returning()
  if (!inserted) throw new Error('Nothing was inserted')
  const added = toSetting(inserted)
  if (leavesGap([...settings, added], validFrom)) {
    if (kind !== 'district') refuse('setting-still-used')
    invalid({ path: 'value.hubId', message: 'Choose a local hub that is there for as long as the district' })
  }
  return added
}

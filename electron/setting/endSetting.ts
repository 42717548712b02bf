import { eq, inArray } from 'drizzle-orm'
import { setting } from '../../db/schema/index.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { addDays, londonDate, showDay } from '../../shared/time/london.ts'
import { signedChange, signedDeletion } from '../account/signed.ts'
import { alreadyDone, type Write } from '../ipc/operation.ts'
import { settingsInRecord } from './listSettings.ts'
import { leavesGap } from './stillNeeded.ts'

export const endSetting: Write<Parsed<'setting.end'>, null> = async (tx, { id, lastDay }, actor) => {
  const settings = await settingsInRecord(tx)
  const row = settings.find((each) => each.id === id) ?? notFound()
  const today = londonDate(actor.now)

  if (row.validFrom > today) {
    const rest = settings.filter((each) => each !== row)
    if (leavesGap(rest, row.validFrom)) refuse('setting-still-used')
    await tx.update(setting).set(signedDeletion(actor)).where(eq(setting.id, id))
    return null
  }

  if (lastDay < today || (row.validTo !== '' && row.validTo < today)) refuse('setting-in-the-past')
  if (row.validTo === lastDay) return alreadyDone(null)
  if (row.validTo !== '' && row.validTo < lastDay) {
    invalid({ path: 'lastDay', message: `It already ends after ${showDay(row.validTo)}` })
  }
  const ended = new Set(endingWith(row, settings, lastDay))
  const after = settings.map((each) => (ended.has(each) ? { ...each, validTo: lastDay } : each))
  if (leavesGap(after, addDays(lastDay, 1))) refuse('setting-still-used')
  const ids = [...ended].map((each) => each.id)
  await tx
    .update(setting)
    .set({ ...signedChange(actor), validTo: lastDay })
    .where(inArray(setting.id, ids))
  return null
}

/** A row without an end takes those beneath it along, or an older value would come back; one with an end does not. */
function endingWith(row: Setting, settings: readonly Setting[], lastDay: string): Setting[] {
  if (row.validTo !== '') return [row]
  return settings.filter(
    ({ kind, key, validFrom, validTo }) =>
      kind === row.kind &&
      key === row.key &&
      validFrom <= row.validFrom &&
      (validTo === '' || validTo > lastDay)
  )
}

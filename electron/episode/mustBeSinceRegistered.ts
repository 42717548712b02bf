import { eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { episode } from '../../db/schema/index.ts'
import { invalid } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { showDate } from '../../shared/time/london.ts'

/**
 * Lets nothing of an assessment have a day before it was registered: a slip of the keyboard would stand years too early in
 * the chronology.
 *
 * @param day what was typed, by the path of its field
 * @throws Refusal invalid (by field)
 */
export async function mustBeSinceRegistered(
  db: ReadDb,
  episodeId: Id,
  day: { path: string; on: CivilDate }
): Promise<void> {
  const [begun] = await db
    .select({ registeredOn: episode.registeredOn })
    .from(episode)
    .where(eq(episode.id, episodeId))
  if (begun && day.on < begun.registeredOn)
    invalid({
      path: day.path,
      message: `Enter ${showDate(begun.registeredOn)} or a later day: it was registered then`
    })
}

import { desc, eq, sql } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { episodeKeyworker } from '../../db/schema/index.ts'
import { invalid } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { KeyworkerKind } from '../../shared/keyworker/spans.ts'
import { showDate } from '../../shared/time/london.ts'
import { mustBeSinceRegistered } from '../episode/mustBeSinceRegistered.ts'
import { writtenAfter, type Written } from '../family/written.ts'
import { mustBeGivable } from '../practitioner/mustBeGivable.ts'

/** A row that makes somebody keyworker of an assessment, or lets them stand in (shared/keyworker/spans.ts). */
export interface NewKeyworker {
  id: Id
  familyId: Id
  episodeId: Id
  practitionerId: Id
  kind: KeyworkerKind
  /** Of a cover: the row of the keyworker who is stood in for; '' otherwise. */
  overId: Id
  validFrom: CivilDate
  /** The last day of a cover; '' otherwise. */
  validTo: CivilDate
  /** The transfer or the cover that it comes of. */
  sourceId: Id
}

/**
 * Makes somebody keyworker of an assessment from a day on: never before it was registered or had its first keyworker, and
 * nobody who may not be given a family on that day (R23, R33). The row comes later than the others of the assessment
 * whatever the clock says, for of two of one day the later counts.
 *
 * @throws Refusal invalid (practitionerId, validFrom)
 */
export async function makeKeyworker(tx: Tx, row: NewKeyworker, written: Written): Promise<void> {
  await mustBeGivable(tx, row.practitionerId, row.validFrom)
  await mustBeSinceFirst(tx, row.episodeId, { path: 'validFrom', on: row.validFrom })
  const [newest] = await tx
    .select({ createdAt: episodeKeyworker.createdAt })
    .from(episodeKeyworker)
    .where(eq(episodeKeyworker.episodeId, row.episodeId))
    .orderBy(desc(episodeKeyworker.createdAt))
    .limit(1)
  await tx.insert(episodeKeyworker).values({ ...writtenAfter(written, newest?.createdAt), ...row })
}

/**
 * Lets nobody be keyworker before the assessment was registered, or had its first one.
 *
 * @param day what was typed, by the path of its field
 * @throws Refusal invalid (by field)
 */
export async function mustBeSinceFirst(
  db: ReadDb,
  episodeId: Id,
  day: { path: string; on: CivilDate }
): Promise<void> {
  await mustBeSinceRegistered(db, episodeId, day)
  const { first } = db.get<{ first: CivilDate | null }>(
    sql`SELECT min(from_day) AS first FROM keyworker_span WHERE episode_id = ${episodeId}`
  )
  if (first !== null && day.on < first)
    invalid({
      path: day.path,
      message: `Enter ${showDate(first)} or a later day: it had its first keyworker then`
    })
}

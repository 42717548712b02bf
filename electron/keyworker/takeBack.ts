import type { Tx } from '../../db/open.ts'
import { keyworkerEnd, type episodeKeyworker } from '../../db/schema/index.ts'
import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import { addDays } from '../../shared/time/london.ts'
import type { Written } from '../family/written.ts'

type KeyworkerRow = Pick<typeof episodeKeyworker.$inferSelect, 'id' | 'familyId' | 'episodeId' | 'validFrom'>

/** Why a row ends, and the act that ends it: one act ends a row once. */
interface TakenBack {
  byId: Id
  reason: string
}

/** The end of a row by an act, so that the act is known again when it is sent twice. */
export const endId = (rowId: Id, byId: Id): Id => naturalId('keyworker-end', rowId, byId)

/** Takes back that somebody becomes keyworker, or stands in: the row counts on no day. */
export const takeBack = (tx: Tx, row: KeyworkerRow, taken: TakenBack, written: Written): Promise<void> =>
  endSooner(tx, row, addDays(row.validFrom, -1), taken, written)

/** Lets a cover end sooner than was arranged: from the day after `lastDay` on the keyworker is back (R40). */
export async function endSooner(
  tx: Tx,
  { id, familyId, episodeId }: KeyworkerRow,
  lastDay: CivilDate,
  { byId, reason }: TakenBack,
  written: Written
): Promise<void> {
  await tx.insert(keyworkerEnd).values({
    ...written,
    id: endId(id, byId),
    familyId,
    episodeId,
    rowId: id,
    lastDay,
    reason
  })
}

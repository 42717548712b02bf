import { and, eq, inArray, sql } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { absence, cover, keyworkerEnd } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { addDays, showDate } from '../../shared/time/london.ts'
import { signedChange } from '../account/signed.ts'
import { openingOf } from '../family/readableFamily.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { holdsAmiss } from '../keyworker/holdsAmiss.ts'
import { endId, endSooner } from '../keyworker/takeBack.ts'

/**
 * The keyworker is back sooner than was arranged (R40): of every family of the cover, from the day after `lastDay` on. The
 * absence that it was arranged for ends with it. A day before the first one takes the whole cover back.
 *
 * @throws Refusal not-found, families-hidden, clashing-id, invalid (lastDay)
 */
export async function returnCover(
  tx: Tx,
  input: Parsed<'cover.return'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { id, coverId, lastDay, reason } = input
  const [arranged] = await tx.select().from(cover).where(eq(cover.id, coverId))
  if (!arranged) return notFound()
  const rows = rowsOf(tx, coverId)
  await mustOpenAll(tx, rows, actor)
  const before = await endedBy(tx, id, rows)
  if (before.length > 0) {
    const isSame = before.every((end) => end.lastDay === lastDay && end.reason === reason)
    if (!isSame || before.some(({ createdBy }) => createdBy !== actor.id)) refuse('clashing-id')
    return alreadyDone(null)
  }
  mustBeSooner(arranged, rows, lastDay)
  for (const row of rows.filter(({ until }) => until > lastDay))
    await endSooner(tx, row, lastDay, { byId: id, reason }, writtenBy(actor, row.hubId))
  const episodeIds = rows.map(({ episodeId }) => episodeId)
  if (holdsAmiss(tx, episodeIds))
    invalid({
      path: 'lastDay',
      message:
        'Whoever has a family then has left, or is not trained and registered. Give it to somebody else first'
    })
  await endAbsence(tx, arranged.absenceId, { lastDay, reason }, actor)
  return null
}

/** A row by which somebody stands in, with the last day on which it counts. */
interface CoverRow {
  id: Id
  familyId: Id
  episodeId: Id
  hubId: Id
  validFrom: CivilDate
  until: CivilDate
}

const until = sql`min(k.valid_to, coalesce((SELECT min(x.last_day) FROM keyworker_end x WHERE x.row_id = k.id), k.valid_to))`

/**
 * The rows by which others stand in, and those by which somebody stands in for one of them in turn: with the keyworker back
 * neither is needed.
 */
const rowsOf = (db: ReadDb, coverId: Id): CoverRow[] =>
  db.all<CoverRow>(sql`WITH RECURSIVE standing AS (
      SELECT k.*, ${until} AS until
      FROM cover_part p JOIN episode_keyworker k ON k.id = p.row_id WHERE p.cover_id = ${coverId}
      UNION SELECT k.*, ${until}
      FROM standing s JOIN episode_keyworker k ON k.episode_id = s.episode_id AND k.over_id = s.over_id
          AND k.valid_from BETWEEN s.valid_from AND s.until
        JOIN cover c ON c.id = k.source_id AND c.practitioner_id = s.practitioner_id)
    SELECT id, family_id AS familyId, episode_id AS episodeId, hub_id AS hubId, valid_from AS validFrom, until
    FROM standing ORDER BY id`)

/** Of a cover of which nobody may know a family there is none; of which some may not, somebody else has to end it. */
async function mustOpenAll(db: ReadDb, rows: readonly CoverRow[], actor: Actor): Promise<void> {
  const openings = []
  for (const { familyId } of rows) openings.push(await openingOf(db, familyId, actor))
  if (openings.every((opening) => opening === 'no')) notFound()
  if (openings.some((opening) => opening !== 'yes')) refuse('families-hidden')
}

const endedBy = (db: ReadDb, byId: Id, rows: readonly CoverRow[]) =>
  db
    .select()
    .from(keyworkerEnd)
    .where(
      inArray(
        keyworkerEnd.id,
        rows.map(({ id }) => endId(id, byId))
      )
    )

function mustBeSooner(
  { fromDay }: { fromDay: CivilDate },
  rows: readonly CoverRow[],
  lastDay: CivilDate
): void {
  const path = 'lastDay'
  const dayBefore = addDays(fromDay, -1)
  if (lastDay < dayBefore)
    invalid({ path, message: `Enter ${showDate(dayBefore)} or a later day: cover began on the day after` })
  const until =
    rows
      .map((row) => row.until)
      .toSorted()
      .at(-1) ?? ''
  if (lastDay >= until)
    invalid({ path, message: `Enter a day before ${showDate(until)}, when cover ends by itself` })
}

/** The booked absence ends with the cover that was arranged for it. */
async function endAbsence(
  tx: Tx,
  absenceId: Id,
  { lastDay, reason }: { lastDay: CivilDate; reason: string },
  actor: Actor
): Promise<void> {
  const [booked] = await tx
    .select()
    .from(absence)
    .where(and(eq(absence.id, absenceId), eq(absence.cancelledWhy, '')))
  if (!booked || booked.toDay <= lastDay) return
  const change = booked.fromDay > lastDay ? { cancelledWhy: reason } : { toDay: lastDay }
  await tx
    .update(absence)
    .set({ ...signedChange(actor), ...change })
    .where(eq(absence.id, absenceId))
}

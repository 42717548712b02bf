import { desc, eq, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { absence, account, practitioner, workingPattern } from '../../db/schema/index.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { contract, type Parsed } from '../../shared/ipc/contract.ts'
import type { Absence, KeyworkerRecord } from '../../shared/keyworker/keyworker.ts'
import type { Transfer } from '../../shared/transfer/transfer.ts'
import { londonDate } from '../../shared/time/london.ts'
import { isOpenTo } from '../family/readableFamily.ts'
import { practitionerOf } from '../practitioner/listPractitioners.ts'
import { readTransfers } from '../transfer/readTransfers.ts'
import { allocatedLately } from './allocatedLately.ts'
import { awayUntil } from './away.ts'
import { familiesOf } from './heldFamilies.ts'
import { loadsOn } from './loads.ts'
import { standInsOn } from './standIns.ts'

/**
 * A keyworker: when they work, what they hold, held and will hold, and what waits for them. Why somebody is away is told
 * to whoever may book it. Of families that are not open to the actor there is only how many.
 *
 * @throws Refusal not-found
 */
export async function readKeyworker(
  db: ReadDb,
  { id }: Parsed<'keyworker.read'>,
  actor: Actor
): Promise<KeyworkerRecord> {
  const today = londonDate(actor.now)
  const found = (await practitionerOf(db, id, today)) ?? notFound()
  const load = (await loadsOn(db, [id], today)).get(id) ?? notFound()
  const [more] = await db
    .select({
      leftWhy: practitioner.leftWhy,
      allocatedLately: sql<number>`${allocatedLately('practitioner.id', today)}`,
      awayUntil: awayUntil('practitioner.id', today)
    })
    .from(practitioner)
    .where(eq(practitioner.id, id))
  const standIns = standInsOn(db, [id], today)
  return {
    practitioner: found,
    leftOn: found.leftOn,
    leftWhy: more?.leftWhy ?? '',
    load,
    allocatedLately: more?.allocatedLately ?? 0,
    awayUntil: more?.awayUntil ?? '',
    coveredBy: standIns.filter(({ awayId }) => awayId === id).map(({ byName }) => byName),
    covers: standIns.filter(({ byId }) => byId === id).map(({ awayName }) => awayName),
    patterns: await patternsOf(db, id),
    absences: maySeeAbsences(actor) ? await absencesOf(db, id) : [],
    ...familiesOf(db, id, actor),
    transfers: transfersOf(db, id, actor)
  }
}

/** Those that wait, to them and from them, of families that are open to the actor. */
function transfersOf(db: ReadDb, practitionerId: Id, actor: Actor): Transfer[] {
  const waiting = (ids: SQL) =>
    readTransfers(db, sql`t.id IN (${ids})`, actor)
      .filter(({ transfer, standing }) => transfer.isWaiting && isOpenTo(actor, standing))
      .map(({ transfer }) => transfer)
  const proposed = sql`SELECT transfer_id FROM transfer_step WHERE practitioner_id = ${practitionerId}`
  const held = sql`SELECT f.id FROM keyworker_span s CROSS JOIN transfer f ON f.episode_id = s.episode_id
    WHERE s.practitioner_id = ${practitionerId} AND s.to_day >= ${londonDate(actor.now)} AND NOT s.is_cover`
  return [
    ...waiting(proposed).filter(({ toId }) => toId === practitionerId),
    ...waiting(held).filter(({ toId }) => toId !== practitionerId)
  ]
}

const maySeeAbsences = (actor: Actor): boolean => {
  const { may } = contract['keyworker.bookAbsence']
  return may === 'anyone' || hasRole(actor, ...may)
}

async function patternsOf(db: ReadDb, practitionerId: Id): Promise<KeyworkerRecord['patterns']> {
  const rows = await db
    .select({ pattern: workingPattern, byName: account.name })
    .from(workingPattern)
    .leftJoin(account, eq(account.id, workingPattern.createdBy))
    .where(eq(workingPattern.practitionerId, practitionerId))
    .orderBy(desc(workingPattern.validFrom), desc(workingPattern.createdAt), desc(workingPattern.id))
  return rows.map(({ pattern, byName }) => {
    const { id, validFrom, weekdays, termTimeOnly, fullTimeFamilies, districts, createdAt } = pattern
    return {
      ...{ id, practitionerId, validFrom, weekdays, termTimeOnly, fullTimeFamilies },
      districts: districts.split(' ').filter(Boolean),
      recordedAt: createdAt,
      byName: byName ?? ''
    }
  })
}

const absencesOf = (db: ReadDb, practitionerId: Id): Promise<Absence[]> =>
  db
    .select({
      id: absence.id,
      kind: absence.kind,
      fromDay: absence.fromDay,
      toDay: absence.toDay,
      note: absence.note,
      cancelledWhy: absence.cancelledWhy,
      rowVersion: absence.rowVersion
    })
    .from(absence)
    .where(eq(absence.practitionerId, practitionerId))
    .orderBy(desc(absence.fromDay), desc(absence.id))

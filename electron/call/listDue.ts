import { and, gte, lt, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { call } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Due } from '../../shared/call/loop.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { addDays, londonDate, londonTime, toInstant } from '../../shared/time/london.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { openActions } from './openActions.ts'
import { openFlags } from './openFlags.ts'
import { notInError } from './openItems.ts'
import { dueReferrals, openCallBacks } from './openLoops.ts'
import { readable } from './readable.ts'

/** What waits on the desk's home, all of it worked out from the record (L30). */
export async function listDue(db: ReadDb, { whose }: Parsed<'call.due'>, actor: Actor): Promise<Due> {
  const settings = await settingsInRecord(db)
  return {
    callBacks: await openCallBacks(db, settings, whose, actor),
    actions: await openActions(db, whose, undefined, actor),
    referrals: await dueReferrals(db, settings, whose, actor.now, actor),
    flags: await openFlags(db, whose, actor),
    byHour: await callsByHour(db, actor)
  }
}

/** How many calls of today began in each hour of a clock in London. */
async function callsByHour(db: ReadDb, actor: Actor): Promise<Due['byHour']> {
  const today = londonDate(actor.now)
  const begins = toInstant(today, '00:00') ?? ''
  const ends = toInstant(addDays(today, 1), '00:00') ?? ''
  // an hour of UTC is one of London: they are never half an hour apart
  const utcHour = sql<string>`substr(${call.tookPlaceAt}, 1, 13)`
  // IS TRUE: asked of the calls of today, not answered from the indexes of all calls of some hubs
  const scope = readable(actor)
  const isReadable = scope && sql`(${scope}) IS TRUE`
  const counted = await db
    .select({ utcHour, calls: sql<number>`count(*)` })
    .from(call)
    .where(and(gte(call.tookPlaceAt, begins), lt(call.tookPlaceAt, ends), isReadable, notInError))
    .groupBy(utcHour)
    .orderBy(utcHour)
  const byHour = new Map<number, number>()
  for (const { utcHour: at, calls } of counted) {
    const hour = Number(londonTime(`${at}:00:00.000Z`).slice(0, 2))
    // the hour that comes twice in October is one
    byHour.set(hour, (byHour.get(hour) ?? 0) + calls)
  }
  return [...byHour].map(([hour, calls]) => ({ hour, calls }))
}

import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, call, callAttempt, callLoop } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { callBackDue } from '../../shared/call/due.ts'
import {
  OPEN_ROWS,
  type CallBackDue,
  type OpenList,
  type ReferralDue,
  type Whose
} from '../../shared/call/loop.ts'
import type { Instant } from '../../shared/ids.ts'
import { followUpOn } from '../../shared/setting/inForce.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { endOfWorkingDays, receivedBefore } from '../../shared/setting/workingTime.ts'
import { londonDate } from '../../shared/time/london.ts'
import { asked, itemColumns, listOf } from './openItems.ts'

/** Promised call-backs that nobody has kept yet: of those promised longest ago, the one due soonest first (L30). */
export async function openCallBacks(
  db: ReadDb,
  settings: readonly Setting[],
  whose: Whose,
  actor: Actor
): Promise<OpenList<CallBackDue>> {
  const isAsked = and(eq(callLoop.kind, 'call-back'), asked(whose, actor, callLoop.ownerId))
  const found = await db
    .select({
      ...itemColumns(callLoop.ownerId),
      callerName: call.callerName,
      callerPhone: call.callerPhone,
      mayLeaveMessage: call.mayLeaveMessage,
      inHours: call.inHours,
      promisedAt: callLoop.since
    })
    .from(callLoop)
    .innerJoin(call, eq(call.id, callLoop.callId))
    .where(isAsked)
    .orderBy(asc(callLoop.since))
    .limit(OPEN_ROWS)
  const attempts = await attemptsOn(
    db,
    found.map(({ callId }) => callId)
  )
  const rows = found.map(({ inHours, ...row }) => ({
    ...row,
    kind: 'call-back' as const,
    itemId: row.callId,
    dueAt: callBackDue(settings, { tookPlaceAt: row.promisedAt, inHours }) ?? '',
    attempts: attempts
      .filter(({ callId }) => callId === row.callId)
      .map(({ callId: _, ...attempt }) => attempt)
  }))
  // the sort keeps those of one time in the order they were promised
  rows.sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0))
  return listOf(db, rows, (limit) =>
    db
      .select({ id: callLoop.id })
      .from(callLoop)
      .innerJoin(call, eq(call.id, callLoop.callId))
      .where(isAsked)
      .limit(limit)
  )
}

/** What became of ringing back so far, oldest first. */
function attemptsOn(db: ReadDb, callIds: readonly string[]) {
  return db
    .select({
      callId: callAttempt.callId,
      result: callAttempt.result,
      at: callAttempt.createdAt,
      byName: sql<string>`coalesce(${account.name}, '')`,
      note: callAttempt.note
    })
    .from(callAttempt)
    .leftJoin(account, eq(account.id, callAttempt.createdBy))
    .where(inArray(callAttempt.callId, [...callIds]))
    .orderBy(asc(callAttempt.createdAt), asc(callAttempt.id))
}

/**
 * C6: calls that ended with "Complete the Child Protection Contact Form" long enough ago that it can be asked whether
 * they did, those advised longest ago first. After how many working days is a habit of the desk and promised to nobody:
 * today's setting holds for all.
 */
export async function dueReferrals(
  db: ReadDb,
  settings: readonly Setting[],
  whose: Whose,
  by: Instant,
  actor: Actor
): Promise<OpenList<ReferralDue>> {
  const { referralWorkingDays } = followUpOn(settings, londonDate(actor.now))
  const before = receivedBefore(settings, referralWorkingDays, by)
  if (before === undefined) return { rows: [], total: '0' }
  const isAsked = and(
    eq(callLoop.kind, 'referral'),
    lt(callLoop.since, before),
    asked(whose, actor, callLoop.ownerId)
  )
  const found = await db
    .select({ ...itemColumns(callLoop.ownerId), advisedAt: callLoop.since })
    .from(callLoop)
    .innerJoin(call, eq(call.id, callLoop.callId))
    .where(isAsked)
    .orderBy(asc(callLoop.since))
    .limit(OPEN_ROWS)
  const rows = found.map((row) => ({
    ...row,
    kind: 'referral' as const,
    itemId: row.callId,
    dueAt: endOfWorkingDays(settings, row.advisedAt, referralWorkingDays) ?? ''
  }))
  return listOf(db, rows, (limit) =>
    db
      .select({ id: callLoop.id })
      .from(callLoop)
      .innerJoin(call, eq(call.id, callLoop.callId))
      .where(isAsked)
      .limit(limit)
  )
}

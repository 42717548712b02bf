import { and, asc, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, callDraft } from '../../db/schema/index.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import type { CloseOfDay, Whose } from '../../shared/call/loop.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { nextOpening } from '../../shared/setting/hours.ts'
import { londonDate } from '../../shared/time/london.ts'
import { draftLabel } from '../account/openWork.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { openActions } from './openActions.ts'
import { openFlags } from './openFlags.ts'
import { dueReferrals, openCallBacks } from './openLoops.ts'

/**
 * C11, L30: what is left at closing time, each with the one who has it when the desk opens again. Actions are those to
 * be done by the day it opens, and those without a day; referrals those that will be asked about when it opens.
 */
export async function closeOfDay(
  db: ReadDb,
  { whose }: Parsed<'call.closeOfDay'>,
  actor: Actor
): Promise<CloseOfDay> {
  const settings = await settingsInRecord(db)
  const opens = nextOpening(settings, actor.now)
  return {
    on: londonDate(actor.now),
    opens: opens ?? '',
    unfinished: await unfinished(db, whose, actor),
    callBacks: await openCallBacks(db, settings, whose, actor),
    actions: await openActions(db, whose, opens && londonDate(opens), actor),
    referrals: await dueReferrals(db, settings, whose, opens ?? actor.now, actor),
    flags: await openFlags(db, whose, actor)
  }
}

/** A draft is its owner's alone (L2): only a triage manager hears of those of others, and nothing that was typed. */
async function unfinished(db: ReadDb, whose: Whose, actor: Actor): Promise<CloseOfDay['unfinished']> {
  const seesAll = whose === 'everyone' && hasRole(actor, 'triage-manager')
  const drafts = await db
    .select({
      id: callDraft.callId,
      startedAt: callDraft.startedAt,
      ownerId: callDraft.ownerId,
      ownerName: sql<string>`coalesce(${account.name}, '')`
    })
    .from(callDraft)
    .leftJoin(account, eq(account.id, callDraft.ownerId))
    .where(and(eq(callDraft.setAsideAt, ''), seesAll ? undefined : eq(callDraft.ownerId, actor.id)))
    .orderBy(asc(callDraft.startedAt), asc(callDraft.callId))
  return drafts.map((draft) => ({ ...draft, label: draftLabel(draft.startedAt) }))
}

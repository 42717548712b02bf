import { and, asc, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, callDraft, formDraft } from '../../db/schema/index.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import type { CloseOfDay, Whose } from '../../shared/call/loop.ts'
import type { CivilDate, Instant } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { startOf } from '../../shared/report/period.ts'
import { nextOpening, openSpan } from '../../shared/setting/hours.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { addDays, londonDate } from '../../shared/time/london.ts'
import { draftLabel } from '../account/openWork.ts'
import { familyDue } from '../family/familyDue.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { stepDownsDue } from '../stepDown/stepDownsDue.ts'
import { openActions } from './openActions.ts'
import { openFlags } from './openFlags.ts'
import { dueReferrals, openCallBacks } from './openLoops.ts'

/**
 * C11, L30: what is left at closing time, each with the one who has it when the desk opens again. Actions are those to
 * be done by the day it opens, and those without a day; referrals those that will be asked about when it opens; of
 * families what is due by the day it opens, and step-downs whose clock runs out by the end of it.
 */
export async function closeOfDay(
  db: ReadDb,
  { whose }: Parsed<'call.closeOfDay'>,
  actor: Actor
): Promise<CloseOfDay> {
  const settings = await settingsInRecord(db)
  const opens = nextOpening(settings, actor.now)
  const opensOn = londonDate(opens ?? actor.now)
  const ofFamilies = await familyDue(db, { whose }, actor)
  return {
    on: londonDate(actor.now),
    opens: opens ?? '',
    unfinished: await unfinished(db, whose, actor),
    forms: await unfinishedForms(db, whose, actor),
    callBacks: await openCallBacks(db, settings, whose, actor),
    actions: await openActions(db, whose, opens && londonDate(opens), actor),
    referrals: await dueReferrals(db, settings, whose, opens ?? actor.now, actor),
    flags: await openFlags(db, whose, actor),
    stepDowns: await stepDownsDue(db, { whose, until: closesOn(settings, opensOn) }, actor),
    families: ofFamilies.filter(({ dueOn }) => dueOn <= opensOn)
  }
}

/** When the desk closes on a day; where it is closed all day, at its end. */
const closesOn = (settings: readonly Setting[], day: CivilDate): Instant =>
  openSpan(settings, day)?.to ?? startOf(addDays(day, 1))

/** A draft is its owner's alone (L2): only a triage manager hears of those of others, and nothing that was typed. */
const seesAll = (whose: Whose, actor: Actor): boolean =>
  whose === 'everyone' && hasRole(actor, 'triage-manager')
const ownerName = sql<string>`coalesce(${account.name}, '')`

async function unfinished(db: ReadDb, whose: Whose, actor: Actor): Promise<CloseOfDay['unfinished']> {
  const drafts = await db
    .select({
      id: callDraft.callId,
      startedAt: callDraft.startedAt,
      ownerId: callDraft.ownerId,
      ownerName
    })
    .from(callDraft)
    .leftJoin(account, eq(account.id, callDraft.ownerId))
    .where(
      and(eq(callDraft.setAsideAt, ''), seesAll(whose, actor) ? undefined : eq(callDraft.ownerId, actor.id))
    )
    .orderBy(asc(callDraft.startedAt), asc(callDraft.callId))
  return drafts.map((draft) => ({ ...draft, label: draftLabel(draft.startedAt) }))
}

async function unfinishedForms(db: ReadDb, whose: Whose, actor: Actor): Promise<CloseOfDay['forms']> {
  return db
    .select({
      id: formDraft.id,
      kind: formDraft.kind,
      savedAt: formDraft.savedAt,
      ownerId: formDraft.ownerId,
      ownerName
    })
    .from(formDraft)
    .leftJoin(account, eq(account.id, formDraft.ownerId))
    .where(
      and(eq(formDraft.setAsideAt, ''), seesAll(whose, actor) ? undefined : eq(formDraft.ownerId, actor.id))
    )
    .orderBy(asc(formDraft.savedAt), asc(formDraft.id))
}

import { isNull, sql } from 'drizzle-orm'
import { account, accountRole } from '../../db/schema/index.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { openFlag } from '../call/openFlags.ts'
import { notAskedAsCallBack, notInError, openAction } from '../call/openItems.ts'
import type { Read } from '../ipc/operation.ts'
import { openActionsOf } from '../plan/giveAction.ts'
import { openStepDownsOf } from '../stepDown/mustOpenStepDown.ts'
import { chairedBy } from '../stepUp/theMeeting.ts'
import { positionOf } from './person.ts'

export const listAccounts: Read<Parsed<'account.list'>, Output<'account.list'>> = async (db) => {
  const accounts = await db
    .select({
      id: account.id,
      name: account.name,
      profession: account.profession,
      status: account.status,
      rowVersion: account.rowVersion,
      unfinishedCalls: sql<number>`(SELECT count(*) FROM call_draft
        WHERE owner_id = account.id AND set_aside_at = '')`,
      unfinishedForms: sql<number>`(SELECT count(*) FROM form_draft
        WHERE owner_id = account.id AND set_aside_at = '')`,
      openItems: sql<number>`(SELECT count(*) FROM call_loop WHERE owner_id = account.id) +
        (SELECT count(*) FROM call_action JOIN call ON call.id = call_action.call_id
          WHERE owner_id = account.id AND ${openAction} AND ${notInError} AND ${notAskedAsCallBack}) +
        (SELECT count(*) FROM call_flag JOIN call ON call.id = call_flag.call_id
          WHERE owner_id = account.id AND ${openFlag} AND ${notInError}) +
        (SELECT count(*) FROM plan_action WHERE ${openActionsOf(sql`account.id`)}) +
        (SELECT count(*) FROM impact_meeting WHERE ${chairedBy(sql`account.id`)}) +
        (SELECT count(*) FROM step_down_now WHERE ${openStepDownsOf(sql`account.id`)})`
    })
    .from(account)
    .where(isNull(account.deletedAt))
  const roles = await db.select().from(accountRole).where(isNull(accountRole.deletedAt))
  return accounts
    .map((row) => ({ ...row, ...positionOf(roles.filter(({ accountId }) => accountId === row.id)) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
}

import { and, eq, isNull } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { call, callAction, callDraft } from '../../db/schema/index.ts'
import type { OpenWork } from '../../shared/account/account.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { showDate, showTime, londonDate } from '../../shared/time/london.ts'
import type { Read } from '../ipc/operation.ts'
import { accountRow } from './person.ts'

export const ownDraft = (ownerId: string) => and(eq(callDraft.ownerId, ownerId), eq(callDraft.setAsideAt, ''))
export const ownAction = (ownerId: string) =>
  and(eq(callAction.ownerId, ownerId), eq(callAction.doneAt, ''), isNull(callAction.deletedAt))

/** Unfinished calls and open actions of one person, named without case content. */
export async function workOf(db: ReadDb, ownerId: string): Promise<OpenWork[]> {
  const drafts = await db
    .select({ id: callDraft.callId, startedAt: callDraft.startedAt })
    .from(callDraft)
    .where(ownDraft(ownerId))
    .orderBy(callDraft.startedAt)
  const actions = await db
    .select({ id: callAction.id, reference: call.reference, createdAt: callAction.createdAt })
    .from(callAction)
    .innerJoin(call, eq(call.id, callAction.callId))
    .where(ownAction(ownerId))
    .orderBy(callAction.createdAt, callAction.id)
  return [
    ...drafts.map(({ id, startedAt }) => ({
      kind: 'draft' as const,
      id,
      label: `Call begun ${showTime(startedAt)} on ${showDate(londonDate(startedAt))}`,
      since: startedAt
    })),
    ...actions.map(({ id, reference, createdAt }) => ({
      kind: 'action' as const,
      id,
      label: `Action from call ${reference}`,
      since: createdAt
    }))
  ]
}

/** L18: "nobody owns it", what someone whose access was taken away left open. Nothing of a person at work. */
export const openWork: Read<Parsed<'account.openWork'>, Output<'account.openWork'>> = async (db, { id }) => {
  const { status } = await accountRow(db, id)
  return status === 'active' ? [] : workOf(db, id)
}

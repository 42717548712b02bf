import { asc, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, call, callAction, callAddendum, callChild, setting } from '../../db/schema/index.ts'
import { mayRead } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { FiledCall } from '../../shared/call/call.ts'
import { notFound } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { rowColumns } from './listCalls.ts'

/**
 * Everything of one filed call. A call that this person may not read is not found.
 *
 * @throws Refusal not-found
 */
export async function readCall(db: ReadDb, { id }: Parsed<'call.read'>, actor: Actor): Promise<FiledCall> {
  const [found] = await db
    .select({
      row: rowColumns,
      call,
      hubName: sql<string>`coalesce((SELECT json_extract(${setting.value}, '$.name') FROM ${setting}
        WHERE kind = 'local-hub' AND key = ${call.hubId} AND setting.deleted_at IS NULL
        ORDER BY valid_from DESC LIMIT 1), '')`
    })
    .from(call)
    .leftJoin(account, eq(account.id, call.createdBy))
    .where(eq(call.id, id))
  if (!found || !mayRead(actor, { hubId: found.call.hubId, writtenBy: found.call.createdBy }))
    return notFound()
  const [children, actions, addenda] = [
    await db.select().from(callChild).where(eq(callChild.callId, id)).orderBy(asc(callChild.position)),
    await db.select().from(callAction).where(eq(callAction.callId, id)).orderBy(asc(callAction.position)),
    await db
      .select({
        id: callAddendum.id,
        field: callAddendum.field,
        text: callAddendum.text,
        at: callAddendum.createdAt,
        byName: sql<string>`coalesce(${account.name}, '')`
      })
      .from(callAddendum)
      .leftJoin(account, eq(account.id, callAddendum.createdBy))
      .where(eq(callAddendum.callId, id))
      .orderBy(asc(callAddendum.createdAt), asc(callAddendum.id))
  ]
  const { row, hubName } = found
  const filed = found.call
  return {
    ...row,
    adviserId: filed.createdBy,
    schoolId: filed.schoolId,
    adviserProfession: filed.adviserProfession,
    schoolTown: filed.schoolTown,
    assessmentConfirmedBy: filed.assessmentConfirmedBy,
    callerRole: filed.callerRole,
    callerPhone: filed.callerPhone,
    mayLeaveMessage: filed.mayLeaveMessage,
    consultedContinuum: filed.consultedContinuum,
    spokeToLead: filed.spokeToLead,
    parentsKnow: filed.parentsKnow,
    concern: filed.concern,
    level: filed.level,
    levelName: filed.levelName,
    levelWhy: filed.levelWhy,
    advice: filed.advice,
    disagreement: filed.disagreement,
    signpost: filed.signpost,
    setBackReason: filed.setBackReason,
    bookedAt: filed.bookedAt,
    dangerReadAt: filed.dangerReadAt,
    startedAt: filed.startedAt,
    seconds: filed.seconds,
    hubName,
    rulesVersion: filed.rulesVersion,
    deskCode: filed.reference.split('-')[1] ?? '',
    children: children.map(({ id: childId, name, birthDate, ageYears, upn, relation, address }) => ({
      id: childId,
      name,
      birthDate,
      ageYears,
      upn,
      relation,
      address
    })),
    actions: actions.map(({ id: actionId, what, who, byWhen, doneAt }) => ({
      id: actionId,
      what,
      who,
      byWhen,
      doneAt
    })),
    addenda,
    links: [],
    attempts: [],
    referrals: [],
    errors: []
  }
}

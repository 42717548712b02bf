import { asc, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import {
  account,
  call,
  callAction,
  callAddendum,
  callAttempt,
  callChild,
  callError,
  callReferral,
  setting
} from '../../db/schema/index.ts'
import { mayRead } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { FiledCall } from '../../shared/call/call.ts'
import { notFound } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { assessmentOf } from '../episode/findOpen.ts'
import { matchesOf } from './matchesOf.ts'
import { flagsOf } from './openFlags.ts'
import { linksOf } from './links.ts'
import { rowColumns } from './listCalls.ts'

const nameOfPerson = sql<string>`coalesce(${account.name}, '')`

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
  const children = await db
    .select({
      id: callChild.id,
      name: callChild.name,
      birthDate: callChild.birthDate,
      ageYears: callChild.ageYears,
      upn: callChild.upn,
      relation: callChild.relation,
      address: callChild.address
    })
    .from(callChild)
    .where(eq(callChild.callId, id))
    .orderBy(asc(callChild.position))
  const actions = await db
    .select({
      id: callAction.id,
      what: callAction.what,
      who: callAction.who,
      byWhen: callAction.byWhen,
      doneAt: callAction.doneAt,
      doneNote: callAction.doneNote,
      ownerName: nameOfPerson
    })
    .from(callAction)
    .leftJoin(account, eq(account.id, callAction.ownerId))
    .where(eq(callAction.callId, id))
    .orderBy(asc(callAction.position))
  const addenda = await db
    .select({
      id: callAddendum.id,
      field: callAddendum.field,
      text: callAddendum.text,
      at: callAddendum.createdAt,
      byName: nameOfPerson
    })
    .from(callAddendum)
    .leftJoin(account, eq(account.id, callAddendum.createdBy))
    .where(eq(callAddendum.callId, id))
    .orderBy(asc(callAddendum.createdAt), asc(callAddendum.id))
  const attempts = await db
    .select({
      result: callAttempt.result,
      note: callAttempt.note,
      at: callAttempt.createdAt,
      byName: nameOfPerson
    })
    .from(callAttempt)
    .leftJoin(account, eq(account.id, callAttempt.createdBy))
    .where(eq(callAttempt.callId, id))
    .orderBy(asc(callAttempt.createdAt), asc(callAttempt.id))
  const referrals = await db
    .select({
      answer: callReferral.answer,
      referredOn: callReferral.referredOn,
      reason: callReferral.reason,
      at: callReferral.createdAt,
      byName: nameOfPerson
    })
    .from(callReferral)
    .leftJoin(account, eq(account.id, callReferral.createdBy))
    .where(eq(callReferral.callId, id))
    .orderBy(asc(callReferral.createdAt), asc(callReferral.id))
  const errors = await db
    .select({
      inError: callError.inError,
      reason: callError.reason,
      at: callError.createdAt,
      byName: nameOfPerson
    })
    .from(callError)
    .leftJoin(account, eq(account.id, callError.createdBy))
    .where(eq(callError.callId, id))
    .orderBy(asc(callError.createdAt), asc(callError.id))
  const { row, hubName } = found
  const filed = found.call
  return {
    ...row,
    adviserId: filed.createdBy,
    hubId: filed.hubId,
    schoolId: filed.schoolId,
    adviserProfession: filed.adviserProfession,
    schoolTown: filed.schoolTown,
    assessmentConfirmedBy: filed.assessmentConfirmedBy,
    ...(await assessmentOf(db, filed.assessmentId, actor)),
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
    children,
    actions,
    matches: await matchesOf(db, id, actor),
    addenda,
    links: await linksOf(db, id, actor),
    attempts,
    referrals,
    flags: await flagsOf(db, id, actor),
    errors
  }
}

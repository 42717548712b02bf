import { asc, desc, eq, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, call, callAction, callAddendum, callChild, callSearch } from '../../db/schema/index.ts'
import { docidsOf, type Filtered } from './filtered.ts'
import { rowColumns } from './listCalls.ts'

/** Calls read at once: whoever types waits for no more than this. */
const CHUNK = 150
const COUNTED_AT_ONCE = 5_000

const callColumns = {
  id: call.id,
  reference: call.reference,
  tookPlaceAt: call.tookPlaceAt,
  filedAt: call.createdAt,
  line: call.line,
  inHours: call.inHours,
  callerKind: call.callerKind,
  otherKind: call.otherKind,
  schoolName: call.schoolName,
  schoolTown: call.schoolTown,
  assessmentConfirmedBy: call.assessmentConfirmedBy,
  gate: call.gate,
  signpost: call.signpost,
  callerName: call.callerName,
  callerRole: call.callerRole,
  callerPhone: call.callerPhone,
  mayLeaveMessage: call.mayLeaveMessage,
  consultedContinuum: call.consultedContinuum,
  spokeToLead: call.spokeToLead,
  parentsKnow: call.parentsKnow,
  concern: call.concern,
  levelName: call.levelName,
  levelWhy: call.levelWhy,
  advice: call.advice,
  disagreement: call.disagreement,
  outcome: call.outcome,
  adviserName: rowColumns.adviserName,
  adviserProfession: call.adviserProfession,
  hubId: call.hubId,
  setBackReason: call.setBackReason,
  rulesVersion: call.rulesVersion,
  inError: rowColumns.inError
}

const childColumns = {
  callId: callChild.callId,
  name: callChild.name,
  birthDate: callChild.birthDate,
  ageYears: callChild.ageYears,
  upn: callChild.upn,
  relation: callChild.relation,
  address: callChild.address
}

const actionColumns = {
  callId: callAction.callId,
  what: callAction.what,
  who: callAction.who,
  byWhen: callAction.byWhen,
  doneAt: callAction.doneAt
}

const addendumColumns = {
  callId: callAddendum.callId,
  field: callAddendum.field,
  text: callAddendum.text,
  at: callAddendum.createdAt
}

/** One `IN` for any number of values, so that the statement stays the same. */
const among = (values: readonly (string | number)[]): SQL =>
  sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`

/**
 * The next calls of a filter that were filed before `before`, newest first, each with what belongs to it. `last` is
 * where the ones after them begin; undefined when there are none.
 */
export async function nextCalls(db: ReadDb, wanted: Filtered, before: number) {
  const docids = indexed(db, wanted, before)
  const calls = await db
    .select(callColumns)
    .from(callSearch)
    .innerJoin(call, eq(call.id, callSearch.callId))
    .leftJoin(account, eq(account.id, call.createdBy))
    .where(sql`${callSearch.docid} IN ${among(docids)}`)
    .orderBy(desc(callSearch.docid))
  const ids = among(calls.map(({ id }) => id))
  const children = byCall(
    await db
      .select(childColumns)
      .from(callChild)
      .where(sql`${callChild.callId} IN ${ids}`)
      .orderBy(asc(callChild.position))
  )
  const actions = byCall(
    await db
      .select(actionColumns)
      .from(callAction)
      .where(sql`${callAction.callId} IN ${ids}`)
      .orderBy(asc(callAction.position))
  )
  const addenda = byCall(
    await db
      .select(addendumColumns)
      .from(callAddendum)
      .where(sql`${callAddendum.callId} IN ${ids}`)
      .orderBy(asc(callAddendum.createdAt), asc(callAddendum.id))
  )
  return {
    calls: calls.map((row) => ({
      ...row,
      children: children.get(row.id) ?? [],
      actions: actions.get(row.id) ?? [],
      addenda: addenda.get(row.id) ?? []
    })),
    last: docids.at(-1)
  }
}

export type ExportedCall = Awaited<ReturnType<typeof nextCalls>>['calls'][number]

/** As `nextCalls`, only counted, many at once. */
export async function countNext(
  db: ReadDb,
  wanted: Filtered,
  before: number
): Promise<{ count: number; last: number | undefined }> {
  const docids = indexed(db, wanted, before, COUNTED_AT_ONCE)
  return { count: docids.length, last: docids.at(-1) }
}

/** The next of what the index finds. */
function indexed(db: ReadDb, wanted: Filtered, before: number, atMost = CHUNK): number[] {
  const found = docidsOf(wanted, sql`call_words.rowid < ${before}`)
  return db
    .all<{ rowid: number }>(sql`${found} ORDER BY call_words.rowid DESC LIMIT ${atMost}`)
    .map(({ rowid }) => rowid)
}

function byCall<T extends { callId: string }>(rows: readonly T[]): Map<string, T[]> {
  const calls = new Map<string, T[]>()
  for (const row of rows) {
    const of = calls.get(row.callId)
    if (of) of.push(row)
    else calls.set(row.callId, [row])
  }
  return calls
}

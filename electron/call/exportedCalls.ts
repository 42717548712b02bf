import { asc, desc, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, call, callAction, callAddendum, callChild, callSearch } from '../../db/schema/index.ts'
import { docidsOf, type Filtered } from './filtered.ts'
import { rowColumns } from './listCalls.ts'

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
  rulesVersion: call.rulesVersion
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

/** Read from the index at once: it finds its place anew each time, so that few at a time would be slow. */
const INDEXED_AT_ONCE = 5_000

/**
 * The next calls of a filter that were filed before `before`, newest first, by their number in the index. None: there
 * are no more.
 */
export function nextIndexed(db: ReadDb, wanted: Filtered, before: number): number[] {
  const found = docidsOf(wanted, sql`call_words.rowid < ${before}`)
  return db
    .all<{ rowid: number }>(sql`${found} ORDER BY call_words.rowid DESC LIMIT ${INDEXED_AT_ONCE}`)
    .map(({ rowid }) => rowid)
}

/** One statement for any number of values. */
const amongWanted = sql`(SELECT value FROM json_each(${sql.placeholder('wanted')}))`

/**
 * Reads calls by their numbers in the index, newest first, each with what belongs to it. The statements are prepared
 * once for all the chunks of an export.
 */
export function callReader(db: ReadDb) {
  const calls = db
    .select(callColumns)
    .from(callSearch)
    .innerJoin(call, eq(call.id, callSearch.callId))
    .leftJoin(account, eq(account.id, call.createdBy))
    .where(sql`${callSearch.docid} IN ${amongWanted}`)
    .orderBy(desc(callSearch.docid))
    .prepare()
  const children = db
    .select(childColumns)
    .from(callChild)
    .where(sql`${callChild.callId} IN ${amongWanted}`)
    .orderBy(asc(callChild.position))
    .prepare()
  const actions = db
    .select(actionColumns)
    .from(callAction)
    .where(sql`${callAction.callId} IN ${amongWanted}`)
    .orderBy(asc(callAction.position))
    .prepare()
  const addenda = db
    .select(addendumColumns)
    .from(callAddendum)
    .where(sql`${callAddendum.callId} IN ${amongWanted}`)
    .orderBy(asc(callAddendum.createdAt), asc(callAddendum.id))
    .prepare()

  return (docids: readonly number[]) => {
    const found = calls.all({ wanted: JSON.stringify(docids) })
    const ids = { wanted: JSON.stringify(found.map(({ id }) => id)) }
    const childrenOf = byCall(children.all(ids))
    const actionsOf = byCall(actions.all(ids))
    const addendaOf = byCall(addenda.all(ids))
    return found.map((row) => ({
      ...row,
      children: childrenOf.get(row.id) ?? [],
      actions: actionsOf.get(row.id) ?? [],
      addenda: addendaOf.get(row.id) ?? []
    }))
  }
}

export type ReadCalls = ReturnType<typeof callReader>
export type ExportedCall = ReturnType<ReadCalls>[number]

function byCall<T extends { callId: string }>(rows: readonly T[]): Map<string, T[]> {
  const calls = new Map<string, T[]>()
  for (const row of rows) {
    const of = calls.get(row.callId)
    if (of) of.push(row)
    else calls.set(row.callId, [row])
  }
  return calls
}

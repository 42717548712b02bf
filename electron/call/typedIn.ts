import { inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { ReadDb } from '../../db/open.ts'
import { call } from '../../db/schema/index.ts'
import { typedParts, type Typed } from '../../shared/call/excerpt.ts'
import type { Id } from '../../shared/ids.ts'

const rows = z.array(z.tuple([z.enum(typedParts), z.string()]))

/**
 * What is written of a call in other tables: the same as the full-text index has words of (db/search.ts). The call is
 * named in words, for Drizzle leaves the table's name out where it selects from one alone.
 */
const beside = sql<string>`(SELECT json_group_array(json_array(part, text)) FROM (
  SELECT 'child' AS part, name || ' ' || birth_text || ' ' || upn || ' ' || relation || ' ' || address AS text
    FROM call_child WHERE call_id = call.id
  UNION ALL SELECT 'action', what || ' ' || who || ' ' || done_note FROM call_action WHERE call_id = call.id
  UNION ALL SELECT 'addendum', text FROM call_addendum WHERE call_id = call.id
  UNION ALL SELECT 'attempt', note FROM call_attempt WHERE call_id = call.id
  UNION ALL SELECT 'referral', reason FROM call_referral WHERE call_id = call.id
  UNION ALL SELECT 'in-error', reason FROM call_error WHERE call_id = call.id))`

/** Everything typed in some calls, by call; what was said stands before names and numbers. One query. */
export async function typedIn(db: ReadDb, ids: readonly Id[]): Promise<Map<Id, Typed[]>> {
  const found = await db
    .select({
      id: call.id,
      concern: call.concern,
      advice: call.advice,
      disagreement: call.disagreement,
      levelWhy: call.levelWhy,
      beside,
      callerName: call.callerName,
      callerRole: call.callerRole,
      callerPhone: call.callerPhone,
      callerDigits: call.callerDigits,
      schoolName: call.schoolName,
      schoolTown: call.schoolTown,
      confirmedBy: call.assessmentConfirmedBy,
      setBackReason: call.setBackReason,
      levelName: call.levelName,
      reference: call.reference
    })
    .from(call)
    .where(inArray(call.id, [...ids]))
  return new Map(
    found.map((row) => [
      row.id,
      [
        { part: 'concern', text: row.concern },
        { part: 'advice', text: row.advice },
        { part: 'disagreement', text: row.disagreement },
        { part: 'level-why', text: row.levelWhy },
        ...rows.parse(JSON.parse(row.beside)).map(([part, text]) => ({ part, text })),
        { part: 'caller', text: `${row.callerName} ${row.callerRole}` },
        { part: 'phone', text: row.callerPhone },
        { part: 'phone', text: row.callerDigits },
        { part: 'school', text: `${row.schoolName} ${row.schoolTown}` },
        { part: 'confirmed-by', text: row.confirmedBy },
        { part: 'set-back', text: row.setBackReason },
        { part: 'level', text: row.levelName },
        { part: 'reference', text: row.reference }
      ]
    ])
  )
}

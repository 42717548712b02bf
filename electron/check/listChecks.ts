import { and, desc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, assessmentCheck } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { underWay, type CheckState } from '../../shared/check/check.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { readableChecks } from './theCheck.ts'

const PAGE = 50

/** `stateOf` of shared/check/state.ts, for many checks at once. */
const state = sql<CheckState>`CASE
  WHEN EXISTS (SELECT 1 FROM check_disclosure d WHERE d.check_id = ${assessmentCheck.id}) THEN 'disclosed'
  ELSE coalesce(
    (SELECT e.kind FROM check_ending e WHERE e.check_id = ${assessmentCheck.id}
      ORDER BY e.created_at DESC, e.id DESC LIMIT 1),
    CASE WHEN EXISTS (SELECT 1 FROM check_answer a WHERE a.check_id = ${assessmentCheck.id}) THEN 'answered'
      WHEN EXISTS (SELECT 1 FROM check_try t WHERE t.check_id = ${assessmentCheck.id} AND t.result = 'passed') THEN 'identified'
      ELSE 'to-identify' END) END`

const childNames = sql<string>`coalesce((SELECT group_concat(name, ', ' ORDER BY position) FROM check_child c
  WHERE c.check_id = ${assessmentCheck.id} AND c.told_in = coalesce((SELECT a.id FROM check_answer a
    WHERE a.check_id = ${assessmentCheck.id} ORDER BY a.created_at DESC, a.id DESC LIMIT 1), ${assessmentCheck.id})), '')`

function stands(wanted: Parsed<'check.list'>['state']): SQL | undefined {
  if (wanted === '') return undefined
  return inArray(state, wanted === 'under-way' ? [...underWay] : [wanted])
}

/** Checks, the newest first, 50 at a time; with a state, those that stand there; `mine`: those that the reader began. */
export async function listChecks(
  db: ReadDb,
  { state: wanted, mine, after }: Parsed<'check.list'>,
  actor: Actor
): Promise<Output<'check.list'>> {
  const rows = await db
    .select({
      id: assessmentCheck.id,
      reference: assessmentCheck.reference,
      state,
      at: assessmentCheck.createdAt,
      byName: sql<string>`coalesce(${account.name}, '')`,
      callerName: assessmentCheck.callerName,
      employerName: assessmentCheck.employerName,
      childNames
    })
    .from(assessmentCheck)
    .leftJoin(account, eq(account.id, assessmentCheck.createdBy))
    .where(
      and(
        readableChecks(actor),
        stands(wanted),
        mine ? eq(assessmentCheck.createdBy, actor.id) : undefined,
        after === ''
          ? undefined
          : sql`(${assessmentCheck.createdAt}, ${assessmentCheck.id}) < (SELECT created_at, id FROM assessment_check WHERE id = ${after})`
      )
    )
    .orderBy(desc(assessmentCheck.createdAt), desc(assessmentCheck.id))
    .limit(PAGE + 1)
  return {
    rows: rows.slice(0, PAGE),
    next: rows.length > PAGE ? (rows[PAGE - 1]?.id ?? '') : ''
  }
}

import { and, asc, count, eq, lte, ne, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { familyIndex, stepDown, stepDownNow } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { OPEN_ROWS, type OpenList, type Whose } from '../../shared/call/loop.ts'
import type { Instant } from '../../shared/ids.ts'
import type { StepDownDue } from '../../shared/stepDown/home.ts'
import { isOpenTo, standingColumns } from '../family/readableFamily.ts'
import { childrenTold } from './childrenTold.ts'
import { knownStepDowns } from './mustOpenStepDown.ts'

/** C11: step-downs whose clock has run out by an instant, the first due first, each with whoever has it. */
export async function stepDownsDue(
  db: ReadDb,
  { whose, until }: { whose: Whose; until: Instant },
  actor: Actor
): Promise<OpenList<StepDownDue>> {
  const isDue = and(
    eq(stepDownNow.isOpen, true),
    ne(stepDownNow.dueAt, ''),
    lte(stepDownNow.dueAt, until),
    whose === 'mine' ? eq(stepDownNow.ownerId, actor.id) : undefined,
    knownStepDowns(actor)
  )
  const rows = await db
    .select({
      id: stepDownNow.stepDownId,
      reference: stepDown.reference,
      childNames: childrenTold(stepDownNow.versionId),
      state: stepDownNow.state,
      dueAt: stepDownNow.dueAt,
      ownerId: stepDownNow.ownerId,
      ownerName: sql<string>`coalesce((SELECT name FROM account WHERE id = ${stepDownNow.ownerId}), '')`,
      family: standingColumns(actor)
    })
    .from(stepDownNow)
    .innerJoin(stepDown, eq(stepDown.id, stepDownNow.stepDownId))
    .leftJoin(familyIndex, eq(familyIndex.familyId, stepDownNow.familyId))
    .where(isDue)
    .orderBy(asc(stepDownNow.dueAt), asc(stepDownNow.stepDownId))
    .limit(OPEN_ROWS)
  const [counted] = await db
    .select({ total: count() })
    .from(stepDownNow)
    .leftJoin(familyIndex, eq(familyIndex.familyId, stepDownNow.familyId))
    .where(isDue)
  return {
    rows: rows.map(({ family, ...row }) =>
      family !== null && !isOpenTo(actor, family) ? { ...row, childNames: '' } : row
    ),
    total: String(counted?.total ?? 0)
  }
}

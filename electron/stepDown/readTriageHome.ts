import { and, asc, count, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { familyIndex, stepDown, stepDownNow } from '../../db/schema/index.ts'
import { agendaOfStepUp, isOpenStepUp, stateOfStepUp } from '../../db/stepUps.ts'
import { readScope } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { TriageHome } from '../../shared/stepDown/home.ts'
import { everyStepDown } from '../../shared/stepDown/record.ts'
import { stepDownStates } from '../../shared/stepDown/stepDown.ts'
import { knownFamilies } from '../family/readableFamily.ts'
import { listQueue } from './listQueue.ts'
import { knownStepDowns } from './mustOpenStepDown.ts'
import { isOverdue } from './queueConditions.ts'
import { nameOfHub } from './readStepDown.ts'

/** How many of the queue, and how many meetings. */
const NEXT = 3

/** What waits in triage: how much in each list, the first of the queue, step-ups without feedback, and meetings. */
export async function readTriageHome(db: ReadDb, _input: object, actor: Actor): Promise<TriageHome> {
  const queue = await listQueue(db, { filter: everyStepDown, after: '' }, actor)
  return {
    lists: await listsOf(db, actor),
    oldest: await oldestOf(db, actor),
    next: queue.rows.slice(0, NEXT),
    stepUps: stepUpsOf(db, actor),
    meetings: meetingsOf(db, actor)
  }
}

async function listsOf(db: ReadDb, actor: Actor): Promise<TriageHome['lists']> {
  const counted = await db
    .select({
      state: stepDownNow.state,
      count: count(),
      overdue: sql<number>`coalesce(sum(${isOverdue(actor.now)}), 0)`
    })
    .from(stepDownNow)
    .leftJoin(familyIndex, eq(familyIndex.familyId, stepDownNow.familyId))
    .where(and(eq(stepDownNow.isOpen, true), knownStepDowns(actor)))
    .groupBy(stepDownNow.state)
  return stepDownStates
    .filter((state) => state !== 'done')
    .map((state) => counted.find((each) => each.state === state) ?? { state, count: 0, overdue: 0 })
}

async function oldestOf(db: ReadDb, actor: Actor): Promise<TriageHome['oldest']> {
  const [found] = await db
    .select({
      id: stepDownNow.stepDownId,
      reference: stepDown.reference,
      receivedAt: stepDownNow.receivedAt
    })
    .from(stepDownNow)
    .innerJoin(stepDown, eq(stepDown.id, stepDownNow.stepDownId))
    .leftJoin(familyIndex, eq(familyIndex.familyId, stepDownNow.familyId))
    .where(and(eq(stepDownNow.isOpen, true), knownStepDowns(actor)))
    .orderBy(asc(stepDownNow.receivedAt), asc(stepDownNow.stepDownId))
    .limit(1)
  return found
}

const stepUpsOf = (db: ReadDb, actor: Actor): TriageHome['stepUps'] =>
  db.all(sql`SELECT ${sql.raw(stateOfStepUp('s.id'))} AS state, count(*) AS count
    FROM step_up s JOIN family_index ON family_index.family_id = s.family_id
    WHERE ${sql.raw(isOpenStepUp('s.id'))} AND ${knownFamilies(actor) ?? sql`1`}
    GROUP BY state ORDER BY count DESC, state`)

/** A meeting is its hub’s: of what is on its agenda counts only what this person may know of. */
function meetingsOf(db: ReadDb, actor: Actor): TriageHome['meetings'] {
  const scope = readScope(actor)
  if (scope.kind === 'none') return []
  const ofHubs =
    scope.kind === 'all'
      ? sql`1`
      : sql`m.hub_id IN (SELECT value FROM json_each(${JSON.stringify(scope.hubIds)}))`
  return db.all(sql`SELECT m.id, m.on_day AS onDay, m.starts_at AS startsAt, m.place, ${nameOfHub(sql`m.hub_id`)} AS hubName,
      coalesce((SELECT name FROM account WHERE id = m.chair_id), '') AS chairName,
      (SELECT count(DISTINCT x.step_up_id) FROM step_up_event x
        JOIN family_index ON family_index.family_id = x.family_id
        WHERE x.meeting_id = m.id AND x.event = 'plan'
          AND ${sql.raw(agendaOfStepUp('x.step_up_id'))} = m.id
          AND ${sql.raw(stateOfStepUp('x.step_up_id'))} = 'planned' AND ${knownFamilies(actor) ?? sql`1`}) AS requests
    FROM impact_meeting m WHERE m.ending = '' AND m.deleted_at IS NULL AND ${ofHubs}
    ORDER BY m.on_day, m.starts_at, m.id LIMIT ${NEXT}`)
}

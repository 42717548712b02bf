import { and, asc, eq, gt, gte, lt, or, sql } from 'drizzle-orm'
import { setImmediate as turn } from 'node:timers/promises'
import type { ReadDb } from '../../db/open.ts'
import { episode, familyIndex, ruleOverride, stepDownNow, stepUp } from '../../db/schema/index.ts'
import { stateOfStepUp } from '../../db/stepUps.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import { targetsMet } from '../../shared/report/openTime.ts'
import { instantsOf } from '../../shared/report/period.ts'
import type { ReportRange } from '../../shared/report/report.ts'
import type { TriageItem } from '../../shared/report/triage.ts'
import { itemsOf, type HistoryEvent } from '../../shared/report/triageHistory.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import type { StepUpState } from '../../shared/stepUp/stepUp.ts'
import { knownFamilies } from '../family/readableFamily.ts'
import { knownStepDowns } from '../stepDown/mustOpenStepDown.ts'

/** Step-downs at a time: some milliseconds, for which nobody who types will notice a wait. */
const PART = 500

/** What is asked for: a range of London days, of one local hub or, with '', of all. */
interface Asked {
  range: ReportRange
  hubId: Id
}

/** Who takes what is counted: everything of one step-down at once, and each thing that stands alone. */
interface Taker {
  addStepDown(items: readonly TriageItem[]): void
  add(item: TriageItem): void
}

/**
 * Hands out everything of triage that touches the days asked for and that this person may know of (L25); of a restricted
 * family it is known that there is something, never whose. Numbers and the rows behind them both come from here, so that they
 * are the same. It gives way after every part.
 */
export async function takeTriage(
  store: Store,
  asked: Asked,
  settings: readonly Setting[],
  actor: Actor,
  taker: Taker
): Promise<void> {
  const isInTime = targetsMet(settings)
  let after = ''
  for (;;) {
    const part = await store.read((db) => Promise.resolve(nextStepDowns(db, asked, after, actor)))
    for (const history of part) taker.addStepDown(itemsOf(history, isInTime))
    const last = part.at(-1)
    if (!last) break
    after = last.id
    await turn()
  }
  const alone = await store.read((db) =>
    Promise.resolve([...stepUpsOf(db, asked, actor), ...overridesOf(db, asked, actor)])
  )
  alone.forEach(taker.add)
}

/** The next step-downs of which something may be counted: what ended before the days and what came after is not. */
function nextStepDowns(db: ReadDb, { range, hubId }: Asked, after: Id, actor: Actor) {
  const { from, until } = instantsOf(range)
  const found = db
    .select({
      id: stepDownNow.stepDownId,
      hubId: stepDownNow.hubId,
      receivedAt: stepDownNow.receivedAt
    })
    .from(stepDownNow)
    .leftJoin(familyIndex, eq(familyIndex.familyId, stepDownNow.familyId))
    .where(
      and(
        gt(stepDownNow.stepDownId, after),
        lt(stepDownNow.receivedAt, until),
        or(eq(stepDownNow.isOpen, true), gte(stepDownNow.lastAt, from)),
        hubId === '' ? undefined : eq(stepDownNow.hubId, hubId),
        knownStepDowns(actor)
      )
    )
    .orderBy(asc(stepDownNow.stepDownId))
    .limit(PART)
    .all()
  const events = eventsOf(
    db,
    found.map(({ id }) => id)
  )
  return found.map((stepDown) => ({ ...stepDown, events: events.get(stepDown.id) ?? [] }))
}

interface EventRow extends Omit<HistoryEvent, 'isOver' | 'isOutside'> {
  stepDownId: Id
  isOver: number
  isOutside: number
}

function eventsOf(db: ReadDb, stepDownIds: readonly Id[]): Map<Id, HistoryEvent[]> {
  const rows = db.all<EventRow>(sql`SELECT e.step_down_id AS stepDownId, e.id, e.event, e.about_id AS aboutId,
      e.to_id AS toId, e.created_at AS recordedAt, coalesce(r.sending_team, '') AS sendingTeam,
      coalesce(a.over_reason, '') <> '' AS isOver, coalesce(a.outside_reason, '') <> '' AS isOutside
    FROM json_each(${JSON.stringify(stepDownIds)}) asked CROSS JOIN step_down_event e ON e.step_down_id = asked.value
      LEFT JOIN step_down_return r ON e.event = 'return' AND r.id = e.about_id
      LEFT JOIN step_down_allocation a ON e.event = 'propose' AND a.id = e.about_id
    WHERE e.event <> 'take' ORDER BY asked.key, e.created_at, e.id`)
  const events = new Map<Id, HistoryEvent[]>()
  for (const { stepDownId, isOver, isOutside, ...row } of rows) {
    const event = { ...row, isOver: isOver === 1, isOutside: isOutside === 1 }
    const of = events.get(stepDownId)
    if (of) of.push(event)
    else events.set(stepDownId, [event])
  }
  return events
}

interface StepUpRow {
  id: Id
  episodeId: Id
  requestedAt: Instant
  hasOldNotes: number
  state: StepUpState
}

/** A request counts on the day on which it was made, under what has come of it by now. */
function stepUpsOf(db: ReadDb, { range, hubId }: Asked, actor: Actor): TriageItem[] {
  const { from, until } = instantsOf(range)
  const wanted = and(
    gte(stepUp.createdAt, from),
    lt(stepUp.createdAt, until),
    ofHub(hubId),
    knownFamilies(actor)
  )
  return db
    .all<StepUpRow>(
      sql`SELECT step_up.id, step_up.episode_id AS episodeId, step_up.created_at AS requestedAt,
        step_up.old_notes_reason <> '' AS hasOldNotes, ${sql.raw(stateOfStepUp('step_up.id'))} AS state
      FROM step_up JOIN family_index ON family_index.family_id = step_up.family_id WHERE ${wanted}`
    )
    .flatMap(({ id, episodeId, requestedAt, hasOldNotes, state }): TriageItem[] => {
      const about = { id, at: requestedAt, about: 'step-up', aboutId: episodeId } as const
      const counted: TriageItem = { ...about, measure: 'step-ups', key: state }
      return hasOldNotes === 1 ? [counted, { ...about, measure: 'overrides', key: 'old-notes' }] : [counted]
    })
}

/** C12: rules of assessments that a manager overrode. */
const overridesOf = (db: ReadDb, { range, hubId }: Asked, actor: Actor): TriageItem[] => {
  const { from, until } = instantsOf(range)
  return db
    .select({
      id: ruleOverride.id,
      at: ruleOverride.createdAt,
      key: ruleOverride.rule,
      aboutId: ruleOverride.episodeId
    })
    .from(ruleOverride)
    .innerJoin(familyIndex, eq(familyIndex.familyId, ruleOverride.familyId))
    .innerJoin(episode, eq(episode.id, ruleOverride.episodeId))
    .where(
      and(
        gte(ruleOverride.createdAt, from),
        lt(ruleOverride.createdAt, until),
        ofHub(hubId),
        knownFamilies(actor)
      )
    )
    .all()
    .map((row) => ({ ...row, measure: 'overrides', about: 'assessment' }))
}

const ofHub = (hubId: Id) => (hubId === '' ? undefined : eq(familyIndex.hubId, hubId))

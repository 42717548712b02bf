import { eq, sql } from 'drizzle-orm'
import { eventsOf } from '../../db/episodeEvents.ts'
import type { ReadDb, Tx } from '../../db/open.ts'
import { episodeStep, ruleOverride } from '../../db/schema/index.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import type { EpisodeEvent, TakenStep } from '../../shared/episode/episode.ts'
import { blocksOf, problemsWithStarting } from '../../shared/episode/starting.ts'
import { mayDo } from '../../shared/episode/state.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import { naturalId, type CivilDate, type Id, type Instant } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { overriders } from '../../shared/rule/rule.ts'
import { londonDate, showDate } from '../../shared/time/london.ts'
import { mustTakePart } from '../agreement/mustTakePart.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { mustBeOpen } from './mustBeOpen.ts'

/**
 * One step of an assessment, in the order of the machine (R22): set up, started, finalised, its plan agreed. Its day is not
 * in the future, and not before the step that it follows. It starts only with agreement (R24) and where nothing speaks
 * against it (R2, R3), unless a manager says why it does all the same: each rule that was overridden is a row of its own, and
 * counted (C12). The plan is agreed when it has an outcome with an action (R32). A step is never changed or taken back.
 *
 * @throws Refusal not-found, family-restricted, clashing-id, assessment-closed, step-not-possible, not-taking-part,
 *   plan-without-action, invalid (by field)
 */
export async function takeStep(
  tx: Tx,
  input: Parsed<'episode.takeStep'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { hubId } = await mustOpen(tx, input.familyId, actor)
  const [before] = await tx.select().from(episodeStep).where(eq(episodeStep.id, input.id))
  if (before) {
    if (before.createdBy !== actor.id || !(await isSameStep(tx, input, before))) refuse('clashing-id')
    return alreadyDone(null)
  }
  await mustBeOpen(tx, input)
  const course = courseOf(tx, input.episodeId)
  if (!mayDo(course.events).includes(input.step)) refuse('step-not-possible')
  const problems = [
    ...problemsWithDay(input.on, course.earliest, londonDate(actor.now)),
    ...(input.step === 'start' ? problemsWithStarting(input, hasRole(actor, ...overriders)) : [])
  ]
  if (problems.length > 0) invalid(...problems)
  if (input.step === 'start') mustTakePart(tx, input.familyId)
  if (input.step === 'agree-plan') mustHavePlan(tx, input.episodeId)

  const { id, familyId, episodeId } = input
  const written = writtenAfter(writtenBy(actor, hubId), course.lastAt || undefined)
  await tx.insert(episodeStep).values({ ...written, id, familyId, episodeId, ...contentOf(input) })
  for (const { rule, reason } of overriddenIn(input))
    await tx.insert(ruleOverride).values({
      ...written,
      id: overrideId(id, rule),
      familyId,
      episodeId,
      rule,
      aboutId: '',
      dueOn: '',
      reason
    })
  return null
}

type Step = Pick<
  typeof episodeStep.$inferSelect,
  'step' | 'onDay' | 'note' | 'severalAgencies' | 'progressingWell' | 'alreadyIdentified'
>

const contentOf = (input: TakenStep): Step => ({
  step: input.step,
  onDay: input.on,
  note: input.note,
  severalAgencies: input.step === 'start' ? input.severalAgencies : '',
  progressingWell: input.step === 'start' ? input.progressingWell : '',
  alreadyIdentified: input.step === 'start' ? input.alreadyIdentified : ''
})

const overrideId = (stepId: Id, rule: string): Id => naturalId('override', stepId, rule)

/** A rule that two answers go against is overridden once. */
const overriddenIn = (input: TakenStep) =>
  input.step === 'start'
    ? [...new Set(blocksOf(input).map(({ rule }) => rule))].map((rule) => ({
        rule,
        reason: input.overrideReason
      }))
    : []

async function isSameStep(
  db: ReadDb,
  input: TakenStep,
  before: typeof episodeStep.$inferSelect
): Promise<boolean> {
  const content = contentOf(input)
  const isSame = (Object.keys(content) as (keyof Step)[]).every((key) => before[key] === content[key])
  if (!isSame || before.episodeId !== input.episodeId) return false
  for (const { rule, reason } of overriddenIn(input)) {
    const [kept] = await db
      .select({ reason: ruleOverride.reason })
      .from(ruleOverride)
      .where(eq(ruleOverride.id, overrideId(input.id, rule)))
    if (kept?.reason !== reason) return false
  }
  return true
}

interface Course {
  events: EpisodeEvent[]
  /** When the newest step was recorded; '' where none was. */
  lastAt: Instant
  /** The last of the days of its steps, or the day of its registration: to finalise holds up no other step. */
  earliest: CivilDate
}

function courseOf(db: ReadDb, episodeId: Id): Course {
  const found = db.get<Omit<Course, 'events'> & { events: string }>(sql`
    SELECT ${sql.raw(eventsOf('e.id'))} AS events,
      coalesce((SELECT max(s.created_at) FROM episode_step s WHERE s.episode_id = e.id), '') AS lastAt,
      max(e.registered_on, coalesce((SELECT max(s.on_day) FROM episode_step s
        WHERE s.episode_id = e.id AND s.step IN ('set-up', 'start')), '')) AS earliest
    FROM episode e WHERE e.id = ${episodeId}`)
  return { ...found, events: found.events.split(' ').filter(Boolean) as EpisodeEvent[] }
}

function problemsWithDay(on: CivilDate, earliest: CivilDate, today: CivilDate) {
  if (on > today) return [{ path: 'on', message: 'Enter today or an earlier day' }]
  if (on < earliest)
    return [
      { path: 'on', message: `Enter ${showDate(earliest)} or a later day: the step before it was then` }
    ]
  return []
}

/** R32: a plan is at least one outcome that was not dropped, and somebody who does something for it. */
function mustHavePlan(db: ReadDb, episodeId: Id): void {
  const planned = db.get<{ id: Id } | undefined>(sql`
    SELECT o.id FROM plan_outcome o JOIN plan_action a ON a.outcome_id = o.id
    WHERE o.episode_id = ${episodeId} AND o.ending <> 'dropped' AND o.deleted_at IS NULL AND a.deleted_at IS NULL LIMIT 1`)
  if (!planned) refuse('plan-without-action')
}

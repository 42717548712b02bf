import { eq, sql, type SQL } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { impactMeeting } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, Refusal, refuse, type FieldError } from '../../shared/errors.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { problemsWithMeeting } from '../../shared/stepUp/problems.ts'
import type { StepUp } from '../../shared/stepUp/record.ts'
import { londonDate } from '../../shared/time/london.ts'
import { signedChange } from '../account/signed.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { insertEvent } from './insertEvent.ts'
import { readStepUps } from './readStepUps.ts'
import { mustBeChair, theMeeting, type MeetingRow } from './theMeeting.ts'

type Input = Parsed<'stepUp.planMeeting'>
type Planned = Output<'stepUp.planMeeting'>

/**
 * "Plan a meeting": an Action and Impact Meeting of a hub with its chair and its agenda, new or changed while it is to come
 * (R42). Requests that are put on the agenda wait for it, those that are taken off wait for another one. What somebody else
 * made of it meanwhile is a changed-since (L7).
 *
 * @throws Refusal not-found, invalid (by field), changed-since, step-not-possible, clashing-id
 */
export async function planMeeting(
  tx: Tx,
  input: Input,
  actor: Actor
): Promise<Planned | AlreadyDone<Planned>> {
  const { id, rowVersion } = input
  const isNew = (await tx.$count(impactMeeting, eq(impactMeeting.id, id))) === 0
  const before = isNew ? undefined : await theMeeting(tx, id, actor)
  const agenda = before ? agendaOf(tx, id, actor) : []
  if (before && isPlanned(before, agenda, input, actor)) return alreadyDone({ rowVersion: before.rowVersion })
  if (before && rowVersion === 0) refuse('clashing-id')
  if (!before && rowVersion > 0) notFound()
  if (before && before.rowVersion !== rowVersion) throw new Refusal({ code: 'changed-since' })
  if (before && before.ending !== '') refuse('step-not-possible')

  const wanted = requestsOf(tx, input.stepUpIds, actor)
  await mustBePlannable(tx, input, wanted, before, actor)
  const { hubId, onDay, startsAt, place, chairId, note } = input
  const said = { hubId, onDay, startsAt, place, chairId, note }
  if (before) {
    await tx
      .update(impactMeeting)
      .set({ ...signedChange(actor), ...said })
      .where(eq(impactMeeting.id, id))
  } else {
    const signed = { ...writtenBy(actor, hubId), updatedAt: actor.now, updatedBy: actor.id }
    await tx.insert(impactMeeting).values({ ...signed, ...said, id, ending: '', endedWhy: '' })
  }
  await keepAgenda(tx, id, agenda, wanted, actor)
  return { rowVersion: rowVersion + 1 }
}

/** Of these requests those that stand on the agenda of a meeting, in their order: as they were put on it last. */
export const onAgenda = (stepUps: readonly StepUp[], meetingId: Id): StepUp[] =>
  stepUps
    .filter((stepUp) => isOnAgenda(stepUp, meetingId))
    .toSorted((a, b) => (plannedAt(a) < plannedAt(b) ? -1 : 1))

/** As a condition for `readStepUps`: requests that were ever on the agenda of a meeting. */
export const everOnAgenda = (meetingId: Id): SQL =>
  sql`s.id IN (SELECT x.step_up_id FROM step_up_event x WHERE x.meeting_id = ${meetingId})`

/** The whole agenda of a meeting, whoever asks. */
export const agendaOf = (db: ReadDb, meetingId: Id, actor: Actor): StepUp[] =>
  onAgenda(readStepUps(db, everOnAgenda(meetingId), actor), meetingId)

const isOnAgenda = ({ state, meetingId }: StepUp, id: Id): boolean => state === 'planned' && meetingId === id

const plannedAt = ({ events }: StepUp): string =>
  events.findLast(({ event }) => event === 'plan')?.recordedAt ?? ''

/** In the order in which they are asked for. */
function requestsOf(db: ReadDb, ids: readonly Id[], actor: Actor): StepUp[] {
  const found = readStepUps(db, sql`s.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`, actor)
  return [...new Set(ids)].map((id) => found.find((stepUp) => stepUp.id === id) ?? notFound())
}

/** Does the meeting stand as this person asks for it already (L6)? */
function isPlanned(before: MeetingRow, agenda: readonly StepUp[], input: Input, actor: Actor): boolean {
  const { hubId, onDay, startsAt, place, chairId, note } = input
  const said = { hubId, onDay, startsAt, place, chairId, note }
  return (
    before.updatedBy === actor.id &&
    before.rowVersion === input.rowVersion + 1 &&
    (Object.keys(said) as (keyof typeof said)[]).every((key) => before[key] === said[key]) &&
    agenda.map(({ id }) => id).join(' ') === input.stepUpIds.join(' ')
  )
}

async function mustBePlannable(
  tx: Tx,
  input: Input,
  wanted: readonly StepUp[],
  before: MeetingRow | undefined,
  { now }: Actor
): Promise<void> {
  const today = londonDate(now)
  const { hubs } = rulesOn(await settingsInRecord(tx), today)
  const isHub = hubs.some(({ key }) => key === input.hubId)
  const problems = [
    ...(isHub ? [] : [{ path: 'hubId', message: 'Choose whose meeting it is' }]),
    ...problemsWithMeeting(input, today, before?.onDay),
    ...problemsWithAgenda(input, wanted)
  ]
  if (problems.length > 0) invalid(...problems)
  await mustBeChair(tx, input.chairId)
}

function problemsWithAgenda({ id, hubId }: Input, wanted: readonly StepUp[]): FieldError[] {
  const isFree = (stepUp: StepUp) => stepUp.state === 'submitted' || isOnAgenda(stepUp, id)
  const taken = wanted.find((stepUp) => !isFree(stepUp))
  if (taken)
    return [{ path: 'stepUpIds', message: `${taken.reference} does not wait for a meeting any more` }]
  const elsewhere = wanted.find((stepUp) => stepUp.hubId !== hubId)
  return elsewhere
    ? [{ path: 'stepUpIds', message: `${elsewhere.reference} is of ${elsewhere.hubName}, another hub` }]
    : []
}

/** What stands in its place already is not put there again: the chronology of a family tells of each. */
async function keepAgenda(
  tx: Tx,
  meetingId: Id,
  agenda: readonly StepUp[],
  wanted: readonly StepUp[],
  actor: Actor
): Promise<void> {
  const on = londonDate(actor.now)
  for (const stepUp of agenda.filter(({ id }) => wanted.every((each) => each.id !== id))) {
    await insertEvent(tx, stepUp, { id: newId(), event: 'take-off', on, meetingId }, actor)
  }
  const stays = agenda.filter(({ id }) => wanted.some((each) => each.id === id))
  const changed = wanted.findIndex(({ id }, place) => stays[place]?.id !== id)
  let last = stays.reduce((at, stepUp) => (plannedAt(stepUp) > at ? plannedAt(stepUp) : at), '')
  for (const stepUp of changed < 0 ? [] : wanted.slice(changed)) {
    last = await insertEvent(tx, stepUp, { id: newId(), event: 'plan', on, meetingId }, actor, last)
  }
}

/**
 * A meeting that is to come is cancelled, with the reason: its requests wait for another one.
 *
 * @throws Refusal not-found, changed-since, step-not-possible
 */
export async function cancelMeeting(
  tx: Tx,
  { id, rowVersion, why }: Parsed<'stepUp.cancelMeeting'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const before = await theMeeting(tx, id, actor)
  const isDone = before.ending === 'cancelled' && before.endedWhy === why && before.updatedBy === actor.id
  if (isDone) return alreadyDone(null)
  if (before.ending !== '') refuse('step-not-possible')
  if (before.rowVersion !== rowVersion) throw new Refusal({ code: 'changed-since' })
  for (const stepUp of agendaOf(tx, id, actor)) {
    const off = { id: newId(), event: 'take-off' as const, on: londonDate(actor.now), meetingId: id }
    await insertEvent(tx, stepUp, { ...off, words: why }, actor)
  }
  await tx
    .update(impactMeeting)
    .set({ ...signedChange(actor), ending: 'cancelled', endedWhy: why })
    .where(eq(impactMeeting.id, id))
  return null
}

import { eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { stepDown, stepDownPerson, stepDownVersion } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, refuse, Refusal } from '../../shared/errors.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import { problemsWithReceipt, problemsWithStepDown } from '../../shared/stepDown/problems.ts'
import { mayHappen } from '../../shared/stepDown/state.ts'
import { needed, type Needed, type StepDownDraft } from '../../shared/stepDown/stepDown.ts'
import { receivedIn, toldIn } from '../../shared/stepDown/told.ts'
import { londonDate } from '../../shared/time/london.ts'
import { endDraft } from '../draft/endDraft.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { gateEvent, insertStepDown, insertVersion, recordGate } from './insertStepDown.ts'
import { mustOpenStepDown, type OpenedStepDown } from './mustOpenStepDown.ts'
import { eventsOf } from './recordEvent.ts'

type Received = Output<'stepDown.receive'>
type Version = typeof stepDownVersion.$inferSelect

/**
 * "Receive a step-down" (R47): a new one, or more of one that is here already, as the sender's answer; whoever adds says
 * which version they have read (L7). Anything may be missing: it says what, and waits to be sent back (C7). The form's draft
 * goes in the same act (L3); the same form again answers with the first result (L6).
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), changed-since, step-not-possible (it is done),
 *   clashing-id, not-your-draft
 */
export async function receiveStepDown(
  tx: Tx,
  draft: Parsed<'stepDown.receive'>,
  actor: Actor
): Promise<Received | AlreadyDone<Received>> {
  const [known] = await tx.select().from(stepDown).where(eq(stepDown.id, draft.stepDownId))
  const opened = known && (await mustOpenStepDown(tx, known.id, actor))
  const [before] = await tx.select().from(stepDownVersion).where(eq(stepDownVersion.id, draft.id))
  if (before) {
    if (!known || before.createdBy !== actor.id || !(await isReceived(tx, draft, before, known.receivedAt)))
      return refuse('clashing-id')
    return alreadyDone(received(known, missingOf(before)))
  }
  await endDraft(tx, draft.id, actor)
  const rules = rulesOn(await settingsInRecord(tx), londonDate(actor.now))
  const problems = problemsWithStepDown(draft, { now: actor.now, rules })
  if (known && opened) {
    if (problems.length > 0) invalid(...problems)
    return received(known, await addVersion(tx, draft, opened, rules, actor))
  }
  if (draft.basedOn !== '') notFound()
  const receivedAt = receivedIn(draft, actor.now)
  const problemsInOrder = [...problemsWithReceipt(draft, actor.now), ...problems]
  if (problemsInOrder.length > 0 || receivedAt === undefined) return invalid(...problemsInOrder)
  const { reference, missing } = await insertStepDown(
    tx,
    draft,
    { receivedAt, sourceKey: '', importId: '' },
    rules,
    actor
  )
  return { stepDownId: draft.stepDownId, reference, missing }
}

const received = ({ id, reference }: { id: Id; reference: string }, missing: Needed[]): Received => ({
  stepDownId: id,
  reference,
  missing
})

const missingOf = ({ missing }: Version): Needed[] =>
  needed.filter((each) => missing.split(' ').includes(each))

/**
 * More of a step-down: it goes through the gate again while it waits there.
 *
 * @throws Refusal changed-since, step-not-possible (it is done)
 */
export async function addVersion(
  tx: Tx,
  draft: StepDownDraft,
  { versionId, lastAt }: OpenedStepDown,
  rules: Rules,
  actor: Actor
): Promise<Needed[]> {
  if (versionId !== draft.basedOn) throw new Refusal({ code: 'changed-since' })
  const possible = mayHappen(await eventsOf(tx, draft.stepDownId))
  if (!possible.includes('take')) refuse('step-not-possible')
  const missing = await insertVersion(tx, draft, lastAt, rules, actor)
  if (possible.includes(gateEvent(missing))) await recordGate(tx, draft, missing, actor)
  return missing
}

/** Is this form what was received, word for word (L6)? The district may have been worked out. */
async function isReceived(
  db: ReadDb,
  draft: StepDownDraft,
  before: Version,
  receivedAt: Instant
): Promise<boolean> {
  const { people, district, ...told } = toldIn(draft, londonDate(before.createdAt))
  const kept = await db
    .select()
    .from(stepDownPerson)
    .where(eq(stepDownPerson.versionId, before.id))
    .orderBy(stepDownPerson.position)
  const arePeople =
    kept.length === people.length &&
    people.every(({ id, ...person }, at) => kept[at]?.ofId === id && isSame(person, kept[at]))
  const isFirst = before.basedOn === ''
  return (
    before.stepDownId === draft.stepDownId &&
    before.basedOn === draft.basedOn &&
    (district === '' || before.district === district) &&
    isSame(told, before) &&
    arePeople &&
    (!isFirst || receivedIn(draft, receivedAt) === receivedAt)
  )
}

const isSame = <T extends object>(told: T, row: T): boolean =>
  (Object.keys(told) as (keyof T)[]).every((key) => row[key] === told[key])

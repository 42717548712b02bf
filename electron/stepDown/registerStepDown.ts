import { eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { family, stepDownFamily } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, refuse, Refusal } from '../../shared/errors.ts'
import { naturalIdBeside } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { registrationOf } from '../../shared/stepDown/registering.ts'
import { londonDate } from '../../shared/time/london.ts'
import { doublesFound, insertRegistered, membersOf, mustBeComplete } from '../family/registerFamily.ts'
import { arePeopleOf } from '../family/sentAgain.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { insertMatch, mustBeMatchable } from './matchStepDown.ts'
import { mustOpenStepDown, type OpenedStepDown } from './mustOpenStepDown.ts'
import { versionsOf } from './readStepDown.ts'

type Chosen = Parsed<'stepDown.registerFamily'>
type Registered = Output<'stepDown.registerFamily'>

/**
 * "Register the family" of a step-down (R22): family, people and the agreement as the sender told it, with no assessment, and
 * the step-down is of this family, in one transaction. Whoever is in the record already keeps their record. The same again
 * answers with the first result (L6).
 *
 * @throws Refusal not-found, family-restricted, changed-since, step-not-possible (it is of a family already, or accepted),
 *   invalid (by field of the version), clashing-id
 */
export async function registerStepDown(
  tx: Tx,
  chosen: Chosen,
  actor: Actor
): Promise<Registered | AlreadyDone<Registered>> {
  const opened = await mustOpenStepDown(tx, chosen.stepDownId, actor)
  const told = (await versionsOf(tx, chosen.stepDownId)).find(({ id }) => id === chosen.versionId)
  if (!told) return notFound()
  const rules = rulesOn(await settingsInRecord(tx), londonDate(actor.now))
  const days = { today: rules.on, received: londonDate(opened.receivedAt) }
  const draft = registrationOf(told, chosen, days)
  const [before] = await tx.select().from(family).where(eq(family.id, chosen.id))
  if (before) {
    const isSame = (await isOfStepDown(tx, chosen)) && arePeopleOf(tx, chosen.id, draft.people)
    if (before.createdBy !== actor.id || !isSame) refuse('clashing-id')
    const { id, reference } = before
    return alreadyDone({ id, reference, doubles: await doublesFound(tx, before, actor) })
  }
  await mustBeUnmatched(tx, opened, chosen)
  const members = await membersOf(tx, draft, rules, actor)
  // the agreement is as the sender told it: how it was given, and by what right, nobody here knows
  await mustBeComplete(
    tx,
    { ...draft, agreement: { ...draft.agreement, decision: 'not-asked' } },
    members,
    rules
  )
  const { reference, written } = await insertRegistered(tx, draft, members, rules, actor)
  const id = naturalIdBeside(chosen.id, 'step-down')
  await insertMatch(tx, opened, { id, familyId: chosen.id, how: 'registered', words: '' }, actor)
  const registered = { id: chosen.id, createdAt: written.createdAt }
  return { id: chosen.id, reference, doubles: await doublesFound(tx, registered, actor) }
}

async function isOfStepDown(db: ReadDb, { id, stepDownId }: Chosen): Promise<boolean> {
  const [match] = await db
    .select()
    .from(stepDownFamily)
    .where(eq(stepDownFamily.id, naturalIdBeside(id, 'step-down')))
  return match?.stepDownId === stepDownId
}

async function mustBeUnmatched(
  tx: Tx,
  opened: OpenedStepDown,
  { versionId, basedOn }: Chosen
): Promise<void> {
  if (versionId !== opened.versionId) throw new Refusal({ code: 'changed-since' })
  await mustBeMatchable(tx, opened, basedOn)
  if (opened.familyId !== '') refuse('step-not-possible')
}

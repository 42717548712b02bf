import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { planAction } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, Refusal, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { signedChange } from '../account/signed.ts'
import { mustBeOpen } from '../episode/mustBeOpen.ts'
import { knownFamily } from '../family/peopleOf.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { teamOf } from '../meeting/readTeam.ts'
import { isAtWork } from './giveAction.ts'
import { isKept, keepChange } from './keepChange.ts'
import { theOpenOutcome, type Action } from './theOutcome.ts'

type Input = Parsed<'plan.saveAction'>

/**
 * What somebody does for an outcome, by a day: an action that is new, or changed while it is open. Whose it was and when it
 * was due before stays readable; what somebody else made of it meanwhile is a changed-since (L7, L22).
 *
 * @throws Refusal not-found, family-restricted, assessment-closed, invalid (by field), changed-since, clashing-id
 */
export async function saveAction(tx: Tx, input: Input, actor: Actor): Promise<null | AlreadyDone<null>> {
  const { id, familyId, episodeId, outcomeId, rowVersion } = input
  const { hubId } = await mustOpen(tx, familyId, actor)
  const [before] = await tx.select().from(planAction).where(eq(planAction.id, id))
  const { words, ownerName, dueOn } = input
  const of = { familyId, episodeId, outcomeId }
  const change = { ...of, actionId: id, version: rowVersion + 1, words, ownerName, dueOn }
  const isSent = (await isKept(tx, id, change, actor)) && !isOfAnother(before, input)
  if (isSent || (before && isUnchanged(before, input))) return alreadyDone(null)
  if (before && rowVersion === 0) refuse('clashing-id')
  await mustBeOpen(tx, { familyId, episodeId })
  await theOpenOutcome(tx, outcomeId, episodeId)
  // whose it is may have left: until it is handed on, the rest of it can be put right
  if (!before || !hasSameOwner(before, input)) await mustBeThere(tx, input, actor)

  const written = writtenBy(actor, hubId)
  if (before) await changeAction(tx, before, input, actor)
  else if (rowVersion !== 0) return notFound()
  else {
    const signed = { ...written, updatedAt: actor.now, updatedBy: actor.id }
    await tx.insert(planAction).values({ ...signed, ...of, ...told(input), id, endedOn: '' })
  }
  await keepChange(tx, { ...change, onDay: londonDate(actor.now) }, written)
  return null
}

async function changeAction(tx: Tx, before: Action, input: Input, actor: Actor): Promise<void> {
  if (before.outcomeId !== input.outcomeId) notFound()
  if (before.rowVersion !== input.rowVersion) throw new Refusal({ code: 'changed-since' })
  if (before.endedOn !== '') {
    invalid({ path: '', message: 'This action has ended. Record that it goes on first.' })
  }
  await tx
    .update(planAction)
    .set({ ...signedChange(actor), ...told(input) })
    .where(eq(planAction.id, before.id))
}

const told = ({ words, owner, ownerId, ownerName, dueOn }: Input) => ({
  words,
  owner,
  ownerId: owner === 'name' ? '' : ownerId,
  ownerName,
  dueOn
})

/** Is there nothing to write? */
function isUnchanged(before: Action, input: Input): boolean {
  const { outcomeId, episodeId, rowVersion } = input
  const again = { ...told(input), outcomeId, episodeId, rowVersion }
  return (Object.keys(again) as (keyof typeof again)[]).every((key) => before[key] === again[key])
}

/** Two people may have one name, and what is kept of a change has the name alone. */
const isOfAnother = (before: Action | undefined, input: Input): boolean =>
  before?.rowVersion === input.rowVersion + 1 && !hasSameOwner(before, input)

const hasSameOwner = (before: Action, input: Input): boolean =>
  before.owner === input.owner && before.ownerId === told(input).ownerId

/** L18: an action belongs to somebody who is there. A name alone is whoever the family and the team agreed on. */
async function mustBeThere(tx: Tx, input: Input, actor: Actor): Promise<void> {
  if (!(await isThere(tx, input, actor))) invalid({ path: 'ownerId', message: 'Choose who does it' })
}

async function isThere(
  tx: Tx,
  { familyId, episodeId, owner, ownerId }: Input,
  actor: Actor
): Promise<boolean> {
  switch (owner) {
    case 'member':
      return (await teamOf(tx, episodeId, actor)).members.some(({ ofId }) => ofId === ownerId)
    case 'person':
      return knownFamily(tx, familyId).people.has(ownerId)
    case 'account':
      return isAtWork(tx, ownerId)
    case 'name':
      return true
  }
}

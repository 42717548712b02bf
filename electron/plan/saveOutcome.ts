import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { planOutcome } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, Refusal, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { signedChange } from '../account/signed.ts'
import { mustBeOpen } from '../episode/mustBeOpen.ts'
import { knownFamily } from '../family/peopleOf.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { isKept, keepChange } from './keepChange.ts'
import { theOpenOutcome } from './theOutcome.ts'

type Input = Parsed<'plan.saveOutcome'>

/**
 * What the family wants to be different: an outcome that is new, or put better. What it said before stays readable, and what
 * somebody else made of it meanwhile is a changed-since (L7).
 *
 * @throws Refusal not-found, family-restricted, assessment-closed, invalid, changed-since, clashing-id
 */
export async function saveOutcome(tx: Tx, input: Input, actor: Actor): Promise<null | AlreadyDone<null>> {
  const { id, familyId, episodeId, words, rowVersion } = input
  const { hubId } = await mustOpen(tx, familyId, actor)
  const personId = personOf(tx, input)
  const said = { words, personId }
  const [before] = await tx.select().from(planOutcome).where(eq(planOutcome.id, id))
  const of = { familyId, episodeId }
  const isDone = await isKept(tx, id, { ...of, ...said, version: rowVersion + 1 }, actor)
  if (isDone || (before && isUnchanged(before, input, said))) return alreadyDone(null)
  if (before && rowVersion === 0) refuse('clashing-id')
  await mustBeOpen(tx, of)

  const written = writtenBy(actor, hubId)
  if (!before) {
    if (rowVersion !== 0) return notFound()
    const unended = { ending: '', endedOn: '', endedWhy: '' } as const
    const signed = { ...written, updatedAt: actor.now, updatedBy: actor.id }
    await tx.insert(planOutcome).values({ ...signed, ...of, ...unended, ...said, id })
  } else {
    await theOpenOutcome(tx, id, episodeId)
    if (before.rowVersion !== rowVersion) throw new Refusal({ code: 'changed-since' })
    await tx
      .update(planOutcome)
      .set({ ...signedChange(actor), ...said })
      .where(eq(planOutcome.id, id))
  }
  const change = { ...of, ...said, outcomeId: id, version: rowVersion + 1, onDay: londonDate(actor.now) }
  await keepChange(tx, change, written)
  return null
}

/** The record that counts of whom it is for; '' for the whole family. */
const personOf = (tx: Tx, { familyId, personId }: Input): string =>
  personId === '' ? '' : (knownFamily(tx, familyId).people.get(personId)?.keptId ?? notFound())

/** Is there nothing to write? */
const isUnchanged = (
  before: typeof planOutcome.$inferSelect,
  { episodeId, rowVersion }: Input,
  { words, personId }: Pick<Input, 'words' | 'personId'>
): boolean =>
  before.episodeId === episodeId &&
  before.rowVersion === rowVersion &&
  before.words === words &&
  before.personId === personId

import type { Tx } from '../../db/open.ts'
import { familyAccess } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { accessRow, isGiven } from './giveReason.ts'
import { knownFamily, shownFacts } from './peopleOf.ts'
import { mustOpen } from './readableFamily.ts'
import { managerOf } from './restrictionOf.ts'
import { writtenBy } from './written.ts'

type Shown = Output<'family.showWithheld'>

/**
 * Tells one address or number that is withheld, to somebody who says why; the reason stands in the chronology. What is
 * withheld of a restricted family is told to its manager as well.
 *
 * @throws Refusal not-found (also of what is not withheld), family-restricted, clashing-id
 */
export async function showWithheld(
  tx: Tx,
  access: Parsed<'family.showWithheld'>,
  actor: Actor
): Promise<Shown | AlreadyDone<Shown>> {
  await mustOpen(tx, access.familyId, actor)
  const { facts, beside } = knownFamily(tx, access.familyId)
  const isWithheld = shownFacts(facts, beside).some(({ id, withheld }) => withheld && id === access.factId)
  const told = facts.find(({ id }) => isWithheld && id === access.factId) ?? notFound()
  const { keptId, mergeId: _mergeId, recordedByName: _recordedByName, ...fact } = told
  const shown = { ...fact, subjectId: keptId }
  if (await isGiven(tx, access, actor)) return alreadyDone(shown)
  const { hubId, ownerId } = managerOf(tx, access.familyId)
  await tx.insert(familyAccess).values(accessRow({ ...access, ownerId }, writtenBy(actor, hubId)))
  return shown
}

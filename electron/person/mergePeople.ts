import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { fact, personChoice, personMerge, personUnmerge } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, Refusal, refuse } from '../../shared/errors.ts'
import { naturalId, type Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { UNDO_DAYS } from '../../shared/person/find.ts'
import { factsOfMerge, newestOf } from '../../shared/person/merging.ts'
import { addDays, londonDate } from '../../shared/time/london.ts'
import { writtenAfter, writtenBy, type Written } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { twoRecords } from './comparePeople.ts'
import { mustOpenPerson } from './openPerson.ts'

/**
 * Two records are of one person from now on (issue 4). Nothing moves: the facts, memberships and entries of both are read
 * together, and where the two say different things the chosen side is recorded once more, with the merge. So nothing is
 * lost when it is undone.
 *
 * @throws Refusal not-found, family-restricted, changed-since, clashing-id
 */
export async function mergePeople(
  tx: Tx,
  { id, keptId, mergedId, fromMerged, basedOn, reason }: Parsed<'person.merge'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const [before] = await tx.select().from(personMerge).where(eq(personMerge.id, id))
  if (before) {
    const isSame = before.keptId === keptId && before.mergedId === mergedId && before.reason === reason
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  const { kept, merged, hubId } = await twoRecords(tx, { keptId, mergedId }, actor)
  const newest = newestOf([...kept, ...merged])
  if (newest !== basedOn) throw new Refusal({ code: 'changed-since' })
  const last = [...kept, ...merged].find((row) => row.id === newest)
  const written = writtenAfter(writtenBy(actor, hubId), last?.recordedAt)
  const chosen = factsOfMerge(kept, merged, fromMerged, londonDate(actor.now))
  await tx.insert(personMerge).values({ ...written, id, keptId, mergedId, reason })
  for (const { fact: told, validFrom } of chosen) {
    const factId = naturalId('fact', id, keptId, told.kind)
    await tx.insert(fact).values({
      ...written,
      ...{ id: factId, ofId: factId, subject: 'person', subjectId: keptId, kind: told.kind, validFrom },
      value: JSON.stringify(told.value),
      validTo: '',
      inError: false,
      reason,
      mergeId: id
    })
  }
  return null
}

/**
 * They are two people after all: each has its own record again, and what was recorded of either since stays with it.
 *
 * @throws Refusal not-found, family-restricted, merge-too-old, changed-since, clashing-id
 */
export async function undoMerge(
  tx: Tx,
  { id, mergeId, reason }: Parsed<'person.undoMerge'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const [before] = await tx.select().from(personUnmerge).where(eq(personUnmerge.id, id))
  if (before) {
    const isSame = before.mergeId === mergeId && before.reason === reason
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  const [merge] = await tx.select().from(personMerge).where(eq(personMerge.id, mergeId))
  if (!merge) return notFound()
  await mustOpenPerson(tx, merge.mergedId, actor)
  const [undone] = await tx.select().from(personUnmerge).where(eq(personUnmerge.mergeId, mergeId))
  if (undone) throw new Refusal({ code: 'changed-since' })
  if (addDays(londonDate(merge.createdAt), UNDO_DAYS) < londonDate(actor.now)) refuse('merge-too-old')
  const written = writtenBy(actor, merge.hubId)
  await tx.insert(personUnmerge).values({ ...written, id, mergeId, reason })
  await keepApart(tx, [merge.keptId, merge.mergedId], written)
  return null
}

/** Nobody is asked about these two again. */
async function keepApart(tx: Tx, two: readonly [Id, Id], written: Written): Promise<void> {
  const pairs = tx.all<{ id: Id }>(sql`SELECT id FROM person_pair
    WHERE (one_id, other_id) IN ((${two[0]}, ${two[1]}), (${two[1]}, ${two[0]}))`)
  for (const { id } of pairs) {
    await tx.insert(personChoice).values({
      ...written,
      id: naturalId('kept-apart', id, written.createdAt),
      ...{ about: 'pair', aboutId: id, callId: '', personId: '' },
      shown: two.join(' ')
    })
  }
}

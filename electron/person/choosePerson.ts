import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { callChild, personChoice, personPair } from '../../db/schema/index.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import { notFound, refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { readableCall } from '../call/readableCall.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { mustOpenPerson } from './openPerson.ts'

/**
 * Records who was chosen of those that were found, or that it is none of them (L15). Of a child of a call, and of a pair,
 * the last choice counts; nobody and nobody shown takes the choice back.
 *
 * @throws Refusal not-found, family-restricted, clashing-id
 */
export async function choosePerson(
  tx: Tx,
  { id, about, aboutId, personId, shown }: Parsed<'person.choose'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const kept = { about, aboutId, personId, shown: shown.join(' ') }
  const [before] = await tx.select().from(personChoice).where(eq(personChoice.id, id))
  if (before) {
    const isSame = Object.entries(kept).every(([key, value]) => before[key as keyof typeof kept] === value)
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  if (personId !== '') await mustOpenPerson(tx, personId, actor)
  const { hubId, callId } = await aboutWhat(tx, about, aboutId, actor)
  await tx.insert(personChoice).values({ ...writtenBy(actor, hubId), id, callId, ...kept })
  return null
}

/** Where the choice belongs; what this person may not read is not found. */
async function aboutWhat(
  tx: Tx,
  about: Parsed<'person.choose'>['about'],
  aboutId: Id,
  actor: Actor
): Promise<{ hubId: Id; callId: Id }> {
  switch (about) {
    case 'call-child': {
      const [child] = await tx
        .select({ callId: callChild.callId })
        .from(callChild)
        .where(eq(callChild.id, aboutId))
      const call = child ? await readableCall(tx, child.callId, actor) : notFound()
      return { hubId: call.hubId, callId: call.id }
    }
    case 'pair': {
      const [pair] = await tx.select().from(personPair).where(eq(personPair.id, aboutId))
      if (!pair || !hasRole(actor, 'triage-manager', 'coordinator')) return notFound()
      await mustOpenPerson(tx, pair.oneId, actor)
      await mustOpenPerson(tx, pair.otherId, actor)
      return { hubId: pair.hubId, callId: '' }
    }
    case 'registration':
    case 'search':
      return { hubId: COUNTY_HUB_ID, callId: '' }
  }
}

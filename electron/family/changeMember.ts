import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { familyMember } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, Refusal, refuse } from '../../shared/errors.ts'
import type { MemberRow } from '../../shared/family/family.ts'
import { newestMembers } from '../../shared/family/members.ts'
import type { Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { knownFamily } from './peopleOf.ts'
import { mustOpen } from './readableFamily.ts'
import { writtenAfter, writtenBy } from './written.ts'

/**
 * Somebody leaves a family, is something else in it, or was never in it: a new version of the membership, and what it was
 * before stays readable (L7 to L9).
 *
 * @throws Refusal not-found, family-restricted, invalid (validTo), changed-since, clashing-id
 */
export async function changeMember(
  tx: Tx,
  { basedOn, ...version }: Parsed<'family.changeMember'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const [before] = await tx.select().from(familyMember).where(eq(familyMember.id, version.id))
  if (before) {
    const isSame = Object.entries(version).every(
      ([key, value]) => before[key as keyof typeof version] === value
    )
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  const { hubId } = await mustOpen(tx, version.familyId, actor)
  const standing = standingMember(tx, { ...version, basedOn })
  if (version.validTo !== '' && version.validTo < version.validFrom) {
    invalid({ path: 'validTo', message: 'Enter a last day on or after the first day' })
  }
  const written = writtenAfter(writtenBy(actor, hubId), standing.recordedAt)
  await tx.insert(familyMember).values({ ...written, ...version, personId: standing.personId })
  return null
}

/**
 * The newest version of a membership, which is the one that was read.
 *
 * @throws Refusal not-found, changed-since
 */
export function standingMember(
  tx: Tx,
  { familyId, ofId, basedOn }: { familyId: Id; ofId: Id; basedOn: Id }
): MemberRow {
  const standing = newestMembers(knownFamily(tx, familyId).members).find((row) => row.ofId === ofId)
  if (!standing) return notFound()
  if (standing.id !== basedOn) throw new Refusal({ code: 'changed-since' })
  return standing
}

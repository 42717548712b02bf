import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { familyMember } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import { membersOn } from '../../shared/family/members.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { addDays, londonDate } from '../../shared/time/london.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { standingMember } from './changeMember.ts'
import { followAddress } from './followAddress.ts'
import { knownFamily } from './peopleOf.ts'
import { mustOpen } from './readableFamily.ts'
import { writtenAfter, writtenBy } from './written.ts'

/**
 * Somebody leaves one family and joins another, in one act: the old membership ends the day before the new one begins,
 * and each family keeps what it knew. A family whose hub nobody knew goes by the address of who joins it.
 *
 * @throws Refusal not-found, family-restricted (either family), invalid (by field), changed-since, clashing-id
 */
export async function moveMember(
  tx: Tx,
  input: Parsed<'family.moveMember'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { id, ofId, familyId, joiningId, toFamilyId, role, on, reason } = input
  const [before] = await tx.select().from(familyMember).where(eq(familyMember.id, joiningId))
  if (before) {
    const isSame = before.familyId === toFamilyId && before.role === role && before.validFrom === on
    if (!isSame || before.reason !== reason || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  const { hubId } = await mustOpen(tx, familyId, actor)
  const { hubId: toHubId } = await mustOpen(tx, toFamilyId, actor)
  const standing = standingMember(tx, input)
  checkMove(tx, input, standing)

  const { personId, validFrom, recordedAt } = standing
  const written = writtenAfter(writtenBy(actor, hubId), recordedAt)
  await tx.insert(familyMember).values([
    {
      ...written,
      ...{ id, ofId, familyId, personId, role: standing.role, validFrom },
      ...{ validTo: addDays(on, -1), inError: false, reason }
    },
    {
      ...written,
      ...{ id: joiningId, ofId: joiningId, familyId: toFamilyId, hubId: toHubId, personId, role },
      ...{ validFrom: on, validTo: '', inError: false, reason }
    }
  ])
  const rules = rulesOn(await settingsInRecord(tx), londonDate(actor.now))
  const about = { id: joiningId, familyId: toFamilyId, subjectId: standing.keptId, validFrom: on }
  if (toHubId === COUNTY_HUB_ID) await followAddress(tx, about, toHubId, rules, written)
  return null
}

function checkMove(
  tx: Tx,
  { familyId, toFamilyId, on }: Parsed<'family.moveMember'>,
  { keptId, validFrom, validTo, inError }: ReturnType<typeof standingMember>
): void {
  if (familyId === toFamilyId) invalid({ path: 'toFamilyId', message: 'Choose another family' })
  if (inError || (validTo !== '' && validTo < on)) {
    invalid({ path: 'on', message: 'This person has left the family before that day' })
  }
  if (on <= validFrom) invalid({ path: 'on', message: 'Enter a day after they joined this family' })
  const { here } = membersOn(knownFamily(tx, toFamilyId).members, on)
  if (here.some((row) => row.keptId === keptId)) {
    invalid({ path: 'toFamilyId', message: 'This person is in that family already' })
  }
}

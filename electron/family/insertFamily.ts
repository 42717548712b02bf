import type { Tx } from '../../db/open.ts'
import { family, familyMember } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { deskReference } from '../../shared/account/deskCode.ts'
import type { MemberRole } from '../../shared/family/family.ts'
import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import type { Rules } from '../../shared/setting/inForce.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { londonDate } from '../../shared/time/london.ts'
import { nextNumber } from '../ipc/nextNumber.ts'
import { insertFacts } from './insertFacts.ts'
import type { Written } from './written.ts'

/**
 * The district that a family belongs to, as its ONS code: where its children live; where that is not known, where anybody
 * of it does. '' where nobody knows.
 */
export function districtOfFamily(people: readonly { role: MemberRole | ''; district: string }[]): string {
  const children = people.filter(({ role }) => role === 'child')
  return [...children, ...people].find(({ district }) => district !== '')?.district ?? ''
}

/** The local hub of a district; the County hub where nobody knows the district. */
export const hubOf = (district: string, { districts }: Pick<Rules, 'districts'>): Id =>
  districts.find(({ key }) => key === district)?.hubId ?? COUNTY_HUB_ID

/** A new family with its next reference, in the hub that `written` says. */
export async function insertFamily(
  tx: Tx,
  { id, district }: { id: Id; district: string },
  actor: Actor,
  written: Written
): Promise<{ reference: string }> {
  const reference = deskReference('FAM', actor.deskCode, await nextNumber(tx, 'family'))
  await tx.insert(family).values({ ...written, id, reference })
  await insertFacts(
    tx,
    [{ kind: 'hub', value: { hubId: written.hubId, district } }],
    { subject: 'family', subjectId: id, actId: id, validFrom: londonDate(actor.now) },
    written
  )
  return { reference }
}

/** Somebody in the family that is made in the same act. `validFrom` is '' where nobody knows since when. */
export async function insertMembership(
  tx: Tx,
  membership: { familyId: Id; personId: Id; role: MemberRole; validFrom: CivilDate },
  written: Written
): Promise<void> {
  const id = naturalId('member', membership.familyId, membership.personId)
  await tx.insert(familyMember).values({
    ...written,
    ...membership,
    ...{ id, ofId: id, validTo: '', inError: false, reason: '' }
  })
}

import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { practitioner, workingPattern } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import type { CivilDate } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { settingsInRecord } from '../setting/listSettings.ts'

/**
 * Says when somebody works from a day on, how many families they could hold and where. What was said before stays: of two
 * rows from one day the later recorded counts.
 *
 * @throws Refusal not-found, clashing-id, invalid (districts)
 */
export async function savePattern(
  tx: Tx,
  { id, practitionerId, ...said }: Parsed<'keyworker.savePattern'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const row = { ...said, practitionerId, districts: said.districts.toSorted().join(' ') }
  const [before] = await tx.select().from(workingPattern).where(eq(workingPattern.id, id))
  if (before) {
    const isSame = (Object.keys(row) as (keyof typeof row)[]).every((key) => before[key] === row[key])
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  const [somebody] = await tx.select().from(practitioner).where(eq(practitioner.id, practitionerId))
  if (!somebody) notFound()
  const districts = await districtsOn(tx, said.validFrom)
  const unknown = said.districts.some((code) => !districts.some(({ key }) => key === code))
  if (unknown) invalid({ path: 'districts', message: 'Choose districts from the list' })
  const hubId = districts.find(({ key }) => said.districts.includes(key))?.hubId ?? COUNTY_HUB_ID
  await tx.insert(workingPattern).values({ ...writtenBy(actor, hubId), id, ...row })
  return null
}

const districtsOn = async (tx: Tx, on: CivilDate): Promise<Rules['districts']> =>
  rulesOn(await settingsInRecord(tx), on).districts

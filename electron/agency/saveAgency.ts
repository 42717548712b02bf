import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { agency } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Agency } from '../../shared/agency/agency.ts'
import { Refusal, refuse } from '../../shared/errors.ts'
import { fold } from '../../shared/person/fold.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { formsOf } from '../school/words.ts'
import { asAgency } from './listAgencies.ts'

/**
 * Adds an agency, or changes it as long as nobody else has since it was read (L7). Saving the same again is found
 * out and writes nothing.
 *
 * @throws Refusal clashing-id, changed-since
 */
export async function saveAgency(tx: Tx, input: Agency, actor: Actor): Promise<Agency | AlreadyDone<Agency>> {
  const { id, rowVersion, ...details } = input
  const [kept] = await tx.select().from(agency).where(eq(agency.id, id))
  if (kept?.rowVersion === rowVersion + 1 && sameDetails(kept, details)) return alreadyDone(asAgency(kept))
  if (kept && rowVersion === 0) refuse('clashing-id')
  if ((kept?.rowVersion ?? 0) !== rowVersion) throw new Refusal({ code: 'changed-since' })

  const state = {
    ...details,
    rowVersion: rowVersion + 1,
    updatedAt: actor.now,
    updatedBy: actor.id,
    sortKey: fold(details.name),
    words: fold([details.name, details.kind, details.address, ...formsOf(details.phone)].join(' '))
  }
  if (kept) await tx.update(agency).set(state).where(eq(agency.id, id))
  else {
    await tx.insert(agency).values({
      ...state,
      id,
      hubId: COUNTY_HUB_ID,
      createdAt: actor.now,
      createdBy: actor.id,
      deviceId: actor.deviceId
    })
  }
  return { ...details, id, rowVersion: rowVersion + 1 }
}

const sameDetails = (kept: typeof agency.$inferSelect, details: Omit<Agency, 'id' | 'rowVersion'>): boolean =>
  (Object.keys(details) as (keyof typeof details)[]).every((key) => kept[key] === details[key])

import type { ReadDb } from '../../db/open.ts'
import { invalid } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { mayBeGivenFamily } from '../../shared/practitioner/practitioner.ts'
import { practitionerOf } from './listPractitioners.ts'

/**
 * Lets nobody be keyworker who is not trained and registered on that day, or has left (R23, S1, S2, L18).
 *
 * @throws Refusal invalid (practitionerId)
 */
export async function mustBeGivable(db: ReadDb, practitionerId: Id, on: CivilDate): Promise<void> {
  const practitioner = await practitionerOf(db, practitionerId, on)
  if (!practitioner) invalid({ path: 'practitionerId', message: 'Choose the keyworker from the list' })
  if (practitioner.leftOn !== '')
    invalid({ path: 'practitionerId', message: 'They have left, so they cannot be given a family' })
  if (!mayBeGivenFamily(practitioner, on))
    invalid({
      path: 'practitionerId',
      message: 'They are not trained and registered on EHM yet, so they cannot be given a family'
    })
}

import type { CivilDate } from '../../shared/ids.ts'
import type { Practitioner } from '../../shared/practitioner/practitioner.ts'

/** R23: whether somebody may be given a family on a day, and what is missing. */
export function standingWords(
  { trainedOn, registeredOn, leftOn }: Pick<Practitioner, 'trainedOn' | 'registeredOn' | 'leftOn'>,
  on: CivilDate
): string {
  const isTrained = trainedOn !== '' && trainedOn <= on
  const isRegistered = registeredOn !== '' && registeredOn <= on
  if (leftOn !== '') return leftOn < on ? 'Has left' : 'Leaves'
  if (isTrained && isRegistered) return 'Yes'
  if (isTrained) return 'Not registered'
  return isRegistered ? 'Not trained' : 'Not trained or registered'
}

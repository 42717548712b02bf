import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { LAST_DAY } from '../../shared/keyworker/spans.ts'
import { heldBy, isTheirs, toGiveAway } from '../cover/heldBy.ts'
import { mustBePractitioner } from '../cover/mustBePractitioner.ts'
import { takersOn } from '../cover/takersOn.ts'

/**
 * What "Give all families to others" is looked at before: every family that is somebody's on a day or later, also while
 * others stand in for them, those that they stand in for, and everybody who could have them with their load then (L18).
 *
 * @throws Refusal not-found
 */
export async function previewReassignment(
  db: ReadDb,
  { practitionerId, fromDay }: Parsed<'reassignment.preview'>,
  actor: Actor
): Promise<Output<'reassignment.preview'>> {
  await mustBePractitioner(db, practitionerId)
  const days = { from: fromDay, to: LAST_DAY }
  const { families, hidden } = heldBy(db, practitionerId, days, isTheirs(practitionerId), actor)
  return {
    families: families.map((each) => toGiveAway(each, practitionerId)),
    hidden,
    takers: await takersOn(db, days, practitionerId)
  }
}

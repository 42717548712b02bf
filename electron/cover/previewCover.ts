import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { heldBy, toCover } from './heldBy.ts'
import { mustBePractitioner } from './mustBePractitioner.ts'
import { takersOn } from './takersOn.ts'

/**
 * What "Arrange cover" is looked at before: the families that somebody holds on any of the days, those that they stand in
 * for among them, and everybody who could have them with their load (C9). Families that may not be opened are counted.
 *
 * @throws Refusal not-found
 */
export async function previewCover(
  db: ReadDb,
  { practitionerId, fromDay: from, toDay: to }: Parsed<'cover.preview'>,
  actor: Actor
): Promise<Output<'cover.preview'>> {
  await mustBePractitioner(db, practitionerId)
  const days = { from, to }
  const { families, hidden } = heldBy(
    db,
    practitionerId,
    days,
    (span) => span.practitionerId === practitionerId,
    actor
  )
  return {
    families: families.map((each) => toCover(each, practitionerId)),
    hidden,
    takers: await takersOn(db, days, practitionerId)
  }
}

import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { OpenElsewhere } from '../../shared/episode/episode.ts'
import { invalid } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { managerOf } from '../family/restrictionOf.ts'
import { openAssessmentsOf } from './findOpen.ts'

/** Where each of some people is a child today, but for one family: by the records that count. */
function familiesOf(db: ReadDb, familyId: Id, personIds: readonly Id[], on: CivilDate) {
  return db.all<{ familyId: Id; personId: Id }>(sql`
    SELECT DISTINCT m.family_id AS familyId, asked.value AS personId
    FROM json_each(${JSON.stringify(personIds)}) asked
      CROSS JOIN person_index r ON r.person_id = asked.value
      CROSS JOIN person_index p ON p.kept_id = r.kept_id
      CROSS JOIN family_member m ON m.person_id = p.person_id
    WHERE m.family_id <> ${familyId} AND m.role IN ('child', 'unborn') AND NOT m.in_error
      AND m.valid_from <= ${on} AND (m.valid_to = '' OR m.valid_to >= ${on})
      AND NOT EXISTS (SELECT 1 FROM family_member later
        WHERE later.of_id = m.of_id AND (later.created_at, later.id) > (m.created_at, m.id))`)
}

/**
 * Open assessments of other families in which one of these people is a child (R20): told before another one is registered,
 * so that the family joins that one, or goes on for a reason. Only of families that this person may know of; of a restricted
 * one only its reference, and whom to ask.
 */
export async function findElsewhere(
  db: ReadDb,
  { familyId, personIds }: Parsed<'episode.elsewhere'>,
  actor: Actor
): Promise<Output<'episode.elsewhere'>> {
  const found = familiesOf(db, familyId, personIds, londonDate(actor.now))
  const open = await openAssessmentsOf(db, [...new Set(found.map((each) => each.familyId))], actor)
  return open.map((assessment): OpenElsewhere => ({
    ...assessment,
    personIds: found
      .filter((each) => each.familyId === assessment.familyId)
      .map(({ personId }) => personId)
      .sort(),
    askName: managerName(db, assessment.familyId)
  }))
}

/** Whom to ask about a restricted family; '' of one that is not. */
function managerName(db: ReadDb, familyId: Id): string {
  const { ownerId } = managerOf(db, familyId)
  const found = db.get<{ name: string } | undefined>(sql`SELECT name FROM account WHERE id = ${ownerId}`)
  return found?.name ?? ''
}

/**
 * Demands the reason why an assessment begins although one of these children is in another one that is open.
 *
 * @returns the reason to keep; '' where no child is in another one
 * @throws Refusal invalid (goesOnBecause)
 */
export async function reasonToGoOn(
  db: ReadDb,
  { familyId, childIds, because }: { familyId: Id; childIds: readonly Id[]; because: string },
  actor: Actor
): Promise<string> {
  const elsewhere = await findElsewhere(db, { familyId, personIds: [...childIds] }, actor)
  if (elsewhere.length === 0) return ''
  const reason = because.trim()
  if (reason === '')
    invalid({
      path: 'goesOnBecause',
      message:
        'A child of this family is in another open assessment. Join that one, or enter why this one goes on'
    })
  return reason
}

import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { tellsWithheld } from '../../shared/family/tellsWithheld.ts'
import type { Id } from '../../shared/ids.ts'
import { knownFamily } from '../family/peopleOf.ts'

/**
 * Whether a text of a call tells an address or phone number that is withheld in a family of the children who were found, or of
 * the assessment that the call was about. Whoever calls has made sure that the call may be read.
 */
export const tellsWithheldOfCall = (db: ReadDb, callId: Id): ((...texts: string[]) => boolean) =>
  tellsWithheld(
    familiesOf(db, callId)
      .map((familyId) => knownFamily(db, familyId))
      .flatMap(({ facts, beside }) => [...facts, ...beside])
  )

const familiesOf = (db: ReadDb, callId: Id): Id[] =>
  db
    .all<{ familyId: Id }>(
      sql`SELECT m.family_id AS familyId FROM person_choice c
        JOIN person_index p ON p.person_id = c.person_id JOIN person_index same ON same.kept_id = p.kept_id
        JOIN family_member m ON m.person_id = same.person_id WHERE c.call_id = ${callId}
      UNION SELECT e.family_id FROM call JOIN episode e ON e.id = call.assessment_id WHERE call.id = ${callId}`
    )
    .map(({ familyId }) => familyId)
